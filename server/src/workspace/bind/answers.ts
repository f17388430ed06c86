// Owns the question whether a route's method answers an operation's. It must not know paths.

import type { Route } from '../../code/model.ts';

/** A route for `all` answers every method. That GET answers HEAD as well is the framework's doing, and no binding. */
export function answers(route: Route, method: string): boolean {
  return route.method === method || route.method === 'all';
}
