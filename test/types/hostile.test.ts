// Configurations that mean harm, or none: nothing outside of the roots is looked at, nothing is loaded or run, and there is an end.

import { describe, expect, it } from 'vitest';
import { CodeRoom } from '../../server/src/code/code.ts';
import { TypeKnowledge } from '../../server/src/types/knowledge.ts';
import { bodies, checkerOver, deepened, filesOf, type Seen, type Texts } from './service.ts';

const base: Texts = {
  'package.json': '{ "name": "service" }',
  'node_modules/store/package.json': '{ "name": "store", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/store/index.d.ts': 'export function find(): Promise<{ id: string }>;',
  'src/app.ts': [
    "import express from 'express';",
    "import { find } from 'store';",
    'const app = express();',
    "app.get('/x', async (req, res) => res.json(await find()));",
    'app.listen(1);',
  ].join('\n'),
  '/outside/tsconfig.json': '{ "compilerOptions": { "paths": { "store": ["/outside/evil.d.ts"] } } }',
  '/outside/evil.d.ts': 'export function find(): Promise<{ stolen: string }>;',
  '/outside/types/index.d.ts': 'declare module "store" { export function find(): Promise<{ stolen: string }>; }',
};

const options = '"module": "esnext", "moduleResolution": "bundler", "strict": true';

async function read(texts: Texts): Promise<{ readonly answer: string; readonly outside: readonly string[] }> {
  const seen: Seen = { paths: new Set() };
  const files = filesOf({ ...base, ...texts }, seen);
  const model = await deepened(
    new CodeRoom(),
    new TypeKnowledge(),
    files,
    checkerOver(() => files),
  );
  const opened = [...seen.paths].filter((path) => !path.startsWith('/workspace/') && files.exists(path));
  return { answer: bodies(model).join(' or '), outside: opened };
}

const cases: readonly (readonly [string, Texts])[] = [
  [
    'extends something outside',
    { 'tsconfig.json': `{ "extends": "../outside/tsconfig.json", "compilerOptions": { ${options} } }` },
  ],
  [
    'extends an absolute path',
    { 'tsconfig.json': `{ "extends": "/outside/tsconfig.json", "compilerOptions": { ${options} } }` },
  ],
  ['extends itself', { 'tsconfig.json': `{ "extends": "./tsconfig.json", "compilerOptions": { ${options} } }` }],
  [
    'extends in a circle',
    {
      'tsconfig.json': `{ "extends": "./a.json", "compilerOptions": { ${options} } }`,
      'a.json': '{ "extends": "./b.json" }',
      'b.json': '{ "extends": "./a.json" }',
    },
  ],
  [
    'includes the whole disk',
    { 'tsconfig.json': `{ "include": ["/**/*", "../**/*"], "compilerOptions": { ${options} } }` },
  ],
  [
    'names files outside',
    { 'tsconfig.json': `{ "files": ["/outside/evil.d.ts"], "compilerOptions": { ${options} } }` },
  ],
  [
    'names plugins and a transformer',
    {
      'tsconfig.json': `{ "compilerOptions": { ${options}, "plugins": [{ "name": "./evil.js", "transform": "./evil.js" }] } }`,
      'evil.js': 'throw new Error("it was run");',
    },
  ],
  [
    'has type roots outside',
    { 'tsconfig.json': `{ "compilerOptions": { ${options}, "typeRoots": ["/outside"], "types": ["types"] } }` },
  ],
  [
    'refers in a circle',
    {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./src" }] }',
      'src/tsconfig.json': `{ "files": [], "references": [{ "path": ".." }, { "path": "." }], "compilerOptions": { ${options} } }`,
    },
  ],
  ['is no configuration at all', { 'tsconfig.json': '[[[{{{' }],
  ['is a list', { 'tsconfig.json': '[1, 2]' }],
  [
    'wants every emit',
    {
      'tsconfig.json': `{ "compilerOptions": { ${options}, "outDir": "/outside", "composite": true, "incremental": true, "tsBuildInfoFile": "/outside/x" } }`,
    },
  ],
];

describe('a tsconfig that', () => {
  it.each(cases)('%s', async (_name, texts) => {
    const { answer, outside } = await read(texts);
    expect(answer).toBe('{ id: string }');
    expect(outside).toEqual([]);
  });

  it('maps a package to a file outside gets the package', async () => {
    const { answer, outside } = await read({
      'tsconfig.json': `{ "compilerOptions": { ${options}, "paths": { "store": ["/outside/evil.d.ts"] } } }`,
    });
    expect(answer).toBe('{ id: string }');
    expect(outside).toEqual([]);
  });
});

describe('a type that', () => {
  it.each([
    [
      'grows without end',
      'interface Grow<T> { next: Grow<T[]>; id: string } export function find(): Promise<Grow<1>>;',
    ],
    [
      'is wide',
      `export function find(): Promise<{ ${Array.from({ length: 900 }, (_, index) => `f${index}: string`).join('; ')} }>;`,
    ],
    [
      'is a union of many',
      `export function find(): Promise<${Array.from({ length: 120 }, (_, index) => `{ f${index}: 1 }`).join(' | ')}>;`,
    ],
    ['names itself', 'type Loop = { loop: Loop | Loop[] }; export function find(): Promise<Loop>;'],
    ['is broken', 'export function find(): Promise<{ id: Missing<; }>;'],
  ])('%s has an end', async (_name, declarations) => {
    const { answer } = await read({
      'tsconfig.json': `{ "compilerOptions": { ${options} } }`,
      'node_modules/store/index.d.ts': declarations,
    });
    expect(answer.length).toBeGreaterThan(0);
    expect(answer.length).toBeLessThan(20_000);
  });
});
