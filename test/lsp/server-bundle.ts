// Owns the server that the tests talk to: the sources bundled as the package bundles them, once per state of the sources.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const project = resolve(import.meta.dirname, '../..');
const page = join(project, 'client/page');

/** The path of a bundle of the present sources; test files that run side by side share it. */
export function bundledServer(): string {
  const state = createHash('sha256');
  const sources = join(project, 'server/src');
  for (const name of readdirSync(sources, { recursive: true }).map(String).sort()) {
    if (name.endsWith('.ts')) state.update(`${name}:${statSync(join(sources, name)).mtimeMs};`);
  }
  for (const name of readdirSync(page).sort()) state.update(`${name}:${statSync(join(page, name)).mtimeMs};`);
  const folder = join(project, 'out/lsp-under-test');
  const bundle = join(folder, `${state.digest('hex').slice(0, 16)}.cjs`);
  if (existsSync(bundle)) return bundle;
  mkdirSync(folder, { recursive: true });
  // The linter's thread lies beside the server, as in the package; it is there before the server is.
  build('contract/spectral/worker.ts', join(folder, 'spectral.js'));
  // So do the script and the style of the drift report's page.
  for (const name of ['page.ts', 'page.css']) {
    buildSync({ entryPoints: [join(page, name)], outdir: join(folder, 'report'), bundle: true, format: 'iife' });
  }
  build('lsp/main.ts', bundle);
  return bundle;
}

/** Bundles one entry of the sources; nobody ever sees half of a file. */
function build(entry: string, bundle: string): void {
  const written = `${bundle}.${process.pid}`;
  buildSync({
    entryPoints: [join(project, 'server/src', entry)],
    outfile: written,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  renameSync(written, bundle);
}
