// Owns how contracts stand against their baselines, asked again and again while texts change: what does not change (a commit, its
// files, the blocks of a text that an edit left alone) is kept. It must not know editors or findings.

import type { FileSource, History, HistoryAnswer } from '../base/host.ts';
import type { VersionStanding } from '../contract/model.ts';
import { type Baseline, baselineOf, type NoBaseline } from './baseline.ts';
import { bumpFor, countedLevels } from './bump/bump.ts';
import type { Change } from './change.ts';
import { compareContracts } from './compare.ts';
import { type Decisions, policyOf } from './settings.ts';
import { type ContractSource, ContractSources } from './source.ts';
import { withWitnesses } from './witness/witnesses.ts';

export type { VersionStanding } from '../contract/model.ts';

export interface StandingOptions {
  readonly decisions: Decisions;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export type Standing = VersionStanding | { readonly missing: NoBaseline };

interface Kept {
  readonly key: string;
  readonly standing: Standing;
}

export class Standings {
  private readonly sources = new ContractSources();
  private readonly past = new ContractSources();
  private readonly histories = new Map<string, HistoryAnswer<History>>();
  private readonly baselines = new Map<string, Baseline | NoBaseline>();
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly openHistory: (folder: string) => HistoryAnswer<History>) {}

  /** Forgets which commits are meant: a branch was switched, something was committed. */
  refresh(): void {
    this.histories.clear();
    this.baselines.clear();
  }

  /** How a contract (absolute path) stands; or why there is nothing to hold it against. */
  of(file: string, files: FileSource, options: StandingOptions): Standing {
    const baseline = this.baselineOf(file, options.decisions);
    if ('failure' in baseline) return { missing: baseline };
    const revision = this.sources.open(files, file);
    if ('failure' in revision) return { missing: { failure: 'unreadable', detail: revision.failure } };
    const before = this.kept.get(file);
    const key = keyOf(baseline, files, revision, before?.key, options);
    if (before?.key === key) return before.standing;
    const standing = compared(baseline, revision, options);
    // Now every file that was read is known.
    this.kept.set(file, { key: keyOf(baseline, files, revision, undefined, options), standing });
    return standing;
  }

  private baselineOf(file: string, { base }: Decisions): Baseline | NoBaseline {
    const key = `${base ?? ''}\n${file}`;
    const known = this.baselines.get(key);
    if (known) return known;
    const folder = file.slice(0, file.lastIndexOf('/'));
    const history = this.histories.get(folder) ?? this.openHistory(folder);
    this.histories.set(folder, history);
    const found: Baseline | NoBaseline =
      'failure' in history ? history : baselineOf(file, { base }, history.found, this.past);
    this.baselines.set(key, found);
    return found;
  }
}

/** Identity of all that a comparison reads. The files of a revision are known after it was compared; before, those of the last time count. */
function keyOf(
  baseline: Baseline,
  files: FileSource,
  revision: ContractSource,
  before: string | undefined,
  { decisions, today }: StandingOptions,
): string {
  const known = before
    ?.split('\n')
    .flatMap((line) => (line.startsWith('file ') ? [line.slice(5, line.indexOf(' ', 5))] : []));
  const paths = known ?? [...revision.documents.keys()].map(encodeURI);
  const versions = paths.map((path) => `file ${path} ${files.version(decodeURI(path)) ?? ''}`);
  return [baseline.commit.hash, JSON.stringify(decisions), today, ...versions].join('\n');
}

function compared(
  baseline: Baseline,
  revision: ContractSource,
  { decisions, today }: StandingOptions,
): VersionStanding {
  const policy = policyOf(decisions);
  const { source, commit, name, path } = baseline;
  const comparison = withWitnesses(compareContracts(source, revision, { today, policy }));
  const bump = bumpFor(comparison, { today, scheme: decisions.scheme, policy });
  return {
    contract: revision.file,
    place: revision.versionPlace,
    version: revision.version,
    base: { name, version: source.version, commit: commit.hash, path },
    level: comparison.level,
    needed: bump.needed,
    suggested: bump.suggested,
    kept: bump.kept,
    summary: countedLevels(comparison.changes),
    changes: comparison.changes.map(shown),
    unread: comparison.unread,
  };
}

function shown(change: Change): VersionStanding['changes'][number] {
  const { id, level, operation, subject, message, reason, witness, revision } = change;
  const text = witness && (JSON.stringify(witness.value) ?? 'nothing');
  const short = text === undefined || text.length <= 120 ? text : `${text.slice(0, 117)}\u2026`;
  return {
    id,
    level,
    operation,
    subject,
    message,
    reason,
    place: revision,
    ...(short !== undefined && { witness: short }),
  };
}
