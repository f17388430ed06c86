import { afterEach, describe, expect, it } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { Client, until } from './client.ts';
import { contract, repairedContract, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const ask = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> =>
  client.connection.sendRequest('workspace/diagnostic', { previousResultIds });

describe('workspace/diagnostic', () => {
  it('reports files that are not open', async () => {
    client = await Client.start({ files: service });
    const { items } = await ask([]);
    expect(items.map(({ uri }) => uri).sort()).toEqual([client.uri('openapi.yaml'), client.uri('src/app.ts')]);
  });

  it('is held until something differs, and reports files that became clean', async () => {
    client = await Client.start({ files: service });
    const { items } = await ask([]);
    const known = items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    let answered = false;
    const held = ask(known).then((report) => {
      answered = true;
      return report;
    });
    // Another request that goes through all the way shows that the first one is not answered meanwhile.
    await client.diagnostics('src/app.ts');
    expect(answered).toBe(false);
    await client.open('openapi.yaml', contract);
    await client.change('openapi.yaml', repairedContract);
    const after = await held;
    expect(after.items.map((item) => [item.uri, item.kind === 'full' && item.items.length])).toEqual(
      expect.arrayContaining([
        [client.uri('openapi.yaml'), 0],
        [client.uri('src/app.ts'), 0],
      ]),
    );
  });

  it('says again what was asked for one document, because the client may have passed over either answer', async () => {
    client = await Client.start({ files: service });
    const { items } = await ask([]);
    const known = items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    await client.diagnostics('src/app.ts');
    const { items: again } = await ask(known);
    expect(again.map((item) => [item.uri, item.kind === 'full' && item.items.length > 0])).toEqual([
      [client.uri('src/app.ts'), true],
    ]);
  });

  it('says of a document that was asked for and has become clean that it is, also when it was never named before', async () => {
    client = await Client.start({ files: { ...service, 'openapi.yaml': repairedContract } });
    await client.diagnostics('src/app.ts');
    const { items } = await ask([]);
    expect(items.map((item) => [item.uri, item.kind === 'full' && item.items.length])).toEqual([
      [client.uri('src/app.ts'), 0],
    ]);
  });

  it('asks the client to refresh when an edit changes other files', async () => {
    client = await Client.start({ files: service });
    await client.diagnostics('src/app.ts');
    const before = client.refreshes;
    await client.open('openapi.yaml', contract);
    await client.change('openapi.yaml', repairedContract);
    await until(
      () => client.refreshes,
      (count) => count > before,
      'a refresh',
    );
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
  });
});
