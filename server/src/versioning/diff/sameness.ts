// Owns knowing, without a comparison, that two parts of two contracts are the same: equal text that refers to equal text.
// It must not know what the text means.

import { tokensOf } from '../../base/pointer.ts';
import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { ContractDocument } from '../../contract/load/document.ts';
import { lazily } from '../../contract/load/lazily.ts';
import type { WrittenReference } from '../../contract/load/reference-scan.ts';
import type { ContractSource } from '../source.ts';
import { type DirtyUnits, dirtyUnits, unitDepths } from './dirty-units.ts';

/** A stretch of text that is read on its own: a component, one operation, or a whole fragment file. */
interface Unit {
  readonly file: string;
  readonly pointer: string;
}

interface PairState {
  readonly base: Unit;
  readonly revision: Unit;
  dirty: boolean;
  readonly dependants: PairState[];
}

/** Decides sameness by text, coinductively: parts that refer to each other are the same as long as no text says otherwise. */
export class Sameness {
  private readonly pairs = new Map<string, PairState>();
  private readonly differingBelow = new Map<string, readonly WrittenReference[]>();
  private readonly texts = new Map<string, Iterable<string> | undefined>();
  /** Texts are only comparable when they mean the same: one dialect, one set of inherited media types. */
  private readonly comparable: boolean;

  constructor(
    private readonly base: ContractSource,
    private readonly revision: ContractSource,
  ) {
    this.comparable =
      base.specification === revision.specification &&
      base.document.format === revision.document.format &&
      ['consumes', 'produces'].every((key) => sameData(base.root.get(key), revision.root.get(key)));
  }

  /** What differs in a contract of one file, known without a look at each pair. */
  private readonly dirty = lazily(() => (this.comparable ? dirtyUnits(this.base, this.revision) : undefined));

  /** The pointers of the root's parts whose own text differs, is new or is gone; undefined where that is not known. */
  get ownChanges(): ReadonlySet<string> | undefined {
    return this.dirty()?.own;
  }

  /** References of the root's file that may lead nowhere when all of the base lead somewhere; undefined where that is not known. */
  touchedReferences(): ReadonlySet<string> | undefined {
    const dirty = this.dirty();
    if (!dirty) return undefined;
    const texts = new Set<string>();
    for (const unit of dirty.own) {
      for (const text of dirty.textsInto(unit)) texts.add(text);
      const key = tokensOf(unit).at(-1) ?? '';
      for (const text of this.revision.document.blockAt(unit).referenceTexts(key)) texts.add(text);
    }
    return texts;
  }

  /** Whether two nodes are certainly the same, with everything that they reach. False proves nothing. */
  same(base: ContractNode, revision: ContractNode): boolean {
    if (!this.comparable) return false;
    const left = unitOf(base, this.base);
    const right = unitOf(revision, this.revision);
    if (tail(base, left) !== tail(revision, right)) return false;
    const dirty = left.pointer === right.pointer ? this.dirty() : undefined;
    if (!dirty) return !this.pair(left, right).dirty;
    if (!dirty.all.has(left.pointer)) return true;
    // The unit's own text is the same: what differs is behind one of its references.
    const differing = dirty.own.has(left.pointer) ? undefined : this.differingReferences(left, dirty);
    const head = `${tail(base, left)}/`;
    return differing?.every(({ pointer }) => !pointer.startsWith(head)) === true;
  }

  /** Whether a unit's own text is the same on both sides, whatever it refers to. */
  sameUnit(base: ContractNode, revision: ContractNode): boolean {
    const left = unitOf(base, this.base);
    const right = unitOf(revision, this.revision);
    const dirty = left.pointer === right.pointer ? this.dirty() : undefined;
    return dirty !== undefined && !dirty.own.has(left.pointer);
  }

  /** The references of a unit of the base that lead to something else than before; undefined where they cannot be listed. */
  private differingReferences(unit: Unit, { all, targetOf }: DirtyUnits): readonly WrittenReference[] | undefined {
    const known = this.differingBelow.get(unit.pointer);
    if (known) return known;
    if (isAliased(this.base.documents.get(unit.file), unit)) return undefined;
    const key = tokensOf(unit.pointer).at(-1) ?? '';
    const found = this.base.document
      .blockAt(unit.pointer)
      .references(key)
      .filter(({ text }) => {
        const target = targetOf(text);
        return target === undefined || all.has(target);
      });
    this.differingBelow.set(unit.pointer, found);
    return found;
  }

  /** Whether two nodes have one and the same text, whatever they refer to. */
  sameText(base: ContractNode, revision: ContractNode): boolean {
    if (!this.comparable) return false;
    const left = unitOf(base, this.base);
    const right = unitOf(revision, this.revision);
    const dirty = left.pointer === right.pointer ? this.dirty() : undefined;
    if (dirty && tail(base, left) === tail(revision, right))
      return !dirty.own.has(left.pointer) && this.differingReferences(left, dirty) !== undefined;
    if (tail(base, left) !== tail(revision, right) || isAliased(this.base.documents.get(left.file), left)) return false;
    return this.textOf({ base: left, revision: right }) !== undefined;
  }

