import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { contract, handler, manifest } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const files = {
  'a/package.json': manifest,
  'a/openapi.yaml': contract,
  'a/app.ts': handler,
  'b/package.json': manifest,
  'b/openapi.yaml': contract,
  'b/app.ts': handler,
};

describe('workspace/didChangeWorkspaceFolders', () => {
  it('analyses folders as they come and forgets them as they go', async () => {
    client = await Client.start({ files, folders: ['a'] });
    expect(await client.diagnostics('a/app.ts')).toHaveLength(1);
    expect(await client.diagnostics('b/app.ts')).toEqual([]);
    const change = (added: string[], removed: string[]): Promise<void> =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: {
          added: added.map((name) => ({ name, uri: client.uri(name) })),
          removed: removed.map((name) => ({ name, uri: client.uri(name) })),
        },
      });
    await change(['b'], []);
    expect(await client.diagnostics('b/app.ts')).toHaveLength(1);
    await change([], ['a']);
    expect(await client.diagnostics('a/app.ts')).toEqual([]);
    expect(await client.diagnostics('b/app.ts')).toHaveLength(1);
  });
});
