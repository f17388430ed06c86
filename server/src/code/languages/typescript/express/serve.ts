// Owns what an Express app serves: registrations flattened into routes, each with the chain that a request runs through.
// It evaluates no handler; a chain is run by `http-run.ts`.

import type { Place } from '../../../../base/place.ts';
import { type AbstainReason, closed, type Route, type Step } from '../../../model.ts';
import { checked } from '../contract-driven/checked.ts';
import {
  describeRouter,
  type RouterState as OperationRouterState,
  operationRouterOf,
} from '../contract-driven/routers.ts';
import type { CurrentSink } from '../current-sink.ts';
import { describeHandler } from '../handler-place.ts';
import {
  createNext,
  type Exchange,
  HttpRun,
  type Link,
  linkSite,
  mayHaveCalled,
  mayHaveLeft,
  type Protocol,
  statusOfError,
} from '../http-run.ts';
import { openedFunction } from '../installed/openings.ts';
import { members } from '../join.ts';
import { linkOf, opensAll } from '../links.ts';
import type { Machine, Thrown } from '../machine.ts';
import { covers, joinPaths, type PathTemplate, parametersOf } from '../paths.ts';
import { describeRoute, openServed, type Served } from '../served.ts';
import { literal, native, numberOf, resultOf, type Value } from '../value.ts';
import { requestModel } from './request.ts';
import { createFailedResponse, createResponse, responseState, restoreUnsent } from './response.ts';
import { type Registration, type RouterState, routerOf } from './routers.ts';

interface Mounted {
  readonly link: Link;
  readonly mount: string;
}

interface Surroundings {
  readonly prefix: string;
  readonly lost?: AbstainReason;
  readonly before: readonly Mounted[];
  /** Error mappers of the routers around, nearest first: only those that are registered behind the route see its errors. */
  readonly mappers: readonly { readonly list: readonly Link[]; readonly from: number }[];
  readonly mounts: readonly Step[];
  readonly level: Link['level'];
  readonly params: readonly { readonly name: string; readonly link: Link }[];
  readonly conditional: boolean;
  /** Whether a mount on the way takes only some texts. */
  readonly constrained?: boolean;
  readonly visited: readonly RouterState[];
}

/** Flattens one app, or one router that nothing mounts. */
export function serve(m: Machine, state: RouterState, app: string, framework = 'express'): Served {
  const run = new HttpRun(m, protocol);
  const served: Served = { routes: [], completeness: closed, operationRouters: [] };
  const flattener = new Flattener(m, run, app, framework, served, state.kind !== 'app');
  flattener.router(state, {
    prefix: '',
    before: [],
    mappers: [],
    mounts: [],
    level: state.kind === 'app' ? 'app' : 'router',
    params: [],
    conditional: false,
    visited: [],
  });
  return served;
}

class Flattener {
  private readonly ids = new Map<Value, Link>();

  constructor(
    private readonly m: Machine,
    private readonly run: HttpRun,
    private readonly app: string,
    private readonly framework: string,
    private readonly served: Served,
    private readonly unmounted: boolean,
  ) {}

  /** Walks a router's registrations; gives the middlewares that later siblings of the router run through as well. */
  router(state: RouterState, around: Surroundings): Mounted[] {
    if (around.visited.includes(state) || around.visited.length > 24) return [];
    const own: Mounted[] = [];
    const errors: Link[] = [];
    const params = [...around.params];
    const inner = (): Surroundings => ({
      ...around,
      before: [...around.before, ...own],
      mappers: [{ list: errors, from: errors.length }, ...around.mappers],
      params,
      visited: [...around.visited, state],
    });
    if (state.escaped) this.open('dependency-injection', state.escaped);
    for (const registration of state.registrations) {
      if (registration.kind === 'param') {
        const handler = registration.handlers[0];
        if (handler)
          params.push({
            name: registration.name!,
            link: { ...this.link(handler.value, handler.place, around.level), inspects: true },
          });
      } else if (registration.kind === 'route') this.route(registration, inner());
      else own.push(...this.use(registration, inner(), errors));
    }
    return own;
  }

