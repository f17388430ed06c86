// Owns Koa as the front-end sees it: its apps, and routers that nothing is seen to use.
// It must not flatten or run anything itself.

import type { App, Route } from '../../../model.ts';
import type { Framework, Surroundings } from '../framework.ts';
import type { Machine } from '../machine.ts';
import { appsOf } from './apps.ts';
import { type RouterState, routersOf } from './routers.ts';
import { serveApp, serveRouter } from './serve.ts';

export const koa: Framework = {
  name: 'koa',
  apps: (machine, surroundings) => gather(machine, surroundings),
};

const keyOf = (route: Route) => `${route.method} ${route.place.file}:${route.place.start}`;

function gather(m: Machine, surroundings: Surroundings): App[] {
  const byRoutes = new Map<string, App>();
  const served = new Set<string>();
  for (const state of appsOf(m)) {
    if (state.mounted || state.used.length === 0) continue;
    const flat = serveApp(m, state, state.place.file);
    if (flat.routes.length === 0) continue;
    const folder = surroundings.folderOf(state.place.file);
    const app = surroundings.app({ framework: 'koa', place: state.place, folder, ...flat });
    // A function that makes the app may have run several times: the one with most routes stands for all.
    const key = `${state.place.file}:${state.place.start}`;
    const known = byRoutes.get(key);
    if (!known || known.routes.length < app.routes.length) byRoutes.set(key, app);
  }
  const apps = [...byRoutes.values()];
  for (const app of apps) for (const route of app.routes) served.add(keyOf(route));
  return [...apps, ...gatherLoose(m, surroundings, served)];
}

/** Routers that nothing is seen to use, one app for each package. */
function gatherLoose(m: Machine, surroundings: Surroundings, served: Set<string>): App[] {
  const byFolder = new Map<string, RouterState[]>();
  for (const state of routersOf(m)) {
    if (state.mounted || state.registrations.length === 0) continue;
    const folder = surroundings.folderOf(state.place.file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), state]);
  }
  const apps: App[] = [];
  for (const [folder, states] of byFolder) {
    const routes: Route[] = [];
    for (const [index, state] of states.entries()) {
      for (const route of serveRouter(m, state, `${folder}#koa${index}`).routes) {
        if (served.has(keyOf(route))) continue;
        served.add(keyOf(route));
        routes.push(route);
      }
    }
    const { place } = states[0]!;
    if (routes.length > 0)
      apps.push(
        surroundings.app({
          framework: 'koa',
          place,
          folder,
          routes,
          completeness: { closed: false, reason: 'unresolved-prefix', place },
        }),
      );
  }
  return apps;
}
