// Owns the findings of public services that somebody has read by hand, and whether they were right.
// It must not know how the findings are made.

import { readFileSync } from 'node:fs';

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

/** Every reading there is; none when the file is not there. */
export function readReadings(file: string): readonly HandReading[] {
  return readList<HandReading>(file);
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
