// Owns the short names of places in messages. It must not know what a message says.

import type { FileSource } from '../base/host.ts';
import { LineIndex, type Place } from '../base/place.ts';

/** Names places as `orders.ts:41`, reading every file's lines once. */
export class LineNames {
  private readonly indexes = new Map<string, LineIndex | undefined>();

  constructor(private readonly files: FileSource) {}

  name(place: Place | null): string {
    if (!place) return 'nowhere';
    const base = place.file.slice(place.file.lastIndexOf('/') + 1);
    const index = this.indexOf(place.file);
    return index ? `\`${base}:${index.position(place.start).line + 1}\`` : `\`${base}\``;
  }

  private indexOf(file: string): LineIndex | undefined {
    if (!this.indexes.has(file)) {
      const read = this.files.read(file);
      this.indexes.set(file, 'text' in read ? new LineIndex(read.text) : undefined);
    }
    return this.indexes.get(file);
  }
}
