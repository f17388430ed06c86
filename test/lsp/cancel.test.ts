import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes, type WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { Client } from './client.ts';
import { handler, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('$/cancelRequest', () => {
  it('ends a diagnostic request that waits for the analysis', async () => {
    client = await Client.start({ files: service, initializationOptions: { settings: { analysisDelay: 5000 } } });
    await client.diagnostics('src/app.ts');
    await client.open('src/app.ts', handler);
    await client.diagnostics('src/app.ts');
    await client.change('src/app.ts', handler.replace('404', '410'));
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: client.uri('src/app.ts') } };
    const answer = client.connection.sendRequest('textDocument/diagnostic', params, source.token);
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  });

  it('ends a workspace request that is held, and the next one is answered', async () => {
    client = await Client.start({ files: service });
    const first: WorkspaceDiagnosticReport = await client.connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [],
    });
    const previousResultIds = first.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    const source = new CancellationTokenSource();
    const held = client.connection.sendRequest('workspace/diagnostic', { previousResultIds }, source.token);
    source.cancel();
    await expect(held).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
  });
});
