// Owns the files on disk as the editor's session sees them: listed once, looked at again where a watcher says so.
// It must not know open documents.

import { dirname } from 'node:path';
import type { FileSource } from '../base/host.ts';
import { resolvePath, slashed, within } from '../base/relative.ts';
import { outermost } from '../features/projects.ts';
import { createFileSource } from '../host/file-source.ts';
import { type Configuration, type ContractEntry, configurationName } from '../registry/configuration.ts';
import { readConfiguration } from '../registry/read-configuration.ts';
import { entryOf } from '../registry/selection.ts';

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
      for (const file of matching(configuration, entry, anywhere)) named.add(file);
    }
  }
  const elsewhere = [...named].filter((file) => !roots.some((root) => within(root, file)));
  return { roots, readable: elsewhere.map((file) => repositoryOf(dirname(file), anywhere)), also: [...named] };
}

function matching(configuration: Configuration, entry: ContractEntry, anywhere: FileSource): readonly string[] {
  const path = resolvePath(configuration.folder, entry.file);
  if (anywhere.exists(path)) return [path];
  const segments = path.split('/');
  const first = segments.findIndex((segment) => /[*?[\]{}!()]/.test(segment));
  const base = segments.slice(0, Math.max(0, first)).join('/');
  // A pattern from the root of the disk on would mean to walk all of it.
  if (base === '') return [];
  const below = createFileSource({ roots: [base], produced: 'enter', endings: DATA_ENDINGS }).list();
  return below.filter((file) => entryOf(configuration, file) === entry);
}

/** The repository around a folder, else the folder itself: how far a contract elsewhere may refer. */
function repositoryOf(folder: string, anywhere: FileSource): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    // A work tree of git has a plain file in the place of the folder.
    if (anywhere.exists(`${at}/.git/HEAD`) || anywhere.exists(`${at}/.git`)) return slashed(at);
  }
  return slashed(folder);
}
