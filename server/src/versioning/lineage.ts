// Owns the line of a contract's versions in the history of its repository: what each release changed, and whether its number said so.
// It must not know outputs.

import { digest } from '../base/hash.ts';
import type { Commit, History, HistoryAnswer } from '../base/host.ts';
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

export interface LineageOptions {
  readonly today: string;
  readonly most: number;
  readonly scheme?: Scheme;
  readonly policy?: Policy;
}

/** The releases of a contract (a path in the repository), the latest first. States that cannot be read are passed over. */
export function lineageOf(
  path: string,
  history: History,
  sources: ContractSources,
  options: LineageOptions,
): HistoryAnswer<readonly Release[]> {
  const log = history.log(path, options.most);
  if ('failure' in log) return log;
  const states = [...log.found].reverse().flatMap(({ commit, path: at }) => {
    const source = sources.open(pastFiles(history, commit.hash), `${history.top}/${at}`);
    return 'failure' in source ? [] : [{ commit, path: at, source }];
  });
  const releases: Release[] = [];
  let before: ContractSource | undefined;
  for (let index = 0; index < states.length; index++) {
    const start = index;
    const { version } = states[start]!.source;
    while (states[index + 1]?.source.version === version) index++;
    const { commit, path: at, source } = states[index]!;
    releases.push({
      version,
      first: states[start]!.commit,
      last: commit,
      path: at,
      digest: digestOf(source),
      ...promise(before, source, options),
    });
    before = source;
  }
  return { found: releases.reverse() };
}

function promise(
  before: ContractSource | undefined,
  after: ContractSource,
  options: LineageOptions,
): Pick<Release, 'level' | 'needed' | 'changes' | 'kept'> {
  if (!before) return { level: null, needed: null, changes: null, kept: null };
  const comparison = compareContracts(before, after, options);
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
