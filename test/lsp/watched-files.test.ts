import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { contract, handler, repairedContract, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('workspace/didChangeWatchedFiles', () => {
  it('follows a contract that changes on disk', async () => {
    client = await Client.start({ files: service });
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
    await client.disk('openapi.yaml', repairedContract);
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    await client.disk('openapi.yaml', contract);
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
  });

  it('takes everything back when a contract is deleted, and finds it when it comes again', async () => {
    client = await Client.start({ files: service });
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
    await client.disk('openapi.yaml', undefined);
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    expect(await client.diagnostics('openapi.yaml')).toEqual([]);
    await client.disk('api/contract.yml', contract, 1);
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
    expect(await client.diagnostics('api/contract.yml')).toHaveLength(1);
  });

  it('takes everything back when the handler is deleted', async () => {
    client = await Client.start({ files: service });
    await client.diagnostics('src/app.ts');
    await client.disk('src/app.ts', undefined);
    expect((await client.diagnostics('openapi.yaml')).map(({ code }) => code)).not.toContain('status-undeclared');
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
  });

  it('lets the unsaved text stand over what changes on disk', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    await client.disk('src/app.ts', handler.replace('404', '200'));
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).toContain('status-undeclared');
    await client.close('src/app.ts');
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).not.toContain('status-undeclared');
  });

  it('follows files that are renamed: they go and come in one notification', async () => {
    client = await Client.start({ files: service });
    await client.diagnostics('src/app.ts');
    const move = async (from: string, to: string): Promise<void> => {
      mkdirSync(dirname(join(client.folder, to)), { recursive: true });
      renameSync(join(client.folder, from), join(client.folder, to));
      await client.watchers([
        { path: from, type: 3 },
        { path: to, type: 1 },
      ]);
    };
    await move('src/app.ts', 'src/server/main.ts');
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    expect(await client.diagnostics('src/server/main.ts')).toHaveLength(1);
    await move('openapi.yaml', 'api/orders.yml');
    expect(await client.diagnostics('openapi.yaml')).toEqual([]);
    expect(await client.diagnostics('api/orders.yml')).toHaveLength(1);
    const [finding] = await client.diagnostics('src/server/main.ts');
    expect(finding!.relatedInformation!.map(({ location }) => location.uri)).toContain(client.uri('api/orders.yml'));
  });

  it('keeps to the text of an open file that is deleted, until it is closed', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    await client.diagnostics('src/app.ts');
    await client.disk('src/app.ts', undefined);
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).toEqual(['status-undeclared']);
    await client.close('src/app.ts');
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    expect((await client.diagnostics('openapi.yaml')).map(({ code }) => code)).not.toContain('status-undeclared');
  });
});
