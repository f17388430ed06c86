// The table of rooms in `server/ARCHITECTURE.md`, executed: who may import whom, and who may import which package.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, project, resolveImport, roomOf, sourceFiles } from './sources.ts';

/** Room to rooms, or to single files of a room where only those may be known. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  shape: ['base'],
  contract: ['base', 'shape'],
  code: ['base', 'shape'],
  registry: ['base'],
  workspace: ['base', 'shape', 'contract', 'code', 'registry'],
  links: ['base', 'contract', 'code', 'workspace'],
  rules: ['base', 'shape', 'contract/model.ts', 'code/model.ts', 'workspace/model.ts', 'links', 'findings/finding.ts'],
  findings: ['base', 'registry'],
  fixes: ['base', 'shape', 'contract', 'code', 'findings'],
  versioning: ['base', 'shape', 'contract'],
  report: [
    'base',
    'shape',
    'findings',
    'versioning',
    'workspace/model.ts',
    'registry',
    'contract/model.ts',
    'code/model.ts',
  ],
  features: [
    'base',
    'shape',
    'contract',
    'code',
    'registry',
    'workspace',
    'links',
    'rules',
    'findings',
    'fixes',
    'versioning',
    'report',
    'types',
  ],
  lsp: ['base', 'features', 'report', 'versioning', 'host', 'registry'],
  cli: [
    'base',
    'workspace',
    'registry',
    'rules/run.ts',
    'rules/catalogue.ts',
    'findings',
    'versioning',
    'report',
    'host',
    'types',
  ],
  // What an import means is decided in one place, for the engine and for the checker alike.
  types: [
    'base',
    'shape',
    'code/model.ts',
    'code/type-questions.ts',
    'code/languages/typescript/resolve.ts',
    'workspace/model.ts',
  ],
  host: ['base'],
};

/** Files that stand between rooms and may know more than their room: each with its reason. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  // The runner gives drafts their severity, fingerprint and suppression, so that no rule can get them wrong.
  'server/src/rules/run.ts': ['findings', 'registry'],
  'server/src/rules/ignores.ts': ['findings'],
  'server/src/rules/make-finding.ts': ['findings'],
  // The checker's process is a door of its own, and opens files as the other doors do.
  'server/src/types/main.ts': ['host'],
};

/** Packages that only some rooms, or folders of rooms, may import. */
const packages: Readonly<Record<string, readonly string[]>> = {
  typescript: ['code/languages/typescript', 'types'],
  // Bundles of our own, and git.
  'node:child_process': ['host'],
  yaml: ['contract', 'registry'],
  '@seriousme/openapi-schema-validator': ['contract/lint'],
  'js-yaml': ['contract'],
  '@stoplight/spectral-core': ['contract/spectral'],
  '@stoplight/spectral-formats': ['contract/spectral'],
  '@stoplight/spectral-functions': ['contract/spectral'],
  '@stoplight/spectral-parsers': ['contract/spectral'],
  '@stoplight/spectral-ref-resolver': ['contract/spectral'],
  '@stoplight/spectral-rulesets': ['contract/spectral'],
  'jsonc-parser': ['contract'],
  ajv: ['contract', 'registry'],
  'ajv-formats': ['contract'],
  picomatch: ['registry', 'cli'],
  ignore: ['host'],
  commander: ['cli'],
  picocolors: ['report', 'cli'],
  'vscode-languageserver': ['lsp'],
  'vscode-languageserver-textdocument': ['lsp'],
  'node:crypto': ['base', 'host', 'cli'],
  'node:fs': ['host', 'cli'],
  'node:path': ['host', 'cli', 'lsp'],
  'node:url': ['host', 'lsp', 'contract/spectral/worker.ts'],
  // Spectral's thread, from both of its ends.
  'node:worker_threads': ['host', 'contract/spectral/worker.ts'],
  'node:os': ['host'],
  // Documents of hosts that somebody allows: nothing else may ask a network.
  'node:dns': ['host/remote-documents.ts'],
  'node:http': ['host/remote-documents.ts'],
  'node:https': ['host/remote-documents.ts'],
  'node:net': ['host/remote-documents.ts'],
  // Bounds the memory of the server's process before anything is loaded.
  'node:v8': ['lsp'],
  // Runs a contract's own regular expressions within a time limit; no code of a workspace.
  'node:vm': ['contract/lint'],
};

