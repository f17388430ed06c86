// Owns the meeting of one contract with one app: under which served prefixes the app's routes are the contract's operations.
// It must not know which contract governs the app in the end (see govern.ts), nor findings.

import type { App, Route } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import { answers } from './answers.ts';
import { declaredBases, type OperationShape, operationShapes, strippedShapes } from './operation-shape.ts';
import { isCatchAll, isTelling, isWildcard, leadingPath, type PathShape, shapeKey, shapesOf } from './path-shape.ts';
import { registration } from './standing.ts';
import { bindUnmounted } from './unmounted.ts';

/** A route under one reading of its path. */
export interface RouteShape {
  readonly route: Route;
  readonly shape: PathShape;
  /** Whether the shape takes any further path. */
  readonly catchAll: boolean;
}

/** How a contract fits an app: the prefixes that serve it, and what they bind. */
export interface Match {
  readonly contract: Contract;
  readonly app: App;
  /** Served prefixes, the best first; `''` is the root. Empty when nothing binds. */
  readonly prefixes: readonly string[];
  /** Routes per operation, exact methods before `all`, in registration order. */
  readonly routes: ReadonlyMap<Operation, readonly Route[]>;
  /** Operations whose path is served, by whatever method. */
  readonly paths: number;
  /** Whether the best prefix is one that the contract declares (or the root, when it declares none). */
  readonly declared: boolean;
  /** True when it holds only after leading segments of the contract's paths were taken off. */
  readonly stripped?: boolean;
}

interface Hypothesis {
  readonly prefix: string;
  readonly bound: Map<Operation, Set<Route>>;
  readonly onPath: Set<Operation>;
}

const known = new WeakMap<App, WeakMap<Contract, Match>>();

/**
 * The matches of one contract with every app that has something of it, in the order of the apps. A route whose mount was not
 * found binds no operation that a mounted route of any app serves.
 */
export function matchApps(contract: Contract, apps: readonly App[]): readonly Match[] {
  const matches = apps.map((app) => matchApp(contract, app));
  const served = new Set(
    matches
      .flatMap(({ routes }) => [...routes].filter(([, found]) => found.some(isMounted)))
      .map(([operation]) => operation),
  );
  return matches
    .map((match) => (bindsAnew(match, served) ? findMatch(contract, match.app, served) : match))
    .filter(({ paths }) => paths > 0);
}

const isMounted = (route: Route): boolean => !route.unmounted;

/** Whether a match gives one of these operations to routes without a mount alone. */
function bindsAnew({ routes }: Match, served: ReadonlySet<Operation>): boolean {
  return [...routes].some(([operation, found]) => served.has(operation) && !found.some(isMounted));
}

/**
 * Finds the prefixes under which most operations have a route; operations without one are absent from `routes`.
 * Both sides are immutable, so that a match is kept for as long as they live.
 */
function matchApp(contract: Contract, app: App): Match {
  const matches = known.get(app) ?? new WeakMap<Contract, Match>();
  known.set(app, matches);
  const match = matches.get(contract) ?? findMatch(contract, app, new Set());
  matches.set(contract, match);
  return match;
}

/** `elsewhere` has the operations that mounted routes of other apps serve. */
function findMatch(contract: Contract, app: App, elsewhere: ReadonlySet<Operation>): Match {
  const plain = matchShapes(contract, app, operationShapes(contract), elsewhere);
  if (plain.paths * 3 >= contract.operations.length) return plain;
  // A contract may write under `paths` what a gateway takes away; that reading must explain most of it to be believed.
  for (let count = 1; count <= 3; count++) {
    const stripped = strippedShapes(contract, count);
    if (!stripped) break;
    const match = matchShapes(contract, app, stripped, elsewhere);
    if (match.paths >= 3 && match.paths * 2 >= contract.operations.length) {
      return { ...match, declared: false, stripped: true };
    }
  }
  return plain;
}

function matchShapes(
  contract: Contract,
  app: App,
  operations: readonly OperationShape[],
  elsewhere: ReadonlySet<Operation>,
): Match {
  const bases = declaredBases(contract);
  const hypotheses = gather(operations, app, bases);
  const best = choose(hypotheses, bases, contract);
  const nothing: Match = { contract, app, prefixes: [], routes: new Map(), paths: 0, declared: false };
  if (!best) return withUnmounted(nothing, operations, app, elsewhere);
  const accepted = [best, ...aliases(best, hypotheses, bases)];
  const bound = new Map<Operation, readonly Route[]>();
  const onPath = new Set<Operation>();
  const first = hypotheses.get(best.prefix.toLowerCase())!;
  const primary = new Set([...first.bound.values()].flatMap((routes) => [...routes]));
  for (const { operation } of operations) {
    const found = new Set<Route>();
    for (const hypothesis of accepted) {
      for (const route of hypothesis.bound.get(operation) ?? []) found.add(route);
      if (hypothesis.onPath.has(operation)) onPath.add(operation);
    }
    if (found.size > 0) bound.set(operation, ordered(found, primary));
  }
  for (const [operation, routes] of besideThePrefix(operations, bound, hypotheses)) bound.set(operation, routes);
  const match: Match = {
    contract,
    app,
    prefixes: accepted.map((hypothesis) => hypothesis.prefix),
    routes: bound,
    paths: onPath.size,
    declared: isDeclared(best.prefix, bases),
  };
  return withUnmounted(match, operations, app, elsewhere);
}

