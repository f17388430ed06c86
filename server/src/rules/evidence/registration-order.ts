// Owns what registration order does to routes: which of them an earlier one takes the requests of.
// It must not know what any rule decides.

import type { Route } from '../../code/model.ts';
import type { Governed } from '../../workspace/model.ts';
import { coveringRoutes, covers } from './earlier-routes.ts';

/** Frameworks that ask their routes in the order of registration; the others pick the most specific one. */
const inOrder: ReadonlySet<string> = new Set(['express', 'koa', 'hono', 'nest', 'nestjs']);

/** An earlier route that answers requests which were meant for a later one. */
export interface Taker {
  readonly route: Route;
  /** Whether the two have the same path, names of parameters aside. */
  readonly same: boolean;
}

const remembered = new WeakMap<Governed, WeakMap<Route, Taker | null>>();

/** The first route before this one that takes all of its requests; undefined when there is none, or it may pass them on. */
export function takerOf(governed: Governed, route: Route): Taker | undefined {
  const known = remembered.get(governed) ?? new WeakMap<Route, Taker | null>();
  remembered.set(governed, known);
  const kept = known.get(route);
  if (kept !== undefined) return kept ?? undefined;
  const found = findTaker(governed, route);
  known.set(route, found ?? null);
  return found;
}

function findTaker(governed: Governed, route: Route): Taker | undefined {
  if (!inOrder.has(route.framework) || !isCertain(route)) return undefined;
  const app =
    governed.apps.find((candidate) => candidate.id === route.app) ??
    governed.apps.find((one) => one.routes.some(({ id }) => id === route.id));
  if (!app) return undefined;
  for (const earlier of coveringRoutes(app, route.path)) {
    if (earlier.order >= route.order || earlier.app !== route.app || earlier.constrained || !isCertain(earlier))
      continue;
    if (earlier.method !== route.method && earlier.method !== 'all') continue;
    // One registration of several paths is one handler.
    if (earlier.place.file === route.place.file && earlier.place.start === route.place.start) continue;
    if (earlier.facts().passesOn !== false) continue;
    return { route: earlier, same: covers(route.path, earlier.path) };
  }
  return undefined;
}

/** The routes that requests reach: one whose requests an earlier one on the same path takes is not among them. */
export function reachedRoutes(routes: readonly Route[]): readonly Route[] {
  if (routes.length < 2) return routes;
  return routes.filter((route) => !routes.some((other) => takesOver(other, route)));
}

function takesOver(earlier: Route, route: Route): boolean {
  if (earlier === route || earlier.app !== route.app || earlier.order >= route.order) return false;
  if (!inOrder.has(route.framework) || earlier.method !== route.method || earlier.constrained) return false;
  const alike =
    earlier.path.replace(/\{[^{}]*\}/g, '{}').toLowerCase() === route.path.replace(/\{[^{}]*\}/g, '{}').toLowerCase();
  return alike && isCertain(earlier) && earlier.facts().passesOn === false;
}

/** Whether it is known that the route is there, under this path. */
function isCertain(route: Route): boolean {
  return route.completeness.closed && !route.unmounted;
}
