// Owns the turning of places into what a report prints: relative paths, lines and columns from 1.
// It must not open files: texts are given to it.

import { LineIndex, type Place } from '../base/place.ts';
import { relativeTo } from '../base/relative.ts';
import type { ReportedSpan } from './model.ts';

/** The text of a file by its absolute path; undefined when it cannot be read. */
export type TextOf = (file: string) => string | undefined;

/** The address of a document of another host by the path of its copy; undefined for files of this machine. */
export type AddressOf = (file: string) => string | undefined;

/** Resolves places of one report; every text is indexed once. */
export class Places {
  private readonly indexes = new Map<string, LineIndex | undefined>();

  constructor(
    private readonly root: string,
    private readonly textOf: TextOf,
    private readonly addressOf: AddressOf = () => undefined,
  ) {}

  /** How a report names a file: by its path from the root, or by its address where it is a copy. */
  relative(file: string): string {
    return this.addressOf(file) ?? relativeTo(this.root, file);
  }

  /** Line 1, column 1 stands for places in files that can no longer be read. */
  span(place: Place): ReportedSpan {
    const index = this.indexOf(place.file);
    const start = index?.position(place.start) ?? { line: 0, column: 0 };
    const end = index?.position(Math.max(place.start, place.end)) ?? start;
    return {
      file: this.relative(place.file),
      line: start.line + 1,
      column: start.column + 1,
      endLine: end.line + 1,
      endColumn: end.column + 1,
    };
  }

  line(place: Place): number {
    return this.span(place).line;
  }

  private indexOf(file: string): LineIndex | undefined {
    if (!this.indexes.has(file)) {
      const text = this.textOf(file);
      this.indexes.set(file, text === undefined ? undefined : new LineIndex(text));
    }
    return this.indexes.get(file);
  }
}