  private use(registration: Registration, around: Surroundings, errors: Link[]): Mounted[] {
    const added: Mounted[] = [];
    const { paths, lost } = registration.reading;
    const targets: readonly PathTemplate[] =
      paths.length > 0 ? paths : [{ template: '', lostPrefix: lost ?? 'unresolved-prefix' }];
    if (lost && paths.length > 0) this.open(lost, registration.pathPlace);
    for (const target of targets) {
      const mount = joinPaths(around.prefix, target.template);
      const local: Mounted[] = [];
      for (const handler of registration.handlers) {
        for (const given of members(handler.value)) {
          const value = openedFunction(this.m, given);
          const child = routerOf(value);
          if (child) {
            const leaked = this.router(child, {
              ...around,
              prefix: mount === '/' ? '' : mount,
              lost: around.lost ?? target.lostPrefix,
              // One request enters by one of the paths, whatever else leads into the same router.
              before: [...around.before, ...local],
              mounts: [...around.mounts, { place: registration.place, what: `mounts it at ${target.template || '/'}` }],
              level: 'router',
              conditional: around.conditional || registration.conditional,
              constrained: around.constrained || target.constrained,
            });
            local.push(...leaked);
            continue;
          }
          if (value.kind === 'literal') continue;
          const driven = operationRouterOf(this.m, value);
          if (driven) {
            const before = [...around.before, ...added, ...local];
            this.operations(driven, { ...around, prefix: mount === '/' ? '' : mount, before });
            continue;
          }
          // A package's own value may be a router; what its functions give is a middleware as a rule.
          if (value.kind === 'external' && !value.path.includes(resultOf))
            this.open('unresolved-import', handler.place);
          if (value.kind === 'unknown')
            this.open(value.reason === 'environment-dependent' ? value.reason : 'unresolved-import', handler.place);
          const link = this.link(value, handler.place, around.level);
          if (isErrorMapper(value)) errors.push(link);
          else local.push({ link, mount });
        }
      }
      added.push(...local);
    }
    return added;
  }

  /** A router that a contract drives stands here: its handlers run behind what stands before it. */
  private operations(state: OperationRouterState, around: Surroundings): void {
    this.served.operationRouters?.push(
      describeRouter(state, around.prefix !== '', (entry, method, template) => {
        const at = { place: entry.place, pathPlace: entry.place, conditional: false };
        const handlers = [{ value: state.calling(entry), place: entry.place }];
        const registration: Registration = { ...at, kind: 'route', method, reading: { paths: [] }, handlers };
        const route = { ...this.routeAt(registration, { template }, around), ...describeHandler(entry.value) };
        return checked(route, false);
      }),
    );
  }

  private route(registration: Registration, around: Surroundings): void {
    const { paths, lost } = registration.reading;
    if (lost) this.open(lost, registration.pathPlace);
    for (const target of paths) this.served.routes.push(this.routeAt(registration, target, around));
  }

