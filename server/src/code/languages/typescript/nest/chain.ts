// Owns the order of a request: middlewares, guards, parameters with their pipes, the handler within its interceptors, and the filters.
// It must not run them; see `protocol.ts`.

import type { Place } from '../../../../base/place.ts';
import type { BodyAcceptance, HandlerFacts } from '../../../model.ts';
import type { Chain, Exchange, Link } from '../http-run.ts';
import { linkOf, stepOf } from '../links.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { type Model, native, type Value } from '../value.ts';
import { createAnswer } from './answers.ts';
import type { AppState } from './application.ts';
import { type Asked, type Middleware, runsFor } from './consumers.ts';
import { isLogin, runGuard } from './guards.ts';
import { planOf, prepareAnswer, runHandler } from './handler.ts';
import type { Injector } from './injector.ts';
import { filesOf, noteForms } from './interceptors.ts';
import { answersItself, argumentsOf } from './parameters.ts';
import { collectorOf, createScene, type Endpoint, type Scene } from './scene.ts';
import { type Kind, type Use, usesOf } from './uses.ts';

export const filterModel: Model = { name: 'exception filter' };

/** What a filter's link carries. */
export interface FilterData {
  readonly use: Use;
  readonly scene: () => Scene | undefined;
}

export interface RouteAsked {
  readonly path: string;
  readonly bare: string;
  readonly method: string;
  readonly unmounted: boolean;
}

/** What one route's request runs through, and what is to be said of the facts beside. */
export function chainOf(
  m: Machine,
  app: AppState | undefined,
  injector: Injector,
  endpoint: Endpoint,
  route: RouteAsked,
  middlewares: readonly Middleware[],
): { readonly chain: Chain; readonly finish: (facts: HandlerFacts) => HandlerFacts } {
  const uses = (kind: Kind): readonly Use[] => usesOf(m, kind, app, injector, endpoint);
  const interceptors = uses('interceptors');
  const pipes = uses('pipes');
  const guards = uses('guards');
  const form = interceptors.some((use) => filesOf(use.value) !== undefined);
  const at = placeOf(endpoint.method);
  let scene: Scene | undefined;
  let args: readonly Value[] = [];
  const step = (run: (scene: Scene) => boolean, place: Place, level: Link['level'] = 'route'): Link =>
    stepOf((_m, exchange) => run(sceneFor(exchange)), place, level);
  const sceneFor = (exchange: Exchange): Scene => {
    if (scene?.exchange.request !== exchange.request || scene.exchange.sink !== exchange.sink) scene = undefined;
    scene ??= createScene({
      m,
      endpoint,
      injector,
      platform: app?.platform ?? 'express',
      exchange: { ...exchange, response: createAnswer({ platform: app?.platform ?? 'express', exchange }) },
      form,
    });
    return scene;
  };
  const plan = planOf({ endpoint }, route.method, answersItself({ m }, endpoint));
  const own: Link[] = [];
  const late: Use[] = [];
  for (const guard of guards) {
    // Logging in is what such a handler does: a refusal is its own answer and no security of the operation.
    if (isLogin({ injector }, guard.value)) late.push(guard);
    else own.push(step((current) => runGuard(current, guard.value, guard.place), guard.place, guard.level));
  }
  own.push({
    ...step((current) => {
      prepareAnswer(current, plan);
      const collector = collectorOf(current);
      collector.stage = { kind: 'handler', level: 'route', origin: undefined };
      noteForms(current, interceptors);
      args = argumentsOf(current, pipes, interceptors);
      return !m.dead;
    }, at),
    // Pipes are handed what the decorators name.
    inspects: true,
  });
  own.push(
    step((current) => {
      for (const guard of late) if (!runGuard(current, guard.value, guard.place)) return false;
      runHandler(current, plan, args, interceptors);
      return true;
    }, at),
  );
  const mappers = [...uses('filters')]
    .reverse()
    .map((use) =>
      linkOf(native(filterModel, { use, scene: () => scene } satisfies FilterData, use.place), use.place, use.level),
    );
  // The last mapper is the framework's own filter, which the protocol's fallback stands for.
  const shared = sharedLinks(m, app, injector, endpoint, route, middlewares);
  return {
    chain: {
      shared: shared.links,
      own: [...shared.unclear, ...own],
      mappers,
      path: route.unmounted ? undefined : route.path,
      method: route.method,
      pathNames: route.unmounted ? undefined : namesIn(route.path),
    },
    finish: (facts) => withoutFalseClosure(withoutLogin(form ? withForm(facts) : facts, late), at),
  };
}

