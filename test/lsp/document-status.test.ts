import { afterEach, describe, expect, it } from 'vitest';
import {
  type AnalysisState,
  type DocumentStatus,
  documentStatusRequest,
  statusNotification,
} from '../../server/src/lsp/protocol.ts';
import { Client, until } from './client.ts';
import { contract, handler, manifest, partlyKnown, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const ask = (path?: string): Promise<DocumentStatus> =>
  client.connection.sendRequest(documentStatusRequest, path === undefined ? {} : { uri: client.uri(path) });

describe('contractFidelity/documentStatus', () => {
  it('names the contract that governs a file, on both sides, and what is verified', async () => {
    client = await Client.start({ files: service });
    await client.diagnostics('src/app.ts');
    for (const path of ['src/app.ts', 'openapi.yaml']) {
      expect(await ask(path)).toMatchObject({
        state: 'ready',
        contracts: [{ uri: client.uri('openapi.yaml'), title: 'Orders', version: '1.2.0' }],
        operations: 1,
        verified: 1,
        findings: 1,
        known: true,
      });
    }
  });

  it('says why operations are not verified, and what would help', async () => {
    client = await Client.start({ files: partlyKnown });
    await client.diagnostics('src/app.ts');
    const status = await ask('src/app.ts');
    expect(status).toMatchObject({ operations: 2, verified: 1 });
    expect(status.reasons[0]).toEqual({
      meaning: 'the request is handed as a whole to code that cannot be followed',
      hint: expect.stringContaining('Pass the fields'),
      operations: 1,
    });
  });

  it('tells the contracts of a monorepo apart', async () => {
    const other = contract.replace('title: Orders', 'title: Refunds').replaceAll('/orders', '/refunds');
    client = await Client.start({
      files: {
        'orders/package.json': manifest,
        'orders/openapi.yaml': contract,
        'orders/app.ts': handler,
        'refunds/package.json': manifest,
        'refunds/openapi.yaml': other,
        'refunds/app.ts': handler.replaceAll('/orders', '/refunds'),
      },
    });
    await client.diagnostics('orders/app.ts');
    expect((await ask('orders/app.ts')).contracts.map(({ title }) => title)).toEqual(['Orders']);
    expect((await ask('refunds/app.ts')).contracts.map(({ title }) => title)).toEqual(['Refunds']);
    expect((await ask()).operations).toBe(2);
  });
});

describe('contractFidelity/status', () => {
  it('is sent to who asked for it, when the state changes', async () => {
    client = await Client.start({ files: service, initializationOptions: { status: true } });
    const states: string[] = [];
    client.connection.onNotification(statusNotification, ({ state }: AnalysisState) => {
      states.push(state);
    });
    await client.open('src/app.ts', handler);
    await client.diagnostics('src/app.ts');
    await until(
      () => states.at(-1),
      (state) => state === 'ready',
      'the state "ready"',
    );
    await client.change('src/app.ts', `${handler}\n`);
    await client.diagnostics('src/app.ts');
    await until(
      () => states.slice(-2),
      (last) => last.join() === 'analysing,ready',
      'a second analysis',
    );
  });
});
