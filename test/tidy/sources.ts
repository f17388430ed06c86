// Reads the project's own sources for the tidy tests: files, imports, rooms.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's top folder. */
export const project = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface SourceFile {
  /** Relative to the checkout, forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder with one of the endings; installed packages and written fixtures are passed over. */
export function sourceFiles(folder: string, endings: readonly string[] = ['.ts']): readonly SourceFile[] {
  return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](?:node_modules|fixtures|workspaces)[\\/]/.test(file))
    .map((file) => ({ path: relative(project, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a file imports, as written, type imports and re-exports included. */
export function importsOf(text: string): readonly string[] {
  const pattern =
    /^\s*(?:import|export)\b\s*(?:[^'"`;]*?\bfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? match[2] ?? []);
}

/** Where a relative import leads, as a path of the checkout. */
export function resolveImport(from: string, specifier: string): string {
  return join(dirname(from), specifier).replaceAll('\\', '/');
}

/** `contract` for `server/src/contract/load/node.ts`; undefined for files in no room. */
export function roomOf(path: string): string | undefined {
  return /^server\/src\/([^/]+)\//.exec(path)?.[1];
}
