// Owns the making of a node tree from a reader's events: ends of collections, empty values, anchors, aliases, merge keys,
// duplicate keys and the limit on alias expansion. Both YAML readers drive it, so that they cannot differ in any of these.
// It must not know a YAML library.

import type { Entry, Fault, Node, Reading, ScalarNode } from './node.ts';
import { plainValue } from './node.ts';
import { word } from './words.ts';

/** Nodes that a document may have after its aliases are expanded, beyond those that its text has. */
const aliasBudget = 200_000;

interface Frame {
  readonly kind: 'map' | 'seq';
  readonly flow: boolean;
  readonly start: number;
  readonly anchor: string | undefined;
  readonly entries: Entry[];
  readonly items: Node[];
  readonly keys: Set<string>;
  key: { text: string; start: number; end: number; plain: boolean } | undefined;
  merges: boolean;
  size: number;
}

export interface ScalarFacts {
  readonly style: 'plain' | 'quoted' | 'block';
  readonly tag?: string;
  readonly anchor?: string;
}

export class TreeBuilder {
  private readonly frames: Frame[] = [];
  private readonly anchors = new Map<string, { node: Node; size: number }>();
  private readonly open = new Set<string>();
  private readonly faults: Fault[] = [];
  private root: Node | undefined;
  private foreignAlias = false;
  private aliased = false;
  private limitReported = false;
  private expanded = 0;
  private last = 0;

  constructor(private readonly text: string) {}

  /** The end of the latest token: readers without positions for some tokens search from here. */
  get position(): number {
    return this.last;
  }

  begin(kind: 'map' | 'seq', start: number, flow: boolean, anchor?: string): void {
    this.last = flow ? start + 1 : start;
    if (anchor !== undefined) this.open.add(anchor);
    this.frames.push({
      kind,
      flow,
      start,
      anchor,
      entries: [],
      items: [],
      keys: new Set(),
      key: undefined,
      merges: false,
      size: 1,
    });
  }

  /** Closes the innermost collection. */
  end(): void {
    const frame = this.frames.pop()!;
    if (frame.key) this.attach(frame, emptyAt(frame.key.end), 1);
    if (frame.anchor !== undefined) this.open.delete(frame.anchor);
    const end = frame.flow ? this.flowEnd() : this.blockEnd(frame);
    const start = frame.kind === 'map' && !frame.flow ? (frame.entries[0]?.keyStart ?? frame.start) : frame.start;
    this.last = Math.max(end, this.last);
    // A list that has grown keeps room for what never comes; a copy has the size of what is in it.
    const node: Node =
      frame.kind === 'map'
        ? { kind: 'map', start, end, entries: (frame.merges ? this.merged(frame.entries) : frame.entries).slice() }
        : { kind: 'seq', start, end, items: frame.items.slice() };
    this.add(node, frame.size, frame.anchor);
  }

  /** A scalar that stands in the text; for block scalars `end` may lie behind trailing blank lines. */
  scalar(value: string, start: number, end: number, facts: ScalarFacts): void {
    const stop = facts.style === 'block' ? start + this.text.slice(start, end).trimEnd().length : end;
    this.last = stop;
    const node: ScalarNode =
      facts.style === 'plain' && facts.tag === undefined
        ? plainNode(value, start, stop)
        : { kind: 'scalar', start, end: stop, value: taggedValue(value, facts.tag) };
    this.add(node, 1, facts.anchor, facts.style === 'plain');
  }

  /** A value or key that is not written at all (`a:`). */
  empty(anchor?: string, tag?: string): void {
    const frame = this.frames.at(-1);
    let at = this.last;
    if (frame?.kind === 'map' && frame.key) {
      const colon = this.skip(this.last, false);
      if (this.text.charCodeAt(colon) === 58) at = colon + 1;
    } else if (frame?.kind === 'seq' && !frame.flow) {
      const dash = this.skip(this.last, true);
      if (this.text.charCodeAt(dash) === 45) at = dash + 1;
    }
    this.last = at;
    const string = tag === '!!str' || tag === 'tag:yaml.org,2002:str';
    const node: ScalarNode = { kind: 'scalar', start: at, end: at, value: string ? '' : null };
    this.add(string ? node : { ...node, source: '' }, 1, anchor, true);
  }

