// Holds that the requests of navigation answer inside of contracts too: references, names, and the tags in code that name a component.

import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionList, Location, LocationLink, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { Client, edited, positionOf, textIn } from './client.ts';
import { contract, job, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const reference = '#/components/schemas/Order';
const ask = <T>(method: string, text: string, needle: string, more: object = {}): Promise<T> =>
  client.connection.sendRequest(`textDocument/${method}`, {
    textDocument: { uri: client.uri('openapi.yaml') },
    position: positionOf(text, needle),
    ...more,
  });

describe('inside of a contract', () => {
  it('a reference leads to what it names', async () => {
    client = await Client.start({ files: linked });
    const found = await ask<(Location | LocationLink)[]>('definition', contract, reference);
    const [only] = found;
    expect(found).toHaveLength(1);
    const range = only && ('range' in only ? only.range : only.targetSelectionRange);
    expect(textIn(contract, range!)).toBe('Order');
  });

  it('the references of a component are those in contracts and the tags in code, from wherever it is named', async () => {
    client = await Client.start({ files: linked });
    for (const needle of [reference, 'Order:']) {
      const found = await ask<Location[]>('references', contract, needle, { context: { includeDeclaration: true } });
      const texts = found.map(({ uri, range }) => textIn(uri === client.uri('openapi.yaml') ? contract : job, range));
      expect(texts).toEqual(['Order', expect.stringContaining('components/schemas/Order'), `'${reference}'`]);
    }
  });

  it('a component is renamed with its references and tags', async () => {
    client = await Client.start({ files: linked });
    for (const needle of [reference, 'Order:']) {
      const edit = await ask<WorkspaceEdit>('rename', contract, needle, { newName: 'Purchase' });
      expect(edited(contract, client.uri('openapi.yaml'), edit)).toBe(
        contract.replace(reference, '#/components/schemas/Purchase').replace('    Order:', '    Purchase:'),
      );
      expect(edited(job, client.uri('jobs/report.py'), edit)).toBe(job.replace('schemas/Order', 'schemas/Purchase'));
    }
    const place = await ask<{ placeholder: string; range: never }>('prepareRename', contract, reference);
    expect(place.placeholder).toBe('Order');
    expect(textIn(contract, place.range)).toBe('Order');
    await expect(ask('rename', contract, reference, { newName: 'a b' })).rejects.toThrow('no name');
  });

  it('a reference that is being typed is completed', async () => {
    client = await Client.start({ files: linked });
    const typing = contract.replace(reference, '#/');
    await client.open('openapi.yaml', typing);
    const at = positionOf(typing, "'#/'");
    const list = await ask<CompletionList>('completion', typing, "'#/'", {
      position: { line: at.line, character: at.character + 3 },
    });
    expect(list.items.map(({ label }) => label)).toEqual([reference]);
  });
});
