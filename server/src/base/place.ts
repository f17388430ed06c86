// Owns positions: offsets in a text, places in a file, and the turning of offsets into lines and columns.
// It must not know what the text means, nor where it came from.

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

/** Turns offsets into positions and back for one immutable text. Lines end at `\n`, `\r\n` or a lone `\r`. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
      if (code === 10 || code === 13) this.starts.push(i + 1);
    }
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
