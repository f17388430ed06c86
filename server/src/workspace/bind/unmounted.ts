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

/**
 * All routes of one file share a mount: one prefix must explain the file, and no other may explain it as well.
 * Operations that mounted routes serve (`taken`) are left alone.
 */
export function bindUnmounted(
  app: App,
  operations: readonly OperationShape[],
  taken: ReadonlyMap<Operation, readonly Route[]>,
): readonly Pair[] {
  const files = new Map<string, Route[]>();
  for (const route of app.routes) {
    if (!route.unmounted) continue;
    const routes = files.get(route.place.file) ?? [];
    routes.push(route);
    files.set(route.place.file, routes);
  }
  if (files.size === 0) return [];
  const ends = endsOf(operations.filter(({ operation }) => !taken.has(operation)));
  return [...files].flatMap(([file, routes]) => explain(file, routes, ends));
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

function explain(file: string, routes: readonly Route[], ends: ReadonlyMap<string, readonly End[]>): readonly Pair[] {
  const byPrefix = new Map<string, Explanation>();
  for (const route of routes) {
    for (const shape of shapesOf(route.path)) {
      if (isCatchAll(shape)) continue;
      for (const { operation, prefix } of ends.get(shapeKey(shape)) ?? []) {
        if (!answers(route, operation.method)) continue;
        const key = shapeKey(prefix);
        const explanation = byPrefix.get(key) ?? { prefix, pairs: [], telling: false };
        byPrefix.set(key, explanation);
        explanation.pairs.push([operation, route]);
        explanation.telling ||= isTelling(shape);
      }
    }
  }
  const ranked = [...byPrefix.values()]
    .filter((explanation) => explanation.telling || isNamedAfter(file, explanation.prefix))
    .sort((a, b) => b.pairs.length - a.pairs.length);
  const best = ranked[0];
  return best && best.pairs.length > (ranked[1]?.pairs.length ?? 0) ? best.pairs : [];
}

/** `/` and `/{id}` fit every resource: only the name of the file or its folder tells which one is meant. */
function isNamedAfter(file: string, prefix: PathShape): boolean {
  const resource = prefix.findLast((segment) => segment.kind === 'literal')?.text;
  if (!resource) return false;
  const stem = resource.replace(/(ies|es|s)$/, '');
  const names = file
    .toLowerCase()
    .split('/')
    .slice(-2)
    .flatMap((name) => name.split(/[._]/));
  return stem.length >= 3 && names.some((name) => name.replace(/(ies|y|es|s)$/, '') === stem.replace(/y$/, ''));
}
