// Owns restify as the front-end sees it: its servers, and routers that nothing is seen to apply.
// It must not flatten or run anything itself.

import type { App } from '../../../model.ts';
import type { Framework, Surroundings } from '../framework.ts';
import type { Machine } from '../machine.ts';
import { serveRestify } from './serve.ts';
import { restifyStates, type ServerState } from './servers.ts';

export const restify: Framework = {
  name: 'restify',
  apps: (machine, surroundings) => gather(machine, surroundings),
};

function gather(m: Machine, surroundings: Surroundings): App[] {
  return restifyStates(m)
    .filter((state) => !state.applied)
    .flatMap((state) => appOf(m, state, surroundings) ?? []);
}

function appOf(m: Machine, state: ServerState, surroundings: Surroundings): App | undefined {
  const { place } = state;
  const served = serveRestify(m, state, state.kind === 'server' ? place.file : `${place.file}#${place.start}`);
  if (served.routes.length === 0) return undefined;
  const completeness =
    state.kind === 'router' ? ({ closed: false, reason: 'unresolved-prefix', place } as const) : served.completeness;
  const folder = surroundings.folderOf(place.file);
  return surroundings.app({ framework: 'restify', place, folder, ...served, completeness });
}
