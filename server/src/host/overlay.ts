// Owns the laying of unsaved text over the files on disk. It must not know an editor or a protocol.

import type { FileSource } from '../base/host.ts';
import { within } from '../base/relative.ts';
import { CANDIDATE_ENDINGS } from './ignore-rules.ts';

/** The text that an editor holds for a file. */
export interface OpenBuffer {
  readonly text: string;
  /** Changes whenever the text does, also across closing and opening again: equal versions of one path mean equal text. */
  readonly version: string | number;
  /** Whether the text holds a zero, when somebody knows: to look for it takes its time. */
  readonly binary?: boolean;
}

/**
 * `base` with the buffers in the place of the files of the same path. A buffer of a file that does not exist yet is listed
 * when it lies in a root and may matter; a buffer of a file that `base` leaves out stays left out, but can be read.
 */
export function overlay(base: FileSource, buffers: ReadonlyMap<string, OpenBuffer>): FileSource {
  if (buffers.size === 0) return base;
  const inRoots = (path: string): boolean => base.roots.some((root) => within(root, path));
  let listed: readonly string[] | undefined;
  return {
    roots: base.roots,
    list() {
      listed ??= withNew(base, [...buffers.keys()].filter(inRoots));
      return listed;
    },
    read(path) {
      const buffer = inRoots(path) ? buffers.get(path) : undefined;
      if (!buffer) return base.read(path);
      return (buffer.binary ?? buffer.text.includes('\0'))
        ? { failure: 'binary', detail: 'it holds NUL bytes' }
        : { text: buffer.text };
    },
    exists: (path) => (buffers.has(path) && inRoots(path)) || base.exists(path),
    version(path) {
      // Asked for every file again and again, of which hardly any is open.
      const buffer = buffers.get(path);
      return buffer && inRoots(path) ? `buffer:${buffer.version}:${buffer.text.length}` : base.version(path);
    },
  };
}

function withNew(base: FileSource, paths: readonly string[]): readonly string[] {
  const fresh = paths.filter((path) => !base.exists(path) && CANDIDATE_ENDINGS.some((ending) => path.endsWith(ending)));
  if (fresh.length === 0) return base.list();
  return [...new Set([...base.list(), ...fresh])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
