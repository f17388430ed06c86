// Owns changes of a text as data: a span and what takes its place.
// It must not know formats, files or editors.

import type { Span } from '../../base/place.ts';

/** Replaces the span with the text. An empty span inserts. */
export interface TextEdit extends Span {
  readonly text: string;
}

/**
 * The text after all edits. Edits may come in any order; those at the same offset apply in the order given.
 * @throws {RangeError} when two edits overlap, because no order of applying them would be right.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.start < at || edit.end < edit.start) throw new RangeError('the edits overlap');
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** The smallest single edit that turns one text into the other; undefined when they are equal. */
export function differenceOf(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
