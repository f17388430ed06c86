// Owns hapi as the front-end sees it: its servers, and plugins that nothing is seen to register.
// It must not flatten or run anything itself.

import type { App, Route } from '../../../model.ts';
import type { Framework, Surroundings } from '../framework.ts';
import { withoutParts } from '../koa/framework.ts';
import type { Machine } from '../machine.ts';
import { serveHapi } from './serve.ts';
import { type ServerCore, serversOf } from './servers.ts';

export const hapi: Framework = {
  name: 'hapi',
  apps: (machine, surroundings) => gather(machine, surroundings),
};

function gather(m: Machine, surroundings: Surroundings): App[] {
  const cores = serversOf(m).filter((core) => core.routes.length > 0);
  const made = cores.filter((core) => !core.loose).flatMap((core) => appOf(m, core, surroundings) ?? []);
  const { apps, served } = withoutParts(made);
  const loose: App[] = [];
  for (const core of cores.filter((one) => one.loose)) {
    const app = appOf(m, core, surroundings);
    const routes = app?.routes.filter((route) => !served.has(keyOf(route))) ?? [];
    if (app && routes.length > 0) loose.push({ ...app, routes });
    for (const route of routes) served.add(keyOf(route));
  }
  return [...apps, ...loose];
}

const keyOf = (route: Route) => `${route.method} ${route.place.file}:${route.place.start}`;

function appOf(m: Machine, core: ServerCore, surroundings: Surroundings): App | undefined {
  const { place } = core;
  const flat = serveHapi(m, core, place.file);
  if (flat.routes.length === 0) return undefined;
  const completeness = core.loose
    ? ({ closed: false, reason: 'unresolved-prefix', place } as const)
    : flat.completeness;
  return surroundings.app({
    framework: 'hapi',
    place,
    folder: surroundings.folderOf(place.file),
    ...flat,
    completeness,
  });
}
