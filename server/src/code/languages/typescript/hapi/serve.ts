// Owns what a hapi server serves: its registrations as routes.
// It must not know what a request runs through; see `lifecycle.ts` and `protocol.ts`.

import { closed, type Route } from '../../../model.ts';
import { HttpRun } from '../http-run.ts';
import type { Machine } from '../machine.ts';
import { joinPaths, type PathTemplate } from '../paths.ts';
import { describeRoute, openServed, type Served } from '../served.ts';
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
    if (route.reading.lost) openServed(served, route.reading.lost, route.pathPlace);
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
  const lost = route.lost ?? target.lostPrefix ?? (core.loose ? 'unresolved-prefix' : undefined);
  return describeRoute(m, {
    app,
    framework: 'hapi',
    method,
    path,
    order,
    registration: route,
    target,
    handler: route.handler,
    lost,
    conditional: route.conditional,
    mounts: route.view.mounts,
    facts: (asked) => run.facts(chainOf(m, route, asked, lost ? undefined : path)),
  });
}
