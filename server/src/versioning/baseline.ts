// Owns which past state a contract is compared with: the merge base with the main branch, a tag, a revision, or a file.
// It must not know how a repository is asked, nor what is done with the answer.

import type { Commit, FileSource, History, HistoryAnswer, HistoryFailure } from '../base/host.ts';
import { pastFiles } from './past-files.ts';
import type { ContractSource, ContractSources } from './source.ts';

export interface BaselineWish {
  /** A revision (`main`, `v1.4.0`, a hash), or `tag:PATTERN` for the latest tag that matches. Undefined: the merge base with the main branch. */
  readonly base?: string;
}

export interface Baseline {
  readonly source: ContractSource;
  readonly commit: Commit;
  /** How people call it: `main`, `v1.4.0`. */
  readonly name: string;
  /** The contract's path in that commit. */
  readonly path: string;
  /** The contract's path in that commit, when it was renamed since. */
  readonly renamedFrom?: string;
}

export type NoBaseline = {
  readonly failure: HistoryFailure | 'not-there' | 'outside' | 'unreadable';
  readonly detail?: string;
  /** The commit that was looked into, when there was one. */
  readonly commit?: Commit;
};

/** The baseline of a contract (absolute path), or why there is none. */
export function baselineOf(
  file: string,
  wish: BaselineWish,
  history: History,
  sources: ContractSources,
): Baseline | NoBaseline {
  const chosen = commitOf(wish, history);
  if ('failure' in chosen) return chosen;
  const { commit, name } = chosen.found;
  const files = pastFiles(history, commit.hash);
  if (!file.startsWith(`${history.top}/`)) return { failure: 'outside', commit };
  const path = file.slice(history.top.length + 1);
  const read = files.read(file);
  if ('text' in read) return opened(file, files, commit, name, sources);
  if (read.failure === 'outside') return { failure: 'outside', commit, detail: path };
  const before = history.renamedFrom(commit.hash, path);
  if (before === undefined) return { failure: 'not-there', commit, detail: name };
  const found = opened(`${history.top}/${before}`, files, commit, name, sources);
  return 'failure' in found ? found : { ...found, renamedFrom: before };
}

function opened(
  file: string,
  files: FileSource,
  commit: Commit,
  name: string,
  sources: ContractSources,
): Baseline | NoBaseline {
  const source = sources.open(files, file);
  return 'failure' in source
    ? { failure: 'unreadable', detail: source.failure, commit }
    : { source, commit, name, path: file.slice((files.roots[0] ?? '').length + 1) };
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
