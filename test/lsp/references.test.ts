import { afterEach, describe, expect, it } from 'vitest';
import type { Location } from 'vscode-languageserver-protocol';
import * as service from './called.ts';
import { Client, positionOf, textIn } from './client.ts';
import { contract, handler, linked } from './linked.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function references(path: string, text: string, needle: string, includeDeclaration = false): Promise<string[]> {
  const found: Location[] = await client.connection.sendRequest('textDocument/references', {
    textDocument: { uri: client.uri(path) },
    position: positionOf(text, needle),
    context: { includeDeclaration },
  });
  const texts: Record<string, string> = service.called;
  return found.map(({ uri, range }) => {
    const name = Object.keys(texts).find((one) => client.uri(one) === uri)!;
    return `${name} ${textIn(texts[name]!, range)}`;
  });
}

const spoken = [
  "src/app.ts '/orders/:id'",
  'jobs/report.py @contract getOrder',
  'src/app.ts @contract getOrder',
  'src/app.ts @contract getOrder#responses.404',
];

describe('textDocument/references', () => {
  it('of an operation are its routes and tags, asked from the contract, a route or a tag', async () => {
    client = await Client.start({ files: linked });
    expect(await references('openapi.yaml', contract, 'get:')).toEqual(spoken);
    expect(await references('openapi.yaml', contract, 'getOrder')).toEqual(spoken);
    expect(await references('src/app.ts', handler, '@contract getOrder')).toEqual(spoken);
    expect(await references('src/app.ts', handler, "'/orders/:id', (req", true)).toEqual([
      'openapi.yaml get',
      ...spoken,
    ]);
  });

  it('of an operation are the places that call and test it, asked from either side', async () => {
    client = await Client.start({ files: service.called });
    const all = [
      spoken[0],
      `web/orders.ts \`/orders/\${id}\``,
      "web/orders.ts '/orders/' + id",
      "test/orders.test.ts '/orders/7'",
      ...spoken.slice(1),
    ];
    expect(await references('openapi.yaml', contract, 'get:')).toEqual(all);
    expect(await references('web/orders.ts', service.client, '`/orders')).toEqual(all);
    expect(await references('test/orders.test.ts', service.suite, "'/orders/7').expect(204)")).toEqual([
      "src/app.ts '/orders/:id'",
      "test/orders.test.ts '/orders/7'",
      'src/app.ts @contract deleteOrder',
    ]);
    await client.open('web/orders.ts', service.client.replace("fetch('/orders/' + id)", 'id'));
    expect(await references('openapi.yaml', contract, 'get:')).toHaveLength(6);
  });

  it('of a call to somebody else are none', async () => {
    client = await Client.start({ files: service.called });
    expect(await references('web/orders.ts', service.client, "'https://example.com")).toEqual([]);
  });

  it('of a schema are the tags and the references that name it', async () => {
    client = await Client.start({ files: linked });
    expect(await references('openapi.yaml', contract, 'Order:')).toEqual([
      'jobs/report.py @contract openapi.yaml#/components/schemas/Order',
      "openapi.yaml '#/components/schemas/Order'",
    ]);
  });

  it('follow an unsaved edit', async () => {
    client = await Client.start({ files: linked });
    await client.open('src/app.ts', handler.replace('// @contract getOrder\n', '\n'));
    expect(await references('openapi.yaml', contract, 'get:')).toHaveLength(3);
  });
});
