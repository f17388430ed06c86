// Owns the bundles that the tests of the second tier run as processes: the checker, and on wish a door beside it.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const project = resolve(import.meta.dirname, '../..');
const sources = join(project, 'server/src');

export const entries = { 'types.js': 'types/main.ts', 'cli.js': 'cli/run.ts', 'server.js': 'lsp/main.ts' } as const;

/** The path of a bundle of the present sources; bundles of one state of the sources lie in one folder. */
export function bundled(name: keyof typeof entries): string {
  const state = createHash('sha256');
  for (const path of readdirSync(sources, { recursive: true }).map(String).sort()) {
    if (path.endsWith('.ts')) state.update(`${path}:${statSync(join(sources, path)).mtimeMs};`);
  }
  const folder = join(project, 'out/types-under-test', state.digest('hex').slice(0, 16));
  const bundle = join(folder, name);
  if (existsSync(bundle)) return bundle;
  mkdirSync(folder, { recursive: true });
  const written = `${bundle}.${process.pid}`;
  buildSync({
    entryPoints: [join(sources, entries[name])],
    outfile: written,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['typescript'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  renameSync(written, bundle);
  return bundle;
}
