// Holds that a server which dies takes nothing with it: the next one shows the same for the same texts.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { Client } from './client.ts';
import { contract, handler, service } from './service.ts';
import { shownBy, shownCold } from './shown.ts';

let folder: string;
let client: Client;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-restart-')));
});
afterEach(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

const typed = handler.replace('404', '409');
const half = contract.replace("        '200':", "        '200");

describe('a server that is killed while somebody types', () => {
  it('leaves the next one with the same findings, for unsaved texts too', async () => {
    const first = await Client.start({ files: service, folder });
    await first.open('src/app.ts', handler);
    await first.open('openapi.yaml', contract);
    await shownBy(first);
    // In the middle of an edit: nobody waits for its analysis, and the contract is broken for the moment.
    await first.change('src/app.ts', typed);
    await first.change('openapi.yaml', half);
    const lost = first.pull('src/app.ts').catch(() => 'lost');
    await first.kill();
    expect(await lost).toBe('lost');

    client = await Client.start({ files: {}, folder });
    await client.open('src/app.ts', typed);
    await client.open('openapi.yaml', half);
    await client.pull('src/app.ts');
    await client.change('openapi.yaml', contract);
    expect(await shownBy(client)).toEqual(await shownCold({ ...service, 'src/app.ts': typed }));
  });

  it('needs nothing sent again where nothing has changed: identities hold across servers', async () => {
    const first = await Client.start({ files: service, folder });
    const before: WorkspaceDiagnosticReport = await first.connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [],
    });
    await first.kill();
    client = await Client.start({ files: {}, folder });
    for (const { uri, resultId } of before.items) {
      const path = uri.slice(client.uri('.').length + 1);
      expect(await client.pull(path, resultId)).toMatchObject({ kind: 'unchanged', resultId });
    }
    expect(before.items.length).toBe(2);
  });

  it('dies again and again without harm', async () => {
    for (const status of ['402', '403', '405']) {
      const one = await Client.start({ files: service, folder });
      await one.open('src/app.ts', handler);
      await one.change('src/app.ts', handler.replace('404', status));
      await one.kill();
    }
    client = await Client.start({ files: {}, folder });
    expect(await shownBy(client)).toEqual(await shownCold(service));
  });
});
