// Owns the line of a contract's versions in the history of its repository: what each release changed, and whether its number said so.
// It must not know outputs.

import { digest } from '../base/hash.ts';
import type { Commit, History, HistoryAnswer } from '../base/host.ts';
import { type Acceptances, withAccepted } from './accepted.ts';
import { bumpFor, countedLevels } from './bump/bump.ts';
import type { Scheme, Step } from './bump/schemes.ts';
import type { Policy } from './change.ts';
import { compareContracts, type OverallLevel } from './compare.ts';
import { pastFiles } from './past-files.ts';
import type { ContractSource, ContractSources } from './source.ts';

/** One version as it left the history: the last state before the number changed. */
export interface Release {
  readonly version: string;
  /** The commit that brought the number. */
  readonly first: Commit;
  /** The last commit that changed the contract under this number. */
  readonly last: Commit;
  /** The path that the contract had. */
  readonly path: string;
  /** Of the texts of all files of the contract, in that last state. */
  readonly digest: string;
  /** Against the version before; null for the first one. */
  readonly level: OverallLevel | null;
  readonly needed: Step | null;
  readonly changes: string | null;
  /** Whether the number said what the changes are; null when there is nothing to hold it against, or no scheme. */
  readonly kept: boolean | null;
}

/** Whether the number of a release kept its promise, in a few words; empty for the first one. */
export function promiseText({ level, kept, changes, needed }: Release): string {
  if (level === null) return '';
  if (kept === null) return 'cannot be told';
  return kept ? 'kept' : `broken: ${changes ?? ''} called for ${needed ?? ''}`;
}

export interface LineageOptions {
  readonly today: string;
  /** How many commits are looked at. */
  readonly most: number;
  /** How many releases are wanted, the latest first; all that there are unless given. */
  readonly releases?: number;
  readonly scheme?: Scheme;
  readonly policy?: Policy;
  /** The changes that the project accepts, and the contract's path as they name it. */
  readonly accepted?: Acceptances;
}

/** One version with its last state. */
interface Held {
  readonly version: string;
  first: Commit;
  readonly last: Commit;
  readonly path: string;
  readonly source: ContractSource;
}

/** The releases of a contract (a path in the repository), the latest first. States that cannot be read are passed over. */
export function lineageOf(
  path: string,
  history: History,
  sources: ContractSources,
  options: LineageOptions,
): HistoryAnswer<readonly Release[]> {
  const steps = lineageSteps(path, history, sources, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, one state or one comparison at a time, for those who have other things to do in between. */
export function* lineageSteps(
  path: string,
  history: History,
  sources: ContractSources,
  options: LineageOptions,
): Generator<undefined, HistoryAnswer<readonly Release[]>> {
  const log = history.log(path, options.most);
  if ('failure' in log) return log;
  const wanted = options.releases ?? Number.POSITIVE_INFINITY;
  const held: Held[] = [];
  // Only the last state of each version is kept: a contract may be large and its history long.
  for (const { commit, path: at } of log.found) {
    yield;
    const source = sources.open(pastFiles(history, commit.hash), `${history.top}/${at}`);
    if ('failure' in source) continue;
    const { version } = source;
    const newer = held.at(-1);
    if (newer?.version === version) newer.first = commit;
    else held.push({ version, first: commit, last: commit, path: at, source });
    // One more than wanted, for the last of them to be compared with.
    if (held.length > wanted + 1) break;
  }
  const releases: Release[] = [];
  for (const [index, one] of held.slice(0, wanted).entries()) {
    yield;
    const { version, first, last, path: at, source } = one;
    const step = promise(held[index + 1]?.source, source, options);
    releases.push({ version, first, last, path: at, digest: digestOf(source), ...step });
  }
  return { found: releases };
}

function promise(
  before: ContractSource | undefined,
  after: ContractSource,
  options: LineageOptions,
): Pick<Release, 'level' | 'needed' | 'changes' | 'kept'> {
  if (!before) return { level: null, needed: null, changes: null, kept: null };
  const found = compareContracts(before, after, options);
  const { accepted } = options;
  const comparison = accepted ? withAccepted(found, accepted, options.scheme) : found;
  const bump = bumpFor(comparison, options);
  return { level: comparison.level, needed: bump.needed, changes: countedLevels(comparison.changes), kept: bump.kept };
}

/** A digest of everything that a state of a contract consists of. */
function digestOf(source: ContractSource): string {
  // Opens what is referred to, so that every file takes part.
  for (const [file, document] of source.documents)
    for (const text of document.referenceTexts()) source.references.find(file, text);
  return digest(
    [...source.documents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, document]) => document.text),
    12,
  );
}
