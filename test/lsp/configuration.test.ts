import { afterEach, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { defaultSettings } from '../../server/src/lsp/protocol.ts';
import { Client, until } from './client.ts';
import { service } from './service.ts';

let client: Client | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
});

describe('workspace/didChangeConfiguration', () => {
  it('asks the client for its settings and follows their change', async () => {
    client = await Client.start({ files: service, settings: { enable: false } });
    expect(await client.diagnostics('src/app.ts')).toEqual([]);
    client.settings = { enable: true };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    const asked = client;
    await until(
      () => asked.diagnostics('src/app.ts'),
      (items) => items.length === 1,
      'the finding',
    );
    client.settings = { enable: true, minimumSeverity: 'error', maxFindingsPerFile: 'many' };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
  });

  it('takes settings that come with the notification', async () => {
    client = await Client.start({ files: service, pulls: false });
    const pushed = client;
    const shown = (): number | undefined => pushed.pushed.get(pushed.uri('src/app.ts'))?.diagnostics.length;
    await until(shown, (count) => count === 1, 'the finding');
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { contractFidelity: { enable: false } },
    });
    await until(shown, (count) => count === 0, 'silence');
  });
});

describe('settings of the extension', () => {
  it('are those that the server reads, with the same defaults', () => {
    const { properties } = manifest.contributes.configuration;
    const declared = Object.entries(properties).flatMap(([key, { default: value }]) => {
      const name = key.replace('contractFidelity.', '');
      // The client reads this one itself.
      return name === 'trace.server' ? [] : [[name, value] as const];
    });
    expect(Object.fromEntries(declared)).toEqual(defaultSettings);
  });

  it('are all described', async () => {
    const { default: texts } = await import('../../package.nls.json', { with: { type: 'json' } });
    const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!);
    expect(used.filter((key) => !(key in texts))).toEqual([]);
    expect(Object.keys(texts).filter((key) => !used.includes(key))).toEqual([]);
  });
});
