import { afterEach, describe, expect, it } from 'vitest';
import type { DocumentLink } from 'vscode-languageserver-protocol';
import { Client, textIn } from './client.ts';
import { handler, job, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function links(path: string): Promise<DocumentLink[]> {
  return client.connection.sendRequest('textDocument/documentLink', { textDocument: { uri: client.uri(path) } });
}

describe('textDocument/documentLink', () => {
  it('makes every tag a link to the line of its section', async () => {
    client = await Client.start({ files: linked });
    const found = await links('src/app.ts');
    expect(found.map(({ range, target, tooltip }) => [textIn(handler, range), target, tooltip])).toEqual([
      ['getOrder', `${client.uri('openapi.yaml')}#L7,5`, 'GET /orders/{id}'],
      ['getOrder#responses.404', `${client.uri('openapi.yaml')}#L23,9`, '404 of GET /orders/{id}'],
      ['deleteOrder', `${client.uri('openapi.yaml')}#L25,5`, 'DELETE /orders/{id}'],
    ]);
    expect((await links('jobs/report.py')).map(({ range }) => textIn(job, range))).toHaveLength(2);
  });

  it('makes no link of a tag that leads nowhere, nor where links are switched off', async () => {
    const files = { ...linked, 'jobs/report.py': '# @contract nothing\n' };
    client = await Client.start({ files, initializationOptions: { settings: { documentLinks: false } } });
    expect(await links('src/app.ts')).toEqual([]);
    await client.stop();
    client = await Client.start({ files });
    expect(await links('jobs/report.py')).toEqual([]);
  });
});
