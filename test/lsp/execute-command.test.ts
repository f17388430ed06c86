import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CheckOutcome, serverCommands } from '../../server/src/lsp/protocol.ts';
import { Client } from './client.ts';
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

  it('answers null for a rule or a command that it does not know', async () => {
    client = await Client.start({ files: service });
    expect(await client.execute(serverCommands.explain, '../../etc/passwd')).toBeNull();
    expect(await client.execute('contractFidelity.server.nonsense')).toBeNull();
  });
});
