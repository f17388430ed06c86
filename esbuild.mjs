// Bundles the command line, the language server and the editor client into dist/ (or --outdir=FOLDER), so that neither a checkout's user nor the
// packaged extension needs node_modules. Also copies the pages of the rules, which `fidelity explain` prints.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const development = process.argv.includes('--development');
const outdir = process.argv.find((option) => option.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

/** What every bundle has in common. CommonJS, because the editor loads its client so and `typescript` is written so. */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: !development,
  keepNames: true,
  sourcemap: development,
  legalComments: 'linked',
  logLevel: 'warning',
  // CommonJS has no import.meta; the sources use its url to find what lies beside them.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const bundles = [
  { entry: 'server/src/cli/run.ts', out: 'cli.js' },
  { entry: 'server/src/lsp/main.ts', out: 'server.js' },
  { entry: 'client/src/extension.ts', out: 'client.js', external: ['vscode'] },
];

// Nothing of the last bundle is touched before the new one is whole.
const results = await Promise.all(
  bundles
    .filter(({ entry }) => existsSync(entry))
    .map(({ entry, out, external = [] }) =>
      build({ ...common, entryPoints: [entry], outfile: join(outdir, out), external, write: false }),
    ),
).catch(() => {
  // esbuild has said what is wrong, with places.
  process.exit(1);
});
rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
for (const file of results.flatMap((result) => result.outputFiles)) writeFileSync(file.path, file.contents);

mkdirSync(join(outdir, 'rules'), { recursive: true });
for (const folder of ['server/src/rules', 'server/src/findings']) {
  for (const page of readdirSync(folder, { recursive: true })) {
    if (page.endsWith('.md')) cpSync(join(folder, page), join(outdir, 'rules', basename(page)));
  }
}
