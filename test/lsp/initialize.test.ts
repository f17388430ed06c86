import { afterEach, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { Client } from './client.ts';
import { service } from './service.ts';

let client: Client | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
});

describe('initialize', () => {
  it('offers pulled diagnostics to who can pull', async () => {
    client = await Client.start({ files: service });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    expect(client.initialized.capabilities).toMatchObject({ positionEncoding: 'utf-16', hoverProvider: true });
    expect(client.initialized.serverInfo).toEqual({ name: 'contract-fidelity', version: manifest.version });
  });

  it('offers none to who cannot', async () => {
    client = await Client.start({ files: service, pulls: false });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
  });

  it('asks for file watchers', async () => {
    client = await Client.start({ files: service });
    await client.diagnostics('src/app.ts');
    expect(client.watched).toContain('workspace/didChangeWatchedFiles');
  });

  it('ends with 0 after shutdown and exit', async () => {
    const short = await Client.start({ files: service });
    expect(await short.stop()).toBe(0);
  });
});
