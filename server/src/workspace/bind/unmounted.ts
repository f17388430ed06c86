// Owns the binding of routes whose mount was not found, by the tail of the operation's path.
// It must not know which contract governs the app in the end.

import type { App, Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { answers } from './answers.ts';
import type { OperationShape } from './operation-shape.ts';
import { isCatchAll, isTelling, type PathShape, shapeKey, shapesOf } from './path-shape.ts';

type Pair = readonly [Operation, Route];

interface Explanation {
  readonly prefix: PathShape;
  readonly pairs: Pair[];
  /** Whether a plain segment of some route takes part, so that the match is no chance. */
  telling: boolean;
}

/** Routes that share a mount, and the files whose names may tell which one it is. */
interface Group {
  readonly files: readonly string[];
  readonly routes: Route[];
}

/**
 * The routes of one file share a mount, apart for each place that mounts them, since a class of routers serves many resources
 * from one file: one prefix must explain them all, and no other may explain them as well. Operations that mounted routes serve
 * (`taken`) are left alone.
 */
export function bindUnmounted(
  app: App,
  operations: readonly OperationShape[],
  taken: (operation: Operation) => boolean,
): readonly Pair[] {
  const groups = new Map<string, Group>();
  for (const route of app.routes) {
    if (!route.unmounted) continue;
    const mount = route.mounts.at(-1)?.place;
    const key = `${route.place.file}\n${mount?.file ?? ''}\n${mount?.start ?? ''}`;
    const group = groups.get(key) ?? { files: [route.place.file, ...(mount ? [mount.file] : [])], routes: [] };
    group.routes.push(route);
    groups.set(key, group);
  }
  if (groups.size === 0) return [];
  const ends = endsOf(operations.filter(({ operation }) => !taken(operation)));
  return [...groups.values()].flatMap((group) => explain(group, ends));
}

/** One split of an operation's path: what stands before the tail by which it is found. */
interface End {
  readonly operation: Operation;
  readonly prefix: PathShape;
}

function endsOf(operations: readonly OperationShape[]): ReadonlyMap<string, readonly End[]> {
  const ends = new Map<string, End[]>();
  for (const { operation, shape } of operations) {
    for (let from = 0; from <= shape.length; from++) {
      const key = shapeKey(shape, from);
      const known = ends.get(key);
      const end = { operation, prefix: shape.slice(0, from) };
      if (known) known.push(end);
      else ends.set(key, [end]);
    }
  }
  return ends;
}

/** What is known of a route whose prefix is not: what its path ends with, and what it begins with where a constant inside is unknown. */
interface Tail {
  readonly shape: PathShape;
  readonly head?: PathShape;
}

/** The tails of a route; none for those that answer any path below. */
function tailsOf(route: Route): readonly Tail[] {
  return shapesOf(route.path).flatMap((shape): readonly Tail[] => {
    if (!isCatchAll(shape)) return [{ shape }];
    const hole = shape.findIndex((segment) => segment.kind === 'wildcard');
    const head = shape.slice(0, hole);
    const tail = shape.slice(hole + 1);
    return isHole(route) && !isCatchAll(tail) ? [{ shape: tail, head }] : [];
  });
}

/** Whether a wildcard in a route's path stands for a constant that could not be read. */
const isHole = ({ completeness }: Route): boolean =>
  !completeness.closed && (completeness.reason === 'dynamic-path' || completeness.reason === 'environment-dependent');

/** Whether a prefix is the known head with at least one plain segment behind it, where a head is known. */
function continues(prefix: PathShape, head: PathShape | undefined): boolean {
  if (!head) return true;
  return (
    prefix.length > head.length &&
    head.every((segment, index) => segment.text === prefix[index]!.text) &&
    prefix.slice(head.length).every((segment) => segment.kind === 'literal')
  );
}

function explain({ files, routes }: Group, ends: ReadonlyMap<string, readonly End[]>): readonly Pair[] {
  const byPrefix = new Map<string, Explanation>();
  for (const route of routes) {
    for (const { shape, head } of tailsOf(route)) {
      for (const { operation, prefix } of ends.get(shapeKey(shape)) ?? []) {
        if (!answers(route, operation.method) || !continues(prefix, head)) continue;
        const key = shapeKey(prefix);
        const explanation = byPrefix.get(key) ?? { prefix, pairs: [], telling: false };
        byPrefix.set(key, explanation);
        explanation.pairs.push([operation, route]);
        explanation.telling ||= isTelling(shape);
      }
    }
  }
  const ranked = [...byPrefix.values()]
    .filter((explanation) => explanation.telling || files.some((file) => isNamedAfter(file, explanation.prefix)))
    .sort((a, b) => b.pairs.length - a.pairs.length);
  const best = ranked[0];
  return best && best.pairs.length > (ranked[1]?.pairs.length ?? 0) ? best.pairs : [];
}

/** `/` and `/{id}` fit every resource: only the name of the file or its folder tells which one is meant. */
function isNamedAfter(file: string, prefix: PathShape): boolean {
  const resource = prefix.findLast((segment) => segment.kind === 'literal')?.text;
  if (!resource) return false;
  const wanted = singulars(resource);
  const names = file
    .toLowerCase()
    .split('/')
    .slice(-2)
    .flatMap((name) => name.split(/[._]/));
  return names.some((name) => singulars(name).some((one) => wanted.includes(one)));
}

/** What a word may be the plural of, itself included: `roles` of `role`, `boxes` of `box`, `entries` of `entry`. */
function singulars(word: string): readonly string[] {
  return [
    word,
    ...(word.endsWith('s') ? [word.slice(0, -1)] : []),
    ...(word.endsWith('es') ? [word.slice(0, -2)] : []),
    ...(word.endsWith('ies') ? [`${word.slice(0, -3)}y`] : []),
  ].filter((one) => one.length >= 3);
}
