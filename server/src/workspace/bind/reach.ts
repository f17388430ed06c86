// Owns a contract's reach: the part of the served paths about which it could speak, and the routes there that it does not name.
// It must not know rules.

import type { Route } from '../../code/model.ts';
import type { Contract } from '../../contract/model.ts';
import type { Ruling } from './govern.ts';
import { routeShapes } from './match.ts';
import { operationShapes } from './operation-shape.ts';
import { covers, isCatchAll, joinPaths, type PathShape, shapeKey, shapeOf } from './path-shape.ts';
import { registration } from './standing.ts';

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
  bound: ReadonlySet<string>,
  internal: (route: Route) => boolean,
): ReadonlyMap<Contract, readonly Route[]> {
  const found = new Map<Contract, Map<string, Route>>();
  const owned = rulings.filter((ruling) => ruling.role === 'owned');
  const reaches = owned.map((ruling) => ({ ruling, reach: reachOf(ruling) }));
  const declared = new Map<Ruling, Declared>();
  const declaredBy = (ruling: Ruling): Declared => {
    const known = declared.get(ruling) ?? declaredShapes(ruling);
    declared.set(ruling, known);
    return known;
  };
  const apps = new Set(owned.flatMap((ruling) => ruling.matches.map((match) => match.app)));
  const boundRegistrations = new Set(
    [...apps].flatMap((app) => app.routes.filter((route) => bound.has(route.id)).map(registration)),
  );
  for (const app of apps) {
    const governing = reaches.filter(({ ruling }) => ruling.matches.some((match) => match.app === app));
    for (const { route, shape, catchAll } of routeShapes(app)) {
      if (bound.has(route.id) || route.unmounted || catchAll || internal(route)) continue;
      // Another mount of a registration that is documented elsewhere is an alias, not a new operation.
      if (boundRegistrations.has(registration(route))) continue;
      const candidates = governing
        .map(({ ruling, reach }) => ({ ruling, depth: depthOf(shape, reach) }))
        .filter(({ depth }) => depth >= 0);
      const best = nearest(candidates, (ruling) => sharedSegments(shape, declaredBy(ruling)));
      if (!best || isSpokenFor(route, shape, declaredBy(best.ruling))) continue;
      const { contract } = best.ruling;
      const routes = found.get(contract) ?? new Map<string, Route>();
      found.set(contract, routes);
      // So is another mount of one that was found: `/api/v1/orders` beside `/api/orders`.
      const tail = `${registration(route)} ${shapeKey(shape, best.depth)}`;
      if (!routes.has(tail)) routes.set(tail, route);
    }
  }
  return new Map([...found].map(([contract, routes]) => [contract, [...new Set(routes.values())]]));
}

/** The contract that has operations nearest to the route; among equals, the one whose reach is the longest. */
function nearest<Candidate extends { readonly ruling: Ruling; readonly depth: number }>(
  candidates: readonly Candidate[],
  shared: (ruling: Ruling) => number,
): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  return candidates
    .map((candidate) => ({ candidate, shared: shared(candidate.ruling) }))
    .sort((a, b) => b.shared - a.shared || b.candidate.depth - a.candidate.depth)[0]?.candidate;
}

/** How many leading segments the route has in common with an operation. */
function sharedSegments(shape: PathShape, { prefixes }: Declared): number {
  let length = shape.length;
  while (length > 0 && !prefixes.has(shapeKey(shape.slice(0, length)))) length--;
  return length;
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

interface DeclaredShape {
  readonly method: string;
  readonly shape: PathShape;
  readonly served: boolean;
}

/** By the number of segments; those with wildcards, which speak of paths of any length, apart. */
interface Declared {
  readonly byLength: ReadonlyMap<number, readonly DeclaredShape[]>;
  readonly wide: readonly DeclaredShape[];
  /** What their paths begin with, by every number of segments. */
  readonly prefixes: ReadonlySet<string>;
}

/** Every operation below every served prefix. */
function declaredShapes(ruling: Ruling): Declared {
  const prefixes = new Set(ruling.matches.flatMap((match) => (match.prefixes.length > 0 ? match.prefixes : [''])));
  const served = new Set(ruling.matches.flatMap((match) => [...match.routes.keys()]));
  const byLength = new Map<number, DeclaredShape[]>();
  const wide: DeclaredShape[] = [];
  const beginnings = new Set<string>();
  for (const prefix of prefixes) {
    const head = shapeOf(prefix);
    for (const { operation, shape: tail } of operationShapes(ruling.contract)) {
      const shape = [...head, ...tail];
      const list = isCatchAll(shape) ? wide : (byLength.get(shape.length) ?? []);
      if (list !== wide) byLength.set(shape.length, list);
      list.push({ method: operation.method, shape, served: served.has(operation) });
      for (let length = 1; length <= shape.length; length++) beginnings.add(shapeKey(shape.slice(0, length)));
    }
  }
  return { byLength, wide, prefixes: beginnings };
}

/**
 * Routes that add nothing to what is declared: HEAD beside a declared GET, an `all` on a declared path, and a plain
 * path that stands in for a template no route serves (`/reports/daily` for `/reports/{kind}`).
 */
function isSpokenFor(route: Route, shape: PathShape, { byLength, wide }: Declared): boolean {
  for (const { method, shape: other, served } of [...(byLength.get(shape.length) ?? []), ...wide]) {
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
