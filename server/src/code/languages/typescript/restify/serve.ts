// Owns what a restify server serves: its registrations as routes, and how a request runs through them.
// It must not know packages.

import type { Place } from '../../../../base/place.ts';
import { closed, type Route } from '../../../model.ts';
import type { RequestData } from '../express/request.ts';
import {
  type Chain,
  createNext,
  type Exchange,
  HttpRun,
  type Link,
  linkSite,
  mayHaveCalled,
  type Protocol,
  statusOfError,
} from '../http-run.ts';
import { namedInput } from '../inputs.ts';
import { linkOf, opensAll } from '../links.ts';
import type { Machine } from '../machine.ts';
import { type PathTemplate, parametersOf } from '../paths.ts';
import { describeRoute, type Served } from '../served.ts';
import { type CallSite, literal, type Model, native, textOf, undefinedValue, unknown, type Value } from '../value.ts';
import { bodyOf } from './errors.ts';
import { formatted } from './formatters.ts';
import { restifyRequest } from './request.ts';
import { createResponse } from './response.ts';
import type { Registration, ServerState } from './servers.ts';

/** The routes of one server, or of a router that nothing applies. */
export function serveRestify(m: Machine, state: ServerState, app: string): Served {
  const run = new HttpRun(m, protocolOf(state));
  const served: Served = { routes: [], completeness: state.open ? { closed: false, ...state.open } : closed };
  const { before, params } = sharedBy(state);
  for (const registration of state.registrations) {
    if (registration.kind !== 'route') continue;
    const own = registration.handlers.map(({ value, place }) => linkOf(value, place, 'route'));
    for (const target of registration.reading.paths) {
      const names = parametersOf(target.template);
      const chain: Chain = {
        shared: before,
        own: [
          ...params.filter(({ name }) => names.includes(name)).map(({ link }) => link),
          ...own.filter((link) => !takesErrors(link)),
        ],
        mappers: own.filter(takesErrors),
      };
      served.routes.push(routeOf(m, run, state, registration, target, chain, app, served.routes.length));
    }
  }
  return served;
}

/** A parameter's middleware with the parameter's name. */
interface Param {
  readonly name: string;
  readonly link: Link;
}

/** What stands before every route, also before those that were registered earlier: `pre` before the routing, then `use`. */
function sharedBy({ registrations }: ServerState): {
  readonly before: readonly Link[];
  readonly params: readonly Param[];
} {
  const links = (kind: Registration['kind']): Link[] =>
    registrations
      .filter((one) => one.kind === kind)
      .flatMap(({ handlers }) => handlers.map(({ value, place }) => linkOf(value, place, 'app')));
  const params = registrations
    .filter(({ kind }) => kind === 'param')
    .flatMap(({ handlers, name = '' }) =>
      handlers.map(({ value, place }) => ({ name, link: paramLink(value, name, place) })),
    );
  return { before: [...links('pre'), ...links('use')], params };
}

/** What `server.param` was told is called with the parameter's value and name as well. */
function paramLink(value: Value, name: string, place: Place): Link {
  const call: Model['call'] = (m, _self, site) => {
    const [request] = site.args;
    if (request?.kind !== 'native' || request.model !== restifyRequest) return undefinedValue;
    const part = namedInput((request.data as RequestData).sink, 'path', name, place);
    return m.call(value, { ...site, args: [...site.args, part, literal(name)] });
  };
  const known = value.kind === 'function' || value.kind === 'native';
  const link = linkOf(known ? native({ name: 'restify param', call }, undefined, place) : value, place, 'app');
  return { ...link, inspects: true };
}

/** A function of four parameters is run with errors only (restify, `lib/chain.js`). */
const takesErrors = ({ value }: Link): boolean => value.kind === 'function' && value.node.parameters.length === 4;

