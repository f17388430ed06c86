// Owns asking git about the past of a repository. Arguments go to the program as they are, never through a shell; nothing is
// written, fetched or run that a repository configures (hooks, monitors, filters for text).
// It must not know what the files mean.

import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import type { Commit, History, HistoryAnswer, ReadResult } from '../base/host.ts';
import { slashed } from '../base/relative.ts';

/** A repository's answer is awaited for this long, in milliseconds. */
const longestWait = 30_000;
const largestAnswer = 64 * 1024 * 1024;
const largestBlob = 20 * 1024 * 1024;

interface Ran {
  readonly ok: boolean;
  readonly out: string;
  readonly error: string;
  readonly missing: boolean;
}

/** Settings that keep git from running anything that the repository names, from asking, and from the network. */
const guards = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
  '--no-pager',
];

/** Variables by which a caller (a hook, for one) would point git to another repository than the folder's. */
const redirections = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

function git(folder: string, args: readonly string[]): Ran {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C',
  };
  for (const name of redirections) delete env[name];
  try {
    const out = execFileSync('git', ['-C', folder, ...guards, ...args], {
      env,
      encoding: 'utf8',
      timeout: longestWait,
      maxBuffer: largestAnswer,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    return { ok: true, out, error: '', missing: false };
  } catch (error) {
    const failed = error as { readonly code?: unknown; readonly stderr?: unknown; readonly stdout?: unknown };
    return {
      ok: false,
      out: typeof failed.stdout === 'string' ? failed.stdout : '',
      error: typeof failed.stderr === 'string' ? failed.stderr.trim() : '',
      missing: failed.code === 'ENOENT',
    };
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** The repository that a folder lies in, or why there is none to ask. */
export function openHistory(folder: string): HistoryAnswer<History> {
  const ran = git(folder, ['rev-parse', '--show-toplevel']);
  if (ran.ok && ran.out.trim() !== '') return { found: new GitHistory(folder, slashed(ran.out.replace(/\r?\n$/, ''))) };
  if (ran.missing) return { failure: 'no-git' };
  if (/dubious ownership/.test(ran.error)) return { failure: 'foreign-owner' };
  return { failure: 'no-repository' };
}

class GitHistory implements History {
  readonly top: string;
  private knownShallow: boolean | undefined;

  constructor(
    private readonly folder: string,
    /** As git says it; the folder's own spelling may go through links. */
    real: string,
  ) {
    const prefix = git(folder, ['rev-parse', '--show-prefix']).out.trim().replace(/\/$/, '');
    const named = slashed(folder).replace(/\/$/, '');
    this.top = prefix === '' ? named : named.endsWith(`/${prefix}`) ? named.slice(0, -prefix.length - 1) : real;
  }

  get shallow(): boolean {
    this.knownShallow ??= git(this.folder, ['rev-parse', '--is-shallow-repository']).out.trim() === 'true';
    return this.knownShallow;
  }

  resolve(revision: string): HistoryAnswer<Commit> {
    const ran = git(this.folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
    const hash = ran.out.trim();
    if (ran.ok && /^[0-9a-f]{40,64}$/.test(hash)) return this.describe(hash);
    if (ran.missing) return { failure: 'no-git' };
    if (revision === 'HEAD') return { failure: 'unborn-branch' };
    return { failure: this.shallow ? 'shallow' : 'unknown-revision', detail: revision };
  }

  mergeBase(a: string, b: string): HistoryAnswer<Commit> {
    const [one, other] = [this.resolve(a), this.resolve(b)];
    if ('failure' in one) return one;
    if ('failure' in other) return other;
    const ran = git(this.folder, ['merge-base', one.found.hash, other.found.hash]);
    const hash = ran.out.trim();
    if (ran.ok && hash !== '') return this.describe(hash);
    return { failure: this.shallow ? 'shallow' : 'no-merge-base' };
  }

  mainBranch(): HistoryAnswer<string> {
    const head = git(this.folder, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD']);
    const candidates = [head.out.trim(), 'refs/remotes/origin/main', 'refs/remotes/origin/master'];
    const all = [...candidates, 'refs/heads/main', 'refs/heads/master', 'refs/heads/trunk'];
    const found = all.find((name) => name !== '' && 'found' in this.resolve(name));
    if (found) return { found };
    const born = this.resolve('HEAD');
    return 'failure' in born ? born : { failure: 'no-main-branch' };
  }

  tags(pattern: string, from: string): HistoryAnswer<readonly string[]> {
    const commit = this.resolve(from);
    if ('failure' in commit) return commit;
    const ran = git(this.folder, [
      'tag',
      '--list',
      '--sort=-version:refname',
      `--merged=${commit.found.hash}`,
      '--',
      pattern,
    ]);
    if (!ran.ok) return { failure: 'failed', detail: firstLine(ran.error) };
    const names = ran.out.split('\n').filter((name) => name !== '');
    if (names.length > 0) return { found: names };
    return { failure: this.shallow ? 'shallow' : 'no-tag', detail: pattern };
  }

  read(commit: string, path: string): ReadResult {
    if (path.split('/').includes('..')) return { failure: 'outside' };
    const entry = git(this.folder, ['ls-tree', '-z', '--full-tree', '--end-of-options', commit, '--', path]);
    const parsed = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(entry.out);
    if (!parsed) return { failure: this.insideSubmodule(commit, path) ? 'outside' : 'missing' };
    const [, mode, type, hash] = parsed;
    if (mode === '160000' || mode === '120000') return { failure: 'outside' };
    if (type !== 'blob' || !hash) return { failure: 'missing' };
    const size = Number(git(this.folder, ['cat-file', '-s', hash]).out.trim());
    if (size > largestBlob) return { failure: 'too-large' };
    const ran = git(this.folder, ['cat-file', 'blob', hash]);
    if (!ran.ok) return { failure: 'unreadable', detail: firstLine(ran.error) };
    return ran.out.includes('\0') ? { failure: 'binary' } : { text: ran.out };
  }

  log(path: string, most: number): HistoryAnswer<readonly { readonly commit: Commit; readonly path: string }[]> {
    const format = '--format=%x1e%H%x1f%cs%x1f%s';
    const ran = git(this.top, [
      'log',
      `--max-count=${most}`,
      '--follow',
      '--no-ext-diff',
      '--no-textconv',
      '--name-only',
      '-z',
      format,
      '--',
      path,
    ]);
    if (!ran.ok) {
      const born = this.resolve('HEAD');
      return 'failure' in born ? born : { failure: 'failed', detail: firstLine(ran.error) };
    }
    return {
      found: ran.out.split('\x1e').flatMap((record) => {
        const [head = '', ...names] = record.split(/[\0\n]+/);
        const [hash = '', date = '', subject = ''] = head.split('\x1f');
        const at = names.find((name) => name !== '');
        return hash === '' ? [] : [{ commit: { hash, date, subject }, path: at ?? path }];
      }),
    };
  }

  renamedFrom(commit: string, path: string): string | undefined {
    const ran = git(this.top, [
      'diff',
      '--no-ext-diff',
      '--no-textconv',
      '--find-renames',
      '--diff-filter=R',
      '--name-status',
      '-z',
      '--end-of-options',
      commit,
    ]);
    const tokens = ran.out.split('\0');
    for (let at = 0; at + 2 < tokens.length; at += 3) if (tokens[at + 2] === path) return tokens[at + 1];
    return undefined;
  }

  private insideSubmodule(commit: string, path: string): boolean {
    const parts = path.split('/');
    for (let length = 1; length < parts.length; length++) {
      const folder = parts.slice(0, length).join('/');
      const entry = git(this.folder, ['ls-tree', '--full-tree', '--end-of-options', commit, '--', folder]).out;
      if (entry.startsWith('160000')) return true;
      if (entry === '') return false;
    }
    return false;
  }

  private describe(hash: string): HistoryAnswer<Commit> {
    const ran = git(this.folder, ['log', '-1', '--no-ext-diff', '--format=%cs%x1f%s', hash]);
    if (!ran.ok) return { failure: 'failed', detail: firstLine(ran.error) };
    const [date = '', subject = ''] = ran.out.trimEnd().split('\x1f');
    return { found: { hash, date, subject } };
  }
}

/** A path of the working tree as the repository names it; undefined for paths outside of it. */
export function pathIn(history: History, file: string): string | undefined {
  const path = slashed(relative(history.top, file));
  return path === '' || path.startsWith('../') || path === '..' || /^(?:\/|[A-Za-z]:)/.test(path) ? undefined : path;
}
