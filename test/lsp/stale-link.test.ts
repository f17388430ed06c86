// Holds what an editor does about links whose section has changed: it says what changed, and pins one or all anew.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CodeAction, MarkupContent } from 'vscode-languageserver-protocol';
import { hasGit } from '../harness/git.ts';
import { Client, edited, positionOf, rangeOf } from './client.ts';
import { contract, handler, job, linked } from './linked.ts';

let client: Client;
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-stale-')));
});
afterEach(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

const git = (...args: string[]): void => {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
};

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const start = (options: Partial<Parameters<typeof Client.start>[0]> = {}): Promise<Client> =>
  Client.start({ folder, files: {}, edits: { documentChanges: true, changeAnnotationSupport: {} }, ...options });

/** The service with two tags in one file and one in another that are pinned to nothing that ever was. */
const staleCode = handler
  .replace('getOrder\n', 'getOrder@00000000\n')
  .replace('responses.404', 'responses.404@00000001');
const staleJob = job.replace('@contract getOrder', '@contract getOrder@00000002');
const stale = { ...linked, 'src/app.ts': staleCode, 'jobs/report.py': staleJob };

const titled = (actions: readonly CodeAction[], word: string): CodeAction =>
  actions.find(({ title }) => title.includes(word))!;

describe('a stale link', () => {
  it.skipIf(!hasGit)('says in its hover what changed since it was pinned', async () => {
    write(linked);
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'The first state');
    client = await start();
    await client.open('src/app.ts', staleCode);
    const [first] = await client.diagnostics('src/app.ts');
    const pin = /is `([0-9a-f]{8})` now/.exec(String(first!.message))![1]!;
    const pinned = handler.replace('getOrder\n', `getOrder@${pin}\n`);
    await client.change('src/app.ts', pinned);
    await client.open('openapi.yaml', contract.replace('required: [id]\n', 'required: []\n'));
    const hover = await client.hover('src/app.ts', positionOf(pinned, pin));
    if (!hover || !MarkupContent.is(hover.contents)) throw new Error('a card was expected');
    expect(hover.contents.value).toMatch(/has changed since 20\d\d\\?-\d\d\\?-\d\d \(The first state\)/);
    expect(hover.contents.value).toMatch(/^- breaking: .*id/m);
  });

  it('is pinned anew alone, with the others of its file, or with all', async () => {
    write(stale);
    client = await start();
    await client.open('src/app.ts', staleCode);
    await client.open('jobs/report.py', staleJob);
    const actions = await client.actions('src/app.ts', rangeOf(staleCode, '00000000'));
    expect(actions.map(({ title }) => title).slice(0, 3)).toEqual([
      expect.stringMatching(/^Code: pin the link to the section as it is now/),
      'Code: pin all 2 stale links of this file anew',
      'Code: pin all 3 stale links of the workspace anew',
    ]);

    const ofFile = (await client.resolve(titled(actions, 'this file'))).edit!;
    expect(ofFile.changeAnnotations).toBeUndefined();
    expect(edited(staleJob, client.uri('jobs/report.py'), ofFile)).toBe(staleJob);
    await client.change('src/app.ts', edited(staleCode, client.uri('src/app.ts'), ofFile));
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).not.toContain('link-stale');
    expect((await client.diagnostics('jobs/report.py')).map(({ code }) => code)).toEqual(['link-stale']);

    await client.change('src/app.ts', staleCode);
    const ofAll = (await client.resolve(titled(actions, 'workspace'))).edit!;
    expect(Object.values(ofAll.changeAnnotations!)).toMatchObject([{ needsConfirmation: true }]);
    await client.change('src/app.ts', edited(staleCode, client.uri('src/app.ts'), ofAll));
    await client.change('jobs/report.py', edited(staleJob, client.uri('jobs/report.py'), ofAll));
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).not.toContain('link-stale');
    expect(await client.diagnostics('jobs/report.py')).toEqual([]);
  });

  it('is not pinned at all when one of them has changed meanwhile', async () => {
    write(stale);
    client = await start();
    await client.open('src/app.ts', staleCode);
    const actions = await client.actions('src/app.ts', rangeOf(staleCode, '00000000'));
    await client.change('src/app.ts', `// One more line.\n${staleCode}`);
    const resolved = await client.resolve(titled(actions, 'workspace'));
    expect(resolved.edit).toBeUndefined();
    expect(resolved.disabled!.reason).toContain('changed meanwhile');
  });

  it('that is alone is offered no more than itself', async () => {
    write({ ...linked, 'jobs/report.py': staleJob });
    client = await start();
    const actions = await client.actions('jobs/report.py', rangeOf(staleJob, '00000002'));
    expect(actions.filter(({ title }) => title.includes('stale links'))).toEqual([]);
  });
});
