// Input that was made to hurt, or that is simply not what it should be: no crash, no hang, a message that says what is
// wrong with which file, and the right exit code. What the language server makes of it is in test/lsp.

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreeing, drifting, fidelity, type Run, workspace } from './run-fidelity.ts';

const contract = drifting['openapi.yaml']!;
const handler = drifting['src/app.js']!;
const { 'openapi.yaml': _, ...codeAlone } = drifting;

/** Whatever else a run says, it did not break and nothing from outside of the workspace is in it. */
function expectSound({ stdout, stderr }: Run): void {
  expect(stderr).not.toMatch(/The analysis failed|\n\s+at /);
  expect(stdout + stderr).not.toContain('root:');
}

function pipe(folder: string, path: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  execFileSync('mkfifo', [join(folder, path)]);
}

describe('what is no plain file', () => {
  const beings: readonly (readonly [string, (folder: string, path: string) => void, string])[] = [
    ['a folder', (folder, path) => void mkdirSync(join(folder, path)), 'it is a folder'],
    ['a link to nowhere', (folder, path) => symlinkSync('nowhere', join(folder, path)), 'it is a link to nowhere'],
    ['a link to itself', (folder, path) => symlinkSync(path, join(folder, path)), 'it cannot be opened'],
    ['a pipe', pipe, 'it is a pipe'],
  ];

  it.each(beings)('is refused in the place of the contract: %s', async (_name, make, why) => {
    const folder = workspace(codeAlone);
    make(folder, 'openapi.yaml');
    const found = await fidelity(folder, ['check']);
    expect(found.stderr).toContain(`openapi.yaml was not read: ${why}.`);
    expect(found.code).toBe(2);
    const named = await fidelity(folder, ['check', '--contract', 'openapi.yaml']);
    expect(named.stderr).toBe(`error: --contract "openapi.yaml" cannot be read: ${why}.\n`);
    expect(named.code).toBe(2);
  });

  it.each(beings)('is refused in the place of the configuration: %s', async (_name, make, why) => {
    const folder = workspace(agreeing);
    make(folder, 'fidelity.yaml');
    for (const args of [['check'], ['check', 'src'], ['check', '--config', 'fidelity.yaml']]) {
      const run = await fidelity(folder, args);
      expect(run.stderr).toBe(`error: The configuration "fidelity.yaml" cannot be read: ${why}.\n`);
      expect(run.code).toBe(2);
    }
  });

  it('never holds up a run: pipes in the place of everything that is read', async () => {
    const folder = workspace({
      ...drifting,
      'openapi.yaml': contract.replace('type: object\n', "$ref: 'part.yaml'\n"),
    });
    for (const path of [
      '.gitignore',
      'src/.gitignore',
      'part.yaml',
      'src/more.js',
      'tsconfig.json',
      'lib/package.json',
    ]) {
      pipe(folder, path);
    }
    const run = await fidelity(folder, ['check', '-f', 'json']);
    expectSound(run);
    expect(run.stderr).toContain('"part.yaml" names a file that cannot be read');
    expect(JSON.parse(run.stdout).findings).toMatchObject([{ rule: 'status-undeclared' }]);
  });

  it('is passed over when links lead in a circle or out of the workspace', async () => {
    const folder = workspace(drifting);
    symlinkSync('..', join(folder, 'src/up'));
    symlinkSync('self', join(folder, 'src/self'));
    symlinkSync('/etc', join(folder, 'src/etc'));
    symlinkSync('/etc/passwd', join(folder, 'src/passwd.js'));
    const run = await fidelity(folder, ['check', '-f', 'json']);
    expectSound(run);
    expect(JSON.parse(run.stdout).summary.files).toBe(3);
  });
});

