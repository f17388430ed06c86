// Owns one block of a document: a stretch of text that is read on its own, lazily, once; or cut further into blocks.
// A block is found again by its text after an edit, and remembers the last block in its place that could be read.
// It must not know contracts beyond the levels at which cutting pays.

import { escapeToken } from '../../base/pointer.ts';
import { foreignReference, mentionsIn, naming, readText } from './block-text.ts';
import { copied } from './copied.ts';
import { cutJson } from './cut-json.ts';
import { bodyStart, cutYaml, hasOddCharacters } from './cut-yaml.ts';
import type { Entry, Fault, Node, Reading } from './node.ts';
import { entryOf, isBroken } from './node.ts';
import { type CutBefore, recutYaml } from './recut-yaml.ts';
import type { WrittenReference } from './reference-scan.ts';
import { mayIllustrate, scanReferences, scanReferenceTexts } from './reference-scan.ts';

export type TextFormat = 'yaml' | 'json';

/** How deep a document is cut: by the keys of the root, of a section, of a path item. */
export type Level = 'root' | 'paths' | 'path-item' | 'components' | 'section' | 'leaf';

/** One entry of a block that was cut. Offsets are relative to the block's start. */
export interface Child {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Where the child's block begins. */
  readonly start: number;
  readonly end: number;
  readonly block: Block;
  /** True for an entry that is gone from the text and stays while somebody types there. */
  readonly restored?: boolean;
}

/** What a block is when it is cut. */
export interface Cutting {
  readonly children: readonly Child[];
  readonly byKey: ReadonlyMap<string, Child>;
  readonly faults: readonly Fault[];
  /** Whether lines were left out that are no entries. */
  readonly stray: boolean;
  /** For JSON: the object's own braces, relative to the block. Undefined for YAML, whose mappings have none. */
  readonly braces?: { readonly start: number; readonly end: number };
}

/** The value of a block that was read on its own, relative to the block's start. */
export interface Leaf {
  readonly value: Node | undefined;
  readonly reading: Reading;
  readonly broken: boolean;
}

/** What stays known of a leaf when its tree was let go. */
type Told = Pick<Leaf, 'broken'> & Pick<Reading, 'faults' | 'foreignAlias'>;

export class Block {
  private cutting: Cutting | undefined | null;
  private read: Leaf | undefined;
  private told: Told | undefined;
  /** Whether somebody asked for the tree since the last time that trees were let go. */
  private asked = false;
  /** Whether the text is a copy in memory of its own. */
  private owned = false;
  private written: readonly WrittenReference[] | undefined;
  private illustrates: boolean | undefined;
  private names: boolean | undefined;
  private reaches: boolean | undefined;
  private target: boolean | undefined;
  private words: Map<string, boolean> | undefined;
  private writtenTexts: ReadonlySet<string> | undefined;
  private mentioned: ReadonlySet<string> | undefined;
  private ownText: string;
  private cuts: CutBefore | undefined;
  /** The last block in this place that could be read, while this one cannot. */
  private fallback: Block | undefined;
  /** Whether the text around this block was found to have nothing that forbids cutting. */
  plain = false;

  /**
   * `keyed` says that the text begins with a key whose value is meant (an entry of a YAML mapping).
   * `previous` is the block that stood here before an edit; `foreign` says that it is another text's, which only lends what is the same.
   */
  constructor(
    text: string,
    readonly format: TextFormat,
    readonly level: Level,
    private readonly keyed: { readonly indent: number; readonly body: number } | undefined,
    private previous?: Block,
    private readonly foreign = false,
  ) {
    this.ownText = text;
    this.fallback = foreign ? undefined : previous?.lastGood();
  }

  get text(): string {
    return this.ownText;
  }

  /** This block again, when the text in its place is the same as before, which `known` says without a look at it. Takes over the new slice, so that the old document can go. */
  reuse(text: string, level: Level, keyed: Block['keyed'], known = false): Block | undefined {
    const same =
      (known ? this.ownText.length === text.length : this.ownText === text) &&
      this.level === level &&
      this.keyed?.indent === keyed?.indent &&
      this.keyed?.body === keyed?.body;
    if (!same) return undefined;
    this.adopt(text);
    return this;
  }

  /** Takes the same text over from another document, down to the last block that holds a slice of the one before. */
  private adopt(text: string): void {
    if (this.owned) return;
    this.ownText = text;
    if (this.cuts) this.cuts = { ...this.cuts, text };
    for (const { block, start, end } of this.cutting?.children ?? []) block.adopt(text.slice(start, end));
  }

