// Owns where an expression of a text stood in an earlier text, when an edit elsewhere moved it. Pure text.

import type { Span } from './messages.ts';

/** Gives for a span of `now` its span in `before`; undefined for a span that the edit touched. */
export function shiftBetween(now: string, before: string): (span: Span) => Span | undefined {
  if (now === before) return (span) => span;
  const most = Math.min(now.length, before.length);
  let head = 0;
  while (head < most && now.charCodeAt(head) === before.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < most - head && now.charCodeAt(now.length - 1 - tail) === before.charCodeAt(before.length - 1 - tail))
    tail++;
  const moved = before.length - now.length;
  return ([start, end]) => {
    // An expression that ends where the edit begins may go on into it.
    if (end < head) return [start, end];
    if (start > now.length - tail) return [start + moved, end + moved];
    return undefined;
  };
}
