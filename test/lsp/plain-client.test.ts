// Holds that an editor which declares none of its abilities is served in full: diagnostics are pushed, edits come whole and plain,
// and nothing is asked of it that it never said it could do.

import { afterEach, describe, expect, it } from 'vitest';
import { type CodeLens, type Location, MarkupContent } from 'vscode-languageserver-protocol';
import { Client, edited, positionOf, rangeOf, until } from './client.ts';
import { contract, handler, repairedContract, service } from './service.ts';

let client: Client;

afterEach(async () => {
  // Whatever the server asks without leave would be an error in a client that knows only the basics.
  const { requested } = client;
  await client.stop();
  expect(requested).toEqual([]);
});

async function start(files: Record<string, string> = service): Promise<void> {
  client = await Client.start({ files, plain: true });
}

const shown = (path: string) => client.pushed.get(client.uri(path))?.diagnostics ?? [];

async function bothSides(): Promise<void> {
  await until(
    () => [shown('src/app.ts').length, shown('openapi.yaml').length],
    ([code, spec]) => code === 1 && spec === 1,
    'both sides',
  );
}

describe('a plain client', () => {
  it('is sent the diagnostics, without what it could not show', async () => {
    await start();
    await bothSides();
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    expect(client.watched).toEqual([]);
    const [finding] = shown('src/app.ts');
    expect(finding).toMatchObject({ source: 'contract-fidelity', code: 'status-undeclared', severity: 1 });
    expect(finding).not.toHaveProperty('relatedInformation');
    expect(finding).not.toHaveProperty('codeDescription');
  });

  it('tells of files by saving them, and findings come and go on both sides', async () => {
    await start();
    await bothSides();
    await client.open('openapi.yaml', contract);
    await client.change('openapi.yaml', repairedContract);
    await client.save('openapi.yaml', repairedContract);
    await client.close('openapi.yaml');
    await until(
      () => shown('src/app.ts').length + shown('openapi.yaml').length,
      (all) => all === 0,
      'silence',
    );
  });

  it('gets whole edits as plain changes, and no action that leads to nothing', async () => {
    await start();
    await bothSides();
    const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
    expect(actions.length).toBe(3);
    for (const { edit, command, data } of actions) {
      expect(Object.keys(edit!)).toEqual(['changes']);
      expect(command).toBeUndefined();
      expect(JSON.stringify(edit)).not.toMatch(/annotationId|snippet|\$\{1/);
      expect(data).toBeDefined();
    }
    const repaired = edited(contract, client.uri('openapi.yaml'), actions[0]!.edit!);
    await client.open('openapi.yaml', repaired);
    await until(
      () => shown('src/app.ts').length,
      (all) => all === 0,
      'silence',
    );
    expect(await client.actions('src/app.ts', rangeOf(handler, '200'), ['source.fixAll'])).toEqual([]);
  });

  it('reads cards as plain text, and goes to places by their locations', async () => {
    await start();
    await bothSides();
    const position = positionOf(handler, "/orders/:id'");
    const hover = await client.hover('src/app.ts', position);
    if (!hover || !MarkupContent.is(hover.contents)) throw new Error('a card was expected');
    expect(hover.contents.kind).toBe('plaintext');
    expect(hover.contents.value).toContain('GET /orders/{id} — Reads one order');
    expect(hover.contents.value).not.toMatch(/[`*\\]|\]\(|&#/);
    const textDocument = { uri: client.uri('src/app.ts') };
    const definition: Location[] = await client.connection.sendRequest('textDocument/definition', {
      textDocument,
      position,
    });
    expect(definition).toMatchObject([{ uri: client.uri('openapi.yaml'), range: { start: { line: 6 } } }]);
  });

  it('sees lenses that say something and call nothing', async () => {
    await start();
    await bothSides();
    const lenses: CodeLens[] = await client.connection.sendRequest('textDocument/codeLens', {
      textDocument: { uri: client.uri('openapi.yaml') },
    });
    expect(lenses.length).toBeGreaterThan(1);
    for (const lens of lenses) {
      const { command }: CodeLens = await client.connection.sendRequest('codeLens/resolve', lens);
      expect(command!.title).not.toBe('');
      expect(command!.command).toBe('');
    }
  });
});
