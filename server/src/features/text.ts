// Owns the line indexes of texts, kept from one analysis to the next for files that did not change.
// It must not know what the texts mean.

import type { FileSource } from '../base/host.ts';
import { LineIndex } from '../base/place.ts';

interface Kept {
  readonly version: string;
  readonly index: LineIndex;
  /** Whether the text was another one already when the lines of a state were asked for the last time. */
  outdated: boolean;
}

/** Line indexes by path and version, shared by all analyses of one editor. */
export class LineCache {
  private readonly known = new Map<string, Kept>();

  /** The lines of files as one analysis sees them. */
  of(files: FileSource): Lines {
    this.letGo(files);
    const seen = new Map<string, LineIndex | undefined>();
    return (path) => {
      if (!seen.has(path)) seen.set(path, this.index(files, path));
      return seen.get(path);
    };
  }

  /** Of a text that was changed twice and not asked for in between nobody takes over lines any more. */
  private letGo(files: FileSource): void {
    for (const [path, kept] of [...this.known]) {
      if (files.version(path) === kept.version) continue;
      if (kept.outdated) this.known.delete(path);
      kept.outdated = true;
    }
  }

  private index(files: FileSource, path: string): LineIndex | undefined {
    const version = files.version(path);
    const before = this.known.get(path);
    if (version !== undefined && before?.version === version) return before.index;
    const read = files.read(path);
    if (!('text' in read)) return undefined;
    const index = new LineIndex(read.text, before?.index);
    if (version !== undefined) this.known.set(path, { version, index, outdated: false });
    return index;
  }
}

/** The lines of a file by its absolute path; undefined when it cannot be read. */
export type Lines = (path: string) => LineIndex | undefined;
