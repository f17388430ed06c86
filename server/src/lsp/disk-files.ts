// Owns the files on disk as the editor's session sees them: listed once, looked at again where a watcher says so.
// It must not know open documents.

import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import picomatch from 'picomatch';
import type { FileSource } from '../base/host.ts';
import { slashed, within } from '../base/relative.ts';
import { outermost } from '../features/projects.ts';
import { createFileSource } from '../host/file-source.ts';
import { configurationName } from '../registry/configuration.ts';
import { readConfiguration, resolvePath } from '../registry/read-configuration.ts';

const DATA_ENDINGS = ['.json', '.yaml', '.yml'];
/** Above this many changed files a new listing is cheaper than asking for each. */
const MOST_PATCHED = 500;

export class DiskFiles {
  private listing: FileSource | undefined;
  private patched: { readonly paths: Set<string>; source: FileSource } | undefined;
  private produced: FileSource | undefined;
  private options: Parameters<typeof createFileSource>[0] = { roots: [] };

  constructor(private folders: readonly string[]) {}

  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.forget();
  }

  /** Forgets everything: files came or went. */
  forget(): void {
    this.listing = undefined;
    this.patched = undefined;
    this.produced = undefined;
  }

  /** Files whose text changed; which files there are stays known. */
  changed(paths: readonly string[]): void {
    if (!this.listing) return;
    const all = new Set([...(this.patched?.paths ?? []), ...paths]);
    // Which contracts a configuration names decides what is listed.
    if (all.size > MOST_PATCHED || paths.some((path) => path.endsWith(`/${configurationName}`))) {
      this.forget();
      return;
    }
    this.patched = { paths: all, source: createFileSource(this.options) };
    this.produced = undefined;
  }

  /** The files now. What it answers stays answered; ask again after a change. */
  current(): FileSource {
    if (!this.listing) {
      this.options = optionsFor(outermost(this.folders));
      this.listing = createFileSource(this.options);
    }
    return this.patched ? patchedSource(this.listing, this.patched.paths, this.patched.source) : this.listing;
  }

  /** The same files with the data of build folders among them. */
  withProduced(): FileSource {
    const { roots } = this.options;
    if (!this.produced) {
      const found = createFileSource({ roots, produced: 'enter', endings: DATA_ENDINGS }).list();
      this.produced = createFileSource({ ...this.options, also: [...(this.options.also ?? []), ...found] });
    }
    return this.produced;
  }
}

/** A source that reads configurations in any folder; it lists nothing that anybody should ask for. */
export function configurationFiles(): FileSource {
  return createFileSource({ roots: [slashed(process.platform === 'win32' ? process.cwd().slice(0, 3) : '/')] });
}

function patchedSource(listing: FileSource, paths: ReadonlySet<string>, fresh: FileSource): FileSource {
  const source = (path: string): FileSource => (paths.has(path) ? fresh : listing);
  return {
    roots: listing.roots,
    list: () => listing.list(),
    read: (path) => source(path).read(path),
    exists: (path) => source(path).exists(path),
    version: (path) => source(path).version(path),
  };
}

/** Contracts that configurations name may lie in build folders or beside the editor's folder: who names a file means it. */
function optionsFor(roots: readonly string[]): Parameters<typeof createFileSource>[0] {
  const anywhere = configurationFiles();
  const inside = createFileSource({ roots, endings: ['.yaml'] });
  const configured = inside.list().filter((path) => path.endsWith(`/${configurationName}`));
  const folders = new Set([...roots, ...configured.map((path) => slashed(dirname(path)))]);
  const named = new Set<string>();
  for (const folder of folders) {
    const { configuration } = readConfiguration(anywhere, folder);
    for (const entry of configuration.contracts) {
      if (entry.role === 'ignored') continue;
      for (const file of matching(resolvePath(configuration.folder, entry.file))) named.add(file);
    }
  }
  const elsewhere = [...named].filter((file) => !roots.some((root) => within(root, file)));
  return { roots, readable: elsewhere.map((file) => repositoryOf(dirname(file))), also: [...named] };
}

function matching(pattern: string): readonly string[] {
  if (isFile(pattern)) return [pattern];
  if (!/[*?[\]{}!()]/.test(pattern)) return [];
  const { base } = picomatch.scan(pattern);
  if (base === '' || base === '/') return [];
  const matches = picomatch(pattern, { dot: true });
  return createFileSource({ roots: [base], produced: 'enter', endings: DATA_ENDINGS })
    .list()
    .filter((file) => matches(file));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The folder with the `.git` above a folder, else the folder itself: how far a contract elsewhere may refer. */
function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(`${at}/.git`, { throwIfNoEntry: false })) return slashed(at);
    if (dirname(at) === at) return slashed(folder);
  }
}
