// Owns the files of a workspace on disk, behind the engine's FileSource: walking, limits, refusals and versions.
// It must not know what the files mean. It never follows a link out of the roots and never opens anything but plain files.

import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileSource, ReadResult } from '../base/host.ts';
import { slashed, within } from '../base/relative.ts';
import {
  CANDIDATE_ENDINGS,
  enterFolder,
  isBundleName,
  isIgnored,
  isSkippedFolder,
  type Levels,
  levelsAbove,
  looksMinified,
} from './ignore-rules.ts';

export { type OpenBuffer, overlay } from './overlay.ts';

export interface FileSourceOptions {
  /** Absolute folders to walk. */
  readonly roots: readonly string[];
  /** Absolute folders outside of the roots that may be read, but are not walked: where a named contract lives. */
  readonly readable?: readonly string[];
  /** Files to list although an ignore rule leaves them out: contracts that somebody named. */
  readonly also?: readonly string[];
  /** Endings of the files to list, lower case with the dot. */
  readonly endings?: readonly string[];
  /** Largest file that is read, in bytes: 20 MB for data, 4 MB for scripts unless given. */
  readonly maxBytes?: number;
  /** `enter` lists what lies in build folders too. Default `skip`. */
  readonly produced?: 'skip' | 'enter';
}

const MEGABYTE = 1024 * 1024;
const MAX_DATA_BYTES = 20 * MEGABYTE;
const MAX_SCRIPT_BYTES = 4 * MEGABYTE;
/** Scripts above this size are looked into before they are listed, because bundles hide among them. */
const SUSPICIOUS_BYTES = 64 * 1024;
const HEAD_BYTES = 8 * 1024;
/** Deeper nesting than this is taken for a loop of mounts, not for somebody's folders. */
const MAX_DEPTH = 64;

const SCRIPT = /\.[cm]?jsx?$/i;
const DATA = /\.(?:json|ya?ml)$/i;

/** The files of folders on disk. What is answered once stays answered: the object is a snapshot that fills up lazily. */
export function createFileSource(options: FileSourceOptions): FileSource {
  const roots = options.roots.map(withoutTrailingSlash);
  const readable = [...roots, ...(options.readable ?? []).map(withoutTrailingSlash)];
  const bounds = new RealPaths(readable);
  const stats = new Map<string, Stat | undefined>();
  const versions = new Map<string, string | undefined>();
  let listed: readonly string[] | undefined;
  const unentered: string[] = [];

  const stat = (path: string): Stat | undefined => {
    if (!stats.has(path)) stats.set(path, readStat(path));
    return stats.get(path);
  };

  return {
    roots: readable,
    list() {
      listed ??= sorted([
        ...roots.flatMap((root) => walk(root, options, unentered)),
        ...(options.also ?? []).map(slashed),
      ]);
      return listed;
    },
    unentered: () => unentered,
    read: (path) => readWithin(path, bounds, stat(path), options.maxBytes),
    exists: (path) => bounds.names(path) && stat(path)?.plain === true && bounds.contains(path),
    version(path) {
      if (versions.has(path)) return versions.get(path);
      const known = bounds.names(path) ? stat(path) : undefined;
      const version = known?.plain && bounds.contains(path) ? known.version : undefined;
      versions.set(path, version);
      return version;
    },
  };
}

interface Stat {
  readonly plain: boolean;
  readonly size: number;
  readonly version: string;
}

function readStat(path: string): Stat | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!found) return undefined;
    return {
      plain: found.isFile(),
      size: Number(found.size),
      version: `${found.mtimeNs.toString(36)}.${found.size.toString(36)}.${found.ino.toString(36)}`,
    };
  } catch {
    return undefined;
  }
}

function readWithin(path: string, bounds: RealPaths, stat: Stat | undefined, maxBytes: number | undefined): ReadResult {
  if (!bounds.contains(path)) return { failure: 'outside', detail: 'it lies outside of the workspace' };
  if (!stat) return { failure: 'missing' };
  if (!stat.plain) return { failure: 'unreadable', detail: 'it is not a plain file' };
  const limit = maxBytes ?? (DATA.test(path) ? MAX_DATA_BYTES : MAX_SCRIPT_BYTES);
  if (stat.size > limit) {
    return {
      failure: 'too-large',
      detail: `it has ${megabytes(stat.size)} MB, and ${megabytes(limit)} MB is the limit`,
    };
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { failure: 'unreadable', detail: reasonOf(error) };
  }
  if (readStat(path)?.version !== stat.version) {
    return { failure: 'unreadable', detail: 'it changed while it was being read' };
  }
  return decode(bytes);
}