const shapesByApp = new WeakMap<App, readonly RouteShape[]>();

/** The routes of an app with their shapes; optional segments give several readings of one route. */
export function routeShapes(app: App): readonly RouteShape[] {
  const kept = shapesByApp.get(app);
  if (kept) return kept;
  const shapes = app.routes.flatMap((route) =>
    shapesOf(route.path).map((shape) => ({ route, shape, catchAll: isCatchAll(shape) })),
  );
  shapesByApp.set(app, shapes);
  return shapes;
}

function gather(operations: readonly OperationShape[], app: App, bases: readonly string[]): Map<string, Hypothesis> {
  const byTail = tailsOf(app);
  const hypotheses = new Map<string, Hypothesis>();
  const note = (prefix: string, operation: Operation, route: Route) => {
    const key = prefix.toLowerCase();
    const hypothesis = hypotheses.get(key) ?? { prefix, bound: new Map(), onPath: new Set() };
    hypotheses.set(key, hypothesis);
    hypothesis.onPath.add(operation);
    if (!answers(route, operation.method)) return;
    const found = hypothesis.bound.get(operation) ?? new Set<Route>();
    found.add(route);
    hypothesis.bound.set(operation, found);
  };
  for (const { operation, shape } of operations) {
    for (const tail of byTail.get(shapeKey(shape)) ?? []) {
      // A path of parameters alone is the tail of nearly every route: it may follow a prefix, never suggest one.
      if (!isTelling(shape) && tail.prefix !== '' && !bases.includes(tail.prefix)) continue;
      note(tail.prefix, operation, tail.route);
    }
  }
  addUntelling(operations, byTail, hypotheses, note);
  addRest(operations, app, hypotheses, note);
  return hypotheses;
}

/**
 * `/blobs/*` serves `/blobs/{path}` where nothing else does: OpenAPI has no other way to write the rest of a path. Below an
 * established prefix alone, and for a verb of its own: what takes every method is a fallback or a proxy.
 */
function addRest(
  operations: readonly OperationShape[],
  app: App,
  hypotheses: ReadonlyMap<string, Hypothesis>,
  note: (prefix: string, operation: Operation, route: Route) => void,
): void {
  const rests = routeShapes(app).filter(
    ({ route, shape, catchAll }) =>
      catchAll && !route.unmounted && route.method !== 'all' && shape.findIndex(isWildcard) === shape.length - 1,
  );
  if (rests.length === 0) return;
  for (const { operation, shape } of operations) {
    if (shape.at(-1)?.kind !== 'parameter' || !isTelling(shape)) continue;
    const key = shapeKey(shape.slice(0, -1));
    for (const { route, shape: wide } of rests) {
      const from = wide.length - shape.length;
      if (from < 0 || shapeKey(wide.slice(0, -1), from) !== key) continue;
      const prefix = leadingPath(route.path, from);
      const hypothesis = hypotheses.get(prefix.toLowerCase());
      if (hypothesis && !bindsAlready(hypothesis, operation)) note(prefix, operation, route);
    }
  }
}

function bindsAlready({ bound }: Hypothesis, operation: Operation): boolean {
  return [...(bound.get(operation) ?? [])].some((route) => !shapesOf(route.path).some(isCatchAll));
}

/** Operations such as `/` and `/{id}` bind below a prefix that telling operations have established. */
function addUntelling(
  operations: readonly OperationShape[],
  byTail: ReadonlyMap<string, readonly Tail[]>,
  hypotheses: ReadonlyMap<string, Hypothesis>,
  note: (prefix: string, operation: Operation, route: Route) => void,
): void {
  const established = new Set(hypotheses.keys());
  for (const { operation, shape } of operations) {
    if (isTelling(shape)) continue;
    for (const tail of byTail.get(shapeKey(shape)) ?? []) {
      if (established.has(tail.prefix.toLowerCase())) note(tail.prefix, operation, tail.route);
    }
  }
}

interface Tail {
  readonly prefix: string;
  readonly route: Route;
}

const tailsByApp = new WeakMap<App, ReadonlyMap<string, readonly Tail[]>>();

/** Every route of an app under every split of its path into a literal prefix and a tail. */
function tailsOf(app: App): ReadonlyMap<string, readonly Tail[]> {
  const kept = tailsByApp.get(app);
  if (kept) return kept;
  const byTail = new Map<string, Tail[]>();
  tailsByApp.set(app, byTail);
  for (const { route, shape, catchAll } of routeShapes(app)) {
    if (route.unmounted || catchAll) continue;
    for (let from = 0; from <= shape.length; from++) {
      const key = shapeKey(shape, from);
      const tails = byTail.get(key) ?? [];
      tails.push({ prefix: leadingPath(route.path, from), route });
      byTail.set(key, tails);
    }
  }
  return byTail;
}

