// A folder that is on no disk: the client hands over its contracts, and nothing is said of code.

import { afterEach, describe, expect, it } from 'vitest';
import type { CodeLens, Location, MarkupContent } from 'vscode-languageserver-protocol';
import {
  type DocumentStatus,
  documentStatusRequest,
  type VirtualFilesParams,
  virtualFilesNotification,
} from '../../server/src/lsp/protocol.ts';
import { Client, positionOf, until } from './client.ts';
import { service } from './service.ts';

const folder = 'memfs:/orders';
const root = `${folder}/openapi.yaml`;

const contract = `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema:
                $ref: 'schemas/order.yaml'
              example: 7
`;
const fragment = 'type: object\nproperties:\n  id:\n    type: string\n';
const files = { 'openapi.yaml': contract, 'schemas/order.yaml': fragment };

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function hand(given: Readonly<Record<string, string | null>>, whole = true, into = folder): Promise<void> {
  const params: VirtualFilesParams = {
    folder: into,
    whole,
    files: Object.entries(given).map(([path, text]) => ({ uri: path.includes(':') ? path : `${into}/${path}`, text })),
  };
  await client.connection.sendNotification(virtualFilesNotification, params);
}

const start = async (more: Partial<Parameters<typeof Client.start>[0]> = {}): Promise<void> => {
  client = await Client.start({ files: {}, folders: [], virtual: [folder], ...more });
};

const codes = async (uri = root): Promise<unknown[]> => (await client.diagnostics(uri)).map(({ code }) => code);

describe('a folder on no disk', () => {
  it('has the findings of its contract, which follow what is handed over and what is typed', async () => {
    await start();
    expect(await codes()).toEqual([]);
    await hand(files);
    expect(await codes()).toEqual(['example-invalid']);
    await client.open(root, contract.replace('example: 7', 'example: { id: a }'));
    await until(codes, (found) => found.length === 0, 'silence for the text that is not saved');
    await client.close(root);
    await until(codes, (found) => found.length === 1, 'the finding of the saved text');
    await hand({ 'schemas/order.yaml': 'type: integer\n' }, false);
    expect(await codes()).toEqual([]);
    await hand({ 'openapi.yaml': null }, false);
    expect(await codes()).toEqual([]);
    await hand(files);
    expect(await codes()).toEqual(['example-invalid']);
    await hand({ 'schemas/order.yaml': fragment });
    expect(await codes()).toEqual([]);
  });

  it('has ways, symbols and cards, of which none speaks of code', async () => {
    await start();
    await hand(files);
    const position = positionOf(contract, "'schemas/order.yaml'");
    const found: Location[] = await client.connection.sendRequest('textDocument/definition', {
      textDocument: { uri: root },
      position: { ...position, character: position.character + 2 },
    });
    expect(found.map(({ uri }) => uri)).toEqual([`${folder}/schemas/order.yaml`]);
    expect(JSON.stringify(await client.documentSymbols(root))).toContain('/orders');
    const card = await client.hover(root, positionOf(contract, 'get:'));
    const { value } = card!.contents as MarkupContent;
    expect(value).toContain('Code is not read here, because the workspace is virtual.');
    expect(value).not.toContain('No route');
    const lenses: CodeLens[] = await client.connection.sendRequest('textDocument/codeLens', {
      textDocument: { uri: root },
    });
    expect(lenses).toEqual([]);
    const status: DocumentStatus = await client.connection.sendRequest(documentStatusRequest, { uri: root });
    expect(status).toMatchObject({ contractOnly: true, contracts: [{ uri: root, title: 'Orders' }] });
  });

  it('has versions, held against a file that the configuration names', async () => {
    await start();
    await hand({
      ...files,
      'fidelity.yaml': 'contracts:\n  - openapi.yaml\nversions:\n  base: past/openapi.yaml\n',
      'past/openapi.yaml': contract
        .replace('operationId', 'parameters: []\n      operationId')
        .replace('/orders:', '/old:'),
    });
    expect(await codes()).toContain('version-bump-missing');
  });

  it('stands beside folders on disk, which stay as they are', async () => {
    await start({ files: service, folders: ['.'] });
    await hand(files);
    expect(await codes('src/app.ts')).toEqual(['status-undeclared']);
    expect(await codes()).toEqual(['example-invalid']);
    const status: DocumentStatus = await client.connection.sendRequest(documentStatusRequest, {
      uri: client.uri('openapi.yaml'),
    });
    expect(status).toMatchObject({ contractOnly: false, operations: 1 });
  });

  it('takes contracts alone, of folders that are open, and nothing that is on disk or of another form', async () => {
    await start({ files: service, folders: ['.'] });
    const disk = client.uri('openapi.yaml');
    await hand({ 'src/app.ts': service['src/app.ts'], 'openapi.yaml': service['openapi.yaml'] });
    await hand({ 'openapi.yaml': contract }, true, 'memfs:/other');
    await hand({ [disk]: null, 'memfs:/orders/../other/openapi.yaml': contract }, false);
    await hand({ 'openapi.yaml': null }, true, client.uri('.'));
    for (const params of [null, 7, { folder }, { folder, files: [7, { uri: root }, { uri: root, text: 7 }] }])
      await client.connection.sendNotification(virtualFilesNotification, params);
    expect(await codes()).toEqual([]);
    expect(await codes('src/app.ts')).toEqual(['status-undeclared']);
    expect(await codes('memfs:/other/openapi.yaml')).toEqual([]);
  });

  it('is let go with its folder', async () => {
    await start();
    await hand(files);
    expect(await codes()).toEqual(['example-invalid']);
    const event = { added: [], removed: [{ uri: folder, name: 'orders' }] };
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    expect(await codes()).toEqual([]);
  });
});