  /** The block to show while this one cannot be read. */
  get standIn(): Block | undefined {
    return this.fallback;
  }

  /** The entries, when this block is cut; undefined when it is read as one. */
  cut(): Cutting | undefined {
    if (this.cutting === undefined) {
      this.cutting =
        this.level === 'leaf' ? null : ((this.format === 'yaml' ? this.cutYaml() : this.cutJson()) ?? null);
      this.previous = undefined;
      // What can be cut needs no stand-in; one that stayed would keep every state before it alive.
      if (this.cutting) this.fallback = undefined;
    }
    return this.cutting ?? undefined;
  }

  /** The block's value, read on first use, and again when it was let go. */
  leaf(): Leaf {
    this.asked = true;
    if (!this.read) {
      // Values are slices of the text that was read; a copy keeps a small block from holding on to its whole document.
      this.owned = this.level !== 'root';
      if (this.owned) this.ownText = copied(this.ownText);
      const reading = readText(this.ownText, this.format);
      const value = this.keyed && reading.root ? this.onlyEntry(reading.root)?.value : reading.root;
      const missing = this.keyed !== undefined && value === undefined;
      this.read = { value, reading, broken: missing || isBroken(reading) };
      const { faults, foreignAlias } = reading;
      this.told = { broken: this.read.broken, faults, foreignAlias };
      if (!this.read.broken) this.fallback = undefined;
    }
    return this.read;
  }

  /**
   * Lets go of every tree that nobody asked for since the last call, and keeps what was found out by it. `text` is that of the whole
   * document and `from` where this block begins in it: it takes the place of the block's own copy.
   */
  letGo(text: string, from: number): void {
    for (const { block, start, restored } of this.cutting?.children ?? [])
      if (!restored) block.letGo(text, from + start);
    const { asked, read } = this;
    this.asked = false;
    // What could not be read stands in the editor and will be asked for again; so will a document that is one block.
    if (asked || !read || read.broken || read.reading.foreignAlias || this.level === 'root') return;
    this.ownText = text.slice(from, from + this.ownText.length);
    this.owned = false;
    this.read = undefined;
  }

  /** Adds every block below this one, or this one, that is not cut further. */
  addLeaves(leaves: Set<Block>): void {
    const cutting = this.cut();
    if (cutting) for (const { block } of cutting.children) block.addLeaves(leaves);
    else leaves.add(this);
  }

  private tell(): Told {
    if (!this.told) this.leaf();
    return this.told!;
  }

  /** Whether an alias in this block, or in one that it is cut into, has its anchor outside of the block. */
  get hasForeignAlias(): boolean {
    const cutting = this.cut();
    if (cutting) return cutting.children.some((child) => child.block.hasForeignAlias);
    return this.level !== 'root' && this.tell().foreignAlias;
  }

  /** Whether this block is read as one and shows something else than its own text: an older one, or what stands elsewhere. */
  get leafBroken(): boolean {
    return !this.cut() && (this.tell().broken || this.tell().foreignAlias);
  }

  /** Every fault of this block and those that it is cut into, with offsets relative to this block. */
  faults(): Fault[] {
    const cutting = this.cut();
    if (!cutting) return [...this.tell().faults];
    const faults = [...cutting.faults];
    for (const child of cutting.children) {
      if (child.restored) continue;
      for (const fault of child.block.faults()) {
        faults.push({ ...fault, start: fault.start + child.start, end: fault.end + child.start });
      }
    }
    return faults;
  }

  /** Every reference of this block, pointers and offsets relative to it. `key` is the key that the block stands below. */
  references(key: string): readonly WrittenReference[] {
    if (this.written) return this.written;
    const cutting = this.cut();
    if (cutting) {
      const present = cutting.children.filter((child) => !child.restored);
      const written = present.flatMap((child) =>
        child.block.references(child.key).map((reference) => ({
          text: reference.text,
          pointer: `/${escapeToken(child.key)}${reference.pointer}`,
          start: reference.start + child.start,
          end: reference.end + child.start,
        })),
      );
      if (this.level !== 'root') this.written = written;
      return written;
    }
    const { value } = this.leaf();
    this.written = value ? scanReferences(value, key) : [];
    return this.written;
  }

