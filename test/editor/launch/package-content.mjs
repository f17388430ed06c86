// Owns what the packaged extension may hold: everything that it names, nothing that it does not need, and not more than an editor should load.
// It must not know how it is packed.

import * as fs from 'node:fs';
import * as path from 'node:path';

/** The size of the package that nobody should have to wait for. */
const LARGEST = 5 * 1024 * 1024;

/** What may be in it. Whatever else turns up was packed by accident. */
const allowed = [
  /^(?:package(?:\.nls(?:\.[a-z]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^dist\/(?:client|server|spectral|types)\.js$/,
  /^dist\/third-party-licences\.txt$/,
  /^dist\/lib\/lib(?:\.[\w.]+)?\.d\.ts$/,
  /^dist\/report\/page\.(?:js|css)$/,
  /^dist\/rules\/[a-z-]+\.md$/,
  /^client\/l10n\/bundle\.l10n(?:\.[a-z]+)?\.json$/,
  /^client\/walkthrough\/[a-z-]+\.md$/,
  /^syntaxes\/[a-z-]+\.tmLanguage\.json$/,
  /^docs\/[a-z-]+\.(?:png|svg)$/,
];

function listed(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Everything that the manifest and the pages in the package name. */
function named(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { contributes } = manifest;
  const media = contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.markdown));
  const grammars = contributes.grammars.map((grammar) => grammar.path);
  const readme = fs.readFileSync(path.join(folder, 'readme.md'), 'utf8');
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, file]) => file);
  const bundles = [
    'dist/server.js',
    'dist/spectral.js',
    'dist/types.js',
    'dist/lib/lib.es2022.d.ts',
    'dist/report/page.js',
  ];
  const texts = [`${manifest.l10n}/bundle.l10n.json`, `${manifest.l10n}/bundle.l10n.de.json`, 'package.nls.de.json'];
  return [manifest.main, manifest.icon, ...media, ...grammars, ...pictures, ...bundles, ...texts].map((file) =>
    path.posix.normalize(file),
  );
}

/** Throws when the package holds too much, too little, or something that nobody asked for. Prints what it holds. */
export function checkPackage({ vsix, folder, rulePages }) {
  const files = listed(folder);
  const strangers = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  if (strangers.length > 0) throw new Error(`the package holds what it does not need: ${strangers.join(', ')}`);
  const missing = named(folder).filter((file) => !files.includes(file));
  if (missing.length > 0) throw new Error(`the package names what it does not hold: ${missing.join(', ')}`);
  const pages = files.filter((file) => file.startsWith('dist/rules/')).length;
  if (pages !== rulePages) throw new Error(`the package has ${pages} pages of rules, and the sources ${rulePages}`);
  const { size } = fs.statSync(vsix);
  const megabytes = (size / 1024 / 1024).toFixed(2);
  if (size > LARGEST) throw new Error(`the package has ${megabytes} MB`);
  console.log(`packaged: ${files.length} files, ${megabytes} MB`);
}
