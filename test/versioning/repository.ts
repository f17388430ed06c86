// Owns small real repositories for tests that ask git about the past. It must not know contracts.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with git in it; nothing of the machine's own configuration takes part. */
export class Repository {
  readonly folder: string;

  constructor(folder = mkdtempSync(join(realpathSync(tmpdir()), 'fidelity-git-'))) {
    this.folder = folder;
  }

  /** Makes it a repository whose first branch is called `main`. */
  init(): this {
    this.git('init', '--quiet', '--initial-branch=main');
    return this;
  }

  git(...args: readonly string[]): string {
    const identity = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
      '-c',
      'protocol.file.allow=always',
    ];
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', ['-C', this.folder, ...identity, ...args], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  write(path: string, text: string): this {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return this;
  }

  remove(path: string): this {
    rmSync(join(this.folder, path));
    return this;
  }

  commit(message: string): this {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
    return this;
  }
}
