// What an editor is told at the version of a contract that lies in a repository: lens, marks, card, comparison, texts of the past.

import { afterEach, describe, expect, it } from 'vitest';
import { type CodeLens, type Diagnostic, MarkupContent } from 'vscode-languageserver-protocol';
import { type ContractComparison, pastFileOf, serverCommands } from '../../server/src/lsp/protocol.ts';
import { hasGit } from '../harness/git.ts';
import { Repository } from '../versioning/repository.ts';
import { Client, edited, positionOf, rangeOf, textIn, until } from './client.ts';
import { contract, handler, linked } from './linked.ts';

const scheme = 'contract-past';
/** Without one operation, and with a property that need not be there. */
const narrowed = contract.replace(/ {4}delete:[\s\S]*?(?=components:)/, '').replace('      required: [id]\n', '');
const withoutError = contract.replace("        '404':\n          description: No such order\n", '');

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function start(texts: readonly string[] = [contract]): Promise<Repository> {
  const repository = new Repository().init();
  for (const [path, text] of Object.entries(linked)) repository.write(path, text);
  for (const text of texts) repository.write('openapi.yaml', text).commit('a state');
  client = await Client.start({
    files: {},
    folder: repository.folder,
    initializationOptions: { baselineScheme: scheme, commands: { compareContract: 'compare' } },
  });
  return repository;
}

async function lens(): Promise<CodeLens> {
  const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
    textDocument: { uri: client.uri('openapi.yaml') },
  });
  const line = positionOf(contract, 'version: ').line;
  return client.connection.sendRequest('codeLens/resolve', lenses.find(({ range }) => range.start.line === line)!);
}

const codes = (found: readonly Diagnostic[]): unknown[] => found.map(({ code }) => code);

async function card(text: string): Promise<string> {
  const hover = await client.hover('openapi.yaml', positionOf(text, '1.2.0'));
  if (!hover || !MarkupContent.is(hover.contents)) throw new Error('a hover in Markdown was expected');
  return hover.contents.value;
}

