import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CheckOutcome, type SpeakerAt, serverCommands } from '../../server/src/lsp/protocol.ts';
import * as called from './called.ts';
import { Client, positionOf } from './client.ts';
import { handler, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('workspace/executeCommand', () => {
  it('checks everything again from disk, without a watcher having said anything', async () => {
    client = await Client.start({ files: service });
    expect(await client.execute<CheckOutcome>(serverCommands.check)).toMatchObject({
      findings: 1,
      files: 2,
      operations: 1,
    });
    writeFileSync(join(client.folder, 'src/app.ts'), handler.replace('404', '200'));
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).toContain('status-undeclared');
    await client.execute<CheckOutcome>(serverCommands.check);
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).not.toContain('status-undeclared');
  });

  it('writes a configuration from what was found, and none over one that is there', async () => {
    client = await Client.start({ files: { ...service, 'b/fidelity.yaml': 'rules: {}\n' } });
    const text = await client.execute<string>(serverCommands.configuration, client.uri('.'));
    expect(parse(text)).toMatchObject({ contracts: [{ file: 'openapi.yaml', role: 'owned' }] });
    expect(await client.execute<string | null>(serverCommands.configuration, client.uri('b'))).toBeNull();
  });

  it('gives numbers for a bug report and nothing of the workspace', async () => {
    client = await Client.start({ files: service });
    await client.diagnostics('src/app.ts');
    const text = await client.execute<string>(serverCommands.diagnosticInformation);
    expect(text).toContain('Contracts: 1 (1 operations)');
    expect(text).toContain('Apps: 1 (express), routes: 1');
    expect(text).not.toContain(client.folder);
    expect(text).not.toMatch(/orders/i);
  });

  it('gives who speaks of an operation, handlers first, from either side', async () => {
    client = await Client.start({ files: called.called });
    const speakers = async (path: string, text: string, needle: string): Promise<string[]> => {
      const { speakers: command } = serverCommands;
      const found = await client.execute<SpeakerAt[]>(command, client.uri(path), positionOf(text, needle));
      return found.map(({ group, name, uri, range }) => {
        const file = Object.keys(called.called).find((one) => client.uri(one) === uri);
        return `${group} ${name} ${file}:${range.start.line + 1}`;
      });
    };
    const all = [
      'handler GET /orders/{id} (express) src/app.ts:6',
      'call axios web/orders.ts:5',
      'call fetch web/orders.ts:6',
      'test supertest test/orders.test.ts:4',
      'link GET /orders/{id} jobs/report.py:3',
      'link GET /orders/{id} src/app.ts:5',
      'link 404 of GET /orders/{id} src/app.ts:8',
    ];
    expect(await speakers('openapi.yaml', called.contract, 'get:')).toEqual(all);
    expect(await speakers('web/orders.ts', called.client, '`/orders')).toEqual(all);
    expect(await speakers('web/orders.ts', called.client, 'import')).toEqual([]);
  });

  it('answers null for a rule or a command that it does not know', async () => {
    client = await Client.start({ files: service });
    expect(await client.execute(serverCommands.explain, '../../etc/passwd')).toBeNull();
    expect(await client.execute('contractFidelity.server.nonsense')).toBeNull();
  });
});
