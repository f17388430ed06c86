// Owns how contracts stand against their baselines, asked again and again while texts change: what does not change (a commit, its
// files, the blocks of a text that an edit left alone) is kept. It must not know editors or findings.

import type { FileSource, History, HistoryAnswer } from '../base/host.ts';
import { LineIndex } from '../base/place.ts';
import { relativeTo } from '../base/relative.ts';
import type { ContractPlace, PastPlace, VersionStanding } from '../contract/model.ts';
import { type Acceptances, readAccepted } from './accepted.ts';
import { type Baseline, baselineOf, type NoBaseline } from './baseline.ts';
import { countedLevels } from './bump/bump.ts';
import type { Change } from './change.ts';
import { type Judged, judge } from './judge.ts';
import { type Mending, takenBack, type Way } from './mending/take-back.ts';
import { recordName } from './recorded.ts';
import type { Decisions } from './settings.ts';
import { type ContractSource, ContractSources } from './source.ts';

export type { VersionStanding } from '../contract/model.ts';

export interface StandingOptions {
  readonly decisions: Decisions;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The folder of the configuration, where the record of releases lies. Absent: none is looked for. */
  readonly folder?: string;
}

export type Standing = VersionStanding | { readonly missing: NoBaseline };

/** A contract beside its baseline, with all that was found. */
export interface Compared extends Judged {
  readonly baseline: Baseline;
}

/** A change of a contract that somebody wants to take back. */
export interface Wish {
  /** The contract's root, an absolute path. */
  readonly file: string;
  readonly fingerprint: string;
  readonly way: Way;
  /** `YYYY-MM-DD`. */
  readonly sunset: string;
}

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
    const baseline = this.baselineOf(file, files, options);
    if ('failure' in baseline) return { missing: baseline };
    const revision = this.sources.open(files, file, baseline.source);
    if ('failure' in revision) return { missing: { failure: 'unreadable', detail: revision.failure } };
    const before = this.kept.get(file);
    const key = keyOf(baseline, files, revision, before?.key, options);
    if (before?.key === key) return before.standing;
    const standing = standingOf(compared(baseline, revision, files, options));
    // Now every file that was read is known.
    this.kept.set(file, { key: keyOf(baseline, files, revision, undefined, options), standing });
    return standing;
  }

  /** The whole comparison of a contract with its baseline, or with another one where the decisions name it. */
  compared(file: string, files: FileSource, options: StandingOptions): Compared | { readonly missing: NoBaseline } {
    const baseline = this.baselineOf(file, files, options);
    if ('failure' in baseline) return { missing: baseline };
    const revision = this.sources.open(files, file, baseline.source);
    if ('failure' in revision) return { missing: { failure: 'unreadable', detail: revision.failure } };
    return compared(baseline, revision, files, options);
  }

  /** A contract as it is now. */
  revision(file: string, files: FileSource): ReturnType<ContractSources['open']> {
    return this.sources.open(files, file);
  }

  /** The edits that take a change (by its fingerprint) back; or why there are none, as a clause. */
  takenBack(
    { file, fingerprint, way, sunset }: Wish,
    files: FileSource,
    options: StandingOptions,
  ): Mending | { readonly refused: string } {
    const found = this.compared(file, files, options);
    const change =
      'missing' in found ? undefined : found.comparison.changes.find((one) => one.fingerprint === fingerprint);
    if ('missing' in found || !change) return { refused: 'the change is not there any more' };
    const { baseline, comparison } = found;
    const again = (edited: ContractSource) => compared(baseline, edited, files, options).comparison;
    return takenBack(change, way, comparison, { again, sunset });
  }

  /** The state that a contract is held against. */
  baselineOf(
    file: string,
    files: FileSource,
    { decisions: { base }, folder }: Pick<StandingOptions, 'decisions' | 'folder'>,
  ): Baseline | NoBaseline {
    const paths =
      folder === undefined ? [] : [`${folder}/${recordName}`, ...(base === undefined ? [] : [`${folder}/${base}`])];
    const key = [base ?? '', file, ...paths.map((path) => files.version(path) ?? '')].join('\n');
    const known = this.baselines.get(key);
    if (known) return known;
    const found = baselineOf(file, { base, folder, files }, () => this.historyOf(file), this.past);
    this.baselines.set(key, found);
    return found;
  }

  /** The history of the repository that a file lies in. */
  historyOf(file: string): HistoryAnswer<History> {
    const folder = file.slice(0, file.lastIndexOf('/'));
    const history = this.histories.get(folder) ?? this.openHistory(folder);
    this.histories.set(folder, history);
    return history;
  }
}

