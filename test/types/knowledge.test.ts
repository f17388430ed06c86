// What is kept of a checker's answers: for as long as nothing that they depend on has changed, and no longer.

import { describe, expect, it } from 'vitest';
import { CodeRoom } from '../../server/src/code/code.ts';
import { inquire } from '../../server/src/types/inquiries.ts';
import { TypeKnowledge } from '../../server/src/types/knowledge.ts';
import { shiftBetween } from '../../server/src/types/shift.ts';
import { bodies, checkerOver, deepened, filesOf, questionsIn, type Texts } from './service.ts';

const service: Texts = {
  'package.json': '{ "name": "service" }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" } }',
  'node_modules/store/package.json': '{ "name": "store", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/store/index.d.ts': 'export function find<T>(like: T): Promise<T>;',
  'src/row.d.ts': 'export interface Row { id: string }',
  'src/other.ts': 'export const unrelated = 1;',
  'src/app.ts': [
    "import express from 'express';",
    "import { find } from 'store';",
    "import type { Row } from './row';",
    'const app = express();',
    "app.get('/x', async (req, res) => res.json(await find({} as Row)));",
    'app.listen(1);',
  ].join('\n'),
};

const patience = 60_000;

/** A workspace that is read, asked about, and edited. */
async function asked() {
  let files = filesOf(service);
  const checker = checkerOver(() => files);
  const knowledge = new TypeKnowledge();
  const room = new CodeRoom();
  await deepened(room, knowledge, files, checker);
  return {
    checker,
    edit: (texts: Texts): void => {
      files = filesOf({ ...service, ...texts });
    },
    read: async (staleness: 'drop' | 'keep') =>
      bodies(await room.model(files, undefined, { answers: knowledge.answers(files, staleness) })).join(' or '),
    open: async () => knowledge.inquiry(questionsIn(await room.model(files)), files) !== undefined,
    again: async () => inquire(knowledge, questionsIn(await room.model(files)), files, checker, { patience }),
  };
}

describe('answers', () => {
  it('are not asked for twice', async () => {
    const scene = await asked();
    const before = scene.checker.asked.length;
    expect(await scene.open()).toBe(false);
    expect(await scene.again()).toMatchObject({ asked: 0, complete: true });
    expect(scene.checker.asked).toHaveLength(before);
  });

  it('outlive an edit of a file that they do not depend on', async () => {
    const scene = await asked();
    scene.edit({ 'src/other.ts': 'export const unrelated = 2;' });
    expect(await scene.read('drop')).toBe('{ id: string }');
    expect(await scene.open()).toBe(false);
  });

  it('end with an edit of a file that they depend on, and are asked for again', async () => {
    const scene = await asked();
    scene.edit({ 'src/row.d.ts': 'export interface Row { id: number; name: string }' });
    expect(await scene.read('drop')).toBe('?');
    expect(await scene.open()).toBe(true);
    expect((await scene.again()).answered).toBeGreaterThan(0);
    expect(await scene.read('drop')).toBe('{ id: number, name: string }');
  });

  it.each([
    ['a package of another version', { 'node_modules/store/package.json': '{ "name": "store", "version": "2.0.0" }' }],
    ['another configuration', { 'tsconfig.json': '{ "compilerOptions": { "strict": false } }' }],
    ['a file more', { 'src/row.ts': 'export interface Row { fresh: true }' }],
  ] as const)('end with %s', async (_name, texts) => {
    const scene = await asked();
    scene.edit(texts);
    expect(await scene.read('drop')).toBe('?');
  });

  it('follow their expression in an editor while somebody types above it, and are asked for again at rest', async () => {
    const scene = await asked();
    scene.edit({ 'src/app.ts': `// A comment.\n${service['src/app.ts']}` });
    expect(await scene.read('drop')).toBe('?');
    expect(await scene.read('keep')).toBe('{ id: string }');
    expect(await scene.open()).toBe(true);
    await scene.again();
    expect(await scene.read('drop')).toBe('{ id: string }');
  });

  it('do not follow an expression that is edited itself', async () => {
    const scene = await asked();
    scene.edit({ 'src/app.ts': service['src/app.ts']!.replace('find({} as Row)', 'find({} as unknown as Row[])') });
    expect(await scene.read('keep')).toBe('?');
  });

  it('that make no sense say nothing', async () => {
    const files = filesOf(service);
    const knowledge = new TypeKnowledge();
    const room = new CodeRoom();
    const nonsense = [
      null,
      'text',
      {},
      { kind: 'answers', id: 1 },
      { kind: 'answers', id: 99, files: [], sources: [] },
    ];
    for (const answer of nonsense) {
      const checker = { ask: () => Promise.resolve({ answer }), tell: () => {}, stop: () => {} };
      const outcome = await inquire(knowledge, questionsIn(await room.model(files)), files, checker, { patience });
      expect(outcome).toMatchObject({ answered: 0, failure: 'ended' });
    }
  });
});

describe('shiftBetween', () => {
  it('finds a span before and behind an edit, and none in it', () => {
    const shift = shiftBetween('one TWENTY three', 'one two three');
    expect(shift([0, 3])).toEqual([0, 3]);
    expect(shift([11, 16])).toEqual([8, 13]);
    expect(shift([4, 10])).toBeUndefined();
  });

  it('leaves everything where it is in the same text', () => {
    expect(shiftBetween('same', 'same')([1, 3])).toEqual([1, 3]);
  });
});