/** The names of a template's parameters; undefined where it takes anything. */
function namesIn(path: string | undefined): ReadonlySet<string> | undefined {
  if (path === undefined || path.includes('*')) return undefined;
  return new Set([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!));
}

const links = new WeakMap<object, Link>();

/** Middlewares have one identity for all routes, so that their run can be shared. */
function sharedLinks(
  m: Machine,
  app: AppState | undefined,
  injector: Injector,
  endpoint: Endpoint,
  route: RouteAsked,
  middlewares: readonly Middleware[],
): { links: Link[]; unclear: Link[] } {
  const found: Link[] = [];
  const unclear: Link[] = [];
  for (const middleware of app?.middlewares ?? []) {
    const link = links.get(middleware) ?? linkOf(middleware.value, middleware.place, 'app');
    links.set(middleware, link);
    found.push(link);
  }
  const asked: Asked = { path: route.path, bare: route.bare, method: route.method, controller: endpoint.cls };
  for (const middleware of middlewares) {
    const runs = runsFor(middleware, asked);
    if (runs === false) continue;
    if (runs === undefined) {
      unclear.push(openLink(middleware.place));
      continue;
    }
    const link = links.get(middleware) ?? linkOf(middlewareValue(m, injector, middleware), middleware.place, 'router');
    links.set(middleware, link);
    found.push(link);
  }
  return { links: found, unclear };
}

/** A middleware of which nobody can tell whether it runs. */
function openLink(place: Place): Link {
  return stepOf(
    (_m, { sink }) => {
      sink.target.openGuards('dynamic-path', place);
      sink.target.openExits('dynamic-path', place);
      return true;
    },
    place,
    'router',
  );
}

/** A class of a middleware is made with its dependencies; its `use` is what runs. */
function middlewareValue(m: Machine, injector: Injector, middleware: Middleware): Value {
  const { value, module, place } = middleware;
  if (value.kind !== 'class') return value;
  const instance = injector.resolve(value, module) ?? value;
  return m.get(instance, 'use', place);
}

/** A body that comes with files is a multipart form. */
function withForm(facts: HandlerFacts): HandlerFacts {
  const bodies = facts.reads.bodies.map((body): BodyAcceptance => ({ ...body, mediaTypes: ['multipart/form-data'] }));
  return { ...facts, reads: { ...facts.reads, bodies } };
}

/** What refuses bad credentials of a form is no guard of the operation. */
function withoutLogin(facts: HandlerFacts, late: readonly Use[]): HandlerFacts {
  if (late.length === 0) return facts;
  const own = (place: Place): boolean =>
    late.some((use) => use.place.file === place.file && use.place.start === place.start);
  return { ...facts, guards: facts.guards.filter((guard) => !own(guard.place)) };
}

/** A handler that does nothing but fail is one that we failed to follow, as a rule. */
function withoutFalseClosure(facts: HandlerFacts, place: Place): HandlerFacts {
  if (!facts.exitCompleteness.closed || facts.exits.some((exit) => exit.status < 400)) return facts;
  const detail = 'no success was seen';
  return { ...facts, exitCompleteness: { closed: false, reason: 'unreadable-exit', place, detail } };
}
