// Owns the one way to walk a document: a node with its place, whichever blocks and readers are behind it.
// It must not know what OpenAPI's keys mean.

import { childPointer } from '../../base/pointer.ts';
import type { ContractPlace } from '../model.ts';
import type { Child, Cutting } from './block.ts';
import { Block } from './block.ts';
import type { Node, ScalarNode } from './node.ts';
import { entryOf } from './node.ts';

/** What a node needs of the document that it belongs to. */
export interface NodeOwner {
  readonly file: string;
  /** The file whose references these are: another one for parts that an overlay brings. */
  readonly home: string;
  /** The node whose key stands at this offset when the whole text is read at once: for blocks whose aliases have their anchors elsewhere. */
  wholeNode(keys: readonly number[]): { readonly node: Node | undefined; readonly broken: boolean };
  /** Hears of a node that holds on to the tree of its block: see {@link ContractNode.letGo}. */
  holds(node: ContractNode): void;
}

/** What an overlay made of a node's children. */
interface Amendment {
  /** By token: another child in its place or, for maps, one more; undefined takes it out. */
  readonly changes: ReadonlyMap<string, ContractNode | undefined>;
  /** More items of a sequence. */
  readonly more: readonly ContractNode[];
}

interface Resolved {
  readonly cutting: Cutting | undefined;
  readonly node: Node | undefined;
  /** What to add to the offsets of `cutting` or `node`. */
  readonly base: number;
  /** No offset lies behind this one: the old text of a block that stands in may be longer than the new one. */
  readonly limit: number;
  readonly broken: boolean;
}

/** Most nodes that {@link ContractNode.data} turns into plain data: more than any example or extension has. */
const largestData = 100_000;

export class ContractNode {
  private resolvedContent: Resolved | undefined;
  private knownPointer: string | undefined;
  private cutEntries: readonly ContractNode[] | undefined;
  private cutChildren: Map<Child, ContractNode> | undefined;

  constructor(
    private readonly owner: NodeOwner,
    readonly parent: ContractNode | undefined,
    /** The key or index below the parent. */
    readonly token: string,
    private readonly content: Block | Node | undefined,
    private readonly base: number,
    private readonly keyStart: number,
    private readonly keyEnd: number,
    private readonly limit: number,
    private readonly inheritedBroken: boolean,
    private readonly amendment?: Amendment,
  ) {}

  get file(): string {
    return this.owner.file;
  }

  /** The file against which a reference in this node is resolved. */
  get home(): string {
    return this.owner.home;
  }

  /** The same node with other children: see {@link Amendment}. Places stay those of the texts that the parts stand in. */
  amended(changes: Amendment['changes'], more: Amendment['more']): ContractNode {
    const { owner, parent, token, content, base, keyStart, keyEnd, limit, inheritedBroken, amendment } = this;
    const before = this.kind === 'seq' ? this.items() : undefined;
    // The items of a sequence move when one is taken out, so that theirs are counted anew each time.
    const all = before
      ? before.map((item, index) => (changes.has(String(index)) ? changes.get(String(index)) : item))
      : undefined;
    const next: Amendment = all
      ? { changes: new Map(), more: [...all.flatMap((item) => item ?? []), ...more] }
      : { changes: new Map([...(amendment?.changes ?? []), ...changes]), more: [] };
    return new ContractNode(owner, parent, token, content, base, keyStart, keyEnd, limit, inheritedBroken, next);
  }

  get kind(): 'map' | 'seq' | 'scalar' {
    const { cutting, node } = this.resolved();
    return cutting ? 'map' : (node?.kind ?? 'scalar');
  }

  /** True when the text of the block that this node belongs to could not be read: the node may be old, or incomplete. */
  get broken(): boolean {
    return this.resolved().broken;
  }

  /** True when lines stand between the entries that are no entries: more may be meant to be here. Does not read the entries. */
  get strayLines(): boolean {
    return this.resolved().cutting?.stray === true;
  }

  /** Whether examples or defaults may stand in this subtree; true when in doubt, and cheap. */
  get mayIllustrate(): boolean {
    return this.amendment !== undefined || !(this.content instanceof Block) || this.content.mayIllustrate(this.token);
  }

  /** The same object for as long as the text of this part is the same; undefined for parts of a larger one. */
  get identity(): object | undefined {
    return !this.amendment && this.content instanceof Block && !this.content.leafBroken ? this.content : undefined;
  }

  /** Whether everything below this node was read as it is written. Looks at all of it. */
  get sound(): boolean {
    if (this.broken || this.strayLines) return false;
    return !(this.content instanceof Block) || this.content.faults().every((fault) => fault.kind === 'invalid');
  }

  /** Whether a word stands anywhere in the text that this node is read from; true when in doubt, and cheap. */
  mentions(word: string): boolean {
    return this.amendment !== undefined || !(this.content instanceof Block) || this.content.mentions(word);
  }

  /**
   * Whether there may be a child of this key: false, without reading anything, where the text does not hold the word. For parts that few
   * have and everybody is asked for.
   */
  mayHave(key: string): boolean {
    return this.identity === undefined || this.mentions(key);
  }

