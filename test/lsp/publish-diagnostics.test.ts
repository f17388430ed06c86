import { afterEach, describe, expect, it } from 'vitest';
import { Client, until } from './client.ts';
import { contract, repairedContract, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('textDocument/publishDiagnostics', () => {
  it('pushes both sides to a client that cannot pull, and takes them back', async () => {
    client = await Client.start({ files: service, pulls: false });
    const shown = (path: string): number | undefined => client.pushed.get(client.uri(path))?.diagnostics.length;
    await until(
      () => [shown('src/app.ts'), shown('openapi.yaml')],
      ([code, spec]) => code === 1 && spec === 1,
      'both sides',
    );
    await client.open('openapi.yaml', contract);
    await client.change('openapi.yaml', repairedContract);
    await until(
      () => [shown('src/app.ts'), shown('openapi.yaml')],
      ([code, spec]) => code === 0 && spec === 0,
      'silence',
    );
  });

  it('names the version of the document that it speaks of', async () => {
    client = await Client.start({ files: service, pulls: false });
    await client.open('src/app.ts', service['src/app.ts']);
    await client.change('src/app.ts', service['src/app.ts'].replace('404', '410'));
    const params = await until(
      () => client.pushed.get(client.uri('src/app.ts')),
      (pushed) => String(pushed?.diagnostics[0]?.message).includes('410'),
      'the new status',
    );
    expect(params!.version).toBe(2);
  });
});
