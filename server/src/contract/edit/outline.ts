// Owns the outline of a contract's text: which map, list or scalar stands where, for YAML and JSON alike.
// It must not know what OpenAPI means by any of it, and it never changes a text.

import { type Node as JsonNode, type ParseError, parseTree } from 'jsonc-parser';
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Span } from '../../base/place.ts';
import { cutOutline } from './cut-outline.ts';

export interface OutlineEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: OutlineNode;
}

export interface OutlineMap extends Span {
  readonly kind: 'map';
  /** Written in braces rather than by indentation; always so in JSON. */
  readonly flow: boolean;
  readonly entries: readonly OutlineEntry[];
}

export interface OutlineList extends Span {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly OutlineNode[];
}

export interface OutlineScalar extends Span {
  readonly kind: 'scalar';
  readonly value: unknown;
  /** A block scalar that keeps the blank lines after it. */
  readonly keepsBlankLines: boolean;
}

/** An alias: what it stands for is written elsewhere and shared, so no edit may go through it. */
export interface OutlineAlias extends Span {
  readonly kind: 'alias';
}

export type OutlineNode = OutlineMap | OutlineList | OutlineScalar | OutlineAlias;

export interface Outline {
  readonly format: 'yaml' | 'json';
  readonly text: string;
  readonly root: OutlineNode;
}

/** A part of the text is broken that was not looked at before: nothing may be edited on a guess of where things stand. */
export class BrokenOutline extends Error {
  constructor() {
    super('the text is broken');
    this.name = 'BrokenOutline';
  }
}

/** YAML above this length is parsed only where it is looked at, so that a broken place elsewhere hinders no edit. */
const LARGE = 200_000;

/**
 * The outline of a text, or undefined when the text is broken. For YAML longer than `large` the parts are parsed when they are
 * looked at, which then throws {@link BrokenOutline} for a broken one.
 */
export function readOutline(path: string, text: string, large = LARGE): Outline | undefined {
  if (/\.json[c5]?$/i.test(path) || (!/\.ya?ml$/i.test(path) && /^\s*\{/.test(text))) return readJson(text);
  const root = text.length > large ? cutOutline(text, (start, end) => parseEntry(text, start, end)) : undefined;
  return root ? { format: 'yaml', text, root } : readYaml(text);
}

/** Parses the lines of one entry as a document of its own and moves what it finds to where it stands in the text. */
function parseEntry(text: string, start: number, end: number): OutlineNode {
  const read = readYaml(text.slice(start, end));
  const entry = read?.root.kind === 'map' ? read.root.entries[0] : undefined;
  if (!entry) throw new BrokenOutline();
  return moved(entry.value, start);
}

function moved(node: OutlineNode, by: number): OutlineNode {
  const span = { start: node.start + by, end: node.end + by };
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, keySpan, value }) => ({
      key,
      keySpan: { start: keySpan.start + by, end: keySpan.end + by },
      value: moved(value, by),
    }));
    return { ...node, ...span, entries };
  }
  if (node.kind === 'list') return { ...node, ...span, items: node.items.map((item) => moved(item, by)) };
  return { ...node, ...span };
}

function readJson(text: string): Outline | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (!root || errors.length > 0) return undefined;
  return { format: 'json', text, root: fromJson(root) };
}

function fromJson(node: JsonNode): OutlineNode {
  const span = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'object') {
    const entries = (node.children ?? []).flatMap((property): OutlineEntry[] => {
      const [key, value] = property.children ?? [];
      if (!key || !value) return [];
      const keySpan = { start: key.offset, end: key.offset + key.length };
      return [{ key: String(key.value), keySpan, value: fromJson(value) }];
    });
    return { kind: 'map', flow: true, entries, ...span };
  }
  if (node.type === 'array') return { kind: 'list', flow: true, items: (node.children ?? []).map(fromJson), ...span };
  return { kind: 'scalar', value: node.value, keepsBlankLines: false, ...span };
}

function readYaml(text: string): Outline | undefined {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, strict: false });
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) return undefined;
  return { format: 'yaml', text, root: fromYaml(document.contents, text) };
}

function fromYaml(node: Node, text: string): OutlineNode {
  const [start, end] = node.range ?? [0, 0];
  if (isMap(node)) {
    const entries = node.items.flatMap((pair): OutlineEntry[] => {
      const key = pair.key;
      if (!isScalar(key) || !key.range) return [];
      const keySpan = { start: key.range[0], end: key.range[1] };
      const value: OutlineNode = pair.value
        ? fromYaml(pair.value as Node, text)
        : { kind: 'scalar', value: null, keepsBlankLines: false, start: keySpan.end, end: keySpan.end };
      // Numeric keys such as a status are named as they are written: 200, never 200.0.
      return [{ key: String(key.value ?? key.source ?? ''), keySpan, value }];
    });
    return { kind: 'map', flow: node.flow === true, entries, start, end };
  }
  if (isSeq(node)) {
    return {
      kind: 'list',
      flow: node.flow === true,
      items: node.items.map((item) => fromYaml(item as Node, text)),
      start,
      end,
    };
  }
  if (isAlias(node)) return { kind: 'alias', start, end };
  const value = isScalar(node) ? node.value : undefined;
  const keepsBlankLines = /^[|>][0-9-]*\+/.test(text.slice(start, start + 4));
  return { kind: 'scalar', value, keepsBlankLines, start, end };
}

/** The value of a key. */
export function entryOf(node: OutlineNode | undefined, key: string): OutlineEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The node at the tokens of a pointer; undefined when there is none or an alias stands in the way. */
export function nodeAt(root: OutlineNode, tokens: readonly string[]): OutlineNode | undefined {
  let node: OutlineNode | undefined = root;
  for (const token of tokens) {
    if (node?.kind === 'list') node = /^\d+$/.test(token) ? node.items[Number(token)] : undefined;
    else node = entryOf(node, token)?.value;
    if (!node) return undefined;
  }
  return node;
}

/** The node as plain data; aliases and what lies behind them are left out. */
export function plainOf(node: OutlineNode | undefined): unknown {
  if (!node || node.kind === 'alias') return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plainOf(entry.value)]));
}

/** The offset after the last character that belongs to a node; trailing blank lines and comments are not part of it. */
export function contentEnd(node: OutlineNode, text: string): number {
  if (node.kind === 'map' && !node.flow) {
    const last = node.entries.at(-1);
    if (last) return Math.max(last.keySpan.end, contentEnd(last.value, text));
  }
  if (node.kind === 'list' && !node.flow) {
    const last = node.items.at(-1);
    if (last) return contentEnd(last, text);
  }
  let end = node.end;
  if (node.kind === 'scalar' && node.keepsBlankLines) {
    return text[end - 1] === '\n' ? end - (text[end - 2] === '\r' ? 2 : 1) : end;
  }
  while (end > node.start && /\s/.test(text[end - 1]!)) end--;
  return end;
}
