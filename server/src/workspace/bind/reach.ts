// Owns a contract's reach: the part of the served paths about which it could speak, and the routes there that it does not name.
// It must not know rules.

import type { Route } from '../../code/model.ts';
import type { Contract } from '../../contract/model.ts';
import type { Binding } from '../model.ts';
import type { Ruling } from './govern.ts';
import { routeShapes } from './match.ts';
import { operationShapes } from './operation-shape.ts';
import { covers, isCatchAll, joinPaths, type PathShape, shapeOf } from './path-shape.ts';

/** Segments that place an API rather than name a resource. */
const placing = /^(api|apis|rest|v\d+([.-]\w+)*|public|internal|admin|\d{4}-\d{2}-\d{2})$/;

/** The served prefixes below which the contract speaks: its bound prefixes, lengthened by what all of its paths begin with. */
export function reachOf(ruling: Ruling): readonly PathShape[] {
  const shapes = operationShapes(ruling.contract).map(({ shape }) => shape);
  const common: string[] = [];
  for (let index = 0; ; index++) {
    const text = shapes[0]?.[index]?.text;
    if (text === undefined || !placing.test(text) || shapes.some((shape) => shape[index]?.text !== text)) break;
    common.push(text);
  }
  const prefixes = new Set(ruling.matches.flatMap((match) => (match.prefixes.length > 0 ? match.prefixes : [''])));
  return [...prefixes].map((prefix) => shapeOf(joinPaths(prefix, common.join('/'))));
}

/**
 * Routes of governed apps that no operation of any contract names, each given to the one contract whose reach names it
 * most closely. Probes, documentation and catch-alls are left out; so is a route that an operation's template already takes in.
 */
export function undocumentedRoutes(
  rulings: readonly Ruling[],
  bound: ReadonlyMap<string, Binding>,
  internal: (route: Route) => boolean,
): ReadonlyMap<Contract, readonly Route[]> {
  const found = new Map<Contract, Route[]>();
  const owned = rulings.filter((ruling) => ruling.role === 'owned');
  const reaches = owned.map((ruling) => ({ ruling, reach: reachOf(ruling) }));
  const apps = new Set(owned.flatMap((ruling) => ruling.matches.map((match) => match.app)));
  const boundRegistrations = new Set(
    [...apps].flatMap((app) => app.routes.filter((route) => bound.has(route.id)).map(registration)),
  );
  for (const app of apps) {
    const shapes = routeShapes(app);
    for (const { route, shape } of shapes) {
      if (bound.has(route.id) || route.unmounted || isCatchAll(shape) || internal(route)) continue;
      // Another mount of a registration that is documented elsewhere is an alias, not a new operation.
      if (boundRegistrations.has(registration(route))) continue;
      const candidates = reaches
        .filter(({ ruling }) => ruling.matches.some((match) => match.app === app))
        .map(({ ruling, reach }) => ({ ruling, depth: depthOf(shape, reach) }))
        .filter(({ depth }) => depth >= 0)
        .sort((a, b) => b.depth - a.depth);
      const ruling = candidates[0]?.ruling;
      if (!ruling || isSpokenFor(route, shape, ruling)) continue;
      const list = found.get(ruling.contract) ?? [];
      if (!list.includes(route)) found.set(ruling.contract, [...list, route]);
    }
  }
  return found;
}

/** How many segments of a reach lead to the route; -1 when none of the reaches does. */
function depthOf(shape: PathShape, reach: readonly PathShape[]): number {
  let depth = -1;
  for (const prefix of reach) {
    if (prefix.length > shape.length || prefix.length <= depth) continue;
    const head = shape.slice(0, prefix.length);
    if (prefix.every((segment, index) => segment.text === head[index]?.text)) depth = prefix.length;
  }
  return depth;
}

/**
 * Routes that add nothing to what is declared: HEAD beside a declared GET, an `all` on a declared path, and a plain
 * path that stands in for a template no route serves (`/reports/daily` for `/reports/{kind}`).
 */
function isSpokenFor(route: Route, shape: PathShape, ruling: Ruling): boolean {
  const prefixes = [...new Set(ruling.matches.flatMap((match) => match.prefixes))];
  const served = new Set(ruling.matches.flatMap((match) => [...match.routes.keys()]));
  for (const { operation } of operationShapes(ruling.contract)) {
    for (const prefix of prefixes.length > 0 ? prefixes : ['']) {
      const declared = shapeOf(joinPaths(prefix, operation.path));
      const same = declared.length === shape.length && covers(declared, shape) && covers(shape, declared);
      if (same && (route.method === 'all' || (route.method === 'head' && operation.method === 'get'))) return true;
      if (same || operation.method !== route.method || served.has(operation)) continue;
      if (covers(declared, shape) || covers(shape, declared)) return true;
    }
  }
  return false;
}

function registration(route: Route): string {
  return `${route.place.file}:${route.place.start}:${route.method}`;
}
