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

/** Every reading there is; none when the file is not there. */
export function readReadings(file: string): readonly HandReading[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly HandReading[];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
