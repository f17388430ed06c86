// Bundles the command line, the language server and the editor client into dist/ (or --outdir=FOLDER), so that neither a checkout's user nor the
// packaged extension needs node_modules. Also copies the pages of the rules, which `fidelity explain` prints, and the licences of
// the packages that went into the bundles.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { namesUsed, parserOnly } from './server/bundling/typescript-parser.mjs';

/**
 * Each module that imports a CommonJS package gets an object of its own with a getter for each of the package's exports. Those of
 * `typescript` are 2,300 and 80 modules import it: 40 MB and a good part of the start. Through one module they share what it gives.
 */
const sharedTypeScript = (contents) => ({
  name: 'shared-typescript',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'typescript', namespace: 'shared' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'shared' }, () => ({ contents, resolveDir: import.meta.dirname }));
  },
});
/** The whole package, for the process that checks types. */
const checker = sharedTypeScript("export default require('typescript');");
/** What parses, for all others: they start in a third of the time. */
const parser = sharedTypeScript(
  parserOnly(readFileSync('node_modules/typescript/lib/typescript.js', 'utf8'), namesUsed('server/src', 'types/')),
);

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
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [parser],
  // CommonJS has no import.meta; the sources use its url to find what lies beside them.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const bundles = [
  { entry: 'server/src/cli/run.ts', out: 'cli.js' },
  { entry: 'server/src/lsp/main.ts', out: 'server.js' },
  // Loaded by the other two when a ruleset asks for it, and never before.
  { entry: 'server/src/contract/spectral/worker.ts', out: 'spectral.js' },
  // A process of its own, started when types can answer what the code alone does not tell.
  { entry: 'server/src/types/main.ts', out: 'types.js', plugins: [checker] },
  { entry: 'client/src/extension.ts', out: 'client.js', external: ['vscode'] },
];

/** The drift report's page runs in a browser; its script and style are put into each report as text. */
const page = ['client/page/page.ts', 'client/page/page.css'].map((entry) =>
  build({
    entryPoints: [entry],
    bundle: true,
    minify: !development,
    format: 'iife',
    target: ['es2022', 'chrome124'],
    outdir: join(outdir, 'report'),
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    write: false,
  }),
);

// Nothing of the last bundle is touched before the new one is whole.
const results = await Promise.all([
  ...bundles
    .filter(({ entry }) => existsSync(entry))
    .map(({ entry, out, ...own }) =>
      build({ ...common, ...own, entryPoints: [entry], outfile: join(outdir, out), write: false }),
    ),
  ...page,
]).catch(() => {
  // esbuild has said what is wrong, with places.
  process.exit(1);
});
for (const { metafile } of results) {
  // Names that the checker's rooms use were not asked for: what imports them would find nothing there.
  const misled = Object.entries(metafile.inputs).filter(([input, { imports }]) =>
    imports.some(({ path }) => path === 'shared:typescript' && input.startsWith('server/src/types/')),
  );
  const whole = Object.values(metafile.outputs).some(({ entryPoint }) => entryPoint === 'server/src/types/main.ts');
  if (misled.length > 0 && !whole) throw new Error(`${misled.map(([input]) => input).join(', ')}: needs the checker`);
}
rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
for (const file of results.flatMap((result) => result.outputFiles)) {
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.contents);
}

mkdirSync(join(outdir, 'rules'), { recursive: true });
for (const folder of ['server/src/rules', 'server/src/findings']) {
  for (const page of readdirSync(folder, { recursive: true })) {
    if (page.endsWith('.md')) cpSync(join(folder, page), join(outdir, 'rules', basename(page)));
  }
}

// The declarations of the language's own library, without those of browsers: they are most of it, and no answers of a service.
mkdirSync(join(outdir, 'lib'), { recursive: true });
for (const name of readdirSync('node_modules/typescript/lib')) {
  if (/^lib\.(?!dom|webworker|scripthost).*\.d\.ts$/.test(name) || name === 'lib.d.ts')
    cpSync(join('node_modules/typescript/lib', name), join(outdir, 'lib', name));
}

writeFileSync(join(outdir, 'third-party-licences.txt'), licencesOf(results));

/** The name, version and licence of every installed package that a bundle holds a part of: their licences ask for it. */
function licencesOf(results) {
  const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|thirdparty|copying)/i.test(file));
    const licences = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...licences].join('\n\n');
  });
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