  alias(name: string, start: number, end: number): void {
    this.last = end;
    if (this.open.has(name)) {
      this.fault('invalid', `The alias *${name} stands inside of its own anchor`, start, end);
      this.add(nullAt(start, end), 1);
      return;
    }
    const target = this.anchors.get(name);
    if (!target) {
      this.foreignAlias = true;
      this.fault('syntax', `The alias *${name} has no anchor before it`, start, end);
      this.add(nullAt(start, end), 1);
      return;
    }
    this.aliased = true;
    this.expanded += target.size;
    if (this.expanded > aliasBudget) {
      if (!this.limitReported) {
        this.limitReported = true;
        this.fault(
          'alias-limit',
          `Aliases expand to more than ${aliasBudget} nodes, so they are not followed`,
          start,
          end,
        );
      }
      this.add(nullAt(start, end), 1);
      return;
    }
    // The alias stands where it is written; only what is inside of it stands at the anchor.
    this.add({ ...target.node, start, end }, target.size);
  }

  /** Notes a fault that the reader itself found. */
  fault(kind: Fault['kind'], message: string, start: number, end: number): void {
    this.faults.push({ kind, message, start, end });
  }

  finish(): Reading {
    while (this.frames.length > 0) this.end();
    return { root: this.root, faults: this.faults, foreignAlias: this.foreignAlias, aliased: this.aliased };
  }

  private add(node: Node, size: number, anchor?: string, plain = false): void {
    if (anchor !== undefined) this.anchors.set(anchor, { node, size });
    const frame = this.frames.at(-1);
    if (!frame) {
      this.root ??= node;
      return;
    }
    if (frame.kind === 'map' && !frame.key) {
      frame.size += size;
      frame.key = { text: this.keyText(node), start: node.start, end: node.end, plain };
      return;
    }
    this.attach(frame, node, size);
  }

  private attach(frame: Frame, value: Node, size: number): void {
    frame.size += size;
    if (frame.kind === 'seq') {
      frame.items.push(value);
      return;
    }
    const key = frame.key!;
    frame.key = undefined;
    if (key.plain && key.text === '<<') {
      frame.merges = true;
    } else if (frame.keys.has(key.text)) {
      this.fault('invalid', `The key "${abbreviate(key.text)}" stands here for the second time`, key.start, key.end);
    }
    frame.keys.add(key.text);
    frame.entries.push({ key: key.text, keyStart: key.start, keyEnd: key.end, value });
  }

  private keyText(node: Node): string {
    if (node.kind !== 'scalar') return this.text.slice(node.start, node.end);
    return word(node.source ?? String(node.value));
  }

  /** Puts the entries of `<<` behind the map's own; own entries win, then earlier maps of a list. */
  private merged(entries: readonly Entry[]): Entry[] {
    const own = entries.filter((entry) => entry.key !== '<<');
    const known = new Set(own.map((entry) => entry.key));
    for (const entry of entries) {
      if (entry.key !== '<<') continue;
      const sources = entry.value.kind === 'seq' ? entry.value.items : [entry.value];
      for (const source of sources) {
        if (source.kind !== 'map') continue;
        for (const inherited of source.entries) {
          if (known.has(inherited.key)) continue;
          known.add(inherited.key);
          own.push(inherited);
        }
      }
    }
    return own;
  }

  private blockEnd(frame: Frame): number {
    const last: Entry | Node | undefined = frame.kind === 'map' ? frame.entries.at(-1) : frame.items.at(-1);
    if (!last) return Math.max(frame.start, this.last);
    // The last value may be an alias, whose node stands elsewhere: the latest token tells the end in both cases.
    return this.last;
  }

  private flowEnd(): number {
    let at = this.skip(this.last, true);
    if (this.text.charCodeAt(at) === 44) at = this.skip(at + 1, true);
    const code = this.text.charCodeAt(at);
    return code === 93 || code === 125 ? at + 1 : at;
  }

  /** The next offset that is neither white space nor, with `lines`, a comment or a line break. */
  private skip(from: number, lines: boolean): number {
    let at = from;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (code === 32 || code === 9) at++;
      else if (lines && (code === 10 || code === 13)) at++;
      else if (lines && code === 35) {
        while (at < this.text.length && this.text.charCodeAt(at) !== 10 && this.text.charCodeAt(at) !== 13) at++;
      } else return at;
    }
  }
}

function plainNode(source: string, start: number, end: number): ScalarNode {
  const value = plainValue(source);
  return typeof value === 'string'
    ? { kind: 'scalar', start, end, value: word(value) }
    : { kind: 'scalar', start, end, value, source };
}

function taggedValue(value: string, tag: string | undefined): string | number | boolean | null {
  switch (tag) {
    case '!!int':
    case '!!float':
    case '!!bool':
    case '!!null':
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null':
      return plainValue(value);
    default:
      return value;
  }
}

const emptyAt = (at: number): ScalarNode => ({ kind: 'scalar', start: at, end: at, value: null, source: '' });
const nullAt = (start: number, end: number): ScalarNode => ({ kind: 'scalar', start, end, value: null });
const abbreviate = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
