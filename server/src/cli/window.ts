// Owns the window of time that a report looks at: which files differ from a revision, and what changed in the contracts since.
// It must not know what the report makes of it. A revision that git does not have is a UsageError.

import { resolvePath, slashed } from '../base/relative.ts';
import { pathIn } from '../host/git.ts';
import type { Report } from '../report/model.ts';
import { failureText } from '../versioning/baseline-text.ts';
import { compareContracts } from '../versioning/compare.ts';
import { pastFiles } from '../versioning/past-files.ts';
import { ContractSources } from '../versioning/source.ts';
import type { Reading } from './analysis.ts';
import { UsageError } from './exit.ts';
import type { Inputs } from './inputs.ts';
import { historyOf } from './version-inputs.ts';

export interface Window {
  /** Files that a finding or a contract stands in and that differ from the revision, as the report names them. */
  readonly changed: ReadonlySet<string>;
  readonly window: { readonly since: string; readonly changes: readonly (readonly [string, string, string])[] };
}

/** What is different from a revision. Only files that the report speaks of are looked at. */
export function changedSince(since: string, report: Report, reading: Reading, inputs: Inputs, today: string): Window {
  const history = historyOf(inputs.root);
  const commit = history.resolve(since);
  if ('failure' in commit) {
    throw new UsageError(`"${since}" is no revision: ${failureText(commit.failure, commit.detail)}.`);
  }
  const past = pastFiles(history, commit.found.hash);
  const there = (file: string): string => {
    const path = pathIn(history, file);
    return path === undefined ? file : slashed(`${history.top}/${path}`);
  };
  const differs = (shown: string): boolean => {
    const file = resolvePath(inputs.root, shown);
    const before = past.read(there(file));
    const now = reading.files.read(file);
    return ('text' in before ? before.text : undefined) !== ('text' in now ? now.text : undefined);
  };
  const changed = new Set([...namedFiles(report)].filter(differs));
  const sources = new ContractSources();
  const changes = report.contracts.flatMap(({ file: shown }): (readonly [string, string, string])[] => {
    const file = resolvePath(inputs.root, shown);
    const before = sources.open(past, there(file));
    const after = new ContractSources().open(reading.files, file);
    if ('failure' in after) return [];
    if ('failure' in before) return [[shown, 'new', `There was no such contract: ${before.failure}.`]];
    return compareContracts(before, after, { today }).changes.map((change) => [shown, change.level, change.message]);
  });
  return { changed, window: { since, changes } };
}

function namedFiles(report: Report): ReadonlySet<string> {
  const files = new Set(report.contracts.map((contract) => contract.file));
  for (const finding of report.findings) {
    for (const place of [finding.contract, finding.code, ...finding.related]) if (place) files.add(place.file);
  }
  return files;
}
