// Owns the pairing of unserved operations with undocumented routes whose paths differ by a slip of the pen.
// It must not know what any rule decides; three rules read it, so that a pair is said once and not twice.

import type { Route } from '../../code/model.ts';
import type { Binding, Governed } from '../../workspace/model.ts';
import { contractPaths, isLocated, methodPairs } from './method-pairs.ts';

export interface NearMiss {
  readonly binding: Binding;
  readonly route: Route;
  /** The route's path as the contract would write it. */
  readonly path: string;
}

const remembered = new WeakMap<Governed, readonly NearMiss[]>();

/** The pairs of one contract, in its order. A route or an operation that could belong to several pairs belongs to none. */
export function nearMisses(governed: Governed): readonly NearMiss[] {
  const known = remembered.get(governed);
  if (known) return known;
  const found = findNearMisses(governed);
  remembered.set(governed, found);
  return found;
}

function findNearMisses(governed: Governed): readonly NearMiss[] {
  const pairs = methodPairs(governed);
  const bindings = governed.bindings.filter(
    (binding) => binding.routes.length === 0 && !pairs.some((pair) => pair.binding === binding),
  );
  if (bindings.length === 0) return [];
  const routes = governed.undocumented.filter(
    (route) => !route.unmounted && isLocated(route) && !pairs.some((pair) => pair.route === route),
  );
  const candidates = bindings.flatMap((binding) =>
    routes.flatMap((route) => candidateOf(governed, binding, route) ?? []),
  );
  return candidates.filter(
    (one) => candidates.filter((other) => other.binding === one.binding || other.route === one.route).length === 1,
  );
}

function candidateOf(governed: Governed, binding: Binding, route: Route): NearMiss | undefined {
  const { operation } = binding;
  if (route.method !== operation.method) return undefined;
  const path = contractPaths(governed, route.path).find((one) => isNear(operation.path, one));
  return path === undefined ? undefined : { binding, route, path };
}

/** Whether two paths differ in one plain segment, and there by a slip only. */
export function isNear(a: string, b: string): boolean {
  const [left, right] = [a, b].map((path) => path.split('/').filter(Boolean));
  if (!left || !right || left.length !== right.length) return false;
  let slips = 0;
  for (const [index, segment] of left.entries()) {
    const other = right[index]!;
    const parameters = segment.includes('{') || other.includes('{');
    if (parameters ? shape(segment) === shape(other) : segment.toLowerCase() === other.toLowerCase()) continue;
    if (parameters || !isSlip(segment.toLowerCase(), other.toLowerCase())) return false;
    slips++;
  }
  return slips === 1;
}

function shape(segment: string): string {
  return segment.replace(/\{[^{}]*\}/g, '{}').toLowerCase();
}

/** Another spelling, one number instead of the other, or one letter wrong; digits tell versions apart. */
function isSlip(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => text.replace(/[-_.]/g, ''));
  if (left === right || singular(left!) === singular(right!)) return true;
  // Another first letter makes another word: `import` and `export`, `lock` and `unlock`.
  if (/\d/.test(a + b) || a[0] !== b[0]) return false;
  const shorter = Math.min(a.length, b.length);
  return shorter >= 5 && distance(a, b) <= (shorter >= 10 ? 2 : 1);
}

function singular(word: string): string {
  if (/ies$/.test(word)) return word.replace(/ies$/, 'y');
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.replace(/es$/, '');
  return word.replace(/([^s])s$/, '$1');
}

/** Letters that are added, left out, changed, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
