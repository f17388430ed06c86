// Owns the start of `npm run mutants`: it bundles main.ts, which Node cannot read, and runs it. It judges nothing.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const project = fileURLToPath(new URL('../..', import.meta.url));
const outfile = `${project}/out/mutants.mjs`;
await build({
  entryPoints: [`${project}/test/mutants/main.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: project, stdio: 'inherit' });
process.exitCode = run.status ?? 2;
