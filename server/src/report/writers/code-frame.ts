// Owns the drawing of a few lines of source with a mark under the words that matter.
// It must not know findings, files or formats beyond plain text with colours.

import type { Colors } from 'picocolors/types.js';
import type { LineIndex } from '../../base/place.ts';
import type { ReportedSpan } from '../model.ts';
import { printable } from '../wording.ts';

/** Lines longer than this are cut around the mark: bundled contracts are often one line. */
const WIDTH = 110;
const TAB = '  ';

/** The marked line with one line of context on each side, as lines of text. Empty when the text has no such line. */
export function codeFrame(
  index: LineIndex,
  span: ReportedSpan,
  color: Colors,
  paint: (text: string) => string,
): string[] {
  const marked = span.line - 1;
  if (marked >= index.lineCount) return [];
  const first = Math.max(0, marked - 1);
  const last = Math.min(index.lineCount - 1, marked + 1);
  const gutter = String(last + 1).length;
  const lines: string[] = [];
  for (let line = first; line <= last; line++) {
    const source = index.line(line);
    if (line !== marked && source.trim() === '') continue;
    const number = String(line + 1).padStart(gutter);
    if (line !== marked) {
      lines.push(color.dim(`  ${number} \u2502 ${expand(cut(source, 0).text)}`));
      continue;
    }
    const endColumn = span.endLine === span.line ? span.endColumn : source.length + 1;
    const window = cut(source, span.column - 1);
    const before = expand(window.text.slice(0, span.column - 1 - window.from)).length;
    const length = expand(source.slice(span.column - 1, endColumn - 1)).length;
    const room = Math.max(1, Math.min(length, expand(window.text).length - before));
    lines.push(`${paint('>')} ${color.dim(`${number} \u2502`)} ${expand(window.text)}`);
    lines.push(`  ${' '.repeat(gutter)} ${color.dim('\u2502')} ${' '.repeat(before)}${paint('^'.repeat(room))}`);
  }
  return lines;
}

/** The part of a long line around a column; `from` is where it begins, less the sign that says so. */
function cut(source: string, column: number): { readonly text: string; readonly from: number } {
  if (source.length <= WIDTH) return { text: source, from: 0 };
  const from = Math.max(0, Math.min(column - 40, source.length - WIDTH));
  const text = source.slice(from, from + WIDTH);
  const head = from > 0 ? '\u2026' : '';
  const tail = from + WIDTH < source.length ? '\u2026' : '';
  return { text: `${head}${text}${tail}`, from: from - head.length };
}

function expand(text: string): string {
  return printable(text.replaceAll('\t', TAB));
}
