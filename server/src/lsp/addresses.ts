// Owns the way between the protocol's URIs and the engine's paths. It must not open anything.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { slashed } from '../base/relative.ts';

/** The absolute path of a `file:` URI, without a trailing slash; undefined for every other URI and for a malformed one. */
export function pathOf(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    const path = slashed(fileURLToPath(uri));
    return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  } catch {
    return undefined;
  }
}

/** The `file:` URI of an absolute path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
