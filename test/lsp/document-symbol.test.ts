import { afterEach, describe, expect, it } from 'vitest';
import { Client, textIn } from './client.ts';
import { contract, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('textDocument/documentSymbol', () => {
  it('gives the outline of a contract, and none of other files', async () => {
    client = await Client.start({ files: service });
    const symbols = await client.documentSymbols('openapi.yaml');
    expect(symbols?.map(({ name }) => name)).toEqual(['openapi', 'info', 'paths']);
    const path = symbols?.[2]?.children?.[0];
    expect(path?.name).toBe('/orders/{id}');
    const operation = path?.children?.[0];
    expect(operation).toMatchObject({ name: 'GET', detail: 'getOrder' });
    expect(textIn(contract, operation!.selectionRange)).toBe('get');
    expect(textIn(contract, operation!.range)).toMatch(/^get:[\s\S]*type: string$/);
    expect(await client.documentSymbols('src/app.ts')).toBeNull();
  });
});
