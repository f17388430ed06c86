// Owns the adding of entries and items to a contract's text, so that only the addition differs: comments, order, quoting and
// indentation of everything else stay. It must not know what OpenAPI means by the keys.

import type { Span } from '../../base/place.ts';
import { childPointer, tokensOf } from '../../base/pointer.ts';
import {
  contentEnd,
  entryOf,
  nodeAt,
  type Outline,
  type OutlineEntry,
  type OutlineList,
  type OutlineMap,
  type OutlineNode,
} from './outline.ts';
import { ownOrder, settled } from './own-order.ts';
import { columnOf, lineEnd, lineStart, readStyle, type Style } from './style.ts';
import type { TextEdit } from './text-edit.ts';
import { jsonEntry, jsonValue, type Plain, yamlEntry, yamlFlow, yamlFlowEntry, yamlItem } from './write.ts';

/** Edits, or one sentence on why there can be none. */
export type EditResult = { readonly edits: readonly TextEdit[] } | { readonly refused: string };

/** The rank of a key among its siblings; a new key goes behind the last one with a rank that is not higher. */
export type KeyOrder = (key: string) => number;

const last: KeyOrder = () => 0;

/** How something was once written that is put back. */
export interface Restored {
  /** The lines of the entry in a block of YAML, from its key on, less their common column. */
  readonly written?: readonly string[];
}

/**
 * Adds a key with its value to the map at a pointer. An existing key is never overwritten. What is `restored` goes where the order says,
 * whatever other maps of the file have, and keeps its lines where they can stand as they are.
 */
export function insertEntry(
  outline: Outline,
  pointer: string,
  key: string,
  given: Plain,
  order: KeyOrder = last,
  restored?: Restored,
): EditResult {
  const value = restored ? given : settled(outline, childPointer(pointer, key), given);
  const tokens = tokensOf(pointer);
  const node = nodeAt(outline.root, tokens);
  if (!node) return { refused: `nothing is written at ${pointer || 'the root'}` };
  if (node.kind === 'alias') return { refused: `${pointer} is an alias, and an edit would change what others share` };
  if (node.kind === 'list') return { refused: `${pointer} is a list` };
  const style = readStyle(outline, node.start);
  if (node.kind === 'scalar') return fillScalar(outline, tokens, node, style, { key, value });
  if (entryOf(node, key)) return { refused: `${pointer} has "${key}" already` };
  if (node.entries.length === 0) return fillEmpty(outline, tokens, node, style, { key, value });

  const own = restored ? order : ownOrder(outline, pointer, key, order);
  const rank = own(key);
  const before = node.entries.findLastIndex((entry) => own(entry.key) <= rank);
  const spanOf = (entry: OutlineEntry): Span => ({
    start: entry.keySpan.start,
    end: Math.max(entry.keySpan.end, contentEnd(entry.value, outline.text)),
  });
  if (node.flow) {
    const quoted = outline.format === 'json' || outline.text[node.entries[0]!.keySpan.start] === '"';
    return insertInFlow(outline, node, node.entries.map(spanOf), before, style, (column) =>
      quoted ? jsonEntry(key, value, style, column) : yamlFlowEntry(key, value, style),
    );
  }
  // Only the neighbour is looked at: in a large text the others are not parsed.
  const previous = node.entries[before];
  const first = node.entries[0]!.keySpan.start;
  const lines = restored?.written ?? yamlEntry(key, value, style);
  return insertInBlock(outline, first, previous && spanOf(previous).end, style, lines);
}

/** Adds an item to the end of the list at a pointer. */
export const appendItem = (outline: Outline, pointer: string, given: Plain): EditResult =>
  insertItem(outline, pointer, given, Number.POSITIVE_INFINITY);

/** Adds an item to the list at a pointer, ahead of the one that has the number `at`; behind the last one when there is none. */
export function insertItem(outline: Outline, pointer: string, given: Plain, at: number): EditResult {
  const value = settled(outline, pointer, given);
  const node = nodeAt(outline.root, tokensOf(pointer));
  if (node?.kind === 'alias') return { refused: `${pointer} is an alias, and an edit would change what others share` };
  if (node?.kind !== 'list') return { refused: `no list is written at ${pointer}` };
  const style = readStyle(outline, node.start);
  const write = (column: string | undefined): string =>
    outline.format === 'json' ? jsonValue(value, style, column) : yamlFlow(value, style);
  if (node.items.length === 0) return { edits: [{ start: node.start + 1, end: node.end - 1, text: write(undefined) }] };
  const spans = node.items.map((item) => ({ start: item.start, end: contentEnd(item, outline.text) }));
  const before = Math.min(at, spans.length) - 1;
  if (node.flow) return insertInFlow(outline, node, spans, before, style, write);
  // The dash of the first item is where the list itself begins.
  return insertInBlock(outline, node.start, spans[before]?.end, style, yamlItem(value, style));
}

