// Owns which operations a difference reaches, and the way to it from the first of them.
// It must not know what the differences are.

import type { Pair } from './graph.ts';
import type { Root } from './operations.ts';

/** A pair with differences, and who reaches it. */
export interface Reached {
  readonly pair: Pair;
  /** In the order of the contract; the root of the contract itself is never first where an operation is. */
  readonly roots: readonly Root[];
  /** The subject of the pair, seen from the first root. */
  readonly subject: string;
}

interface Step {
  readonly from: Pair;
  readonly suffix: string;
}

/** Every pair that has differences and is reached by a root, in the order in which the roots meet them. */
export function reachedPairs(roots: readonly Root[]): Reached[] {
  const { parents, order } = invert(roots);
  const rootOf = new Map(roots.map((root) => [root.pair, root]));
  const rank = new Map(roots.map((root, index) => [root, root.operation === null ? roots.length : index]));
  return order
    .filter((pair) => pair.facts.length > 0)
    .map((pair): Reached => {
      // Breadth first from the difference upwards, so that the way down from each root is a shortest one.
      const towards = new Map<Pair, { readonly to: Pair; readonly suffix: string } | undefined>([[pair, undefined]]);
      const found: Root[] = [];
      for (const current of towards.keys()) {
        const root = rootOf.get(current);
        if (root) found.push(root);
        for (const { from, suffix } of parents.get(current) ?? []) {
          if (!towards.has(from)) towards.set(from, { to: current, suffix });
        }
      }
      found.sort((a, b) => rank.get(a)! - rank.get(b)!);
      let subject = '';
      for (let step = found[0] && towards.get(found[0].pair); step; step = towards.get(step.to)) {
        subject += joint(subject, step.suffix);
      }
      return { pair, roots: found, subject };
    });
}

/** Who leads to whom, and all pairs in the order of a walk through the roots. */
function invert(roots: readonly Root[]): { parents: Map<Pair, Step[]>; order: readonly Pair[] } {
  const parents = new Map<Pair, Step[]>();
  const seen = new Set<Pair>();
  for (const root of roots) {
    const open = [root.pair];
    for (let pair = open.pop(); pair; pair = open.pop()) {
      if (seen.has(pair)) continue;
      seen.add(pair);
      for (const { suffix, to } of pair.links) {
        const steps = parents.get(to);
        if (steps) steps.push({ from: pair, suffix });
        else parents.set(to, [{ from: pair, suffix }]);
      }
      for (const { to } of [...pair.links].reverse()) if (!seen.has(to)) open.push(to);
    }
  }
  return { parents, order: [...seen] };
}

/** A step of a subject; parts that stand on their own are not joined by anything. */
export const joint = (before: string, suffix: string): string =>
  before === '' && suffix.startsWith('.') ? suffix.slice(1) : suffix;
