// Owns what a type checker needs of the disk beyond files: the folders inside of the roots, where links lead, and the declarations of
// the language's own library. It must not know types.

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slashed, within } from '../base/relative.ts';

export interface ConfinedFolders {
  folders(path: string): readonly string[];
  isFolder(path: string): boolean;
  real(path: string): string;
}

/** Folders inside of the roots; what a link leads to outside of them is not there. */
export function confinedFolders(roots: readonly string[]): ConfinedFolders {
  const bounds = roots.map((root) => realOf(root) ?? root);
  const known = new Map<string, boolean>();
  const isFolder = (path: string): boolean => {
    let answer = known.get(path);
    if (answer === undefined) {
      const real = roots.some((root) => within(root, path)) ? realOf(path) : undefined;
      answer = real !== undefined && bounds.some((bound) => within(bound, real)) && isDirectory(real);
      known.set(path, answer);
    }
    return answer;
  };
  return {
    isFolder,
    folders(path) {
      if (!isFolder(path)) return [];
      try {
        return readdirSync(path).filter((name) => isFolder(`${path}/${name}`));
      } catch {
        // A folder that cannot be read has none for us.
        return [];
      }
    },
    real(path) {
      const real = realOf(path);
      return real !== undefined && roots.some((root) => within(root, real)) ? real : path;
    },
  };
}

/** The folder of TypeScript's own declarations: beside the bundle, else where the package is installed. */
export function libraryFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = ['lib', '../node_modules/typescript/lib', '../../node_modules/typescript/lib'];
  const found = [...places, '../../../node_modules/typescript/lib'].find((place) =>
    existsSync(join(here, place, 'lib.es5.d.ts')),
  );
  return slashed(join(here, found ?? 'lib'));
}

/** The text of one of the library's files. */
export function readLibrary(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The library for browsers is not shipped, and a configuration may name one that does not exist.
    return undefined;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function realOf(path: string): string | undefined {
  try {
    return slashed(realpathSync.native(path));
  } catch {
    return undefined;
  }
}
