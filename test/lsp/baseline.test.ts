// The baseline in an editor: accepted findings are hints that are struck through and say why; the update names what it would change.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { type BaselineUpdate, serverCommands } from '../../server/src/lsp/protocol.ts';
import { Client, until } from './client.ts';
import { repairedContract, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const update = (reason: string): Promise<BaselineUpdate> =>
  client.execute<BaselineUpdate>(serverCommands.baseline, client.uri('.'), reason);

describe('the baseline', () => {
  it('turns what it accepts into hints with the reason, and keeps nothing else', async () => {
    client = await Client.start({ files: service });
    const { uri, text, added, exists } = await update('The gateway answers it');
    expect({ added, exists }).toEqual({ added: 1, exists: false });
    const path = fileURLToPath(uri);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    await client.execute(serverCommands.check);
    const [accepted] = await client.diagnostics('src/app.ts');
    expect(accepted).toMatchObject({
      code: 'status-undeclared',
      severity: DiagnosticSeverity.Hint,
      tags: [DiagnosticTag.Deprecated],
    });
    expect(accepted!.message).toMatch(/^Accepted: The gateway answers it\. /);
    expect(await update('again')).toMatchObject({ added: 0, removed: 0, exists: true, text });
  });

  it('says where an entry has become superfluous', async () => {
    client = await Client.start({ files: service });
    const { uri, text } = await update('known');
    await client.stop();
    const name = new URL(uri).pathname.split('/').slice(-2).join('/');
    client = await Client.start({ files: { ...service, 'openapi.yaml': repairedContract, [name]: text } });
    const told = await until(
      () => client.diagnostics(name),
      (found) => found.length > 0,
      'the superfluous entry',
    );
    expect(told).toMatchObject([{ code: 'suppression-unused', tags: [DiagnosticTag.Unnecessary] }]);
    expect(await update('')).toMatchObject({ added: 0, removed: 1 });
  });
});
