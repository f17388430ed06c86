// Owns the comparison of what arrays hold. It must not know other types.

import type { SchemaPair } from './compare-schemas.ts';
import { isTrivial } from './compare-schemas.ts';
import type { Part } from './flatten.ts';

/** Notes what differs between the arrays that two schemas accept. */
export function compareArrays(pair: SchemaPair): void {
  const { base, revision } = pair;
  if (revision.unique && !base.unique) pair.note('unique-items-added', { revision: revision.unique });
  if (base.unique && !revision.unique) pair.note('unique-items-removed', { base: base.unique });
  const had = speaking(base.items);
  const has = speaking(revision.items);
  compareLeading(pair, had, has);
  if (had.length > 0 && has.length > 0) pair.below('[]', had, has);
  else if (has.length > 0) pair.note('items-constrained', { revision: has[0]!.node, suffix: '[]' });
  else if (had.length > 0) pair.note('items-unconstrained', { base: had[0]!.node, suffix: '[]' });
  const contained = base.schemas.get('contains');
  const containedNow = revision.schemas.get('contains');
  if (contained && containedNow) pair.below('[]', contained, containedNow);
  else if (containedNow) pair.note('contains-added', { revision: containedNow[0]!.node });
  else if (contained) pair.note('contains-removed', { base: contained[0]!.node });
  const late = speaking(base.schemas.get('unevaluatedItems') ?? []);
  const lateNow = speaking(revision.schemas.get('unevaluatedItems') ?? []);
  if (late.length > 0 && lateNow.length > 0) pair.below('[]', late, lateNow);
  else if (lateNow.length > 0) pair.note('unevaluated-items-constrained', { revision: lateNow[0]!.node });
  else if (late.length > 0) pair.note('unevaluated-items-unconstrained', { base: late[0]!.node });
}

/** The items that have a schema of their own position; where one side stops, its schema for all others goes on. */
function compareLeading(pair: SchemaPair, had: readonly Part[], has: readonly Part[]): void {
  const { base, revision } = pair;
  for (let index = 0; index < Math.max(base.prefix.length, revision.prefix.length); index++) {
    const before = base.prefix[index] ?? had;
    const after = revision.prefix[index] ?? has;
    const suffix = `[${index}]`;
    if (before.length > 0 && after.length > 0) pair.below(suffix, before, after);
    else if (after.length > 0)
      pair.note('prefix-item-added', { revision: after[0]!.node, suffix, name: String(index) });
    else if (before.length > 0)
      pair.note('prefix-item-removed', { base: before[0]!.node, suffix, name: String(index) });
  }
}

const speaking = (parts: readonly Part[]): readonly Part[] => parts.filter((part) => !isTrivial(part.node));