  /** Whether this block, which stands below `key`, may hold examples; kept with the block, so that an edit elsewhere asks nobody again. */
  mayIllustrate(key: string): boolean {
    if (this.illustrates === undefined) {
      const cutting = this.cut();
      if (cutting) {
        this.illustrates = cutting.children.some((child) => child.block.mayIllustrate(child.key));
        return this.illustrates;
      }
      const { value, broken } = this.leaf();
      // A block that is read through another text (an alias from outside, the last good text) is not judged by its own.
      this.illustrates = broken || (value !== undefined && mayIllustrate(value, key));
    }
    return this.illustrates;
  }

  /** Whether schemas of this block may give themselves names (`$id`, `$anchor`); kept with the block, so that an edit elsewhere asks nobody again. */
  get mayName(): boolean {
    if (this.names === undefined) {
      const cutting = this.cut();
      this.names = cutting
        ? cutting.children.some((child) => naming.test(child.key) || child.block.mayName)
        : naming.test(this.ownText);
    }
    return this.names;
  }

  /** Whether the block is there to be read as it is written, and its value is no reference itself. Kept like the names. */
  get isPlainTarget(): boolean {
    if (this.target === undefined) {
      const node = this.cut() ? undefined : this.leaf().value;
      const readable = this.cut() !== undefined || (node !== undefined && !this.leafBroken);
      const keys = this.cut()?.byKey;
      const refers = keys ? keys.has('$ref') : node?.kind === 'map' && entryOf(node, '$ref') !== undefined;
      this.target = readable && !refers;
    }
    return this.target;
  }

  /** How often a word stands in a text is asked again after every edit; kept with the block. */
  mentions(word: string): boolean {
    this.words ??= new Map();
    let found = this.words.get(word);
    if (found === undefined) {
      found = this.ownText.includes(word);
      this.words.set(word, found);
    }
    return found;
  }

  /** Whether anything in this block may be a reference to another file: false means that there is none. Kept like the names. */
  get mayReachOthers(): boolean {
    if (this.reaches === undefined) {
      const cutting = this.cut();
      this.reaches = cutting
        ? cutting.children.some((child) => child.key === '$ref' || child.block.mayReachOthers)
        : foreignReference.test(this.ownText) || /\\u0024|\\x24/.test(this.ownText);
    }
    return this.reaches;
  }

  /**
   * Every text that looks like a pointer into components, wherever it stands, extensions and descriptions included, and in blocks
   * with a `mapping` every word: what is not among them is named nowhere.
   */
  mentionedComponents(): Iterable<string> {
    if (this.mentioned) return this.mentioned;
    const cutting = this.cut();
    const found = new Set<string>();
    for (const child of cutting?.children ?? [])
      for (const mention of child.block.mentionedComponents()) found.add(mention);
    this.mentioned = cutting ? found : mentionsIn(this.ownText);
    return this.mentioned;
  }

  /** The texts of those references, with repetitions between blocks only. */
  referenceTexts(key: string): Iterable<string> {
    if (this.writtenTexts) return this.writtenTexts;
    const cutting = this.cut();
    if (!cutting) {
      const { value } = this.leaf();
      this.writtenTexts = value ? scanReferenceTexts(value, key) : new Set();
      return this.writtenTexts;
    }
    const texts = new Set<string>();
    for (const child of cutting.children) {
      if (child.restored) continue;
      for (const text of child.block.referenceTexts(child.key)) texts.add(text);
    }
    this.writtenTexts = texts;
    return texts;
  }

  private lastGood(): Block | undefined {
    if (this.cut()) return this;
    return this.told?.broken === false ? this : this.fallback;
  }

  private onlyEntry(root: Node): Entry | undefined {
    return root.kind === 'map' ? root.entries.at(-1) : undefined;
  }

