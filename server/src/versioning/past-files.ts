// Owns the files of one commit as a FileSource, so that a contract of the past is read as one of the present, split ones too.
// It must not know contracts or git.

import type { FileSource, History, ReadResult } from '../base/host.ts';

/** The files of a commit, at the paths that they would have in the working tree. They are not listed: contracts name what they need. */
export function pastFiles(history: History, commit: string): FileSource {
  const known = new Map<string, ReadResult>();
  const read = (path: string): ReadResult => {
    const head = `${history.top}/`;
    if (!path.startsWith(head)) return { failure: 'outside' };
    let result = known.get(path);
    if (!result) {
      result = history.read(commit, path.slice(head.length));
      known.set(path, result);
    }
    return result;
  };
  const exists = (path: string): boolean => 'text' in read(path);
  return {
    roots: [history.top],
    list: () => [],
    read,
    exists,
    // A commit never changes, so that its name is the version of everything in it.
    version: (path) => (exists(path) ? commit : undefined),
  };
}
