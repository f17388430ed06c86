// Owns where the pages of rules lie on disk, beside the sources or beside the bundle, and the reading of them.
// It must not know rules or what a page says beyond its front matter and headings.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A rule's page as it is written. */
export interface RulePage {
  readonly id: string;
  /** The page without its front matter. */
  readonly text: string;
  /** What comes before the examples: what it finds, why it matters, when it stays silent, fixes. */
  readonly help: string;
}

/** Every page there is, by rule id. */
export function readRulePages(): ReadonlyMap<string, RulePage> {
  const here = dirname(fileURLToPath(import.meta.url));
  const pages = new Map<string, RulePage>();
  // The bundle lies in `dist`, with the pages copied to `dist/rules`; the sources have them in two rooms.
  for (const folder of [join(here, 'rules'), join(here, '../rules'), join(here, '../findings')]) {
    for (const file of pageFiles(folder)) {
      const id = basename(file, '.md');
      if (!pages.has(id)) pages.set(id, readPage(id, readFileSync(file, 'utf8')));
    }
  }
  return pages;
}

/** Takes a page apart. */
export function readPage(id: string, source: string): RulePage {
  const text = source.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '').trim();
  const examples = text.search(/^## +Examples?\b/im);
  return { id, text, help: examples === -1 ? text : text.slice(0, examples).trim() };
}

function pageFiles(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    // Of the three places only those of the present layout exist.
    return [];
  }
}
