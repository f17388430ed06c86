// Owns the short names of places in messages. It must not know what a message says.

import type { FileSource } from '../base/host.ts';
import { LineIndex, type Place } from '../base/place.ts';

/** Names places as `orders.ts:41`, reading every file's lines once. */
export class LineNames {
  private readonly indexes = new Map<string, LineIndex | undefined>();

  /** `known` gives the lines of files when somebody keeps them. */
  constructor(
    private readonly files: FileSource,
    private readonly known?: (path: string) => LineIndex | undefined,
  ) {}

  name(place: Place | null): string {
    if (!place) return 'nowhere';
    const base = place.file.slice(place.file.lastIndexOf('/') + 1);
    const index = this.indexOf(place.file);
    return index ? `\`${base}:${index.position(place.start).line + 1}\`` : `\`${base}\``;
  }

  /** The text at a place with what stands beside it; undefined when the file cannot be read. */
  readonly read = (place: Place): { text: string; before: string; after: string } | undefined => {
    const text = this.indexOf(place.file)?.text;
    if (text === undefined) return undefined;
    return {
      text: text.slice(place.start, place.end),
      before: text.slice(Math.max(0, place.start - 200), place.start),
      after: text.slice(place.end, place.end + 200),
    };
  };

  private indexOf(file: string): LineIndex | undefined {
    if (!this.indexes.has(file)) {
      const known = this.known?.(file);
      const read = known ? undefined : this.files.read(file);
      this.indexes.set(file, known ?? (read && 'text' in read ? new LineIndex(read.text) : undefined));
    }
    return this.indexes.get(file);
  }
}
