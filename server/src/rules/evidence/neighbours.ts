// Owns the neighbours of an operation that nothing serves: routes whose registration shows how one is written, by what they serve.
// It must not know what is written after their manner.

import type { Route } from '../../code/model.ts';
import type { Binding, Governed } from '../../workspace/model.ts';
import { partsOf, plain } from './path-parts.ts';
import { type RouteFile, routeFileOf } from './route-files.ts';

/** A route whose registration is one call or decorator with the path written out, or a file that stands for the path. */
export interface Neighbour {
  readonly route: Route;
  /** The path in the call, without quotes; empty where there is none. */
  readonly written: string;
  /** Where its file stands, for frameworks that read the path from that. */
  readonly routeFile?: RouteFile;
  /** What is served of the path before the contract's own: the base path. */
  readonly base: readonly string[];
  /** How many parts of the served path routers above have added. */
  readonly mounted: number;
}

export interface Neighbourhood {
  readonly all: readonly Neighbour[];
  /** By every beginning of their served path that is not shorter than their mounts: the first of each. */
  readonly byBeginning: ReadonlyMap<string, Neighbour>;
  readonly bases: readonly (readonly string[])[];
}

const known = new WeakMap<Governed, Neighbourhood>();

/** The neighbours that the routes of a contract are to each other. */
export function neighbourhoodOf(governed: Governed): Neighbourhood {
  let found = known.get(governed);
  if (!found) {
    const all = governed.bindings.flatMap((binding) => binding.routes.flatMap((route) => asNeighbour(binding, route)));
    const first = new Map<string, Neighbour>();
    for (const neighbour of all) {
      const served = partsOf(neighbour.route.path);
      for (let depth = neighbour.mounted; depth <= served.length; depth++) {
        const key = keyOf(served.slice(0, depth));
        if (!first.has(key)) first.set(key, neighbour);
      }
    }
    const bases = [...new Map(all.map(({ base }) => [keyOf(base), base])).values()];
    found = { all, byBeginning: first, bases };
    known.set(governed, found);
  }
  return found;
}

function asNeighbour({ operation }: Binding, route: Route): Neighbour[] {
  const { written } = route;
  if (written === undefined) return [];
  const served = partsOf(route.path);
  const base = served.length - partsOf(operation.path).length;
  if (base < 0) return [];
  if (route.framework === 'next') {
    const routeFile = routeFileOf(route.place.file, route.path);
    return routeFile ? [{ route, written, base: served.slice(0, base), mounted: routeFile.mounted, routeFile }] : [];
  }
  const own = partsOf(written);
  const mounted = served.length - own.length;
  if (mounted < 0) return [];
  // What the call says has to be the end of what is served, else something stands between the two.
  const isEnd = own.every((part, index) => plain(part) === plain(served[mounted + index]!));
  return isEnd ? [{ route, written, base: served.slice(0, base), mounted }] : [];
}

/** The neighbour with the longest beginning in common, or the one that `taking` names; and the path that is to be served beside it. */
export function nearest(
  { all, byBeginning, bases }: Neighbourhood,
  wanted: readonly string[],
  taking: Route | undefined,
): { readonly neighbour: Neighbour; readonly served: readonly string[] } | undefined {
  if (taking) {
    const neighbour = all.find(({ route }) => route === taking);
    return neighbour && { neighbour, served: [...neighbour.base, ...wanted] };
  }
  let best: { readonly neighbour: Neighbour; readonly served: readonly string[]; readonly depth: number } | undefined;
  for (const base of bases) {
    const served = [...base, ...wanted];
    for (let depth = served.length; depth >= 0; depth--) {
      const neighbour = byBeginning.get(keyOf(served.slice(0, depth)));
      if (!neighbour || keyOf(neighbour.base) !== keyOf(base)) continue;
      if (!best || depth > best.depth) best = { neighbour, served, depth };
      break;
    }
  }
  return best;
}

const keyOf = (parts: readonly string[]): string => parts.map(plain).join('/');
