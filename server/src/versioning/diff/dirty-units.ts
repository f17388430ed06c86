// Owns knowing which parts of two states of a contract differ, by the text of their blocks and by what refers to what: the parts
// whose text differs, and everything that leads to them. What a base's parts refer to is found out once. It must not know what parts mean.
// It serves contracts in one file whose references are plain; for all others it says so, and sameness is decided pair by pair.

import { escapeToken, pointerOf, tokensOf } from '../../base/pointer.ts';
import type { Block } from '../../contract/load/block.ts';
import type { ContractDocument } from '../../contract/load/document.ts';
import type { Node } from '../../contract/load/node.ts';
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
  /** The unit of the base that a reference of the base leads into. */
  readonly targetOf: (text: string) => string | undefined;
  /** The references of the base that lead into a unit. */
  readonly textsInto: (unit: string) => Iterable<string>;
}

/** Who refers to a unit, and which units cannot be judged by their text. */
interface Backward {
  readonly from: ReadonlyMap<string, readonly string[]>;
  readonly opaque: readonly string[];
  /** By the text of a reference: the unit that it leads into. */
  readonly targets: ReadonlyMap<string, string>;
  /** By unit: the texts of references into it. */
  readonly texts: ReadonlyMap<string, ReadonlySet<string>>;
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
  const { targets, texts } = backward;
  return { own, all, targetOf: (text) => targets.get(text), textsInto: (unit) => texts.get(unit) ?? [] };
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
    if (!one || !other || !sameMeaning(one, other)) own.add(pointer);
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

/** Whether two texts say the same in the same order, so that only comments and layout differ. */
function sameMeaning(one: Block, other: Block): boolean {
  if (one.cut() || other.cut()) return false;
  const [before, after] = [one.leaf(), other.leaf()];
  if (before.broken || after.broken || before.reading.foreignAlias || after.reading.foreignAlias) return false;
  return before.value !== undefined && after.value !== undefined && sameNodes(before.value, after.value);
}

function sameNodes(one: Node, other: Node): boolean {
  if (one.kind === 'scalar') return other.kind === 'scalar' && one.value === other.value && one.source === other.source;
  if (one.kind === 'seq') {
    const items = other.kind === 'seq' ? other.items : [];
    return (
      other.kind === 'seq' &&
      one.items.length === items.length &&
      one.items.every((item, index) => sameNodes(item, items[index]!))
    );
  }
  const entries = other.kind === 'map' ? other.entries : [];
  return (
    other.kind === 'map' &&
    one.entries.length === entries.length &&
    one.entries.every(({ key, value }, index) => key === entries[index]!.key && sameNodes(value, entries[index]!.value))
  );
}

function backwardOf(document: ContractDocument): Backward | undefined {
  const from = new Map<string, string[]>();
  const opaque: string[] = [];
  const targets = new Map<string, string>();
  const texts = new Map<string, Set<string>>();
  const visit = (block: Block, pointer: string, key: string, depth: number | undefined): boolean => {
    const tokens = pointer === '' ? 0 : pointer.split('/').length - 1;
    if (tokens === 0 || stepsLeft(tokens, depth) > 0) {
      const cutting = block.cut();
      // An empty path item, or one on a single line: while its text is the same, so is all of it, unless it refers to something.
      if (!cutting) return !block.leafBroken && block.references(key).length === 0;
      if (cutting.stray) return false;
      return cutting.children.every((child) =>
        visit(child.block, `${pointer}/${escapeToken(child.key)}`, child.key, depth ?? unitDepths.get(child.key) ?? 1),
      );
    }
    if (block.cut() || block.leafBroken) opaque.push(pointer);
    for (const text of block.referenceTexts(key)) {
      const target = targets.get(text) ?? unitNamed(text);
      if (target === undefined) return false;
      targets.set(text, target);
      const into = texts.get(target);
      if (into) into.add(text);
      else texts.set(target, new Set([text]));
      const known = from.get(target);
      if (known) known.push(pointer);
      else from.set(target, [pointer]);
    }
    return true;
  };
  return visit(document.blockAt(''), '', '', undefined) ? { from, opaque, targets, texts } : undefined;
}

/** The unit that a reference leads into; undefined for references to more than a unit, or of another kind. */
function unitNamed(text: string): string | undefined {
  if (!text.startsWith('#/')) return undefined;
  const tokens = tokensOf(text);
  const depth = unitDepths.get(tokens[0] ?? '') ?? 1;
  return tokens.length < depth ? undefined : pointerOf(tokens.slice(0, depth));
}
