// Owns what a hapi server serves: its registrations as routes.
// It must not know what a request runs through; see `lifecycle.ts` and `protocol.ts`.

import { type AbstainReason, type Completeness, closed, type Route } from '../../../model.ts';
import { isInternal, type Served } from '../express/serve.ts';
import { describeHandler } from '../handler-place.ts';
import { HttpRun } from '../http-run.ts';
import type { Machine } from '../machine.ts';
import { joinPaths, type PathTemplate } from '../paths.ts';
import { chainOf } from './lifecycle.ts';
import { protocol } from './protocol.ts';
import type { HapiRoute } from './routes.ts';
import type { ServerCore } from './servers.ts';

/** The routes of one server. */
export function serveHapi(m: Machine, core: ServerCore, app: string): Served {
  const run = new HttpRun(m, protocol);
  const [unread] = core.unread;
  // A plugin that nobody read may serve routes of its own.
  const open = core.open ?? (unread && { reason: 'framework-unmodelled' as const, place: unread.place });
  const served: Served = { routes: [], completeness: open ? { closed: false, ...open } : closed };
  for (const route of core.routes) {
    for (const method of route.methods) {
      for (const target of route.reading.paths)
        served.routes.push(routeOf(m, run, core, route, method, target, app, served.routes.length));
    }
    if (route.reading.lost && served.completeness.closed)
      served.completeness = { closed: false, reason: route.reading.lost, place: route.pathPlace };
  }
  return served;
}

function routeOf(
  m: Machine,
  run: HttpRun,
  core: ServerCore,
  route: HapiRoute,
  method: string,
  target: PathTemplate,
  app: string,
  order: number,
): Route {
  const path = joinPaths(route.view.prefix, target.template);
  const lost: AbstainReason | undefined =
    route.lost ?? target.lostPrefix ?? (core.loose ? 'unresolved-prefix' : undefined);
  const completeness: Completeness = lost
    ? { closed: false, reason: lost, place: route.pathPlace }
    : route.conditional
      ? { closed: false, reason: 'conditional-registration', place: route.place }
      : closed;
  const id = `${app}#${order}:${method} ${path}`;
  let facts: ReturnType<Route['facts']> | undefined;
  return {
    id,
    app,
    method,
    path,
    framework: 'hapi',
    place: route.place,
    pathPlace: target.place ?? route.pathPlace,
    ...describeHandler(route.handler),
    order,
    completeness,
    unmounted: lost !== undefined,
    internal: isInternal(path) || (method === 'options' && path.includes('*')),
    mounts: route.view.mounts,
    facts: () =>
      (facts ??= m.factCache.get(m, id, () => run.facts(chainOf(m, route, method, lost ? undefined : path)))),
  };
}