describe('references', () => {
  it.each([
    ['/etc/passwd', 'leads out of the workspace'],
    ['file:///etc/passwd', 'leads out of the workspace'],
    ['../../../../../../etc/passwd#/root', 'leads out of the workspace'],
    ['/dev/zero', 'leads out of the workspace'],
    ['etc/passwd.yaml', 'lies outside of the workspace'],
    ['a%00b.yaml', 'is not read'],
    [`${'long/'.repeat(20_000)}a.yaml`, 'does not exist'],
    [`${'a'.repeat(5_000)}.yaml`, 'does not exist'],
    ['https://example.com/a.yaml', 'names another host, which is never asked'],
    ['//example.com/a.yaml', 'names another host, which is never asked'],
    ['ftp://example.com/a.yaml', 'is no file of the workspace'],
    ['src', 'cannot be read'],
  ])('are refused with a line of readable length: %s', async (target, why) => {
    const folder = workspace({
      ...agreeing,
      'openapi.yaml': agreeing['openapi.yaml']!.replace('type: object\n', `$ref: '${target}'\n`),
    });
    symlinkSync('/etc', join(folder, 'etc'));
    const run = await fidelity(folder, ['check']);
    expectSound(run);
    expect(run.stderr).toMatch(/^warning: openapi\.yaml:\d+:\d+: The reference "/);
    expect(run.stderr).toContain(why);
    expect(run.stderr.length).toBeLessThan(400);
    expect(run.code).toBe(0);
  });
});

describe('sizes', () => {
  it('says which source and which second contract were too large or binary to be read', async () => {
    const folder = workspace({ ...drifting, 'src/odd.ts': "import express from 'express';\0" });
    for (const path of ['src/big.js', 'specs/openapi.json']) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '{"openapi":"3.0.3"}');
      truncateSync(join(folder, path), 100 * 1024 * 1024);
    }
    const { code, stderr } = await fidelity(folder, ['check']);
    expect(stderr).toBe(
      [
        'note: specs/openapi.json: The file was not read: it has 100 MB, and 20 MB is the limit.',
        'note: src/odd.ts: The file was not read: it holds NUL bytes.',
        '',
      ].join('\n'),
    );
    expect(code).toBe(1);
  });

  it('lists thousands of files without an answer of their own', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3_000 }, (_item, i) => [
        `lib/${i % 50}/f${i}.${i % 2 ? 'ts' : 'json'}`,
        i % 2 ? 'export {};' : '{}',
      ]),
    );
    const run = await fidelity(workspace({ ...files, ...drifting }), ['check', '-f', 'json']);
    const report = JSON.parse(run.stdout);
    expect(report.summary.files).toBe(3_003);
    expect(report.findings).toHaveLength(1);
  });
});

