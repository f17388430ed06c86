// Owns files that live in memory, for tests that need a workspace without a disk. It must not know what the files mean.

import { digest } from '../../server/src/base/hash.ts';
import type { FileSource } from '../../server/src/base/host.ts';

/** A file source over texts by path relative to `root`. Equal texts have equal versions. */
export function memoryFiles(texts: Readonly<Record<string, string>>, root = '/workspace'): FileSource {
  const files = new Map(Object.entries(texts).map(([path, text]) => [`${root}/${path}`, text]));
  return {
    roots: [root],
    list: () => [...files.keys()].sort(),
    read: (path) => {
      const text = files.get(path);
      return text === undefined ? { failure: 'missing' } : { text };
    },
    exists: (path) => files.has(path),
    version: (path) => {
      const text = files.get(path);
      return text === undefined ? undefined : digest([text]);
    },
  };
}
