// What an editor offers where a contract changed since its baseline: each way out is applied, and what it was about is gone or breaks nobody.

import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol';
import { type ReleaseRecord, serverCommands, type VersionSuggestion } from '../../server/src/lsp/protocol.ts';
import { hasGit } from '../harness/git.ts';
import { Repository } from '../versioning/repository.ts';
import { Client, edited, rangeOf } from './client.ts';
import { contract, linked } from './linked.ts';

const changelog = '# Changelog\n\n## [1.2.0] - 2026-01-01\n\n- First.\n';
/** Without one operation. */
const narrowed = contract.replace(/ {4}delete:[\s\S]*?(?=components:)/, '');
/** With a parameter that has to be sent. */
const demanding = contract.replace(
  '      responses:\n',
  '        - name: tenant\n          in: query\n          required: true\n          schema:\n            type: string\n      responses:\n',
);

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function start(text: string): Promise<Repository> {
  const repository = new Repository().init();
  for (const [path, content] of Object.entries(linked)) repository.write(path, content);
  repository.write('openapi.yaml', contract).write('CHANGELOG.md', changelog).commit('released');
  const edits = { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} };
  client = await Client.start({ files: {}, folder: repository.folder, edits });
  await client.open('openapi.yaml', text);
  await client.diagnostics('openapi.yaml');
  return repository;
}

const codes = (found: readonly Diagnostic[]): unknown[] => found.map(({ code }) => code);

/** The actions at a mark of a kind of change, by their titles. */
async function actionsAt(code: string): Promise<ReadonlyMap<string, CodeAction>> {
  const mark = (await client.diagnostics('openapi.yaml')).find((one) => one.code === code);
  const actions = await client.actions('openapi.yaml', mark!.range);
  return new Map(actions.map((action) => [action.title, action]));
}

/** The contract after an action, shown to the server. */
async function applied(text: string, action: CodeAction | undefined): Promise<readonly Diagnostic[]> {
  const resolved = await client.resolve(action!);
  expect(resolved.disabled).toBeUndefined();
  await client.change('openapi.yaml', edited(text, client.uri('openapi.yaml'), resolved.edit!));
  return client.diagnostics('openapi.yaml');
}

describe.skipIf(!hasGit)('a changed place', () => {
  it('is restored', async () => {
    await start(narrowed);
    const actions = await actionsAt('operation-removed');
    const action = actions.get('Contract: restore DELETE /orders/{id} as in main');
    expect(action!.diagnostics?.map(({ code }) => code)).toEqual(['operation-removed']);
    expect(codes(await applied(narrowed, action))).not.toContain('version-bump-missing');
  });

  it('keeps what was removed until a day', async () => {
    await start(narrowed);
    const actions = await actionsAt('operation-removed');
    const title = [...actions.keys()].find((one) => /^Contract: keep .*, deprecated until \d{4}-\d\d-\d\d$/.test(one));
    const found = await applied(narrowed, actions.get(title ?? ''));
    expect(codes(found)).not.toContain('operation-removed');
    const still = found.find(({ code }) => code === 'version-bump-missing');
    expect(still?.message ?? '').not.toMatch(/breaking/);
  });

  it('demands nothing any more', async () => {
    await start(demanding);
    const actions = await actionsAt('request-required-parameter-added');
    const found = await applied(
      demanding,
      actions.get('Contract: leave query:tenant to the client, as something optional'),
    );
    expect(codes(found)).not.toContain('request-required-parameter-added');
  });

  it('is accepted with a reason, which holds in the record', async () => {
    const repository = await start(narrowed);
    const actions = await actionsAt('operation-removed');
    const title = 'Accept operation-removed of DELETE /orders/{id} until the next version that may break';
    const { edit } = await client.resolve(actions.get(title)!);
    // Another file than the one in front: it is shown before anything is written.
    expect(Object.values(edit!.changeAnnotations ?? {})).toEqual([
      expect.objectContaining({ needsConfirmation: true }),
    ]);
    const file = client.uri('.fidelity/baseline.json');
    repository.write('.fidelity/baseline.json', edited('', file, edit!));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: file, type: 1 }] });
    expect(codes(await client.diagnostics('openapi.yaml'))).not.toContain('operation-removed');
    const [kept] = JSON.parse(edited('', file, edit!)).changes;
    expect(kept).toMatchObject({ contract: 'openapi.yaml', version: '1.2.0', change: 'operation-removed' });
  });

  it('explains its kind', async () => {
    await start(narrowed);
    expect(await client.execute(serverCommands.explain, 'operation-removed')).toMatch(/The safe way/);
  });
});

describe.skipIf(!hasGit)('the version', () => {
  it('has its entry written into the changelog', async () => {
    await start(narrowed);
    const actions = await client.actions('openapi.yaml', rangeOf(narrowed, '1.2.0'));
    const action = actions.find(({ title }) => title === 'Changelog: write the entry of 2.0.0');
    const { edit } = await client.resolve(action!);
    const text = edited(changelog, client.uri('CHANGELOG.md'), edit!);
    expect(text).toMatch(/^# Changelog\n\n## \[2\.0\.0\] - [\d-]+\n\n### Breaking\n\n- .*DELETE \/orders/);
    expect(text.endsWith(changelog.slice('# Changelog\n\n'.length))).toBe(true);
  });

  it('is suggested by a command, with the edits that write it', async () => {
    await start(narrowed);
    const uri = client.uri('openapi.yaml');
    const suggestion = await client.execute<VersionSuggestion>(serverCommands.suggestVersion, uri);
    expect(suggestion).toMatchObject({ version: '1.2.0', suggested: '2.0.0', kept: false, base: { name: 'main' } });
    expect(suggestion.verdict).toMatch(/^1 breaking change since main \(1\.2\.0\) calls for 2\.0\.0/);
    expect(edited(narrowed, uri, suggestion.edit!)).toBe(narrowed.replace('1.2.0', '2.0.0'));
    expect(suggestion.changelog?.version).toBe('2.0.0');
    await client.change('openapi.yaml', contract);
    expect(await client.execute(serverCommands.suggestVersion, uri)).toMatchObject({
      suggested: null,
      edit: null,
      changelog: null,
    });
    expect(await client.execute(serverCommands.suggestVersion, client.uri('src/app.ts'))).toBeNull();
  });

  it('is recorded as released once it is committed', async () => {
    const repository = await start(narrowed);
    const uri = client.uri('openapi.yaml');
    expect(await client.execute(serverCommands.recordRelease, uri)).toEqual({
      failure: 'the contract is not as it was committed last; commit it first',
    });
    await client.change('openapi.yaml', contract);
    const noted = await client.execute<ReleaseRecord>(serverCommands.recordRelease, uri);
    expect(noted).toMatchObject({ uri: client.uri('.fidelity/baseline.json'), version: '1.2.0' });
    const commit = repository.git('rev-parse', 'HEAD');
    expect(JSON.parse(noted.text).releases).toEqual([expect.objectContaining({ contract: 'openapi.yaml', commit })]);
  });
});
