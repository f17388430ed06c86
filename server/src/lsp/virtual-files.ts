// Owns the files of folders that are on no disk: the contracts and configurations whose texts the client has handed over.
// It must not know documents that are open, nor where the client has the texts from.

import type { FileSource } from '../base/host.ts';
import { within } from '../base/relative.ts';
import { isVirtual, pathOf } from './addresses.ts';
import { mostVirtual, type VirtualFilesParams } from './protocol.ts';

/** What is read in such folders: nothing that holds code, so that nothing is said of code. */
const readable = /\.(?:ya?ml|json)$/i;

interface Handed {
  readonly text: string;
  readonly version: string;
}

/** The texts that the client handed over, within limits: what comes from outside is counted and not trusted. */
export class VirtualFiles {
  private readonly texts = new Map<string, Handed>();
  private characters = 0;
  private revisions = 0;
  private source: FileSource | undefined;

  /** Takes texts of one of these folders; false when nothing changed. */
  take({ folder, whole, files }: VirtualFilesParams, folders: readonly string[]): boolean {
    const at = pathOf(folder);
    if (at === undefined || !isVirtual(at) || !folders.some((known) => within(known, at))) return false;
    const before = this.revisions;
    const given = new Map(
      files.flatMap(({ uri, text }) => {
        const path = pathOf(uri);
        return path !== undefined && within(at, path) && readable.test(path) ? [[path, text] as const] : [];
      }),
    );
    if (whole) for (const path of [...this.texts.keys()]) if (within(at, path) && !given.has(path)) this.drop(path);
    for (const [path, text] of given) this.put(path, text);
    if (this.revisions === before) return false;
    this.source = undefined;
    return true;
  }

  /** The folders that are left: texts of others are let go. */
  keep(folders: readonly string[]): void {
    for (const path of [...this.texts.keys()]) if (!folders.some((folder) => within(folder, path))) this.drop(path);
    this.source = undefined;
  }

  /** `disk` with these files beside it. The answer stays what it is. */
  beside(disk: FileSource, folders: readonly string[]): FileSource {
    const roots = folders.filter(isVirtual);
    if (roots.length === 0) return disk;
    this.source ??= sourceOf(new Map(this.texts));
    const virtual = this.source;
    const source = (path: string): FileSource => (isVirtual(path) ? virtual : disk);
    let listed: readonly string[] | undefined;
    return {
      roots: [...disk.roots, ...roots],
      list() {
        listed ??= [...disk.list(), ...virtual.list()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        return listed;
      },
      unentered: () => disk.unentered?.() ?? [],
      read: (path) => source(path).read(path),
      exists: (path) => source(path).exists(path),
      version: (path) => source(path).version(path),
    };
  }

  private put(path: string, text: string | null): void {
    const known = this.texts.get(path);
    if (known?.text === text) return;
    this.drop(path);
    if (typeof text !== 'string') return;
    const room = this.texts.size < mostVirtual.files && this.characters + text.length <= mostVirtual.characters;
    if (!room || text.length > mostVirtual.charactersOfOne) return;
    this.texts.set(path, { text, version: `virtual:${++this.revisions}` });
    this.characters += text.length;
  }

  private drop(path: string): void {
    const known = this.texts.get(path);
    if (!known) return;
    this.revisions++;
    this.characters -= known.text.length;
    this.texts.delete(path);
  }
}

function sourceOf(texts: ReadonlyMap<string, Handed>): FileSource {
  const paths = [...texts.keys()].sort();
  return {
    roots: [],
    list: () => paths,
    read(path) {
      const known = texts.get(path);
      if (!known) return { failure: 'missing' };
      return known.text.includes('\0')
        ? { failure: 'binary', detail: 'it holds NUL bytes' }
        : { text: known.text.replace(/^\uFEFF/, '') };
    },
    exists: (path) => texts.has(path),
    version: (path) => texts.get(path)?.version,
  };
}