  /** The JSON pointer from the root of the file. */
  get pointer(): string {
    this.knownPointer ??= this.parent ? childPointer(this.parent.pointer, this.token) : '';
    return this.knownPointer;
  }

  /** The range of the value. */
  get place(): ContractPlace {
    return new NodePlace(this, this.start, this.end);
  }

  /** The range of the key with its quotes; of the value, for items and roots. The pointer is the value's in both cases. */
  get keyPlace(): ContractPlace {
    if (this.keyStart < 0) return this.place;
    return new NodePlace(this, this.keyStart, this.keyEnd);
  }

  get start(): number {
    const { cutting, node, base, limit } = this.resolved();
    if (node) return Math.min(base + node.start, limit);
    if (cutting?.braces) return Math.min(base + cutting.braces.start, limit);
    if (cutting) return Math.min(base + (cutting.children[0]?.keyStart ?? 0), limit);
    return this.keyEnd < 0 ? this.base : this.keyEnd;
  }

  get end(): number {
    const { cutting, node, base, limit } = this.resolved();
    if (node) return Math.min(base + node.end, limit);
    if (cutting?.braces) return Math.min(base + cutting.braces.end, limit);
    if (cutting) return this.entries().at(-1)?.end ?? this.start;
    return this.start;
  }

  /** The scalar's value; undefined for maps and sequences. */
  get value(): string | number | boolean | null | undefined {
    const { node } = this.resolved();
    return node?.kind === 'scalar' ? node.value : undefined;
  }

  /** The scalar as it is written, for values whose text matters (`version: 1.10`); undefined for null and for collections. */
  get text(): string | undefined {
    const { node } = this.resolved();
    if (node?.kind !== 'scalar' || node.value === null) return undefined;
    return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  }

  /** The children of a map, in the order of the text. */
  entries(): ContractNode[] {
    const own = this.ownEntries();
    if (!this.amendment) return own;
    const { changes } = this.amendment;
    const present = new Set(own.map((entry) => entry.token));
    const kept = own.flatMap((entry) => (changes.has(entry.token) ? (changes.get(entry.token) ?? []) : entry));
    return [...kept, ...[...changes].flatMap(([token, added]) => (added && !present.has(token) ? added : []))];
  }

  private ownEntries(): ContractNode[] {
    const { cutting, node, base, limit, broken } = this.resolved();
    if (cutting) {
      // Entries that are blocks of their own are asked for again and again, and there are thousands of them.
      this.cutEntries ??= cutting.children.map((child) =>
        this.child(child.key, child.block, child.start, child, base, limit, broken),
      );
      return [...this.cutEntries];
    }
    if (node?.kind !== 'map') return [];
    return node.entries.map((entry) => this.inner(entry.key, entry.value, entry, base, limit, broken));
  }

  /** The items of a sequence. */
  items(): ContractNode[] {
    if (this.amendment && this.kind === 'seq') return [...this.amendment.more];
    const { node, base, limit, broken } = this.resolved();
    if (node?.kind !== 'seq') return [];
    return node.items.map((item, index) => this.inner(String(index), item, undefined, base, limit, broken));
  }

  /** The child of a map by key, or of a sequence by index. Keys of a map are own keys only, whatever their names. */
  get(key: string): ContractNode | undefined {
    if (this.amendment && this.kind === 'seq') return this.items()[/^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : -1];
    if (this.amendment?.changes.has(key)) return this.amendment.changes.get(key);
    const { cutting, node, base, limit, broken } = this.resolved();
    if (cutting) {
      const child = cutting.byKey.get(key);
      if (!child) return undefined;
      const known = this.cutChildren?.get(child);
      if (known) return known;
      const made = this.child(key, child.block, child.start, child, base, limit, broken);
      this.cutChildren ??= new Map();
      this.cutChildren.set(child, made);
      return made;
    }
    if (node?.kind === 'map') {
      const entry = entryOf(node, key);
      return entry && this.inner(key, entry.value, entry, base, limit, broken);
    }
    if (node?.kind !== 'seq' || !/^(?:0|[1-9]\d*)$/.test(key)) return undefined;
    const item = node.items[Number(key)];
    return item && this.inner(key, item, undefined, base, limit, broken);
  }

  /** The last child whose key or value covers an offset. A value that is an alias or was merged is asked where it stands. */
  childAt(offset: number): ContractNode | undefined {
    const { cutting, node, base, limit, broken } = this.resolved();
    const at = offset - base;
    if (cutting) {
      const child = cutting.children.findLast((candidate) => candidate.keyStart <= at && at <= candidate.end);
      const found = child && this.child(child.key, child.block, child.start, child, base, limit, broken);
      // Behind the value there may be comments, which belong to the map.
      return found && (at <= child.keyEnd || (offset >= found.start && offset <= found.end)) ? found : undefined;
    }
    if (node?.kind === 'map') {
      const entry = node.entries.findLast(
        ({ keyStart, keyEnd, value }) => (at >= keyStart && at <= keyEnd) || (at >= value.start && at <= value.end),
      );
      return entry && this.inner(entry.key, entry.value, entry, base, limit, broken);
    }
    if (node?.kind !== 'seq') return undefined;
    const index = node.items.findLastIndex((item) => at >= item.start && at <= item.end);
    return index < 0 ? undefined : this.inner(String(index), node.items[index]!, undefined, base, limit, broken);
  }

