// Owns the search for contract files that code names: a validator or a documentation page that loads one.
// It must not read the contracts; it only says which paths the code mentions.

import type { FileSource } from '../../../base/host.ts';
import { directoryOf, normalise } from './resolve.ts';
import { isCandidatePath } from './scan.ts';

const mention = /['"`]([\w./@-]{1,400}\.(?:ya?ml|json))['"`]/g;
const unrelated = /(package|tsconfig[\w.-]*|jsconfig|package-lock|composer|lerna|nx|turbo|\.eslintrc|manifest)\.json$/;

/** Remembers per file which paths it names, so that an edit reads one file again. */
export class ContractMentions {
  private listed: readonly string[] | undefined;
  private below = new Map<string, readonly string[]>();
  private readonly named = new Map<string, { readonly version: string; readonly texts: readonly string[] }>();

  /** Absolute paths of YAML and JSON files that the sources of a folder name and that exist. */
  files(files: FileSource, folder: string): string[] {
    const found = new Set<string>();
    for (const path of this.sourcesBelow(files, folder)) {
      for (const text of this.textsIn(files, path)) {
        for (const base of [directoryOf(path), folder]) {
          const target = normalise(`${base}/${text}`);
          if (files.exists(target)) found.add(target);
        }
      }
    }
    return [...found].sort();
  }

  /** Most edits leave the list as it is: it is gone through once for each folder. */
  private sourcesBelow(files: FileSource, folder: string): readonly string[] {
    const list = files.list();
    if (this.listed !== list) {
      this.listed = list;
      this.below = new Map();
    }
    const known = this.below.get(folder);
    if (known) return known;
    const found = list.filter((path) => path.startsWith(`${folder}/`) && isCandidatePath(path, files.roots));
    this.below.set(folder, found);
    return found;
  }

  private textsIn(files: FileSource, path: string): readonly string[] {
    const version = files.version(path) ?? '';
    const known = this.named.get(path);
    if (known?.version === version) return known.texts;
    const read = files.read(path);
    const texts =
      'text' in read
        ? [...read.text.matchAll(mention)].map((match) => match[1]!).filter((text) => !unrelated.test(text))
        : [];
    this.named.set(path, { version, texts });
    return texts;
  }
}
