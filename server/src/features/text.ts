// Owns the line indexes of texts, kept from one analysis to the next for files that did not change.
// It must not know what the texts mean.

import type { FileSource } from '../base/host.ts';
import { LineIndex } from '../base/place.ts';

/** Line indexes by path and version, shared by all analyses of one editor. */
export class LineCache {
  private readonly known = new Map<string, { readonly version: string; readonly index: LineIndex }>();

  /** The lines of files as one analysis sees them. */
  of(files: FileSource): Lines {
    const seen = new Map<string, LineIndex | undefined>();
    return (path) => {
      if (!seen.has(path)) seen.set(path, this.index(files, path));
      return seen.get(path);
    };
  }

  private index(files: FileSource, path: string): LineIndex | undefined {
    const version = files.version(path);
    const before = this.known.get(path);
    if (version !== undefined && before?.version === version) return before.index;
    const read = files.read(path);
    if (!('text' in read)) return undefined;
    const index = new LineIndex(read.text, before?.index);
    if (version !== undefined) this.known.set(path, { version, index });
    return index;
  }
}

/** The lines of a file by its absolute path; undefined when it cannot be read. */
export type Lines = (path: string) => LineIndex | undefined;