const files = sourceFiles('server/src');

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier.split('/')[0]!;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Whether a path of a room (`contract/model.ts`) is one of the entries or lies below one. */
function isBelow(path: string, entries: readonly string[]): boolean {
  return entries.some((entry) => path === entry || path.startsWith(`${entry}/`));
}

describe('layering', () => {
  it('reads the imports of every kind', () => {
    const text = [
      "import a from 'a';",
      "import type { b } from './b.ts';",
      "import {\n  c,\n} from '../c.ts';",
      "export { d } from 'd/e.js';",
      "import 'f';",
      "const g = await import('g');",
      "const text = 'no import';",
    ].join('\n');
    expect(importsOf(text)).toEqual(['a', './b.ts', '../c.ts', 'd/e.js', 'f', 'g']);
  });

  it('knows every room', () => {
    expect(files.map((file) => roomOf(file.path)).filter((room) => room === undefined || !(room in mayImport))).toEqual(
      [],
    );
  });

  it('lets a room import only the rooms that the table allows', () => {
    const wrong = files.flatMap((file) => {
      const room = roomOf(file.path)!;
      const allowed = [room, ...(mayImport[room] ?? []), ...(exceptions[file.path] ?? [])];
      return importsOf(file.text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolveImport(file.path, specifier))
        .filter((target) => !isBelow(target.replace(/^server\/src\//, ''), allowed))
        .map((target) => `${file.path} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('lets only the named rooms import a package', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file.text)
        .filter((specifier) => !specifier.startsWith('.'))
        .filter((specifier) => !isBelow(file.path.replace(/^server\/src\//, ''), packages[packageOf(specifier)] ?? []))
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps rules apart from each other', () => {
    const rule = /^server\/src\/rules\/([^/]+)\/([^/]+)\.ts$/;
    const families = new Set([
      'contract',
      'operations',
      'parameters',
      'body',
      'statuses',
      'responses',
      'security',
      'lifecycle',
      'links',
    ]);
    const isRule = (path: string): boolean => families.has(rule.exec(path)?.[1] ?? '');
    const wrong = files
      .filter((file) => isRule(file.path))
      .flatMap((file) =>
        importsOf(file.text)
          .map((specifier) => resolveImport(file.path, specifier))
          .filter(isRule)
          .map((target) => `${file.path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps the client apart from the server, but for one file of protocol names', () => {
    const foreign = sourceFiles('client/src').flatMap((file) =>
      importsOf(file.text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolveImport(file.path, specifier))
        .filter((target) => !target.startsWith('client/src/')),
    );
    expect(new Set(foreign).size).toBeLessThanOrEqual(1);
  });

  it('lets the page of the report know the report and nothing else', () => {
    const foreign = sourceFiles('client/page').flatMap((file) =>
      importsOf(file.text)
        .map((specifier) => resolveImport(file.path, specifier))
        .filter((target) => !target.startsWith('client/page/')),
    );
    expect([...new Set(foreign)]).toEqual(['server/src/report/drift/model.ts']);
  });

  it('has every room and every dependency in the map', () => {
    const map = readFileSync(join(project, 'server/ARCHITECTURE.md'), 'utf8');
    const server = JSON.parse(readFileSync(join(project, 'server/package.json'), 'utf8'));
    const names = [...Object.keys(mayImport), ...Object.keys(server.dependencies)];
    expect(names.filter((name) => !map.includes(`\`${name}\``))).toEqual([]);
  });
});
