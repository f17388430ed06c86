import { afterEach, describe, expect, it } from 'vitest';
import type { CodeLens, Location } from 'vscode-languageserver-protocol';
import { called, client as page } from './called.ts';
import { Client, positionOf, until } from './client.ts';
import { contract, handler, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function lenses(path = 'openapi.yaml'): Promise<CodeLens[]> {
  return client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: client.uri(path) } });
}

const resolved = async (lens: CodeLens): Promise<CodeLens> => client.connection.sendRequest('codeLens/resolve', lens);

describe('textDocument/codeLens', () => {
  it('says above an operation where it is implemented and linked, and that it is verified', async () => {
    client = await Client.start({ files: linked, initializationOptions: { commands: { showPlaces: 'show' } } });
    const all = await lenses();
    expect(all.every((lens) => lens.command === undefined)).toBe(true);
    const first = all.filter(({ range }) => range.start.line === positionOf(contract, 'get:').line);
    const texts = await Promise.all(first.map(resolved));
    expect(texts.map(({ command }) => command?.title)).toEqual(['1 handler', '3 links', 'verified']);
    const [, position, locations] = texts[1]!.command!.arguments as [string, unknown, Location[]];
    expect(texts[1]!.command!.command).toBe('show');
    expect(position).toEqual(positionOf(contract, 'get:'));
    expect(new Set(locations.map(({ uri }) => uri))).toEqual(
      new Set([client.uri('src/app.ts'), client.uri('jobs/report.py')]),
    );
  });

  it('says in how many places an operation is called and tested, and nothing where nobody calls', async () => {
    client = await Client.start({ files: called, initializationOptions: { commands: { showPlaces: 'show' } } });
    const titles = async (needle: string): Promise<(string | undefined)[]> => {
      const first = (await lenses()).filter(({ range }) => range.start.line === positionOf(contract, needle).line);
      return (await Promise.all(first.map(resolved))).map(({ command }) => command?.title);
    };
    const known = async (): Promise<(string | undefined)[]> => titles('get:');
    await until(known, (found) => found.includes('called in 2 places, tested in 1'), 'the callers');
    expect(await titles('get:')).toEqual(['1 handler', 'called in 2 places, tested in 1', '3 links', 'verified']);
    expect(await titles('delete:')).toEqual(['1 handler', 'tested in 1 place', '1 link', 'verified']);
    await client.open('web/orders.ts', page.replace("fetch('/orders/' + id)", 'id'));
    await until(known, (found) => found.includes('called in 1 place, tested in 1'), 'one caller less');
    const lens = (await lenses())[1]!;
    const [, , locations] = (await resolved(lens)).command!.arguments as [string, unknown, Location[]];
    expect(locations.map(({ uri }) => uri)).toEqual([client.uri('web/orders.ts'), client.uri('test/orders.test.ts')]);
  });

  it('says what drifts, and follows edits', async () => {
    client = await Client.start({ files: linked });
    await client.open('src/app.ts', handler.replace('204', '202'));
    const titles = async (): Promise<(string | undefined)[]> =>
      (await Promise.all((await lenses()).map(resolved))).map(({ command }) => command?.title);
    await until(titles, (found) => found.includes('1 drift'), 'the drift');
    await client.change('src/app.ts', handler);
    await until(titles, (found) => !found.includes('1 drift'), 'no drift');
  });

  it('says above a handler which operation it serves, and what drifts there', async () => {
    const drifting = handler.replace('204', '202');
    const files = { ...linked, 'src/app.ts': drifting };
    client = await Client.start({ files, initializationOptions: { commands: { showPlaces: 'show' } } });
    const all = await lenses('src/app.ts');
    expect(all.every((lens) => lens.command === undefined)).toBe(true);
    const lines = all.map(({ range }) => drifting.split('\n')[range.start.line]);
    const texts = await Promise.all(all.map(resolved));
    expect(texts.map(({ command }, index) => [lines[index], command?.title])).toEqual([
      ["app.get('/orders/:id', (req, res) => {", 'GET /orders/{id} · Orders'],
      ['function removeOrder(req, res) {', 'DELETE /orders/{id} · Orders'],
      ['function removeOrder(req, res) {', '1 drift'],
    ]);
    const [, , locations] = texts[0]!.command!.arguments as [string, unknown, Location[]];
    expect(locations).toMatchObject([{ uri: client.uri('openapi.yaml'), range: { start: { line: 6 } } }]);
  });

  it('stands where something is to be said, and only where it is wanted', async () => {
    client = await Client.start({ files: linked, initializationOptions: { settings: { codeLens: false } } });
    expect(await lenses()).toEqual([]);
    await client.stop();
    client = await Client.start({ files: linked });
    expect(await lenses('jobs/report.py')).toEqual([]);
    expect(
      await resolved({
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        data: { uri: 'x' },
      }),
    ).toBeTruthy();
  });
});
