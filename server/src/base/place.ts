// Owns positions: offsets in a text, places in a file, and the turning of offsets into lines and columns.
// It must not know what the text means, nor where it came from.

import { commonEnd, commonStart } from './difference.ts';

/** A half-open span of UTF-16 code units in one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file. `file` is an absolute path with forward slashes; it is an identity, never opened here. */
export interface Place extends Span {
  readonly file: string;
}

/** A position for people and protocols that count lines. Both numbers start from 0; columns are UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

function noteStarts(text: string, from: number, to: number, starts: number[]): void {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    if (code === 10 || code === 13) starts.push(at + 1);
  }
}

/** Turns offsets into positions and back for one immutable text. Lines end at `\n`, `\r\n` or a lone `\r`. */
export class LineIndex {
  private readonly starts: number[];

  /** `before` is the index of the text before an edit, of which the lines that stay are taken over. */
  constructor(
    readonly text: string,
    before?: LineIndex,
  ) {
    this.starts = before && before.starts.length > 1_000 ? LineIndex.moved(before, text) : [0];
    if (this.starts.length === 1) noteStarts(text, 0, text.length, this.starts);
  }

  /** Where each line of a text begins, given those of another text that differs from it by one stretch. */
  private static moved(before: LineIndex, text: string): number[] {
    const { starts } = before;
    const same = commonStart(before.text, text);
    const touched = before.text.length - commonEnd(before.text, text, same);
    const shift = text.length - before.text.length;
    // One line more than what was touched: a line break of two characters may have been taken apart.
    const first = Math.max(0, before.position(same).line - 1);
    const next = before.position(touched).line + 1;
    const found = starts.slice(0, first + 1);
    noteStarts(text, starts[first]!, (starts[next] ?? before.text.length) + shift, found);
    for (const start of starts.slice(next + 1)) found.push(start + shift);
    return found;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; an offset outside of the text is clamped to its nearest end. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: at - this.starts[low]! };
  }

  /** The offset of a position; a position outside of the text is clamped. */
  offset(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.starts[position.line];
    if (start === undefined) return this.text.length;
    const next = this.starts[position.line + 1] ?? this.text.length;
    return Math.min(start + Math.max(0, position.column), next);
  }

  /** The text of one line without its line break; empty when there is no such line. */
  line(line: number): string {
    const start = this.starts[line];
    if (start === undefined) return '';
    const next = this.starts[line + 1] ?? this.text.length;
    return this.text.slice(start, next).replace(/[\r\n]+$/, '');
  }
}