/** Identity of all that a comparison reads. The files of a revision are known after it was compared; before, those of the last time count. */
function keyOf(
  { commit, source }: Baseline,
  files: FileSource,
  revision: ContractSource,
  before: string | undefined,
  { decisions, today, folder }: StandingOptions,
): string {
  const known = before
    ?.split('\n')
    .flatMap((line) => (line.startsWith('file ') ? [line.slice(5, line.indexOf(' ', 5))] : []));
  const paths = known ?? [...revision.documents.keys()].map(encodeURI);
  // A baseline without a commit is a file that changes as others do.
  const past = commit ? [] : [...source.documents.keys()].map(encodeURI);
  const versions = [...paths, ...past].map((path) => `file ${path} ${files.version(decodeURI(path)) ?? ''}`);
  const record = folder === undefined ? '' : (files.version(`${folder}/${recordName}`) ?? '');
  return [commit?.hash ?? '', JSON.stringify(decisions), today, record, ...versions].join('\n');
}

function compared(
  baseline: Baseline,
  revision: ContractSource,
  files: FileSource,
  { decisions, today, folder }: StandingOptions,
): Compared {
  const accepted = folder === undefined ? undefined : acceptedIn(files, folder, revision.file);
  return { baseline, ...judge(baseline.source, revision, { decisions, today, accepted, held: true }) };
}

/** The changes of a contract that a project accepts, from beside its configuration. */
export function acceptedIn(files: FileSource, folder: string, file: string): Acceptances {
  const read = files.read(`${folder}/${recordName}`);
  return { changes: 'text' in read ? readAccepted(read.text) : [], contract: relativeTo(folder, file) };
}

/** A comparison as findings and editors show it. */
export function standingOf({ baseline, comparison, bump }: Compared): VersionStanding {
  const { source, commit, name, path } = baseline;
  const { revision, changes, level, unread } = comparison;
  const placed = pastPlaces(source);
  return {
    contract: revision.file,
    place: revision.versionPlace,
    version: revision.version,
    base: { name, version: source.version, commit: commit?.hash ?? null, path },
    level,
    needed: bump.needed,
    suggested: bump.suggested,
    kept: bump.kept,
    summary: countedLevels(changes),
    notes: bump.notes,
    changes: changes.map((change) => shown(change, placed)),
    unread,
  };
}

const indexes = new WeakMap<ContractSource, Map<string, LineIndex>>();

function pastPlaces(source: ContractSource): (place: ContractPlace | null) => PastPlace | null {
  const known = indexes.get(source) ?? new Map<string, LineIndex>();
  indexes.set(source, known);
  return (place) => {
    const text = place && source.documents.get(place.file)?.text;
    if (!place || text === undefined || text === null) return null;
    const index = known.get(place.file) ?? new LineIndex(text);
    known.set(place.file, index);
    return { file: place.file, start: index.position(place.start), end: index.position(place.end) };
  };
}

function shown(
  change: Change,
  placed: (place: ContractPlace | null) => PastPlace | null,
): VersionStanding['changes'][number] {
  const { id, level, operation, subject, message, reason, fingerprint, witness, base, revision } = change;
  const text = witness && (JSON.stringify(witness.value) ?? 'nothing');
  const short = text === undefined || text.length <= 120 ? text : `${text.slice(0, 117)}\u2026`;
  return {
    id,
    level,
    operation,
    subject,
    message,
    reason,
    fingerprint,
    place: revision,
    before: placed(base),
    ...(short !== undefined && { witness: short }),
  };
}
