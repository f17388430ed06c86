// Owns the question whether an operation without a route is proven to be unserved.
// It must not know rules: it says what may answer all the same.

import { type Completeness, closed, type Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { answers } from './answers.ts';
import type { Ruling } from './govern.ts';
import { routeShapes } from './match.ts';
import { covers, isCatchAll, joinPaths, type PathShape, segmentsOf, shapeOf } from './path-shape.ts';

/** Open, with the route that may answer, when a catch-all, an unmounted route or another template could take the request. */
export function absenceOf(operation: Operation, ruling: Ruling): Completeness {
  if (!operation.complete)
    return { closed: false, reason: 'parse-error', detail: 'the operation could not be read whole' };
  const bound = new Set(ruling.matches.flatMap((match) => [...match.routes.values()].flat()));
  for (const match of ruling.matches) {
    const prefixes = match.prefixes.length > 0 ? match.prefixes : [''];
    const paths = prefixes.map((prefix) => shapeOf(joinPaths(prefix, operation.path)));
    for (const { route, shape } of routeShapes(match.app)) {
      if (!mayAnswer(route, operation.method)) continue;
      const open = paths.map((path) => reasonOf(route, shape, path, bound)).find((reason) => reason !== undefined);
      if (open) return open;
    }
  }
  return closed;
}

function reasonOf(
  route: Route,
  shape: PathShape,
  path: PathShape,
  bound: ReadonlySet<Route>,
): Completeness | undefined {
  if (route.unmounted) {
    const tail = path.slice(Math.max(0, path.length - shape.length));
    if (shape.length > path.length || !covers(shape, tail)) return undefined;
    return {
      closed: false,
      reason: 'unresolved-prefix',
      place: route.place,
      detail: `${route.path} has an unknown mount`,
    };
  }
  const same = shape.length === path.length && covers(shape, path) && covers(path, shape);
  if (same) {
    return { closed: false, reason: 'catch-all-or-proxy', place: route.place, detail: 'GET answers HEAD as well' };
  }
  // A whole-app fallback (`*`) is how services answer 404; it serves nothing in particular.
  if (isCatchAll(shape)) {
    if (segmentsOf(route.path).length <= 1 || !covers(shape, path)) return undefined;
    return { closed: false, reason: 'catch-all-or-proxy', place: route.place, detail: `${route.path} may answer it` };
  }
  if (bound.has(route)) return undefined;
  if (covers(shape, path) || covers(path, shape)) {
    return { closed: false, reason: 'catch-all-or-proxy', place: route.place, detail: `${route.path} may answer it` };
  }
  return undefined;
}

/** HEAD counts for GET routes: both frameworks answer it from there. */
function mayAnswer(route: Route, method: string): boolean {
  return answers(route, method) || (method === 'head' && route.method === 'get');
}
