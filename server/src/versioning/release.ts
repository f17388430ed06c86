// Owns noting a committed state of a contract as released. It must not know who asks, nor where the record is written.

import type { History } from '../base/host.ts';
import { relativeTo } from '../base/relative.ts';
import { failureText } from './baseline-text.ts';
import { type RecordedRelease, recordName, withRelease } from './recorded.ts';
import type { ContractSource } from './source.ts';

export interface ReleaseNoted {
  readonly release: RecordedRelease;
  /** The whole record with it. */
  readonly text: string;
}

/**
 * The record of releases with the state of HEAD as one more, or why it cannot be, as a clause. `path` is the contract's in the repository,
 * `folder` the one that holds the record, `record` its text so far.
 */
export function noteRelease(
  source: ContractSource,
  path: string | undefined,
  history: History,
  folder: string,
  record: string | undefined,
): ReleaseNoted | { readonly refused: string } {
  const head = history.resolve('HEAD');
  if ('failure' in head) return { refused: failureText(head.failure, head.detail) };
  const { hash: commit, date } = head.found;
  const committed = path === undefined ? undefined : history.read(commit, path);
  if (!committed || !('text' in committed) || committed.text !== source.document.text)
    return { refused: 'the contract is not as it was committed last; commit it first' };
  const release = { contract: relativeTo(folder, source.file), version: source.version, commit, date };
  const text = withRelease(record, release);
  return text === undefined ? { refused: `${recordName} is no record of releases` } : { release, text };
}