function routeOf(
  m: Machine,
  run: HttpRun,
  state: ServerState,
  registration: Registration,
  target: PathTemplate,
  chain: Chain,
  app: string,
  order: number,
): Route {
  const { method } = registration;
  const path = target.template;
  const lost = target.lostPrefix ?? (state.kind === 'router' ? 'unresolved-prefix' : undefined);
  return describeRoute(m, {
    app,
    framework: 'restify',
    method,
    path,
    order,
    registration,
    target,
    handler: registration.handlers.at(-1)?.value,
    lost,
    conditional: registration.conditional,
    mounts: [],
    facts: (asked) => run.facts({ ...chain, method: asked.toUpperCase(), ...(lost ? {} : { path }) }),
  });
}

/** `next(false)` ends the chain, and nothing is handed on. */
function handOn(m: Machine, next: Value, site: CallSite): Value {
  const [given] = site.args;
  return given?.kind === 'literal' && given.value === false ? undefinedValue : m.call(next, site);
}

/** How restify runs a chain. An error that has no answer of its own is a failure of the server. */
function protocolOf(state: ServerState): Protocol {
  return {
    exchange: (_m, sink, subject) => ({
      sink,
      request: native(restifyRequest, { sink, body: 'body', subject }),
      response: createResponse(sink, state.formatters),
    }),
    run(m, exchange, link, last) {
      const { value } = link;
      if (opensAll(exchange.sink.target, link, last ? undefined : 'request')) return true;
      const next = createNext();
      const handing = native(
        { name: 'next', call: (machine, _self, site) => handOn(machine, next.value, site) },
        undefined,
      );
      m.call(value, linkSite(m, link, [exchange.request, exchange.response, handing]));
      if (m.dead) return false;
      // An asynchronous function that takes no callback hands the request on when it ends.
      const waits = value.kind !== 'function' || value.node.parameters.length >= 3;
      return last || !waits || mayHaveCalled(next.called);
    },
    map(m, exchange, { value, place, id, level }, thrown) {
      const next = createNext();
      const link: Link = { value, place, id, level };
      const args = [thrown.value, exchange.request, exchange.response, next.value];
      return m.catching(() => m.call(value, linkSite(m, link, args))).thrown;
    },
    fallback(m, exchange, thrown) {
      const status = statusOfError(m, thrown.value, thrown.place) ?? 500;
      const before = exchange.sink.target.exitCount();
      const told = tellListeners(m, state, exchange, thrown.value);
      // A listener may answer itself; what it sends is the answer.
      if (exchange.sink.target.exitCount() > before) return;
      const own = told ? bodyOf(m, thrown.value, thrown.place) : undefined;
      exchange.sink.target.exit({
        status: literal(status),
        place: thrown.place,
        headers: [],
        mediaType: 'application/json',
        body: own
          ? formatted(m, state.formatters, 'application/json', own, thrown.place)
          : unknown('custom-serializer', thrown.place),
      });
    },
  };
}

/** Tells an error to whoever listens; false where somebody does of whom nobody knows what it makes of errors. */
function tellListeners(m: Machine, state: ServerState, exchange: Exchange, error: Value): boolean {
  if (state.formatted) return false;
  const event = eventOf(m, error, state.place);
  for (const listener of state.listeners) {
    if (listener.event !== 'restifyError' && event === undefined) return false;
    if (listener.event !== 'restifyError' && listener.event !== event) continue;
    const args = [exchange.request, exchange.response, error, createNext().value];
    m.call(listener.value, linkSite(m, linkOf(listener.value, listener.place, 'app'), args));
    m.dead = false;
  }
  return true;
}

/** The event of an error: its name without the last word, but for two that are named otherwise (restify, `errEvtNameFromError`). */
function eventOf(m: Machine, error: Value, place: Place): string | undefined {
  const name = error.kind === 'object' ? textOf(m.get(error, 'name', place)) : undefined;
  if (name === 'ResourceNotFoundError') return 'NotFound';
  if (name === 'InvalidVersionError') return 'VersionNotAllowed';
  return name?.replace(/Error$/, '');
}
