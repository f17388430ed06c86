// Owns the public services that are measured, the findings of them that somebody has read by hand, and whether those were right.
// It must not know how the findings are made.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One finding that was judged against the service's own code and contract. */
export interface HandReading {
  /** The service's name, as the checkout's folder is called. */
  readonly service: string;
  readonly fingerprint: string;
  readonly rule: string;
  readonly severity: string;
  readonly operation: string | null;
  readonly subject: string;
  readonly verdict: 'right' | 'wrong';
  /** What was seen in the code and in the contract. */
  readonly note: string;
}

/** An operation of which somebody has seen that the service's code has no handler for it. */
export interface Unserved {
  readonly service: string;
  readonly operation: string;
  readonly note: string;
}

/** A public service that is measured, and where its contracts are. */
export interface Service {
  /** As the checkout's folder is called. */
  readonly service: string;
  /** Owner and name on GitHub. */
  readonly repository: string;
  readonly framework: string;
  /** Globs from the checkout, or files of this folder; none when the contracts are to be discovered. */
  readonly contracts: readonly string[];
  /** Where the contract comes from, when it is not the service's own file. */
  readonly note?: string;
}

/** Every service that can be measured. */
export function readServices(file: string): readonly Service[] {
  return readList<Service>(file);
}

/** Every reading there is, from one file for each service; none when the folder is not there. */
export function readReadings(folder: string): readonly HandReading[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => readList<HandReading>(join(folder, name)));
}

/** Every operation that is known to have no handler; none when the file is not there. */
export function readUnserved(file: string): readonly Unserved[] {
  return readList<Unserved>(file);
}

function readList<Entry>(file: string): readonly Entry[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Entry[];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
