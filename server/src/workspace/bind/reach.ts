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
  const reaches = owned.map((ruling) => ({ ruling, reach: reachOf(ruling), declared: declaredShapes(ruling) }));
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
        .map(({ ruling, reach, declared }) => ({ ruling, declared, depth: depthOf(shape, reach) }))
        .filter(({ depth }) => depth >= 0)
        .sort((a, b) => b.depth - a.depth);
      const best = candidates[0];
      if (!best || isSpokenFor(route, shape, best.declared)) continue;
      const { contract } = best.ruling;
      const list = found.get(contract) ?? [];
      if (!list.includes(route)) found.set(contract, [...list, route]);
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

interface Declared {
  readonly method: string;
  readonly shape: PathShape;
  readonly served: boolean;
}

/** Every operation below every served prefix. */
function declaredShapes(ruling: Ruling): readonly Declared[] {
  const prefixes = new Set(ruling.matches.flatMap((match) => (match.prefixes.length > 0 ? match.prefixes : [''])));
  const served = new Set(ruling.matches.flatMap((match) => [...match.routes.keys()]));
  return [...prefixes].flatMap((prefix) => {
    const head = shapeOf(prefix);
    return operationShapes(ruling.contract).map(({ operation, shape }) => ({
      method: operation.method,
      shape: [...head, ...shape],
      served: served.has(operation),
    }));
  });
}

/**
 * Routes that add nothing to what is declared: HEAD beside a declared GET, an `all` on a declared path, and a plain
 * path that stands in for a template no route serves (`/reports/daily` for `/reports/{kind}`).
 */
function isSpokenFor(route: Route, shape: PathShape, declared: readonly Declared[]): boolean {
  for (const { method, shape: other, served } of declared) {
    const wider = covers(other, shape);
    const narrower = covers(shape, other);
    if (!wider && !narrower) continue;
    if (wider && narrower) {
      if (route.method === 'all' || (route.method === 'head' && method === 'get')) return true;
      continue;
    }
    if (method === route.method && !served) return true;
  }
  return false;
}

function registration(route: Route): string {
  return `${route.place.file}:${route.place.start}:${route.method}`;
}
