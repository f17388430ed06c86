// Owns the changing and removing of what a contract's text already says: a scalar's value, an item of a list.
// It must not know what OpenAPI means by the keys.

import type { Span } from '../../base/place.ts';
import { tokensOf } from '../../base/pointer.ts';
import { type EditResult, insertEntry, type KeyOrder } from './insert.ts';
import { contentEnd, entryOf, nodeAt, type Outline, type OutlineList, plainOf } from './outline.ts';
import { lineEnd, lineStart, readStyle } from './style.ts';
import type { TextEdit } from './text-edit.ts';
import { jsonValue, type Plain, yamlFlow, yamlInsteadOf, yamlKeyInsteadOf } from './write.ts';

/** Gives a key a plain value: the scalar that stands there is replaced in place, an absent key is added. */
export function setScalar(
  outline: Outline,
  pointer: string,
  key: string,
  value: boolean | number | string,
  order?: KeyOrder,
): EditResult {
  const entry = entryOf(nodeAt(outline.root, tokensOf(pointer)), key);
  if (!entry) return insertEntry(outline, pointer, key, value, order);
  if (entry.value.kind !== 'scalar') return { refused: `"${key}" at ${pointer} is not a plain value` };
  if (entry.value.value === value) return { refused: `"${key}" is ${String(value)} already` };
  const { start, end } = entry.value;
  // A key without a value has an empty span right behind the key's colon or the key itself.
  if (start === end) return { refused: `"${key}" at ${pointer} has no value to replace` };
  return { edits: [replacementOf(outline, entry.value, value)] };
}

/** The edit that writes another plain value where a scalar stands, in the quotes that its author chose. */
export function replacementOf(outline: Outline, scalar: Span, value: boolean | number | string): TextEdit {
  const { start } = scalar;
  const end = Math.max(
    start,
    contentEnd({ kind: 'scalar', value: null, keepsBlankLines: false, ...scalar }, outline.text),
  );
  const style = readStyle(outline, start);
  if (outline.format === 'json') return { start, end, text: jsonValue(value, style, undefined) };
  return { start, end, text: yamlInsteadOf(outline.text.slice(start, end), value, style) };
}

/**
 * Gives a key any value: what stands there is replaced, an absent key is added. A list or map that spans lines with comments
 * of its own is refused, because they would be lost.
 */
