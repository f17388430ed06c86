import { afterEach, describe, expect, it } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import { Client, edited, positionOf, textIn } from './client.ts';
import { contract, handler, job, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const rename = (path: string, text: string, needle: string, newName: string): Promise<WorkspaceEdit> =>
  client.connection.sendRequest('textDocument/rename', {
    textDocument: { uri: client.uri(path) },
    position: positionOf(text, needle),
    newName,
  });

describe('textDocument/rename', () => {
  it('renames an operation in the contract and in every tag, from either', async () => {
    client = await Client.start({ files: linked });
    for (const edit of [
      await rename('openapi.yaml', contract, 'getOrder', 'readOrder'),
      await rename('src/app.ts', handler, 'getOrder#', 'readOrder'),
    ]) {
      expect(edited(contract, client.uri('openapi.yaml'), edit)).toBe(contract.replace('getOrder', 'readOrder'));
      expect(edited(handler, client.uri('src/app.ts'), edit)).toBe(handler.replaceAll('getOrder', 'readOrder'));
      expect(edited(job, client.uri('jobs/report.py'), edit)).toBe(job.replace('getOrder', 'readOrder'));
    }
  });

  it('leaves a pinned tag fresh', async () => {
    client = await Client.start({ files: linked });
    const [stale] = await pinned('00000000');
    const pin = /is `([0-9a-f]{8})` now/.exec(String(stale))![1]!;
    expect(await pinned(pin)).toEqual([]);
    await client.change('openapi.yaml', contract.replace('getOrder', 'readOrder'));
    await client.change(
      'src/app.ts',
      handler.replaceAll('getOrder', 'readOrder').replace('readOrder\n', `readOrder@${pin}\n`),
    );
    expect((await client.diagnostics('src/app.ts')).map(({ message }) => message)).toEqual([]);
  });

  async function pinned(pin: string): Promise<unknown[]> {
    await client.open('openapi.yaml', contract);
    await client.open('src/app.ts', handler.replace('getOrder\n', `getOrder@${pin}\n`));
    return (await client.diagnostics('src/app.ts')).map(({ message }) => message);
  }

  it('refuses a name that is taken, or that is none', async () => {
    client = await Client.start({ files: linked });
    await expect(rename('openapi.yaml', contract, 'getOrder', 'deleteOrder')).rejects.toThrow('already');
    await expect(rename('openapi.yaml', contract, 'getOrder', 'get order')).rejects.toThrow('no operationId');
  });
});

describe('textDocument/prepareRename', () => {
  const prepare = (path: string, text: string, needle: string) =>
    client.connection.sendRequest<{ range: never; placeholder: string } | null>('textDocument/prepareRename', {
      textDocument: { uri: client.uri(path) },
      position: positionOf(text, needle),
    });

  it('marks the name alone', async () => {
    client = await Client.start({ files: linked });
    const found = await prepare('src/app.ts', handler, 'getOrder#');
    expect(found?.placeholder).toBe('getOrder');
    expect(textIn(handler, found!.range)).toBe('getOrder');
    expect(await prepare('src/app.ts', handler, 'responses.404')).toBeNull();
    expect(await prepare('src/app.ts', handler, "'/orders/:id'")).toBeNull();
  });
});