/** UTF-8, or UTF-16 with a byte order mark; the mark itself is no part of the text. */
function decode(bytes: Buffer): ReadResult {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return textOf(bytes.subarray(2).toString('utf16le'));
  return textOf(bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0));
}

function textOf(text: string): ReadResult {
  return text.includes('\0') ? { failure: 'binary', detail: 'it holds NUL bytes' } : { text };
}

/** The files below a root; folders that lie too deep to be entered go into `unentered`. */
function walk(root: string, options: FileSourceOptions, unentered: string[]): readonly string[] {
  const endings = new Set(options.endings ?? CANDIDATE_ENDINGS);
  const produced = options.produced ?? 'skip';
  const found: string[] = [];

  const enter = (folder: string, above: Levels, inSources: boolean, depth: number): void => {
    const levels = enterFolder(above, folder);
    for (const entry of readFolder(folder)) {
      const path = `${folder === '/' ? '' : folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isSkippedFolder(entry.name, inSources, produced)) continue;
        if (isIgnored(levels, path, true) && !(produced === 'enter' && /^(?:dist|build|out)$/.test(entry.name)))
          continue;
        if (depth >= MAX_DEPTH) unentered.push(path);
        else enter(path, levels, inSources || entry.name === 'src', depth + 1);
      } else if (entry.isFile() && endings.has(endingOf(entry.name))) {
        if (isBundleName(entry.name) || (produced === 'skip' && isIgnored(levels, path, false))) continue;
        if (!SCRIPT.test(entry.name) || !isMinified(path)) found.push(path);
      }
    }
  };

  enter(root, levelsAbove(root, isRepository), /(?:^|\/)src(?:\/|$)/.test(root), 0);
  return found;
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that cannot be read has no files for us; a root is checked before anything is walked.
    return [];
  }
}

function isRepository(folder: string): boolean {
  try {
    statSync(`${folder}/.git`);
    return true;
  } catch {
    return false;
  }
}

function isMinified(path: string): boolean {
  try {
    if (statSync(path).size < SUSPICIOUS_BYTES) return false;
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return looksMinified(head.toString('latin1', 0, readSync(file, head, 0, HEAD_BYTES, 0)));
    } finally {
      closeSync(file);
    }
  } catch {
    // What cannot be opened is listed, so that its failure is seen when it is read.
    return false;
  }
}

/** Tells whether paths lie in the given folders, by name and by where links really lead. */
class RealPaths {
  private readonly answers = new Map<string, boolean>();
  private readonly realFolders = new Map<string, string | undefined>();
  private readonly realBounds: readonly string[];

  constructor(private readonly bounds: readonly string[]) {
    this.realBounds = bounds.flatMap((folder) => real(folder) ?? []);
  }

  /** By name only: cheap, and enough to refuse. */
  names(path: string): boolean {
    if (path.includes('\0') || /\/\.\.?(?:\/|$)/.test(path)) return false;
    return this.bounds.some((folder) => within(folder, path));
  }

  contains(path: string): boolean {
    let answer = this.answers.get(path);
    if (answer === undefined) {
      answer = this.names(path) && this.leadsInside(path);
      this.answers.set(path, answer);
    }
    return answer;
  }

  private leadsInside(path: string): boolean {
    const folder = slashed(dirname(path));
    if (!this.realFolders.has(folder)) this.realFolders.set(folder, real(folder));
    const realFolder = this.realFolders.get(folder);
    // Where the folder does not exist, the file does not either: that is "missing", not "outside".
    if (realFolder === undefined) return true;
    const target = isLink(path) ? (real(path) ?? realFolder) : realFolder;
    return this.realBounds.some((bound) => within(bound, target));
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    // A name that the file system refuses, because of its length for one, is nothing at all.
    return false;
  }
}

function real(path: string): string | undefined {
  try {
    return slashed(realpathSync.native(path));
  } catch {
    return undefined;
  }
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot).toLowerCase();
}

function withoutTrailingSlash(folder: string): string {
  const plain = slashed(folder);
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain;
}

function sorted(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'its permissions do not allow it';
  return code === '' ? 'it could not be opened' : `it could not be opened (${code})`;
}