  /** The references below a node of the base that may lead to something else than before, with the steps that lead to each. */
  *referencesBelow(base: ContractNode): Iterable<{ readonly text: string; readonly steps: string }> {
    const unit = unitOf(base, this.base);
    const document = this.base.documents.get(unit.file);
    if (!document) return;
    const head = tail(base, unit);
    const key = tokensOf(unit.pointer).at(-1) ?? '';
    const dirty = this.dirty();
    const differing = dirty && !dirty.own.has(unit.pointer) ? this.differingReferences(unit, dirty) : undefined;
    const all =
      differing ?? (unit.pointer === '' ? document.references() : document.blockAt(unit.pointer).references(key));
    for (const { text, pointer } of all) {
      if (pointer.startsWith(`${head}/`)) yield { text, steps: pointer.slice(head.length) };
    }
  }

  private pair(base: Unit, revision: Unit): PairState {
    const known = this.pairs.get(keyOf(base, revision));
    if (known) return known;
    const first = this.add(base, revision);
    const open = [first];
    const soiled: PairState[] = [];
    for (let state = open.pop(); state; state = open.pop()) this.visit(state, open, soiled);
    for (let state = soiled.pop(); state; state = soiled.pop()) {
      for (const dependant of state.dependants) {
        if (dependant.dirty) continue;
        dependant.dirty = true;
        soiled.push(dependant);
      }
    }
    return first;
  }

  private visit(state: PairState, open: PairState[], soiled: PairState[]): void {
    const references = this.textOf(state);
    const soil = (): void => {
      state.dirty = true;
      soiled.push(state);
    };
    if (!references) {
      soil();
      return;
    }
    for (const text of references) {
      const left = this.base.references.find(state.base.file, text);
      const right = this.revision.references.find(state.revision.file, text);
      if (!('node' in left) || !('node' in right)) {
        // What cannot be read on either side is no difference; what became readable is.
        if ('node' in left !== 'node' in right) {
          soil();
          return;
        }
        continue;
      }
      const base = unitOf(left.node, this.base);
      const revision = unitOf(right.node, this.revision);
      if (tail(left.node, base) !== tail(right.node, revision)) {
        soil();
        return;
      }
      let target = this.pairs.get(keyOf(base, revision));
      if (!target) {
        target = this.add(base, revision);
        open.push(target);
      } else if (target.dirty) {
        soil();
        return;
      }
      target.dependants.push(state);
    }
  }

  private add(base: Unit, revision: Unit): PairState {
    const state = { base, revision, dirty: false, dependants: [] };
    this.pairs.set(keyOf(base, revision), state);
    return state;
  }

  /** The references of a unit whose text is the same on both sides; undefined when it is not. */
  private textOf({ base, revision }: Pick<PairState, 'base' | 'revision'>): Iterable<string> | undefined {
    const key = keyOf(base, revision);
    if (!this.texts.has(key)) this.texts.set(key, this.equalTexts(base, revision));
    return this.texts.get(key);
  }

  private equalTexts(base: Unit, revision: Unit): Iterable<string> | undefined {
    const left = this.base.documents.get(base.file);
    const right = this.revision.documents.get(revision.file);
    if (!left || !right) return undefined;
    if (base.pointer === '') return left.text === right.text ? left.referenceTexts() : undefined;
    const one = left.blockAt(base.pointer);
    const other = right.blockAt(revision.pointer);
    if ((one !== other && one.text !== other.text) || one.level !== 'leaf' || other.level !== 'leaf') return undefined;
    const leaf = one.leaf();
    // An alias takes its value from elsewhere, so that equal text may not be equal meaning.
    if (leaf.broken || leaf.reading.foreignAlias) return undefined;
    return one.referenceTexts(tokensOf(base.pointer).at(-1) ?? '');
  }
}

/** Whether nodes of a unit may stand below several pointers, so that its references are not listed below each of them. */
function isAliased(document: ContractDocument | undefined, unit: Unit): boolean {
  if (!document) return false;
  if (unit.pointer === '') return /[\s:,[{-]\*\w/.test(document.text);
  const block = document.blockAt(unit.pointer);
  return block.level !== 'leaf' || block.leaf().reading.aliased;
}

/** The unit that a node belongs to. */
export function unitOf(node: ContractNode, source: ContractSource): Unit {
  if (node.file !== source.file) return { file: node.file, pointer: '' };
  const { pointer } = node;
  const first = pointer.indexOf('/', 1);
  const depth = unitDepths.get(first < 0 ? pointer.slice(1) : pointer.slice(1, first)) ?? 1;
  let end = 0;
  for (let count = 0; count < depth; count++) {
    end = pointer.indexOf('/', end + 1);
    if (end < 0) return { file: node.file, pointer };
  }
  return { file: node.file, pointer: pointer.slice(0, end) };
}

const tail = (node: ContractNode, unit: Unit): string => node.pointer.slice(unit.pointer.length);
const keyOf = (base: Unit, revision: Unit): string =>
  `${base.file}#${base.pointer}\n${revision.file}#${revision.pointer}`;

/** Whether two optional nodes hold the same data, keys in any order. */
export function sameData(a: ContractNode | undefined, b: ContractNode | undefined): boolean {
  if (!a || !b) return a === b;
  return canonical(a.data()) === canonical(b.data());
}

/** Data as one text, with keys in order, so that equal data have equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