export function setValue(outline: Outline, pointer: string, key: string, value: Plain, order?: KeyOrder): EditResult {
  const entry = entryOf(nodeAt(outline.root, tokensOf(pointer)), key);
  if (!entry) return insertEntry(outline, pointer, key, value, order);
  const isScalar = value === null || typeof value !== 'object';
  if (entry.value.kind === 'scalar' && isScalar && value !== null)
    return setScalar(outline, pointer, key, value, order);
  if (entry.value.kind === 'alias') return { refused: `"${key}" at ${pointer} is an alias, which others share` };
  const { text } = outline;
  const style = readStyle(outline, entry.keySpan.start);
  const end = contentEnd(entry.value, text);
  if (outline.format === 'json')
    return { edits: [{ start: entry.value.start, end, text: jsonValue(value, style, undefined) }] };
  const start = text.indexOf(':', entry.keySpan.end) + 1;
  if (start === 0 || /(?:^|\s)#/.test(text.slice(start, end)))
    return { refused: `"${key}" at ${pointer} has comments of its own` };
  return { edits: [{ start, end: Math.max(start, end), text: ` ${yamlFlow(value, style)}` }] };
}

/** Gives a key another name, in its quotes and in its place. */
export function renameKey(outline: Outline, pointer: string, from: string, to: string): EditResult {
  const map = nodeAt(outline.root, tokensOf(pointer));
  const entry = entryOf(map, from);
  if (map?.kind !== 'map' || !entry) return { refused: `nothing at ${pointer} is called "${from}"` };
  if (entryOf(map, to)) return { refused: `${pointer} has "${to}" already` };
  const { start, end } = entry.keySpan;
  const style = readStyle(outline, start);
  const text =
    outline.format === 'json'
      ? JSON.stringify(to)
      : yamlKeyInsteadOf(outline.text.slice(start, end), to, style, map.flow);
  return { edits: [{ start, end, text }] };
}

/** Takes what stands at a pointer out of its map or list; a list goes with its last item. */
export function removeAt(outline: Outline, pointer: string): EditResult {
  const tokens = tokensOf(pointer);
  const above = tokens.slice(0, -1);
  const holder = nodeAt(outline.root, above);
  const last = tokens.at(-1) ?? '';
  if (holder?.kind === 'map' && entryOf(holder, last)) return removeEntry(outline, above, last);
  const at = holder?.kind === 'list' ? Number(last) : -1;
  if (holder?.kind !== 'list' || !holder.items[at]) return { refused: `nothing is written at ${pointer}` };
  return removeFrom(outline, above, holder, at);
}

/** Takes a key with its value out of the map at a pointer. */
export function removeKey(outline: Outline, pointer: string, key: string): EditResult {
  const tokens = tokensOf(pointer);
  if (!entryOf(nodeAt(outline.root, tokens), key)) return { refused: `nothing at ${pointer} is called "${key}"` };
  return removeEntry(outline, tokens, key);
}

/** Writes another plain value for one item of the list at a pointer. */
export function replaceItem(outline: Outline, pointer: string, before: string, after: string): EditResult {
  const list = nodeAt(outline.root, tokensOf(pointer));
  const item = list?.kind === 'list' ? list.items.find((one) => plainOf(one) === before) : undefined;
  if (item?.kind !== 'scalar') return { refused: `"${before}" is not in the list at ${pointer}` };
  return { edits: [replacementOf(outline, item, after)] };
}

/** Takes one plain item out of a list; the key goes with its last item. */
export function removeItem(outline: Outline, pointer: string, value: string): EditResult {
  const tokens = tokensOf(pointer);
  const list = nodeAt(outline.root, tokens);
  if (list?.kind !== 'list') return { refused: `no list is written at ${pointer}` };
  const at = list.items.findIndex((item) => plainOf(item) === value);
  if (at < 0) return { refused: `"${value}" is not in the list at ${pointer}` };
  return removeFrom(outline, tokens, list, at);
}

function removeFrom(outline: Outline, tokens: readonly string[], list: OutlineList, at: number): EditResult {
  const item = list.items[at]!;
  if (list.items.length === 1) return removeEntry(outline, tokens.slice(0, -1), tokens.at(-1)!);
  if (list.flow) {
    const next = list.items[at + 1];
    const previous = list.items[at - 1];
    // With its comma: the one behind it, or for the last item the one before.
    if (next) return { edits: [{ start: item.start, end: next.start, text: '' }] };
    return { edits: [{ start: previous!.end, end: item.end, text: '' }] };
  }
  return { edits: [wholeLines(outline.text, item.start, contentEnd(item, outline.text))] };
}

function removeEntry(outline: Outline, tokens: readonly string[], key: string): EditResult {
  const map = nodeAt(outline.root, tokens);
  if (map?.kind !== 'map') return { refused: `no map holds "${key}"` };
  const at = map.entries.findIndex((entry) => entry.key === key);
  const entry = map.entries[at]!;
  const end = contentEnd(entry.value, outline.text);
  if (!map.flow) {
    if (map.entries.length === 1) return { refused: `"${key}" is all that is written there` };
    // The first key of a list item shares its line with the dash, which has to stay for the next key.
    const opensLine = /^[ \t]*$/.test(
      outline.text.slice(lineStart(outline.text, entry.keySpan.start), entry.keySpan.start),
    );
    if (opensLine) return { edits: [wholeLines(outline.text, entry.keySpan.start, end)] };
    return { edits: [{ start: entry.keySpan.start, end: map.entries[at + 1]!.keySpan.start, text: '' }] };
  }
  const next = map.entries[at + 1];
  if (next) return { edits: [{ start: entry.keySpan.start, end: next.keySpan.start, text: '' }] };
  const previous = map.entries[at - 1];
  return { edits: [{ start: previous ? previous.value.end : entry.keySpan.start, end: entry.value.end, text: '' }] };
}

/** The lines that a span touches, with the last one's line break. */
function wholeLines(text: string, start: number, end: number): { start: number; end: number; text: string } {
  const stop = lineEnd(text, end);
  const lineBreak = text.startsWith('\r\n', stop) ? 2 : stop < text.length ? 1 : 0;
  return { start: lineStart(text, start), end: stop + lineBreak, text: '' };
}