function choose(
  hypotheses: ReadonlyMap<string, Hypothesis>,
  bases: readonly string[],
  contract: Contract,
): Hypothesis | undefined {
  const all = [...hypotheses.values()].filter((hypothesis) => isPlausible(hypothesis, bases));
  if (all.length === 0) return undefined;
  const most = Math.max(...all.map(weight));
  const ranked = all
    .map((hypothesis) => ({ hypothesis, rank: rank(hypothesis, bases, contract, most) }))
    .sort((a, b) => b.rank - a.rank || compareText(a.hypothesis.prefix, b.hypothesis.prefix));
  return ranked[0]?.hypothesis;
}

/** `/users/{id}/orders` is not `/orders` below a prefix: a prefix with a parameter needs more than one coincidence. */
function isPlausible(hypothesis: Hypothesis, bases: readonly string[]): boolean {
  if (!hypothesis.prefix.includes('{') || bases.some((base) => sameBase(base, hypothesis.prefix))) return true;
  return hypothesis.bound.size >= 3;
}

/** Operations bound, and a little for paths that are served by another method only. */
function weight(hypothesis: Hypothesis): number {
  return hypothesis.bound.size + 0.5 * (hypothesis.onPath.size - hypothesis.bound.size);
}

/** A declared prefix wins over a derived one as long as it binds half as much: `/v1` must not be read as `/v2`. */
function rank(hypothesis: Hypothesis, bases: readonly string[], contract: Contract, most: number): number {
  const binds = weight(hypothesis);
  const order = bases.findIndex((base) => sameBase(base, hypothesis.prefix));
  const declared = order >= 0 && binds * 2 >= most ? most + 1 - order * 0.001 : 0;
  const root = hypothesis.prefix === '' ? 0.25 : 0;
  const version = hypothesis.prefix.toLowerCase().endsWith(`/v${contract.version.split('.')[0]}`) ? 0.2 : 0;
  return binds + declared + root + version - hypothesis.prefix.length * 0.0001;
}

/** Further prefixes that serve the same contract: other declared servers, and other mounts of the same registrations. */
function aliases(
  best: Hypothesis,
  hypotheses: ReadonlyMap<string, Hypothesis>,
  bases: readonly string[],
): Hypothesis[] {
  const places = new Set([...best.bound.values()].flatMap((routes) => [...routes].map(registration)));
  return [...hypotheses.values()].filter((hypothesis) => {
    if (hypothesis === best || hypothesis.bound.size === 0) return false;
    if (bases.some((base) => sameBase(base, hypothesis.prefix)) && hypothesis.prefix !== '') return true;
    const routes = [...hypothesis.bound.values()].flatMap((found) => [...found]);
    const shared = routes.filter((route) => places.has(registration(route)));
    return hypothesis.bound.size * 2 >= best.bound.size && shared.length * 2 > routes.length;
  });
}

/**
 * What watches a service or lets people in (`/health`, `/auth`) often stands at the root, beside the prefix of all else and
 * whatever the servers declare. A resource that the prefix serves has its pages there instead, which are something else.
 */
function besideThePrefix(
  operations: readonly OperationShape[],
  bound: ReadonlyMap<Operation, readonly Route[]>,
  hypotheses: ReadonlyMap<string, Hypothesis>,
): readonly (readonly [Operation, readonly Route[]])[] {
  const root = hypotheses.get('');
  if (!root) return [];
  const served = new Set(operations.filter(({ operation }) => bound.has(operation)).map(({ shape }) => shape[0]?.text));
  return operations.flatMap(({ operation, shape }) => {
    const routes = bound.has(operation) || served.has(shape[0]?.text) ? undefined : root.bound.get(operation);
    return routes ? [[operation, [...routes]] as const] : [];
  });
}

/** Routes of the best prefix first, then those for their method alone, then as they are registered. */
function ordered(found: ReadonlySet<Route>, primary: ReadonlySet<Route>): readonly Route[] {
  const grade = (route: Route) => (primary.has(route) ? 0 : 2) + (route.method === 'all' ? 1 : 0);
  return [...found].sort((a, b) => grade(a) - grade(b) || a.order - b.order || compareText(a.id, b.id));
}

function withUnmounted(
  match: Match,
  operations: readonly OperationShape[],
  app: App,
  elsewhere: ReadonlySet<Operation>,
): Match {
  const found = bindUnmounted(app, operations, (operation) => match.routes.has(operation) || elsewhere.has(operation));
  if (found.length === 0) return match;
  const routes = new Map(match.routes);
  for (const [operation, route] of found) routes.set(operation, [...(routes.get(operation) ?? []), route]);
  return { ...match, routes, paths: match.paths + new Set(found.map(([operation]) => operation)).size };
}

function isDeclared(prefix: string, bases: readonly string[]): boolean {
  return bases.length === 0 ? prefix === '' : bases.some((base) => sameBase(base, prefix));
}

/** Whether two base paths are the same on the wire; parameter names and case aside. */
export function sameBase(a: string, b: string): boolean {
  return shapeKey(shapesOf(a)[0]!) === shapeKey(shapesOf(b)[0]!);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