/** Writes an entry where the text has nothing or `null`: `responses:` without a value. */
function fillScalar(
  outline: Outline,
  tokens: readonly string[],
  node: OutlineNode,
  style: Style,
  entry: Entry,
): EditResult {
  if (node.kind !== 'scalar' || node.value !== null) return { refused: 'a plain value stands where a map is needed' };
  return fillEmpty(outline, tokens, node, style, entry);
}

interface Entry {
  readonly key: string;
  readonly value: Plain;
}

/** Gives an empty map (`{}`, `null` or nothing) its first entry. */
function fillEmpty(
  outline: Outline,
  tokens: readonly string[],
  node: OutlineNode,
  style: Style,
  entry: Entry,
): EditResult {
  const { text } = outline;
  const holder = nodeAt(outline.root, tokens.slice(0, -1));
  const owner = entryOf(holder, tokens.at(-1) ?? '');
  if (outline.format === 'json') {
    const column = /^[ \t]*/.exec(text.slice(lineStart(text, node.start)))![0];
    const pretty = text.includes('\n') ? column : undefined;
    return {
      edits: [{ start: node.start, end: node.end, text: jsonValue({ [entry.key]: entry.value }, style, pretty) }],
    };
  }
  if (holder?.kind !== 'map' || holder.flow || !owner) {
    return {
      edits: [{ start: node.start, end: node.end, text: `{ ${yamlFlowEntry(entry.key, entry.value, style)} }` }],
    };
  }
  const column = columnOf(text, owner.keySpan.start) + style.indent;
  const lines = yamlEntry(entry.key, entry.value, style).map((line) => style.lineBreak + ' '.repeat(column) + line);
  const end = lineEnd(text, node.end);
  const added = { start: end, end, text: lines.join('') };
  if (node.start === node.end) return { edits: [added] };
  // The space before `{}` goes with it; a comment behind it stays on the key's line.
  let start = node.start;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return { edits: [{ start, end: node.end, text: '' }, added] };
}

/** Adds lines behind the sibling that ends at `previous`, or ahead of the first one, in the column of the first. */
function insertInBlock(
  outline: Outline,
  first: number,
  previous: number | undefined,
  style: Style,
  lines: readonly string[],
): EditResult {
  const { text } = outline;
  const column = ' '.repeat(columnOf(text, first));
  if (previous === undefined) {
    const body = lines.join(style.lineBreak + column) + style.lineBreak + column;
    return { edits: [{ start: first, end: first, text: body }] };
  }
  const end = lineEnd(text, previous);
  return { edits: [{ start: end, end, text: lines.map((line) => style.lineBreak + column + line).join('') }] };
}

/** Adds an element to braces or brackets, on a line of its own when the siblings have theirs. */
function insertInFlow(
  outline: Outline,
  node: OutlineMap | OutlineList,
  spans: readonly Span[],
  before: number,
  style: Style,
  write: (column: string | undefined) => string,
): EditResult {
  const { text } = outline;
  const first = spans[0]!;
  const ownLines =
    /[\r\n]/.test(text.slice(node.start, first.start)) && /[\r\n]/.test(text.slice(spans.at(-1)!.end, node.end));
  const column = ownLines ? text.slice(lineStart(text, first.start), first.start) : undefined;
  const written = write(column !== undefined && /^[ \t]*$/.test(column) ? column : undefined);
  const inline = outline.format === 'json' ? style.afterColon : ' ';
  const gap = column === undefined ? inline : style.lineBreak + column;
  if (before < 0) return { edits: [{ start: first.start, end: first.start, text: `${written},${gap}` }] };
  const previous = spans[before]!;
  const comma = commaBehind(text, previous.end);
  const end = column === undefined ? -1 : lineEnd(text, previous.end);
  const next = spans[before + 1];
  // Behind a comment on the sibling's line, but never behind the next sibling.
  if (end >= 0 && end < (next?.start ?? node.end)) {
    if (comma !== undefined && comma < end) {
      return { edits: [{ start: end, end, text: `${gap + written},` }] };
    }
    if (text.slice(previous.end, end).trim() === '') {
      return { edits: [{ start: previous.end, end: previous.end, text: `,${gap}${written}` }] };
    }
    return {
      edits: [
        { start: previous.end, end: previous.end, text: ',' },
        { start: end, end, text: gap + written },
      ],
    };
  }
  return { edits: [{ start: previous.end, end: previous.end, text: `,${gap}${written}` }] };
}

/** The offset of the comma that follows an element; undefined behind the last one. */
function commaBehind(text: string, end: number): number | undefined {
  const match = /^(?:\s|#[^\r\n]*[\r\n])*,/.exec(text.slice(end, end + 2000));
  return match ? end + match[0].length - 1 : undefined;
}
