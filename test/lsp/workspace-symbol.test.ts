import { afterEach, describe, expect, it } from 'vitest';
import type { SymbolInformation } from 'vscode-languageserver-protocol';
import { Client, textIn } from './client.ts';
import { contract, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('workspace/symbol', () => {
  it('finds operations and schemas by the letters of their names', async () => {
    client = await Client.start({ files: linked });
    const symbols = async (query: string): Promise<SymbolInformation[]> =>
      client.connection.sendRequest('workspace/symbol', { query });
    expect((await symbols('')).map(({ name }) => name)).toEqual([
      'getOrder (GET /orders/{id})',
      'deleteOrder (DELETE /orders/{id})',
      'Order',
    ]);
    const [found] = await symbols('delord');
    expect(found).toMatchObject({ name: 'deleteOrder (DELETE /orders/{id})', containerName: 'Orders' });
    expect(textIn(contract, found!.location.range)).toBe('delete');
    expect(await symbols('nothing of that')).toEqual([]);
  });
});