  private routeAt(registration: Registration, target: PathTemplate, around: Surroundings): Route {
    const path = joinPaths(around.prefix, target.template);
    const lost = around.lost ?? target.lostPrefix;
    const shared = around.before
      .filter((mounted) => covers(mounted.mount, path) || lost !== undefined)
      .map((mounted) => mounted.link);
    const names = parametersOf(path);
    const params = around.params.filter((param) => names.includes(param.name)).map((param) => param.link);
    const own = registration.handlers
      .filter((handler) => !isErrorMapper(handler.value))
      .map((handler) => this.link(handler.value, handler.place, 'route'));
    const routeErrors = registration.handlers
      .filter((handler) => isErrorMapper(handler.value))
      .map((handler) => this.link(handler.value, handler.place, 'route'));
    return describeRoute(this.m, {
      app: this.app,
      framework: this.framework,
      method: registration.method,
      path,
      order: this.served.routes.length,
      registration,
      target,
      handler: own.at(-1)?.value,
      lost,
      conditional: registration.conditional || around.conditional,
      constrained: around.constrained,
      unmounted: this.unmounted,
      mounts: around.mounts,
      // Error mappers are read late: those of an outer router are registered after this route.
      facts: (method) =>
        this.run.facts({
          shared: [...shared, ...params],
          own,
          mappers: [...routeErrors, ...around.mappers.flatMap(({ list, from }) => list.slice(from))],
          path: this.unmounted || lost ? undefined : path,
          method,
          filled: lost || target.constrained ? [] : parametersOf(target.template),
        }),
    });
  }

  private link(value: Value, place: Place, level: Link['level']): Link {
    const known = this.ids.get(value);
    if (known && known.level === level && known.place.start === place.start) return known;
    const link = linkOf(value, place, level);
    this.ids.set(value, link);
    return link;
  }

  private open(reason: AbstainReason, place: Place): void {
    openServed(this.served, reason, place);
  }
}

/** Express takes a function of four parameters for an error handler. */
function isErrorMapper(value: Value): boolean {
  if (value.kind === 'union') return value.members.length > 0 && value.members.every(isErrorMapper);
  if (value.kind === 'function') return value.node.parameters.length - (value.bound?.length ?? 0) === 4;
  return value.kind === 'native' && value.model.name === 'error mapper';
}

/** The status that was set before the error, which Express keeps for its own answer when it is one of a failure. */
function failing(status: Value | undefined): number | undefined {
  const number = status === undefined ? undefined : numberOf(status);
  return number !== undefined && number >= 400 && number < 600 ? number : undefined;
}

const protocol: Protocol = {
  exchange(_m, sink: CurrentSink, subject): Exchange {
    return { sink, request: native(requestModel, { sink, body: 'body', subject }), response: createResponse(sink) };
  },
  run(m, exchange, link, last) {
    const { value } = link;
    const collector = exchange.sink.target;
    if (opensAll(collector, link, last ? undefined : 'request')) return true;
    const next = createNext();
    const fresh = responseState(exchange.response);
    const outer = m.statusNow;
    m.statusNow = () => responseState(exchange.response).status;
    try {
      m.call(value, linkSite(m, link, [exchange.request, exchange.response, next.value]));
    } finally {
      m.statusNow = outer;
    }
    // What follows starts from the state before an answer.
    if (!last) restoreUnsent(m, exchange.response, fresh);
    if (link.level === 'route' && (mayHaveLeft(next.called) || (last && mayHaveCalled(next.called))))
      collector.passesOn = true;
    else if (last) collector.passesOn ??= false;
    if (m.dead) return false;
    return last || mayHaveCalled(next.called);
  },
  map(m, exchange, mapper, thrown): readonly Thrown[] {
    const { value } = mapper;
    if (value.kind !== 'function' && value.kind !== 'native' && value.kind !== 'union') {
      exchange.sink.target.openExits('custom-error-mapper', mapper.place);
      return [];
    }
    const next = createNext();
    const response = createFailedResponse(exchange.sink, thrown.status);
    const { thrown: passed } = m.catching(() =>
      m.call(value, linkSite(m, mapper, [thrown.value, exchange.request, response, next.value])),
    );
    m.dead = false;
    return passed.map((one) => ({ ...one, place: thrown.place, via: thrown.via, status: thrown.status }));
  },
  fallback(m, exchange, thrown) {
    const status = statusOfError(m, thrown.value, thrown.place) ?? failing(thrown.status);
    if (status === undefined) return;
    exchange.sink.target.exit({ status: literal(status), place: thrown.place, headers: [], mediaType: 'text/html' });
  },
};
