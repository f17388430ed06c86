// Bundles measure.ts, which Node 20 cannot run as it is, and runs it from the checkout's top folder.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const project = fileURLToPath(new URL('../..', import.meta.url));
const outfile = `${project}/out/accuracy/measure.mjs`;
await build({
  entryPoints: [`${project}/test/accuracy/measure.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: project, stdio: 'inherit' });
process.exitCode = run.status ?? 2;
