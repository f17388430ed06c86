// Owns where each format goes: standard output or a file. A file is written whole or not at all.
// It must not know what the formats contain.

import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './exit.ts';

export interface Destination {
  readonly format: string;
  /** As typed; undefined for standard output. */
  readonly file?: string;
}

/** Reads the values of `--format`: `json`, or `json=drift.json`. Without any, `pretty` goes to standard output. */
export function readDestinations(values: readonly string[], formats: Iterable<string>): readonly Destination[] {
  const known = [...formats];
  const destinations = (values.length === 0 ? ['pretty'] : values).map((value): Destination => {
    const cut = value.indexOf('=');
    const format = cut === -1 ? value : value.slice(0, cut);
    if (!known.includes(format)) {
      throw new UsageError(`There is no format "${format}". The formats are ${known.join(', ')}.`);
    }
    if (cut === -1) return { format };
    const file = value.slice(cut + 1);
    if (file === '') throw new UsageError(`"${value}" names no file: write ${format}=FILE.`);
    return { format, file };
  });
  const printed = destinations.filter((destination) => destination.file === undefined);
  if (printed.length > 1) {
    const names = printed.map((destination) => destination.format).join(' and ');
    throw new UsageError(
      `Only one format can go to standard output, not ${names}: give the others a file, FORMAT=FILE.`,
    );
  }
  return destinations;
}

/** Writes a file by way of another name in the same folder, so that nobody ever sees half of it. */
export function writeWhole(cwd: string, file: string, text: string): void {
  const path = resolve(cwd, file);
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    // A device or a pipe is written to; putting a plain file in its place would break what listens there.
    if (there && !there.isFile() && !there.isDirectory()) {
      writeFileSync(path, text);
      return;
    }
    makeFolder(dirname(path));
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    remove(draft);
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UsageError(`"${file}" cannot be written${code}.`);
  }
}

/** One level at a time: Node's own recursive way never ends where a file system refuses new folders by saying that they are missing. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it in the meantime.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where the draft could never be made, there is nothing to take away.
  }
}
