// Owns the question whether an operation without a route is proven to be unserved.
// It must not know rules: it says what may answer all the same.

import { type AbstainReason, type Completeness, closed, type Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { answers } from './answers.ts';
import type { Ruling } from './govern.ts';
import { type RouteShape, routeShapes } from './match.ts';
import { covers, isCatchAll, joinPaths, type PathShape, segmentsOf, shapeOf } from './path-shape.ts';

/** Why an absence is not proven, with the route that may answer when it is one. */
export interface Doubt {
  readonly reason: AbstainReason;
  readonly detail: string;
  readonly route?: Route;
}

/** Whether a doubt leaves an absence open, at the place that its route has now. */
export function completenessOf(doubt: Doubt | undefined, present: (route: Route) => Route): Completeness {
  if (!doubt) return closed;
  const { reason, detail, route } = doubt;
  return { closed: false, reason, ...(route ? { place: present(route).place } : {}), detail };
}

/** Asks for the operations of one ruling: the first doubt when a catch-all, an unmounted route or another template may answer. */
export function doubtsOf(ruling: Ruling): (operation: Operation) => Doubt | undefined {
  const bound = new Set(ruling.matches.flatMap((match) => [...match.routes.values()].flat()));
  return (operation) => {
    if (!operation.complete) return { reason: 'parse-error', detail: 'the operation could not be read whole' };
    for (const match of ruling.matches) {
      const prefixes = match.prefixes.length > 0 ? match.prefixes : [''];
      const paths = prefixes.map((prefix) => shapeOf(joinPaths(prefix, operation.path)));
      const wide = paths.some(isCatchAll);
      for (const shape of routeShapes(match.app)) {
        if (!mayAnswer(shape.route, operation.method)) continue;
        for (const path of paths) {
          // Templates without wildcards have nothing to say to paths of another length.
          const anyLength = wide || shape.catchAll || shape.route.unmounted;
          const doubt = anyLength || shape.shape.length === path.length ? doubtOf(shape, path, bound) : undefined;
          if (doubt) return doubt;
        }
      }
    }
    return undefined;
  };
}

function doubtOf(
  { route, shape, catchAll }: RouteShape,
  path: PathShape,
  bound: ReadonlySet<Route>,
): Doubt | undefined {
  if (route.unmounted) {
    const tail = path.slice(Math.max(0, path.length - shape.length));
    // An unknown constant in the middle may be several segments, behind a beginning that is known.
    const answered = shape.length <= path.length && (covers(shape, tail) || (catchAll && covers(shape, path)));
    if (!answered) return undefined;
    return { reason: 'unresolved-prefix', route, detail: `${route.path} has an unknown mount` };
  }
  const same = shape.length === path.length && covers(shape, path) && covers(path, shape);
  if (same) return { reason: 'catch-all-or-proxy', route, detail: 'GET answers HEAD as well' };
  // A whole-app fallback (`*`) is how services answer 404; it serves nothing in particular.
  if (catchAll) {
    if (segmentsOf(route.path).length <= 1 || !covers(shape, path)) return undefined;
    return { reason: 'catch-all-or-proxy', route, detail: `${route.path} may answer it` };
  }
  if (bound.has(route)) return undefined;
  if (covers(shape, path) || covers(path, shape)) {
    return { reason: 'catch-all-or-proxy', route, detail: `${route.path} may answer it` };
  }
  return undefined;
}

/** HEAD counts for GET routes: both frameworks answer it from there. */
function mayAnswer(route: Route, method: string): boolean {
  return answers(route, method) || (method === 'head' && route.method === 'get');
}
