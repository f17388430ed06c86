// Owns which past state a contract is compared with: the last recorded release, the merge base with the main branch, a tag, a
// revision, or a file. It must not know how a repository is asked, nor what is done with the answer.

import type { Commit, FileSource, History, HistoryAnswer, HistoryFailure } from '../base/host.ts';
import { relativeTo } from '../base/relative.ts';
import { pastFiles } from './past-files.ts';
import { readRecord, recordName } from './recorded.ts';
import type { ContractSource, ContractSources } from './source.ts';

export interface BaselineWish {
  /**
   * A revision (`main`, `v1.4.0`, a hash), `tag:PATTERN` for the latest tag that matches, a contract's path, or the path of the record
   * of releases. Undefined: the last recorded release, else the merge base with the main branch.
   */
  readonly base?: string;
  /** Where paths in `base` and the record of releases are looked for. Absent: neither is. */
  readonly folder?: string;
  /** The files of the working tree, in which they are read. */
  readonly files?: FileSource;
}

export interface Baseline {
  readonly source: ContractSource;
  /** Absent for a file of the working tree. */
  readonly commit?: Commit;
  /** How people call it: `main`, `v1.4.0`. */
  readonly name: string;
  /** The contract's path in that commit, or the file's in the working tree as it was named. */
  readonly path: string;
  /** The contract's path in that commit, when it was renamed since. */
  readonly renamedFrom?: string;
  /** The files of that state, for texts that nothing referred to. */
  readonly files: FileSource;
}

export type NoBaseline = {
  readonly failure: HistoryFailure | 'not-there' | 'outside' | 'unreadable' | 'not-recorded' | 'no-record';
  readonly detail?: string;
  /** The commit that was looked into, when there was one. */
  readonly commit?: Commit;
};

/** The baseline of a contract (absolute path), or why there is none. Git is asked only where it is needed. */
export function baselineOf(
  file: string,
  wish: BaselineWish,
  openHistory: () => HistoryAnswer<History>,
  sources: ContractSources,
): Baseline | NoBaseline {
  const named = namedFile(wish);
  if (named !== undefined && wish.files) {
    return opened(named, wish.files, { name: wish.base ?? '', path: wish.base ?? '' }, sources);
  }
  const recorded = recordedBase(file, wish);
  if (recorded && 'failure' in recorded) return recorded;
  const history = openHistory();
  if ('failure' in history) return history;
  const chosen = recorded ? recordedCommit(recorded, history.found) : commitOf(wish, history.found);
  return 'failure' in chosen ? chosen : inCommit(file, chosen.found, history.found, sources);
}

function inCommit(
  file: string,
  { commit, name }: { readonly commit: Commit; readonly name: string },
  history: History,
  sources: ContractSources,
): Baseline | NoBaseline {
  const files = pastFiles(history, commit.hash);
  if (!file.startsWith(`${history.top}/`)) return { failure: 'outside', commit };
  const path = file.slice(history.top.length + 1);
  const read = files.read(file);
  if ('text' in read) return opened(file, files, { commit, name, path }, sources);
  if (read.failure === 'outside') return { failure: 'outside', commit, detail: path };
  const before = history.renamedFrom(commit.hash, path);
  if (before === undefined) return { failure: 'not-there', commit, detail: name };
  const found = opened(`${history.top}/${before}`, files, { commit, name, path: before }, sources);
  return 'failure' in found ? found : { ...found, renamedFrom: before };
}

function opened(
  file: string,
  files: FileSource,
  what: Pick<Baseline, 'commit' | 'name' | 'path'>,
  sources: ContractSources,
): Baseline | NoBaseline {
  const source = sources.open(files, file);
  return 'failure' in source
    ? { failure: 'unreadable', detail: source.failure, commit: what.commit }
    : { source, files, ...what };
}

/** The file of the working tree that a wish names. */
function namedFile({ base, folder, files }: BaselineWish): string | undefined {
  if (base === undefined || folder === undefined || !/\.(?:json|ya?ml)$/i.test(base) || isRecord(base))
    return undefined;
  const path = joined(folder, base);
  return files?.exists(path) ? path : undefined;
}

const isRecord = (base: string): boolean => base.replace(/^\.\//, '') === recordName;

/** A path below a folder; `..` and `.` are taken out. */
function joined(folder: string, path: string): string {
  const parts = path.startsWith('/') || /^[A-Za-z]:/.test(path) ? [] : folder.split('/');
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

interface RecordedBase {
  readonly commit: string;
  readonly name: string;
}

/** The last recorded release of a contract; undefined where nobody records any, or something else is wished. */
function recordedBase(file: string, { base, folder, files }: BaselineWish): RecordedBase | NoBaseline | undefined {
  const wished = base !== undefined && isRecord(base);
  if ((base !== undefined && !wished) || folder === undefined || !files) return undefined;
  const read = files.read(`${folder}/${recordName}`);
  if ('failure' in read) return wished ? { failure: 'no-record', detail: 'it cannot be read' } : undefined;
  const releases = readRecord(read.text);
  if (!releases) return { failure: 'no-record', detail: 'it is no record of releases' };
  const path = relativeTo(folder, file);
  const last = releases.findLast((release) => release.contract === path);
  if (last) return { commit: last.commit, name: `release ${last.version}` };
  return wished ? { failure: 'not-recorded', detail: path } : undefined;
}

function recordedCommit({ commit, name }: RecordedBase, history: History): ReturnType<typeof commitOf> {
  const found = history.resolve(commit);
  return 'failure' in found ? found : { found: { commit: found.found, name } };
}

/** The commit that is meant, with the name that people know it by. */
export function commitOf(
  wish: BaselineWish,
  history: History,
): HistoryAnswer<{ readonly commit: Commit; readonly name: string }> {
  const { base } = wish;
  if (base?.startsWith('tag:')) {
    const tags = history.tags(base.slice('tag:'.length), 'HEAD');
    if ('failure' in tags) return tags;
    const [latest = ''] = tags.found;
    return named(history.resolve(`refs/tags/${latest}`), latest);
  }
  if (base !== undefined) return named(history.resolve(base), base);
  const main = history.mainBranch();
  if ('failure' in main) return main;
  return named(history.mergeBase(main.found, 'HEAD'), main.found.replace(/^refs\/(?:heads|remotes)\//, ''));
}

function named(
  commit: HistoryAnswer<Commit>,
  name: string,
): HistoryAnswer<{ readonly commit: Commit; readonly name: string }> {
  return 'failure' in commit ? commit : { found: { commit: commit.found, name } };
}
