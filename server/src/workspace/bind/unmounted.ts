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
  const free = operations.filter(({ operation }) => !taken.has(operation));
  return [...files].flatMap(([file, routes]) => explain(file, routes, free));
}

function explain(file: string, routes: readonly Route[], operations: readonly OperationShape[]): readonly Pair[] {
  const byPrefix = new Map<string, Explanation>();
  for (const route of routes) {
    for (const shape of shapesOf(route.path)) {
      if (isCatchAll(shape)) continue;
      const key = shapeKey(shape);
      for (const { operation, shape: whole } of operations) {
        const from = whole.length - shape.length;
        if (from < 0 || !answers(route, operation.method) || shapeKey(whole, from) !== key) continue;
        const prefix = whole.slice(0, from);
        const explanation = byPrefix.get(shapeKey(prefix)) ?? { prefix, pairs: [], telling: false };
        byPrefix.set(shapeKey(prefix), explanation);
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
