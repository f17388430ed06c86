// Owns hashing of plain text into short, stable identities. It must not know what is hashed.

import { createHash } from 'node:crypto';

/** A stable digest of the parts, as `length` hex digits (SHA-256, truncated). Parts are separated, so that ["ab","c"] differs from ["a","bc"]. */
export function digest(parts: readonly string[], length = 16): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part};`);
  return hash.digest('hex').slice(0, length);
}
