// Holds that the editor's own texts come in the client's language, and that findings come in one language through every door.

import { afterEach, describe, expect, it } from 'vitest';
import type { CodeLens, MarkupContent } from 'vscode-languageserver-protocol';
import { type DriftReportAnswer, serverCommands } from '../../server/src/lsp/protocol.ts';
import { Client, positionOf, rangeOf } from './client.ts';
import { handler, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const commands = { explainRule: 'explain', showPlaces: 'show' };

async function titles(): Promise<string[]> {
  const actions = await client.actions('src/app.ts', rangeOf(handler, '404'));
  return actions.map(({ title }) => title);
}

async function lenses(): Promise<string[]> {
  const textDocument = { uri: client.uri('openapi.yaml') };
  const found: CodeLens[] = await client.connection.sendRequest('textDocument/codeLens', { textDocument });
  const resolved = found.map((lens): Promise<CodeLens> => client.connection.sendRequest('codeLens/resolve', lens));
  return (await Promise.all(resolved)).map(({ command }) => command?.title ?? '');
}

async function card(): Promise<string> {
  const found = await client.hover('src/app.ts', positionOf(handler, "'/orders/:id'"));
  return (found!.contents as MarkupContent).value;
}

describe('the locale of a client', () => {
  it('has titles, lenses and cards in German, and findings as every other door has them', async () => {
    client = await Client.start({ files: service, locale: 'de', initializationOptions: { commands } });
    const [finding] = await client.diagnostics('src/app.ts');
    expect(finding!.message).toContain('Returns 404 here');
    expect(await titles()).toEqual([
      'Vertrag: die Antwort 404 in GET /orders/{id} aufnehmen',
      'status-undeclared hier übergehen',
      'status-undeclared für GET /orders/{id} übergehen',
      'status-undeclared erklären',
    ]);
    expect(await lenses()).toEqual(expect.arrayContaining(['1 Behandlung', 'geprüft', '1 Abweichung']));
    const shown = await card();
    for (const text of ['in path, verlangt', 'Antworten', 'Sicherheit: der Vertrag sagt nichts', 'Geprüft: alles'])
      expect(shown).toContain(text);
  });

  it("has the report's page in German, with its words for the script", async () => {
    client = await Client.start({ files: service, locale: 'de-AT' });
    await client.diagnostics('src/app.ts');
    const { text } = await client.execute<DriftReportAnswer>(serverCommands.driftReport, { format: 'page' });
    expect(text).toContain('<html lang="de"');
    expect(text).toContain('<h1>Abweichungsbericht</h1>');
    expect(text).toContain('<script type="application/json" id="words">');
    const { body } = await client.execute<DriftReportAnswer>(serverCommands.driftReport, { format: 'parts' });
    expect(body).toContain('Wie die Wertung entsteht');
  });

  it('is English where nobody says another', async () => {
    client = await Client.start({ files: service, initializationOptions: { commands } });
    await client.diagnostics('src/app.ts');
    expect((await titles())[0]).toBe('Contract: add the response 404 to GET /orders/{id}');
    expect(await lenses()).toEqual(expect.arrayContaining(['1 handler', 'verified', '1 drift']));
    expect(await card()).toContain('in path, required');
  });
});
