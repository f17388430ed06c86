// Owns the finding of rule pages on disk. It must not know what stands in them.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, parsePage } from './page.ts';

export const rulesFolder = join(dirname(fileURLToPath(import.meta.url)), '../../server/src/rules');

export interface NamedPage {
  /** The file's name without its ending, which has to be the rule's id. */
  readonly id: string;
  /** The folder, which has to be the rule's family. */
  readonly family: string;
  readonly text: string;
  readonly page: Page;
}

/** Every rule page, sorted by id. */
export function readPages(): readonly NamedPage[] {
  return filesEndingIn('.md')
    .map((path) => {
      const text = readFileSync(join(rulesFolder, path), 'utf8');
      return { id: basename(path, '.md'), family: dirname(path), text, page: parsed(path, text) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Files below the rules' folder, relative to it. */
export function filesEndingIn(ending: string): readonly string[] {
  return readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(ending))
    .sort();
}

function parsed(path: string, text: string): Page {
  try {
    return parsePage(text);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