describe.skipIf(!hasGit)('the version of a contract', () => {
  it('has a lens that follows what is typed', async () => {
    await start();
    expect((await lens()).command?.title).toBe('no change since main');
    await client.open('openapi.yaml', narrowed);
    await client.diagnostics('openapi.yaml');
    expect((await lens()).command).toEqual({
      title: '2 breaking since main, calls for 2.0.0',
      command: 'compare',
      arguments: [client.uri('openapi.yaml'), ''],
    });
    await client.change('openapi.yaml', narrowed.replace('1.2.0', '2.0.0'));
    await client.diagnostics('openapi.yaml');
    expect((await lens()).command?.title).toBe('2 breaking since main, said by 2.0.0');
  });

  it('is marked together with what changed, until it is set', async () => {
    await start();
    await client.open('openapi.yaml', narrowed);
    const found = await client.diagnostics('openapi.yaml');
    expect(codes(found)).toEqual(
      expect.arrayContaining(['version-bump-missing', 'operation-removed', 'response-property-became-optional']),
    );
    const removed = found.find(({ code }) => code === 'operation-removed')!;
    expect(removed.message).toMatch(/^Breaking since main: .*DELETE \/orders\/\{id\}.*a route still serves it/);
    const past = removed.relatedInformation!.find(({ location }) => location.uri.startsWith(`${scheme}:`))!;
    const text = await client.execute<string>(serverCommands.baselineText, past.location.uri);
    expect(text).toBe(contract);
    expect(textIn(text, past.location.range)).toBe('delete');
    const actions = await client.actions('openapi.yaml', rangeOf(narrowed, '1.2.0'));
    const action = await client.resolve(actions.find(({ title }) => title === 'Contract: set version to 2.0.0')!);
    const raised = edited(narrowed, client.uri('openapi.yaml'), action.edit!);
    expect(raised).toBe(narrowed.replace('1.2.0', '2.0.0'));
    await client.change('openapi.yaml', raised);
    expect(codes(await client.diagnostics('openapi.yaml'))).not.toContain('version-bump-missing');
    expect(codes(await client.diagnostics('openapi.yaml'))).not.toContain('operation-removed');
  });

  it('has a card with the changes and the versions before', async () => {
    await start([contract.replace('1.2.0', '1.1.0').replace('summary: Reads one order', 'summary: Reads'), contract]);
    await client.open('openapi.yaml', narrowed);
    const text = await until(
      () => card(narrowed),
      (one) => !one.includes('still being read'),
      'the line of versions',
    );
    expect(text).toContain('**2 breaking changes** since main (`1.2.0`');
    expect(text).toContain('Calls for `2.0.0`; `1.2.0` does not say so.');
    expect(text).toMatch(/- breaking: .*`GET \/orders\/\{id\}`/);
    expect(text).toMatch(/\| `1\.2\.0` \| \d{4}-\d\d-\d\d \| `[0-9a-f]{8}` \| none \| kept \|/);
    expect(text).toMatch(/\| `1\.1\.0` \| .* \| the first seen \|/);
    expect(text).toContain('command:compare?');
  });

  it('follows commits and branches that git reports', async () => {
    const repository = await start();
    await client.open('openapi.yaml', narrowed);
    await client.diagnostics('openapi.yaml');
    expect((await lens()).command?.title).toMatch(/^2 breaking/);
    repository.write('openapi.yaml', narrowed).commit('broken on purpose');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('.git/logs/HEAD'), type: 2 }],
    });
    await until(
      async () => (await lens()).command?.title,
      (title) => title === 'no change since main',
      'the new baseline',
    );
  });

  it('is compared with any state of the past', async () => {
    const repository = await start([withoutError, contract]);
    repository.git('tag', 'v1', 'HEAD~1');
    const choices = await client.execute<{ base: string; label: string }[]>(
      serverCommands.baseChoices,
      client.uri('openapi.yaml'),
    );
    expect(choices.map(({ label }) => label)).toEqual(['main', 'v1', expect.any(String), expect.any(String)]);
    const compared = await client.execute<ContractComparison>(
      serverCommands.compareContract,
      client.uri('openapi.yaml'),
      'v1',
    );
    expect(compared).toMatchObject({ base: { name: 'v1', version: '1.2.0' }, version: '1.2.0' });
    expect(compared.changes.map(({ id }) => id)).toEqual(['response-error-status-added']);
    expect(compared.markdown).toContain('response-error-status-added');
    expect(pastFileOf(compared.base.address)).toEqual({
      file: `${repository.folder}/openapi.yaml`,
      contract: `${repository.folder}/openapi.yaml`,
      base: 'v1',
    });
    expect(await client.execute(serverCommands.baselineText, compared.base.address)).not.toContain("'404'");
    expect(await client.execute(serverCommands.compareContract, client.uri('openapi.yaml'), 'nowhere')).toEqual({
      failure: 'the repository has no revision "nowhere"',
    });
    expect(await client.execute(serverCommands.compareContract, client.uri('src/app.ts'), '')).toBeNull();
    expect(await client.execute(serverCommands.baselineText, `${scheme}:/etc/passwd?%7B%7D`)).toBeNull();
  });

  it('says aloud that there is no baseline, and nothing where no repository is', async () => {
    const repository = new Repository().init();
    for (const [path, text] of Object.entries(linked)) repository.write(path, text);
    client = await Client.start({ files: {}, folder: repository.folder });
    expect((await lens()).command?.title).toBe('no baseline: the repository has no commit yet');
    expect(await card(contract)).toContain('is held against nothing: the repository has no commit yet');
    await client.stop();
    client = await Client.start({ files: linked });
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: client.uri('openapi.yaml') },
    });
    expect(lenses.filter(({ range }) => range.start.line < positionOf(contract, 'get:').line)).toEqual([]);
    expect(await card(contract)).toContain('the folder is in no git repository');
  });

  it('asks git nothing in a workspace that nobody trusts', async () => {
    const repository = new Repository().init();
    for (const [path, text] of Object.entries(linked)) repository.write(path, text);
    repository.commit('all');
    client = await Client.start({ files: {}, folder: repository.folder, initializationOptions: { trusted: false } });
    await client.open('openapi.yaml', narrowed);
    await client.open('src/app.ts', handler);
    expect(codes(await client.diagnostics('openapi.yaml'))).not.toContain('version-bump-missing');
    expect(await client.execute(serverCommands.compareContract, client.uri('openapi.yaml'), '')).toEqual({
      failure: 'git is not asked here',
    });
  });
});
