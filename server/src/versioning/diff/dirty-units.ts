// Owns knowing which parts of two states of a contract differ, by the text of their blocks and by what refers to what: the parts
// whose text differs, and everything that leads to them. What a base's parts refer to is found out once. It must not know what parts mean.
// It serves contracts in one file whose references are plain; for all others it says so, and sameness is decided pair by pair.

import { escapeToken, pointerOf, tokensOf } from '../../base/pointer.ts';
import type { Block } from '../../contract/load/block.ts';
import type { ContractDocument } from '../../contract/load/document.ts';
import type { ContractSource } from '../source.ts';

/** How many tokens of a pointer name a unit (a component, one operation), by the first token of the root document. */
export const unitDepths: ReadonlyMap<string, number> = new Map([
  ['paths', 3],
  ['webhooks', 3],
  ['components', 3],
  ['definitions', 2],
  ['parameters', 2],
  ['responses', 2],
]);

export interface DirtyUnits {
  /** Units whose own text differs, is new or is gone. */
  readonly own: ReadonlySet<string>;
  /** Those, and all units of the base that lead to one of them. */
  readonly all: ReadonlySet<string>;
}

/** Who refers to a unit, and which units cannot be judged by their text. */
interface Backward {
  readonly from: ReadonlyMap<string, readonly string[]>;
  readonly opaque: readonly string[];
}

const known = new WeakMap<ContractDocument, Backward | undefined>();

/** The units that are not certainly the same; undefined where text and references alone do not tell. */
export function dirtyUnits(base: ContractSource, revision: ContractSource): DirtyUnits | undefined {
  if (base.document.mayName || revision.document.mayName) return undefined;
  if (!known.has(base.document)) known.set(base.document, backwardOf(base.document));
  const backward = known.get(base.document);
  if (!backward) return undefined;
  const own = new Set(backward.opaque);
  if (!differing(base.document.blockAt(''), revision.document.blockAt(''), '', undefined, own)) return undefined;
  const all = new Set(own);
  for (const unit of all) for (const dependant of backward.from.get(unit) ?? []) all.add(dependant);
  return { own, all };
}

/** How many more tokens a unit has below a pointer; `depth` is that of the section, once it is known. */
const stepsLeft = (tokens: number, depth: number | undefined): number => (depth ?? 1) - tokens;

/** Collects the units whose text differs; false when blocks are larger than units, so that their text says too much. */
function differing(
  one: Block | undefined,
  other: Block | undefined,
  pointer: string,
  depth: number | undefined,
  own: Set<string>,
): boolean {
  if (one === other || (one && other && one.text === other.text)) return true;
  const tokens = pointer === '' ? 0 : pointer.split('/').length - 1;
  if (tokens > 0 && stepsLeft(tokens, depth) <= 0) {
    own.add(pointer);
    return true;
  }
  const [before, after] = [one?.cut(), other?.cut()];
  if ((one && !before) || (other && !after)) return false;
  const keys = new Set([...(before?.byKey.keys() ?? []), ...(after?.byKey.keys() ?? [])]);
  for (const key of keys) {
    const below = depth ?? unitDepths.get(key) ?? 1;
    const [left, right] = [before?.byKey.get(key)?.block, after?.byKey.get(key)?.block];
    if (!differing(left, right, `${pointer}/${escapeToken(key)}`, below, own)) return false;
  }
  return true;
}

function backwardOf(document: ContractDocument): Backward | undefined {
  const from = new Map<string, string[]>();
  const opaque: string[] = [];
  const visit = (block: Block, pointer: string, key: string, depth: number | undefined): boolean => {
    const tokens = pointer === '' ? 0 : pointer.split('/').length - 1;
    if (tokens === 0 || stepsLeft(tokens, depth) > 0) {
      const cutting = block.cut();
      if (!cutting || cutting.stray) return false;
      return cutting.children.every((child) =>
        visit(child.block, `${pointer}/${escapeToken(child.key)}`, child.key, depth ?? unitDepths.get(child.key) ?? 1),
      );
    }
    if (block.cut() || block.leafBroken) opaque.push(pointer);
    for (const text of block.referenceTexts(key)) {
      const target = unitNamed(text);
      if (target === undefined) return false;
      const known = from.get(target);
      if (known) known.push(pointer);
      else from.set(target, [pointer]);
    }
    return true;
  };
  return visit(document.blockAt(''), '', '', undefined) ? { from, opaque } : undefined;
}

/** The unit that a reference leads into; undefined for references to more than a unit, or of another kind. */
function unitNamed(text: string): string | undefined {
  if (!text.startsWith('#/')) return undefined;
  const tokens = tokensOf(text);
  const depth = unitDepths.get(tokens[0] ?? '') ?? 1;
  return tokens.length < depth ? undefined : pointerOf(tokens.slice(0, depth));
}
