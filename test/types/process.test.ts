// The checker as a process: it can be killed at any moment, it is bounded, and nothing is lost with it.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CodeRoom } from '../../server/src/code/code.ts';
import type { CodeModel } from '../../server/src/code/model.ts';
import { ChildCompanion } from '../../server/src/host/child-companion.ts';
import { createFileSource } from '../../server/src/host/file-source.ts';
import { inquire } from '../../server/src/types/inquiries.ts';
import { TypeKnowledge } from '../../server/src/types/knowledge.ts';
import { bundled } from './bundle.ts';
import { bodies, questionsIn } from './service.ts';

const service = {
  'package.json': '{ "name": "service" }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" } }',
  'node_modules/store/package.json': '{ "name": "store", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/store/index.d.ts': 'export function find(): Promise<{ id: string; at: Date }>;',
  'src/app.ts': [
    "import express from 'express';",
    "import { find } from 'store';",
    'const app = express();',
    "app.get('/x', async (req, res) => res.json(await find()));",
    'app.listen(1);',
  ].join('\n'),
};

const typed = ['{ at: date-time, id: string }'];

const folders: string[] = [];
const running: ChildCompanion[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function onDisk(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-types-')));
  folders.push(folder);
  for (const [path, text] of Object.entries(service)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function checker(options: { megabytes?: number; idle?: number; bundle?: string } = {}): ChildCompanion {
  const child = new ChildCompanion({
    bundle: options.bundle ?? bundled('types.js'),
    megabytes: options.megabytes ?? 1_024,
    idle: options.idle ?? 60_000,
  });
  running.push(child);
  return child;
}

interface Scene {
  readonly read: () => Promise<CodeModel>;
  readonly ask: (child: ChildCompanion, patience?: number) => ReturnType<typeof inquire>;
}

function scene(): Scene {
  const files = createFileSource({ roots: [onDisk()] });
  const room = new CodeRoom();
  const knowledge = new TypeKnowledge();
  const read = (): Promise<CodeModel> => room.model(files, undefined, { answers: knowledge.answers(files, 'drop') });
  return {
    read,
    ask: async (child, patience = 60_000) => inquire(knowledge, questionsIn(await read()), files, child, { patience }),
  };
}

describe('the process of the checker', () => {
  it('is started by the first question and answers it', async () => {
    const { read, ask } = scene();
    const child = checker();
    expect(child.pid).toBeUndefined();
    expect(bodies(await read())).toEqual(['?']);
    const outcome = await ask(child);
    expect(outcome).toMatchObject({ complete: true });
    expect(outcome.answered).toBeGreaterThan(0);
    expect(bodies(await read())).toEqual(typed);
  });

  it('may be killed while it is asked: nothing changes, and the next question finds it again', async () => {
    const { read, ask } = scene();
    const child = checker();
    const asking = ask(child);
    while (child.pid === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    process.kill(child.pid, 'SIGKILL');
    expect(await asking).toMatchObject({ answered: 0, complete: false, failure: 'ended' });
    expect(bodies(await read())).toEqual(['?']);
    expect((await ask(child)).answered).toBeGreaterThan(0);
    expect(bodies(await read())).toEqual(typed);
  });

  it('may be killed between two questions', async () => {
    const { read, ask } = scene();
    const child = checker();
    await ask(child);
    process.kill(child.pid!, 'SIGKILL');
    while (child.pid !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(bodies(await read())).toEqual(typed);
    const other = scene();
    expect((await other.ask(child)).answered).toBeGreaterThan(0);
    expect(bodies(await other.read())).toEqual(typed);
  });

  it('is ended when it takes too long', async () => {
    const { read, ask } = scene();
    const child = checker();
    expect(await ask(child, 1)).toMatchObject({ answered: 0, failure: 'late' });
    expect(child.pid).toBeUndefined();
    expect(bodies(await read())).toEqual(['?']);
  });

  it('ends itself rather than grow beyond its memory', async () => {
    const { read, ask } = scene();
    const child = checker({ megabytes: 16 });
    expect(await ask(child)).toMatchObject({ answered: 0, failure: 'ended' });
    expect(bodies(await read())).toEqual(['?']);
  });

  it('is ended when nobody has asked for a while', async () => {
    const { ask } = scene();
    const child = checker({ idle: 20 });
    await ask(child);
    while (child.pid !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(child.pid).toBeUndefined();
  });

  it('need not be there', async () => {
    const { read, ask } = scene();
    expect(await ask(checker({ bundle: '/nowhere/types.js' }))).toMatchObject({ answered: 0, failure: 'absent' });
    expect(bodies(await read())).toEqual(['?']);
  });

  it('answers of unsaved texts, and leaves out what a text that has changed meanwhile made worthless', async () => {
    const folder = onDisk();
    const files = createFileSource({ roots: [folder] });
    const room = new CodeRoom();
    const knowledge = new TypeKnowledge();
    const questions = questionsIn(await room.model(files));
    const file = join(folder, 'src/app.ts');
    const unsaved = [{ path: file, text: `// moved\n${service['src/app.ts']}`, version: 'other' }];
    const outcome = await inquire(knowledge, questions, files, checker(), { patience: 60_000, unsaved });
    expect(outcome).toMatchObject({ complete: true, answered: 0 });
    expect(bodies(await room.model(files, undefined, { answers: knowledge.answers(files, 'drop') }))).toEqual(['?']);
  });
});
