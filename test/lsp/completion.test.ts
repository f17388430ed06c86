import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver-protocol';
import { Client, textIn } from './client.ts';
import { contract, handler, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

/** The proposals behind a comment's text in an open handler, or in another file. */
async function proposals(typed: string, path = 'src/app.ts', before = handler): Promise<CompletionItem[]> {
  const text = `${before}\n${typed}`;
  await client.open(path, text);
  const position = { line: text.split('\n').length - 1, character: typed.length };
  const list: CompletionList | null = await client.connection.sendRequest('textDocument/completion', {
    textDocument: { uri: client.uri(path) },
    position,
  });
  for (const { textEdit } of list?.items ?? []) expect(typed).toContain(textIn(text, (textEdit as TextEdit).range));
  return list?.items ?? [];
}

const texts = (items: readonly CompletionItem[]): string[] => items.map(({ textEdit }) => textEdit!.newText);

describe('textDocument/completion', () => {
  it('proposes the operations and files of all contracts', async () => {
    client = await Client.start({ files: { ...linked, 'partners/stock.yaml': contract.replaceAll('Order', 'Item') } });
    const items = await proposals('// @contract ');
    expect(texts(items)).toEqual([
      'getOrder',
      'deleteOrder',
      'getItem',
      'deleteItem',
      'openapi.yaml#/',
      'stock.yaml#/',
    ]);
    expect(items[0]).toMatchObject({
      label: 'getOrder',
      detail: 'GET /orders/{id} · Orders',
      documentation: { value: 'Reads one order' },
    });
  });

  it('proposes the parts of an operation', async () => {
    client = await Client.start({ files: linked });
    expect(texts(await proposals('// @contract getOrder#'))).toEqual([
      'getOrder#responses.200',
      'getOrder#responses.404',
      'getOrder#parameters.id',
    ]);
  });

  it('proposes the next step of a pointer, with what a step needs escaped', async () => {
    client = await Client.start({ files: linked });
    expect(texts(await proposals('// @contract openapi.yaml#/paths/'))).toEqual(['openapi.yaml#/paths/~1orders~1{id}']);
    await client.close('src/app.ts');
    expect(texts(await proposals('# @contract openapi.yaml#/components/schemas/O', 'jobs/report.py', ''))).toEqual([
      'openapi.yaml#/components/schemas/Order',
    ]);
  });

  it('proposes the tag itself in a comment, and nothing outside of comments', async () => {
    client = await Client.start({ files: linked });
    expect(texts(await proposals('// @con'))).toEqual(['@contract ']);
    await client.close('src/app.ts');
    expect(await proposals('const text = "@contract ')).toEqual([]);
    await client.close('src/app.ts');
    expect(await proposals('// contract ')).toEqual([]);
  });
});
