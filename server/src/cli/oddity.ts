// Owns telling why something on disk is no file that can be read, without ever opening it.
// It must not know what the file would have been for.

import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';

/** What stands at a path instead of a plain file, for the end of a sentence; undefined for a plain file and for nothing at all. */
export function oddity(path: string): string | undefined {
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })) return undefined;
    const target = statSync(path, { throwIfNoEntry: false });
    return target ? kindOf(target) : 'it is a link to nowhere';
  } catch {
    return 'it cannot be opened';
  }
}

/** What stands at a path, links followed; undefined for nothing, and for a path that cannot be followed. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** What lies directly in a folder under a name that asks to be read, and is passed over when files are listed: name and reason. */
export function oddFiles(folder: string, name: RegExp): readonly (readonly [string, string])[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isFile() || !name.test(entry.name)) return [];
      const odd = entry.isSymbolicLink() ? (oddity(`${folder}/${entry.name}`) ?? 'it is a link') : undefined;
      return [[entry.name, odd ?? kindOf(entry) ?? 'it is no plain file'] as const];
    });
  } catch {
    return [];
  }
}

function kindOf(found: Pick<Stats, 'isFile' | 'isDirectory' | 'isFIFO'>): string | undefined {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) return 'it is a folder';
  return found.isFIFO() ? 'it is a pipe' : 'it is no plain file';
}
