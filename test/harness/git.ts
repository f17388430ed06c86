// Owns whether tests may ask git about the past. It must not know repositories.

import { spawnSync } from 'node:child_process';

/**
 * Whether git is on this machine. Without it, tests of what git says are skipped, as the README asks for nothing but Node; where
 * everything must run (`FIDELITY_FULL`), its absence is a failure.
 */
export const hasGit = process.env.FIDELITY_FULL === '1' || spawnSync('git', ['--version']).status === 0;
