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
  const found: App[] = [];
  for (const state of appsOf(m)) {
    if (state.mounted || state.used.length === 0) continue;
    const flat = serveApp(m, state, state.place.file);
    if (flat.routes.length === 0) continue;
    const folder = surroundings.folderOf(state.place.file);
    found.push(surroundings.app({ framework: 'koa', place: state.place, folder, ...flat }));
  }
  const { apps, served } = withoutParts(found);
  return [...apps, ...gatherLoose(m, surroundings, served)];
}

/** An app that a function makes may have been made several times, alone and mounted: the one with most routes stands for all. */
export function withoutParts(found: readonly App[]): { readonly apps: readonly App[]; readonly served: Set<string> } {
  const served = new Set<string>();
  const kept = new Set<App>();
  for (const app of [...found].sort((a, b) => b.routes.length - a.routes.length)) {
    const keys = app.routes.map(keyOf);
    if (keys.every((key) => served.has(key))) continue;
    kept.add(app);
    for (const key of keys) served.add(key);
  }
  return { apps: found.filter((app) => kept.has(app)), served };
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
