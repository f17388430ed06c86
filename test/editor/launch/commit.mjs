// Owns making a folder a repository, for workspaces that are held against what was released. It must not know what is in it.

import { execFileSync } from 'node:child_process';

/** Makes the folder a repository whose main branch has everything in it. @param {string} folder */
export function commitAll(folder) {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    ['commit', '--quiet', '-m', 'Released'],
  ])
    execFileSync('git', ['-C', folder, ...identity, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}
