// Owns the search for contract files that code names: a validator or a documentation page that loads one.
// It must not read the contracts; it only says which paths the code mentions.

import type { FileSource } from '../../../base/host.ts';
import type { Machine } from './machine.ts';
import { directoryOf, normalise } from './resolve.ts';
import { isCandidatePath } from './scan.ts';

const mention = /['"`]([\w./@-]*[\w-]+\.(?:ya?ml|json))['"`]/g;
const unrelated = /(package|tsconfig[\w.-]*|jsconfig|package-lock|composer|lerna|nx|turbo|\.eslintrc|manifest)\.json$/;

/** Absolute paths of YAML and JSON files that the sources of a folder name and that exist. */
export function contractFilesIn(_machine: Machine, files: FileSource, folder: string): string[] {
  const found = new Set<string>();
  for (const path of files.list()) {
    if (!path.startsWith(`${folder}/`) || !isCandidatePath(path, files.roots)) continue;
    const read = files.read(path);
    if (!('text' in read) || !/\.(ya?ml|json)['"`]/.test(read.text)) continue;
    for (const match of read.text.matchAll(mention)) {
      const text = match[1]!;
      if (unrelated.test(text)) continue;
      for (const base of [directoryOf(path), folder]) {
        const target = normalise(`${base}/${text}`);
        if (files.exists(target)) found.add(target);
      }
    }
  }
  return [...found].sort();
}