describe('nesting and expansion', () => {
  const deep = 10_000;

  it.each([
    ['YAML in flow style', `${contract}x-a: ${'['.repeat(deep)}${']'.repeat(deep)}\n`],
    [
      'YAML in block style',
      `${contract}x-a:\n${Array.from({ length: 1_000 }, (_item, i) => `${' '.repeat(i + 1)}a:\n`).join('')}`,
    ],
    ['unclosed YAML', `${contract}x-a: ${'{a: '.repeat(deep)}`],
    ['JSON', `{"openapi":"3.0.3","paths":{},"x":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`],
  ])('of a contract end with 2 and a place: %s', async (_name, text) => {
    const run = await fidelity(workspace({ ...drifting, 'openapi.yaml': text }), ['check']);
    expectSound(run);
    expect(run.stderr).toMatch(/^error: openapi\.yaml:\d+:\d+: .*nest/i);
    expect(run.code).toBe(2);
  });

  it.each([
    [
      'aliases',
      'a: &a [x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]\n',
    ],
    ['nesting', `rules: ${'['.repeat(deep)}\n`],
    ['keys that JavaScript knows', '__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n'],
    ['NUL bytes', 'failOn: er\0ror\n'],
    ['a list', '- failOn\n'],
    ['a key twice', 'failOn: error\nfailOn: never\n'],
  ])('of a configuration end with 2, in a few lines: %s', async (_name, text) => {
    const run = await fidelity(workspace({ ...agreeing, 'fidelity.yaml': text }), ['check']);
    expect(run.stderr).toMatch(/^error: fidelity\.yaml/);
    expect(run.stderr).not.toContain('The analysis failed');
    expect(run.stderr.split('\n').length).toBeLessThan(12);
    expect(run.code).toBe(2);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('patterns that take for ever', () => {
  it('cost a moment altogether, however many there are', async () => {
    const schemas = Array.from({ length: 50 }, (_item, i) => [
      `    A${i}: { type: string, pattern: '(a|a)*$', example: '${'a'.repeat(900)}!' }\n`,
      `    B${i}: { type: string, pattern: '^(a|aa){${50 + i}}$', example: '${'a'.repeat(200)}' }\n`,
      `    C${i}: { type: string, pattern: '^(a+)+$', example: '${'a'.repeat(5_000 + i)}!' }\n`,
      `    D${i}: { type: string, pattern: '^(a?){${40 + i}}a{${40 + i}}$', example: '${'a'.repeat(39 + i)}' }\n`,
      `    E${i}: { type: string, pattern: '^([a-z]+.)+[A-Z]$', enum: ['${'a'.repeat(60 + i)}'], example: b }\n`,
    ]);
    const text = `${contract}components:\n  schemas:\n${schemas.flat().join('')}`;
    const run = await fidelity(workspace({ ...drifting, 'openapi.yaml': text }), ['check']);
    expectSound(run);
    expect(run.stdout).toContain('status-undeclared');
  });

  it('cost a moment in a validator and in globs too', async () => {
    const folder = workspace({
      ...agreeing,
      'src/app.js': `const { z } = require('zod');\n${handler.replace('  if (', '  z.string().regex(/^(a+)+$/).parse(req.params.id);\n  if (')}`,
      'openapi.yaml': agreeing['openapi.yaml']!.replace(
        'schema: { type: string }',
        `schema: { type: string, enum: ['${'a'.repeat(60)}!'] }`,
      ),
      'fidelity.yaml': `internal:\n  - "/${'*a'.repeat(60)}b"\n`,
    });
    const run = await fidelity(folder, ['check']);
    expectSound(run);
  });
});

describe('code', () => {
  it.each([
    [
      'circles',
      'function f(a) { return g(a); } function g(a) { return f([a]); } app.use(f(1));\nclass A extends A {} new A();\nconst o = {}; o.o = o; app.get(o.o.o.path, o);\n',
    ],
    ['loops without end', 'while (true) { f(); }\nfor (;;) {}\n'],
    [
      'texts and lists of gigabytes',
      "let s = 'a'; for (let i = 0; i < 100; i++) s += s; app.use('/' + s, h); 'x'.repeat(2 ** 30); 'x'.padEnd(1e9); new Array(2 ** 32 - 1).fill(0); Array.from({ length: 1e9 }, (_, i) => i);\n",
    ],
    [
      'keys that JavaScript knows',
      "const p = { __proto__: { polluted: 1 }, constructor: 2 }; p['__proto__'].polluted = 3; Object.assign(Object.prototype, { polluted: 1 }); app['__proto__'].polluted = 1; const { __proto__: q, constructor: { prototype } } = p;\n",
    ],
  ])('may hold %s', async (_name, text) => {
    const run = await fidelity(
      workspace({ ...drifting, 'src/app.js': handler.replace('app.listen', `${text}app.listen`) }),
      ['check', '-f', 'json'],
    );
    expectSound(run);
    expect(JSON.parse(run.stdout).findings).toMatchObject([{ rule: 'status-undeclared', subject: '404' }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['lists', (depth: number) => `export const a = ${'['.repeat(depth)}${']'.repeat(depth)};`],
    ['objects', (depth: number) => `export const a = ${'{a:'.repeat(depth)}1${'}'.repeat(depth)};`],
    ['calls', (depth: number) => `const f = (x) => x; export const a = ${'f('.repeat(depth)}1${')'.repeat(depth)};`],
    ['chains', (depth: number) => `express.Router()${".get('/a', (q, s) => s.json({}))".repeat(depth)};`],
    ['sums', (depth: number) => `export const a = ${"'a' + ".repeat(depth)}'a';`],
    ['blocks', (depth: number) => `function f(a) { ${'if (a) { '.repeat(depth)}${'}'.repeat(depth)} }`],
    ['choices', (depth: number) => `function f(a) { ${'if (a) {} else '.repeat(depth)}{} }`],
    ['types', (depth: number) => `type A = ${'{ a: '.repeat(depth)}string${' }'.repeat(depth)};`],
    ['functions', (depth: number) => `export const a = ${'() => '.repeat(depth)}1;`],
  ])('may be nested without end, which silences that file and is said: %s', async (_name, nest) => {
    for (const depth of [200, 10_000]) {
      const deep = `import express from 'express';\n${nest(depth)}\n`;
      const run = await fidelity(workspace({ ...drifting, 'src/deep.ts': deep }), [
        'check',
        '-f',
        'json',
        '--fail-on',
        'never',
      ]);
      expectSound(run);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain('status-undeclared');
      expect(run.stderr.includes('note: src/deep.ts:1:1: ')).toBe(depth > 500);
    }
  });

  it.each([
    [
      'manifests of the wrong kind',
      {
        'package.json': '{ "dependencies": 5, "workspaces": [1, {}], "exports": ["x", null], "main": {}, "type": 3 }',
        'tsconfig.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": 3, "baseUrl": [] } }',
      },
    ],
    ['broken manifests', { 'package.json': '[[[', 'tsconfig.json': 'null' }],
    [
      'manifests with keys that JavaScript knows',
      {
        'package.json':
          '{ "dependencies": { "__proto__": "1", "constructor": "1" }, "workspaces": { "__proto__": [] } }',
        'tsconfig.json': '{ "compilerOptions": { "paths": { "__proto__": ["a"], "constructor": ["b"] } } }',
      },
    ],
  ])('may come with %s', async (_name, files) => {
    const run = await fidelity(workspace({ ...drifting, ...files }), ['check', '-f', 'json']);
    expectSound(run);
    expect(JSON.parse(run.stdout).findings).toMatchObject([{ rule: 'status-undeclared' }]);
  });
});

describe('outputs that cannot be written', () => {
  it.each(['src', 'src/app.js/drift.json', '/dev/full', '/proc/none/drift.json', 'a\0b', `${'a'.repeat(300)}.json`])(
    'end with 2: %j',
    async (path) => {
      const run = await fidelity(workspace(drifting), ['check', '-f', `json=${path}`]);
      expectSound(run);
      expect(run.stderr).toMatch(/^error: .* cannot be written \(\w+\)\.\n$/);
      expect(run.code).toBe(2);
    },
  );
});
