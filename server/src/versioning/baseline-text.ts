// Owns the sentences that say why there is no baseline, and what helps. It must not know where they are shown.

import type { HistoryFailure } from '../base/host.ts';
import type { NoBaseline } from './baseline.ts';
import { recordName } from './recorded.ts';

/** Why there is no baseline, as a clause. A contract that is new is no failure of git's. */
export function missingText(missing: NoBaseline): string {
  const at = missing.commit ? ` in ${missing.commit.hash.slice(0, 8)}` : '';
  switch (missing.failure) {
    case 'not-there':
      return `the contract is new: it does not exist${at} (${missing.detail ?? 'the base'})`;
    case 'outside':
      return `the contract lies in a submodule, behind a link, or outside of the repository${at}`;
    case 'unreadable':
      return `the contract${at} cannot be compared: ${missing.detail ?? 'it cannot be read'}`;
    case 'no-record':
      return `${recordName} cannot be followed: ${missing.detail ?? 'it cannot be read'}`;
    case 'not-recorded':
      return `${recordName} has no release of ${missing.detail ?? 'the contract'}`;
    default:
      return failureText(missing.failure, missing.detail);
  }
}

/** A failure as a clause for people, with what helps. */
export function failureText(failure: HistoryFailure, detail?: string): string {
  switch (failure) {
    case 'no-git':
      return 'git is not installed, or not on the path';
    case 'no-repository':
      return 'the folder is in no git repository';
    case 'foreign-owner':
      return 'the repository belongs to somebody else, so that git refuses to read it (git config --global --add safe.directory)';
    case 'unborn-branch':
      return 'the repository has no commit yet';
    case 'unknown-revision':
      return `the repository has no revision "${detail ?? ''}"`;
    case 'no-main-branch':
      return 'the repository has neither a default branch of its remote nor one that is called main or master; name the base with --base';
    case 'no-merge-base':
      return 'the two branches have no commit in common';
    case 'shallow':
      return 'the clone is shallow and does not reach back far enough; fetch the whole history (fetch-depth: 0, or git fetch --unshallow)';
    case 'no-tag':
      return `no tag matches "${detail ?? ''}"`;
    case 'failed':
      return `git failed${detail ? `: ${detail}` : ''}`;
  }
}
