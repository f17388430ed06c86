// Owns one file's text as a tree of blocks, its faults, and the way from offsets and pointers to nodes and back.
// It must not know what OpenAPI's keys mean.

import { tokensOf } from '../../base/pointer.ts';
import type { TextFormat } from './block.ts';
import { Block } from './block.ts';
import type { NodeOwner } from './contract-node.ts';
import { ContractNode } from './contract-node.ts';
import type { Fault, Node, Reading } from './node.ts';
import { isBroken } from './node.ts';
import { readQuickYaml } from './quick-yaml.ts';
import type { WrittenReference } from './reference-scan.ts';

export class ContractDocument implements NodeOwner {
  readonly format: TextFormat;
  /** The tree of the text, as overlays have left it. */
  readonly root: ContractNode;
  /** The file against which references are resolved: for an overlay, the contract that it is applied to. */
  readonly home: string;
  /** The tree of the text alone. */
  private readonly written: ContractNode;
  private readonly block: Block;
  /** The nodes that hold on to the trees of their blocks. */
  private readonly holders = new Set<ContractNode>();
  private wholeReading: Reading | undefined;
  private knownTexts: ReadonlySet<string> | undefined;
  private knownReferences: readonly WrittenReference[] | undefined;
  private knownFaults: readonly Fault[] | undefined;

  /**
   * `previous` is the same file before an edit: its blocks are taken over where their text is the same. When it is only `alike` (another
   * state of the contract), nothing else of it stands in for what cannot be read.
   */
  constructor(
    readonly file: string,
    readonly text: string,
    previous?: ContractDocument,
    overlaid: { readonly home?: string; readonly amend?: (root: ContractNode) => ContractNode } = {},
    relation: 'edited' | 'alike' = 'edited',
  ) {
    this.home = overlaid.home ?? file;
    this.format = formatOf(file, text);
    const before = previous?.format === this.format ? previous.block : undefined;
    this.block =
      before?.reuse(text, 'root', undefined) ??
      new Block(text, this.format, 'root', undefined, before, relation === 'alike');
    this.written = new ContractNode(this, undefined, '', this.block, 0, -1, -1, text.length, false);
    this.root = overlaid.amend?.(this.written) ?? this.written;
  }

  /** The node at a pointer (plain or in its fragment form); undefined when there is none. */
  at(pointer: string): ContractNode | undefined {
    let node: ContractNode | undefined = this.root;
    for (const token of tokensOf(pointer)) {
      node = node.get(token);
      if (!node) return undefined;
    }
    return node;
  }

  /** The block that holds the text at a pointer: the same object for as long as that text is the same. */
  blockAt(pointer: string): Block {
    let block = this.block;
    for (const token of tokensOf(pointer)) {
      const child = block.cut()?.byKey.get(token);
      if (!child) return block;
      block = child.block;
    }
    return block;
  }

  /** Every block that is read as one: the same objects for as long as their texts are the same. */
  leaves(): ReadonlySet<Block> {
    const leaves = new Set<Block>();
    this.block.addLeaves(leaves);
    return leaves;
  }

  /** The innermost node whose key or value covers an offset; the root when none does. */
  nodeAt(offset: number): ContractNode {
    let node = this.written;
    for (;;) {
      const inner = node.childAt(offset);
      if (!inner) return node;
      node = inner;
    }
  }

  /** Whether a local pointer plainly leads to a part of this file; false when that takes a closer look. */
  leadsSomewhere(reference: string): boolean {
    if (!reference.startsWith('#/') || /[%~]/.test(reference) || this.isAmended || this.home !== this.file)
      return false;
    let block = this.block;
    for (const token of reference.slice(2).split('/')) {
      const child = block.cut()?.byKey.get(token);
      if (!child || child.restored) return false;
      block = child.block;
    }
    return block.isPlainTarget;
  }

  /** Whether schemas of the file, or the file itself, may have names of their own; cheap, and true when in doubt. */
  get mayName(): boolean {
    return this.block.mayName;
  }

  /** Whether the file can refer to other files at all; cheap, and true when in doubt. */
  get mayReachOthers(): boolean {
    return this.block.mayReachOthers;
  }

  /** Whether an overlay changed the tree, so that what the text says at a pointer may stand for nothing. */
  get isAmended(): boolean {
    return this.root !== this.written;
  }

  /** Everything wrong with the text, in its order. Reads every block. */
  faults(): readonly Fault[] {
    this.knownFaults ??= this.collectFaults();
    return this.knownFaults;
  }

  /** Every `$ref` of the file that is not data. Reads every block. */
  references(): readonly WrittenReference[] {
    this.knownReferences ??= this.block.references('');
    return this.knownReferences;
  }

  /** What the file names of components, in any way: see {@link Block.mentionedComponents}. */
  mentionedComponents(): Iterable<string> {
    return this.block.mentionedComponents();
  }

  /** The distinct texts of those references. */
  referenceTexts(): ReadonlySet<string> {
    this.knownTexts ??= new Set(this.block.referenceTexts(''));
    return this.knownTexts;
  }

  wholeNode(keys: readonly number[]): { readonly node: Node | undefined; readonly broken: boolean } {
    const reading = this.whole();
    let node = reading.root;
    for (const key of keys) {
      node = node?.kind === 'map' ? node.entries.find((entry) => entry.keyStart === key)?.value : undefined;
    }
    return { node, broken: isBroken(reading) };
  }

  holds(node: ContractNode): void {
    this.holders.add(node);
  }

  /** Lets go of every part that nobody asked for since the last call: it is read again when somebody does. */
  letGo(): void {
    this.block.letGo(this.text, 0);
    // Also where the tree stays: a node that kept it would use it without anybody noticing.
    for (const node of this.holders) node.letGo();
    this.holders.clear();
  }

  private collectFaults(): readonly Fault[] {
    const faults = this.block.hasForeignAlias ? [...this.whole().faults] : this.block.faults();
    return faults.sort((a, b) => a.start - b.start);
  }

  private whole(): Reading {
    if (!this.wholeReading) {
      const quick = readQuickYaml(this.text);
      const failed: Fault = { kind: 'syntax', message: 'The text cannot be read as YAML', start: 0, end: 0 };
      this.wholeReading =
        'root' in quick ? quick : { root: undefined, faults: [failed], foreignAlias: false, aliased: false };
    }
    return this.wholeReading;
  }
}

/** JSON is told by its first character; a YAML file may hold JSON, which YAML's reader takes too, but only with spaces as indentation. */
function formatOf(file: string, text: string): TextFormat {
  if (file.endsWith('.json')) return 'json';
  return /^\uFEFF?\s*\{\s*"/.test(text.slice(0, 200)) ? 'json' : 'yaml';
}
