import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { contract, handler, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const deep = `${'['.repeat(20_000)}`;
const bomb = `openapi: 3.0.3\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e]\npaths: {}\n`;

describe('hostile input', () => {
  it.each([
    ['NUL bytes', 'openapi: 3.0.3\0\npaths: {}\n'],
    ['nothing', ''],
    ['endless nesting', `openapi: 3.0.3\npaths: ${deep}`],
    ['an alias bomb', bomb],
    [
      'a reference to itself',
      "openapi: 3.0.3\ninfo: { title: A, version: '1' }\npaths:\n  /a:\n    $ref: '#/paths/~1a'\n",
    ],
    ['references out of the workspace', contract.replace('type: object', "$ref: '../../../../../etc/passwd#/x'")],
    ['a remote reference', contract.replace('type: object', "$ref: 'http://127.0.0.1:9/x.yaml'")],
    ['keys that JavaScript knows', contract.replace('/orders/{id}', '__proto__').replace('getOrder', 'constructor')],
    ['half a file', contract.slice(0, contract.length / 2)],
  ])('leaves the server up: %s', async (_, text) => {
    client = await Client.start({ files: service });
    await client.open('openapi.yaml', contract);
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
    await client.change('openapi.yaml', text);
    const shown = JSON.stringify([await client.diagnostics('src/app.ts'), await client.diagnostics('openapi.yaml')]);
    expect(shown).not.toContain('root:');
    await client.change('openapi.yaml', contract);
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
  });

  it.each([
    ['code that does not parse', `${handler}\nfunction ( { [ \`\${`],
    ['endless nesting', `const x = ${deep}`],
    ['NUL bytes', handler.replace('404', '40\0')],
  ])('leaves the server up: %s', async (_, text) => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
    await client.change('src/app.ts', text);
    await client.diagnostics('src/app.ts');
    await client.change('src/app.ts', handler);
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
  });

  it('survives requests that make no sense', async () => {
    client = await Client.start({ files: service });
    await client.diagnostics('src/app.ts');
    const uris = ['untitled:one', 'file://nowhere.test/x.ts', 'file:///%zz', 'git:/a?x', ''];
    for (const uri of uris) {
      const textDocument = { uri, languageId: 'yaml', version: 1, text: contract };
      await client.connection.sendNotification('textDocument/didOpen', { textDocument });
      await client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
      await client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri },
        position: { line: 9e9, character: 0 },
      });
      await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    }
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: client.uri('src/app.ts'), version: 9 },
      contentChanges: [{ text: 'never opened' }],
    });
    expect(await client.diagnostics('src/app.ts')).toHaveLength(1);
  });
});
