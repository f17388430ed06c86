// Owns a history that lives in memory: one commit on the main branch, for tests that need a past without a repository.
// It must not know what the files mean.

import type { Commit, History } from '../../server/src/base/host.ts';

const commit: Commit = {
  hash: '0123456789012345678901234567890123456789',
  date: '2026-05-01',
  subject: 'The state before',
};

/** A repository at `top` whose main branch holds these texts, by path. */
export function onlyMain(top: string, texts: ReadonlyMap<string, string>): History {
  return {
    top,
    shallow: false,
    resolve: () => ({ found: commit }),
    mergeBase: () => ({ found: commit }),
    mainBranch: () => ({ found: 'refs/heads/main' }),
    tags: (pattern) => ({ failure: 'no-tag', detail: pattern }),
    read: (_, path) => {
      const text = texts.get(path);
      return text === undefined ? { failure: 'missing' } : { text };
    },
    log: (path) => ({ found: [{ commit, path }] }),
    renamedFrom: () => undefined,
  };
}