  private cutYaml(): Cutting | undefined {
    const text = this.ownText;
    const from = this.keyed ? this.keyed.body : bodyStart(text);
    if (from === undefined || from < 0) return undefined;
    const indent = this.keyed ? this.keyed.indent : -1;
    const known = text.length < longEnoughToRecut ? undefined : this.previous?.cuts;
    const recut = known && recutYaml(text, from, indent, known);
    // What an entry of a text holds, the text was looked through for.
    if (!recut && !this.plain && hasOddCharacters(text)) return undefined;
    const cuts = recut?.cuts ?? cutYaml(text, from, text.length, indent);
    if (!cuts?.some((cut) => !cut.junk)) return undefined;
    this.cuts = { text, from, cuts };
    const faults: Fault[] = [];
    const children: Child[] = [];
    const cutting = this.previous?.cut();
    const before = cutting?.byKey;
    // Where a key stands twice, its name does not tell which entry was which.
    const distinct = recut && cutting && cutting.byKey.size === known?.cuts.length ? recut.kept : undefined;
    const seen = new Set<string>();
    for (const [index, cut] of cuts.entries()) {
      if (cut.junk) {
        faults.push({ kind: 'syntax', message: strayLine, start: cut.keyStart, end: cut.keyEnd });
        continue;
      }
      if (seen.has(cut.key)) {
        faults.push({
          kind: 'invalid',
          message: `The key "${cut.key.slice(0, 60)}" stands here for the second time`,
          start: cut.keyStart,
          end: cut.keyEnd,
        });
      }
      seen.add(cut.key);
      const slice = text.slice(cut.start, cut.end);
      const keyed = { indent: cut.indent, body: cut.body < 0 ? -1 : cut.body - cut.start };
      const level = levelBelow(this.level, cut.key);
      const old = before?.get(cut.key)?.block;
      const kept = distinct && (index < distinct.first || index >= cuts.length - distinct.last);
      const block = old?.reuse(slice, level, keyed, kept) ?? new Block(slice, 'yaml', level, keyed, old, this.foreign);
      block.plain = true;
      children.push({
        key: cut.key,
        keyStart: cut.keyStart,
        keyEnd: cut.keyEnd,
        start: cut.start,
        end: cut.end,
        block,
      });
    }
    const strayCuts = cuts.filter((cut) => cut.junk);
    if (strayCuts.length > 0 && !this.foreign) this.restore(children, seen, before, strayCuts);
    return {
      children,
      byKey: new Map(children.map((child) => [child.key, child])),
      faults,
      stray: strayCuts.length > 0,
    };
  }

  /** Entries that were here before and are gone where stray lines stand now: a key is being typed. They stay, at the stray lines. */
  private restore(
    children: Child[],
    present: ReadonlySet<string>,
    before: ReadonlyMap<string, Child> | undefined,
    stray: readonly { keyStart: number; keyEnd: number; start: number; end: number }[],
  ): void {
    if (!before) return;
    const gone = [...before.values()].filter((child) => !present.has(child.key));
    for (const [index, place] of stray.entries()) {
      const lost = gone[index];
      const good = lost?.block.lastGood();
      if (!lost || !good) continue;
      const block = new Block(
        this.ownText.slice(place.start, place.end),
        'yaml',
        'leaf',
        { indent: 0, body: -1 },
        good,
      );
      children.push({
        key: lost.key,
        keyStart: place.keyStart,
        keyEnd: place.keyEnd,
        start: place.start,
        end: place.end,
        block,
        restored: true,
      });
    }
  }

  private cutJson(): Cutting | undefined {
    const text = this.ownText;
    const object = cutJson(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
    if (!object) return undefined;
    const before = this.previous?.cut()?.byKey;
    const faults: Fault[] = [];
    const seen = new Set<string>();
    const children = object.members.map((member): Child => {
      if (seen.has(member.key)) {
        faults.push({
          kind: 'invalid',
          message: `The key "${member.key.slice(0, 60)}" stands here for the second time`,
          start: member.keyStart,
          end: member.keyEnd,
        });
      }
      seen.add(member.key);
      const slice = text.slice(member.start, member.end);
      const level = levelBelow(this.level, member.key);
      const old = before?.get(member.key)?.block;
      const block =
        old?.reuse(slice, level, undefined) ?? new Block(slice, 'json', level, undefined, old, this.foreign);
      return { ...member, block };
    });
    return {
      children,
      byKey: new Map(children.map((child) => [child.key, child])),
      faults,
      stray: false,
      braces: { start: object.start, end: object.end },
    };
  }
}

/** Shorter texts are cut again as a whole: that takes no time. */
const longEnoughToRecut = 20_000;

const strayLine =
  'This line is no entry of the mapping that it stands in: a key needs a colon and the indentation of its neighbours';

function levelBelow(level: Level, key: string): Level {
  switch (level) {
    case 'root':
      return rootLevels.get(key) ?? 'leaf';
    case 'paths':
      return 'path-item';
    case 'components':
      return 'section';
    default:
      return 'leaf';
  }
}

const rootLevels: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['paths', 'paths'],
  ['webhooks', 'paths'],
  ['x-webhooks', 'paths'],
  ['components', 'components'],
  ['definitions', 'section'],
  ['parameters', 'section'],
  ['responses', 'section'],
]);
