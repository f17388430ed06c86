import { afterEach, describe, expect, it } from 'vitest';
import type { Location, LocationLink } from 'vscode-languageserver-protocol';
import * as service from './called.ts';
import { Client, positionOf, textIn } from './client.ts';
import { contract, handler, job, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function ways(method: string, path: string, text: string, needle: string): Promise<string[]> {
  const position = positionOf(text, needle);
  const params = {
    textDocument: { uri: client.uri(path) },
    position: { ...position, character: position.character + 1 },
  };
  const found: Location[] | null = await client.connection.sendRequest(method, params);
  const texts: Record<string, string> = service.called;
  return (found ?? []).map(({ uri, range }) => {
    const name = Object.keys(texts).find((one) => client.uri(one) === uri)!;
    return `${name}:${range.start.line + 1} ${textIn(texts[name]!, range)}`;
  });
}

describe('textDocument/definition', () => {
  const definition = (path: string, text: string, needle: string) =>
    ways('textDocument/definition', path, text, needle);

  it('leads from a route to its operation, and back to the handler', async () => {
    client = await Client.start({ files: linked });
    expect(await definition('src/app.ts', handler, "'/orders/:id', (req")).toEqual(['openapi.yaml:7 get']);
    expect(await definition('openapi.yaml', contract, 'delete:')).toEqual([
      'src/app.ts:16 function removeOrder(req, res) {',
    ]);
  });

  it('leads from a tag of any language to the section that it names', async () => {
    client = await Client.start({ files: linked });
    expect(await definition('src/app.ts', handler, 'getOrder#responses.404')).toEqual(["openapi.yaml:23 '404'"]);
    expect(await definition('jobs/report.py', job, 'openapi.yaml#')).toEqual(['openapi.yaml:38 Order']);
    expect(await definition('jobs/report.py', job, 'getOrder')).toEqual(['openapi.yaml:7 get']);
  });

  it('leads from the address of a call, in code or in a test, to its operation', async () => {
    client = await Client.start({ files: service.called });
    expect(await definition('web/orders.ts', service.client, '`/orders')).toEqual(['openapi.yaml:7 get']);
    expect(await definition('test/orders.test.ts', service.suite, "'/orders/7').expect(204)")).toEqual([
      'openapi.yaml:25 delete',
    ]);
    expect(await definition('web/orders.ts', service.client, "'https://example.com")).toEqual([]);
  });

  it('leads nowhere from where nothing is meant', async () => {
    client = await Client.start({ files: linked });
    expect(await definition('src/app.ts', handler, 'import express')).toEqual([]);
    expect(await definition('jobs/report.py', job, 'def report')).toEqual([]);
  });

  it('gives links to clients that show what they leave', async () => {
    client = await Client.start({
      files: linked,
      capabilities: { textDocument: { definition: { linkSupport: true } } },
    });
    const position = positionOf(handler, 'getOrder#');
    const [link]: LocationLink[] = await client.connection.sendRequest('textDocument/definition', {
      textDocument: { uri: client.uri('src/app.ts') },
      position,
    });
    expect(textIn(handler, link!.originSelectionRange!)).toBe('@contract getOrder#responses.404');
    expect(textIn(contract, link!.targetSelectionRange)).toBe("'404'");
  });
});

describe('textDocument/implementation', () => {
  it('leads to the handlers from either side', async () => {
    client = await Client.start({ files: linked });
    const handlers = ['src/app.ts:16 function removeOrder(req, res) {'];
    expect(await ways('textDocument/implementation', 'openapi.yaml', contract, 'deleteOrder')).toEqual(handlers);
    expect(await ways('textDocument/implementation', 'src/app.ts', handler, 'deleteOrder')).toEqual(handlers);
  });
});