  /** The text of a child that is a string; undefined otherwise. */
  string(key: string): string | undefined {
    const child = this.scalarAt(key);
    return typeof child?.value === 'string' ? child.value : undefined;
  }

  /** The text of a child as it is written, as {@link text} has it, without making a node of it: thousands are asked for at once. */
  textAt(key: string): string | undefined {
    const child = this.scalarAt(key);
    if (!child || child.value === null) return undefined;
    return typeof child.value === 'string' ? child.value : (child.source ?? String(child.value));
  }

  private scalarAt(key: string): ScalarNode | undefined {
    const { node } = this.resolved();
    if (node?.kind !== 'map' || this.amendment) {
      const child = this.get(key)?.resolved().node;
      return child?.kind === 'scalar' ? child : undefined;
    }
    const child = entryOf(node, key)?.value;
    return child?.kind === 'scalar' ? child : undefined;
  }

  /** The whole subtree as plain data; undefined when it is larger than any sensible value. Keys never reach a prototype. */
  data(): unknown {
    const budget = { left: largestData };
    const value = toData(this, budget);
    return budget.left < 0 ? undefined : value;
  }

  private resolved(): Resolved {
    this.resolvedContent ??= this.resolve();
    return this.resolvedContent;
  }

  /** Lets go of the tree of its block, which is asked for it again when somebody needs it. */
  letGo(): void {
    this.resolvedContent = undefined;
  }

  private resolve(): Resolved {
    const { content, base, limit } = this;
    if (!(content instanceof Block)) {
      return { cutting: undefined, node: content, base, limit, broken: this.inheritedBroken };
    }
    const cutting = content.cut();
    if (cutting) return { cutting, node: undefined, base, limit, broken: this.inheritedBroken };
    const leaf = content.leaf();
    if (leaf.reading.foreignAlias) {
      const whole = this.owner.wholeNode(this.keys());
      return { cutting: undefined, node: whole.node, base: 0, limit, broken: whole.broken || this.inheritedBroken };
    }
    if (!leaf.broken) {
      this.owner.holds(this);
      return { cutting: undefined, node: leaf.value, base, limit, broken: this.inheritedBroken };
    }
    const standIn = content.standIn;
    const end = Math.min(limit, base + content.text.length);
    const standInCutting = standIn?.cut();
    const node = standIn && !standInCutting ? standIn.leaf().value : leaf.value;
    return { cutting: standInCutting, node: standInCutting ? undefined : node, base, limit: end, broken: true };
  }

  /** Where the keys on the way from the root to here begin. */
  private keys(): number[] {
    return this.parent ? [...this.parent.keys(), this.keyStart] : [];
  }

  private child(
    key: string,
    block: Block,
    start: number,
    range: { keyStart: number; keyEnd: number },
    base: number,
    limit: number,
    broken: boolean,
  ): ContractNode {
    const keyStart = Math.min(base + range.keyStart, limit);
    const keyEnd = Math.min(base + range.keyEnd, limit);
    return new ContractNode(this.owner, this, key, block, base + start, keyStart, keyEnd, limit, broken);
  }

  private inner(
    key: string,
    node: Node,
    range: { keyStart: number; keyEnd: number } | undefined,
    base: number,
    limit: number,
    broken: boolean,
  ): ContractNode {
    const keyStart = range ? Math.min(base + range.keyStart, limit) : -1;
    const keyEnd = range ? Math.min(base + range.keyEnd, limit) : -1;
    return new ContractNode(this.owner, this, key, node, base, keyStart, keyEnd, limit, broken);
  }
}

/** A place whose pointer is put together when somebody asks: most places are never pointed at. */
class NodePlace implements ContractPlace {
  readonly file: string;
  readonly #node: ContractNode;

  constructor(
    node: ContractNode,
    readonly start: number,
    readonly end: number,
  ) {
    this.file = node.file;
    this.#node = node;
  }

  get pointer(): string {
    return this.#node.pointer;
  }

  toJSON(): ContractPlace {
    return { file: this.file, start: this.start, end: this.end, pointer: this.pointer };
  }
}

function toData(node: ContractNode, budget: { left: number }): unknown {
  budget.left--;
  if (budget.left < 0) return undefined;
  switch (node.kind) {
    case 'scalar':
      return node.value ?? null;
    case 'seq':
      return node.items().map((item) => toData(item, budget));
    case 'map': {
      const data: Record<string, unknown> = {};
      for (const entry of node.entries()) {
        // A plain assignment to `__proto__` would replace the object's prototype.
        Object.defineProperty(data, entry.token, {
          value: toData(entry, budget),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return data;
    }
  }
}
