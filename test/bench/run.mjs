// Owns the start of the benchmarks: bundles the server and the benchmark as they are now, and runs it. Arguments are passed on.
// With `--large PATH` real contracts are measured in the contract room alone, by `contracts.ts`.
// With `--versions PATH` or `--versions BASE,REVISION` the comparison of two states is, by `versions.ts`.
// With `--rewrites PATH` contracts are rewritten without a change of meaning, by `rewrites.ts`, and nothing must be said of them.

import { execFileSync, spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out/bench');
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};
const measured = process.argv.includes('--large')
  ? 'contracts'
  : process.argv.includes('--versions')
    ? 'versions'
    : process.argv.includes('--rewrites')
      ? 'rewrites'
      : 'bench';
// As it is in the package: the size and the shape of the bundles are part of what their processes take.
if (measured === 'bench')
  execFileSync(process.execPath, [path.join(root, 'esbuild.mjs'), `--outdir=${out}`], { cwd: root });
const server = path.join(out, 'server.js');
const types = path.join(out, 'types.js');
const bench = path.join(out, `${measured}.mjs`);
const parser = path.join(out, 'plain-parse.mjs');
for (const outfile of measured === 'bench' ? [bench, parser] : [bench])
  await build({
    ...common,
    entryPoints: [path.join(root, 'test/bench', `${path.basename(outfile, '.mjs')}.ts`)],
    outfile,
    format: 'esm',
    // What else the measured rooms import is bundled with them, as it is in the package.
    external: ['typescript'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
const result = spawnSync(
  process.execPath,
  [
    '--expose-gc',
    bench,
    '--server',
    server,
    ...(measured === 'bench' ? ['--types', types, '--parser', parser] : []),
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(result.status ?? 2);
