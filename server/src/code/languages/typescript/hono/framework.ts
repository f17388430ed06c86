// Owns Hono as the front-end sees it: its apps, and those that nothing is known to make.
// It must not flatten or run anything itself.

import type { App } from '../../../model.ts';
import type { Framework, Surroundings } from '../framework.ts';
import { withoutParts } from '../koa/framework.ts';
import type { Machine } from '../machine.ts';
import { appsOf } from './apps.ts';
import { serveHono } from './serve.ts';

export const hono: Framework = {
  name: 'hono',
  apps: (machine, surroundings) => gather(machine, surroundings),
};

function gather(m: Machine, surroundings: Surroundings): App[] {
  const found: App[] = [];
  const loose: App[] = [];
  for (const state of appsOf(m)) {
    if (state.mounted || state.entries.length === 0) continue;
    const folder = surroundings.folderOf(state.place.file);
    const id = state.loose ? `${folder}#hono${loose.length}` : state.place.file;
    const flat = serveHono(m, state, id);
    if (flat.routes.length === 0) continue;
    if (!state.loose) found.push(surroundings.app({ framework: 'hono', place: state.place, folder, ...flat }));
    else {
      const completeness = { closed: false, reason: 'unresolved-prefix', place: state.place } as const;
      loose.push(
        surroundings.app({ framework: 'hono', place: state.place, folder, routes: flat.routes, completeness }),
      );
    }
  }
  const { apps, served } = withoutParts(found);
  const rest = loose.flatMap((app) => {
    const routes = app.routes.filter(({ method, place }) => !served.has(`${method} ${place.file}:${place.start}`));
    return routes.length > 0 ? [{ ...app, routes }] : [];
  });
  return [...apps, ...rest];
}
