// Owns what a run of the command line can reach: arguments' folder, environment, clock and streams, as one value, so that
// tests can give their own. It must not know commands.

import type { History, HistoryAnswer } from '../base/host.ts';

/** A stream to write to, and whether a person is watching it. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
}

export interface Terminal {
  /** Absolute, forward slashes. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** `YYYY-MM-DD`, local time. */
  readonly today: string;
  /** The past of the repository that a folder lies in. Absent: contracts are not held against their baselines. */
  readonly history?: (folder: string) => HistoryAnswer<History>;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
}

/**
 * Whether to write in colour: `--color` and `--no-color` win, then `NO_COLOR` (any value but the empty one) and
 * `FORCE_COLOR`, then whether the stream is a terminal that can.
 */
export function wantsColor(terminal: Terminal, output: Output, option: boolean | undefined): boolean {
  if (option !== undefined) return option;
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = terminal.env;
  if (no !== undefined && no !== '') return false;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return output.isTerminal && term !== 'dumb';
}
