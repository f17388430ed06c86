// Owns where an installed package lies, which file an import of it means, and whether it is small and legible enough to be read.
// It must not run anything, and it must not know what packages do.

import type { FileSource } from '../../../../base/host.ts';
import { directoryOf, normalise } from '../resolve.ts';

const folderOfPackages = '/node_modules/';

/** Whether a file belongs to an installed package: code that runs, and that nobody here edits. */
export function isInstalled(file: string): boolean {
  return file.includes(folderOfPackages);
}

/** What package managers write when they have installed something. */
export const installStamps = ['.package-lock.json', '.yarn-integrity', '.yarn-state.yml', '.modules.yaml'];

/** Files and characters of the largest package that is read: what is larger is no glue between a framework and a handler. */
const mostFiles = 80;
const mostText = 1_500_000;

/** Characters of the longest file that is read; a bundle of many modules is longer. */
const longestFile = 300_000;

/** Characters of a line, on average, above which nobody has written it. */
const longestLine = 400;

const endings = ['', '.js', '.cjs', '.mjs', '.json', '/index.js', '/index.cjs', '/index.mjs', '/index.json'];

const conditions = ['node', 'import', 'module', 'require', 'default'];

const relativeImport =
  /\b(?:require|import)\s*\(\s*['"](\.[^'"]*)['"]|\bfrom\s*['"](\.[^'"]*)['"]|\bimport\s*['"](\.[^'"]*)['"]/g;

const bundled = /__webpack_require__|webpackUniversalModuleDefinition|parcelRequire|System\.register\(/;

/** The installed packages of one snapshot of files. Answers are cached, and none depends on what was asked before. */
export class InstalledPackages {
  private readonly entries = new Map<string, string | undefined>();
  private readonly legible = new Map<string, boolean>();

  constructor(private readonly files: FileSource) {}

  /** The file that an import of a package means from a folder; undefined where it is not installed or not to be read. */
  entry(name: string, subpath: string, folder: string): string | undefined {
    const key = `${folder}\0${name}/${subpath}`;
    if (this.entries.has(key)) return this.entries.get(key);
    const home = this.home(name, folder);
    const file = home === undefined ? undefined : this.entryOf(home, subpath);
    const answer = file !== undefined && this.isSmall(file) ? file : undefined;
    this.entries.set(key, answer);
    return answer;
  }

  /** Whether a file of an installed package can be read by people, so that we read it as well. */
  isLegible(file: string): boolean {
    let answer = this.legible.get(file);
    if (answer === undefined) {
      const text = this.text(file);
      answer = text !== undefined && isWritten(text, file);
      this.legible.set(file, answer);
    }
    return answer;
  }

  /** The folder of a package as the language looks for it: in the nearest `node_modules` that has it. */
  private home(name: string, folder: string): string | undefined {
    if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(name) || name.startsWith('.')) return undefined;
    for (let at = folder; this.isInside(at); at = directoryOf(at)) {
      const home = `${at}${folderOfPackages}${name}`;
      if (this.files.exists(`${home}/package.json`)) return home;
      if (at === '/') break;
    }
    return undefined;
  }

  private isInside(folder: string): boolean {
    return this.files.roots.some((root) => folder === root || folder.startsWith(`${root}/`));
  }

  private entryOf(home: string, subpath: string): string | undefined {
    const manifest = this.manifest(home);
    if (!manifest) return undefined;
    const { exports } = manifest;
    if (exports !== undefined && exports !== null) {
      const target = exported(exports, subpath === '' ? '.' : `./${subpath}`);
      return target === undefined ? undefined : this.fileAt(`${home}/${target}`);
    }
    if (subpath !== '') return this.fileAt(`${home}/${subpath}`);
    const named = [manifest.module, manifest.main].find((one) => typeof one === 'string');
    return (named === undefined ? undefined : this.fileAt(`${home}/${named}`)) ?? this.fileAt(`${home}/index`);
  }

  private fileAt(path: string): string | undefined {
    const base = normalise(path);
    return endings.map((ending) => base + ending).find((one) => /\.\w+$/.test(one) && this.files.exists(one));
  }

  private manifest(home: string): Record<string, unknown> | undefined {
    const text = this.text(`${home}/package.json`);
    if (text === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
    } catch {
      // A manifest that cannot be read names no file.
      return undefined;
    }
  }

  /** Whether everything that an entry brings along from its own package is little enough to be read. */
  private isSmall(entry: string): boolean {
    const seen = new Set([entry]);
    let size = 0;
    for (const file of seen) {
      const text = this.text(file) ?? '';
      size += text.length;
      if (seen.size > mostFiles || size > mostText) return false;
      for (const match of text.matchAll(relativeImport)) {
        const next = this.fileAt(`${directoryOf(file)}/${match[1] ?? match[2] ?? match[3]}`);
        if (next !== undefined) seen.add(next);
      }
    }
    return this.isLegible(entry);
  }

  private text(file: string): string | undefined {
    const read = this.files.read(file);
    return 'text' in read ? read.text : undefined;
  }
}

/** Whether a text was written, or compiled line by line, and not pressed together. */
function isWritten(text: string, file: string): boolean {
  if (text.length > longestFile) return false;
  if (file.endsWith('.json')) return true;
  const lines = text.split('\n').length;
  return (text.length < 4_000 || text.length / lines <= longestLine) && !bundled.test(text);
}

/** What the `exports` of a manifest give for a subpath (`.`, `./x`). */
function exported(exports: unknown, subpath: string): string | undefined {
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports))
    return subpath === '.' ? underConditions(exports) : undefined;
  const table = exports as Record<string, unknown>;
  const isTable = Object.keys(table).some((key) => key.startsWith('.'));
  if (!isTable) return subpath === '.' ? underConditions(table) : undefined;
  if (subpath in table) return underConditions(table[subpath]);
  for (const [pattern, target] of Object.entries(table)) {
    const [head, tail] = pattern.split('*');
    if (head === undefined || tail === undefined || !subpath.startsWith(head) || !subpath.endsWith(tail)) continue;
    const rest = subpath.slice(head.length, subpath.length - tail.length);
    return underConditions(target)?.replaceAll('*', rest);
  }
  return undefined;
}

/** The first path of a tree of conditions that holds for a program in Node. */
function underConditions(target: unknown, depth = 0): string | undefined {
  if (typeof target === 'string') return target;
  if (depth > 6 || typeof target !== 'object' || target === null) return undefined;
  if (Array.isArray(target)) return underConditions(target[0], depth + 1);
  for (const name of conditions) {
    const found = underConditions((target as Record<string, unknown>)[name], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
