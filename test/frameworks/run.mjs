// Owns the start of `npm run matrix`: it bundles main.ts, which Node cannot read, and runs it. It writes nothing itself.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const project = fileURLToPath(new URL('../..', import.meta.url));
const outfile = `${project}/out/matrix.mjs`;
await build({
  entryPoints: [`${project}/test/frameworks/main.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: project, stdio: 'inherit' });
process.exitCode = run.status ?? 2;
