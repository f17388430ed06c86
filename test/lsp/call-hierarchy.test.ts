import { afterEach, describe, expect, it } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from 'vscode-languageserver-protocol';
import * as service from './called.ts';
import { Client, positionOf } from './client.ts';
import { contract, handler, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function prepared(path: string, text: string, needle: string): Promise<CallHierarchyItem[] | null> {
  return client.connection.sendRequest('textDocument/prepareCallHierarchy', {
    textDocument: { uri: client.uri(path) },
    position: positionOf(text, needle),
  });
}

describe('the call hierarchy', () => {
  it('begins at the operation, from either side', async () => {
    client = await Client.start({ files: linked });
    const fromContract = await prepared('openapi.yaml', contract, 'delete:');
    expect(fromContract).toMatchObject([{ name: 'DELETE /orders/{id}', uri: client.uri('openapi.yaml') }]);
    expect(await prepared('src/app.ts', handler, "'/orders/:id', removeOrder")).toEqual(fromContract);
    expect(await prepared('src/app.ts', handler, 'import')).toBeNull();
  });

  it('goes out to the handlers, and in from those who name it', async () => {
    client = await Client.start({ files: linked });
    const [item] = (await prepared('openapi.yaml', contract, 'get:'))!;
    const out: CallHierarchyOutgoingCall[] = await client.connection.sendRequest('callHierarchy/outgoingCalls', {
      item,
    });
    expect(out.map(({ to }) => [to.uri, to.detail])).toEqual([
      [client.uri('src/app.ts'), 'GET /orders/{id} (express)'],
    ]);
    const into: CallHierarchyIncomingCall[] = await client.connection.sendRequest('callHierarchy/incomingCalls', {
      item,
    });
    expect(into.map(({ from }) => from.name)).toEqual(['report.py:3', 'app.ts:5', 'app.ts:8']);
  });

  it('goes in from those who call it and test it, and begins at a call too', async () => {
    client = await Client.start({ files: service.called });
    const [item] = (await prepared('web/orders.ts', service.client, '`/orders'))!;
    expect(item!.name).toBe('GET /orders/{id}');
    const into: CallHierarchyIncomingCall[] = await client.connection.sendRequest('callHierarchy/incomingCalls', {
      item,
    });
    expect(into.slice(0, 3).map(({ from }) => `${from.name} ${from.detail}`)).toEqual([
      'orders.ts:5 GET /orders/{id} (axios)',
      'orders.ts:6 GET /orders/{id} (fetch)',
      'orders.test.ts:4 GET /orders/{id} (supertest)',
    ]);
  });
});
