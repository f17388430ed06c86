// Somebody writes a `fidelity.yaml`: what can stand there is proposed, what stands there is explained, and what is wrong is said at its place
// while the last configuration that was right stays in force.

import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionList, MarkupContent, TextEdit } from 'vscode-languageserver-protocol';
import { Client, positionOf, textIn, until } from './client.ts';
import { service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

async function proposed(text: string): Promise<string[]> {
  const lines = text.split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)!.length };
  const list: CompletionList | null = await client.connection.sendRequest('textDocument/completion', {
    textDocument: { uri: client.uri('fidelity.yaml') },
    position,
  });
  return list?.items.map(({ textEdit }) => (textEdit as TextEdit).newText) ?? [];
}

describe('fidelity.yaml in an editor', () => {
  it('is completed from its schema, the rules and the contracts that are there', async () => {
    client = await Client.start({ files: service });
    await client.open('fidelity.yaml', 'rules:\n  ');
    expect(await proposed('rules:\n  ')).toContain('status-undeclared: ');
    await client.change('fidelity.yaml', 'rules:\n  status-undeclared: ');
    expect(await proposed('rules:\n  status-undeclared: ')).toEqual(['error', 'warning', 'information', 'hint', 'off']);
    await client.change('fidelity.yaml', 'contracts:\n  - file: ');
    expect(await proposed('contracts:\n  - file: ')).toEqual(['openapi.yaml']);
    await client.change('fidelity.yaml', 'failOn: error\n');
    expect(await proposed('failOn: error\n')).toContain('contracts:\n  - ');
  });

  it('explains its keys and its rules', async () => {
    const text = 'failOn: error\nrules:\n  status-undeclared: warning\n';
    client = await Client.start({ files: { ...service, 'fidelity.yaml': text } });
    const card = async (word: string): Promise<string> =>
      ((await client.hover('fidelity.yaml', positionOf(text, word)))!.contents as MarkupContent).value;
    expect(await card('failOn')).toContain('The least severity');
    expect(await card('status-undeclared')).toMatch(/status.*declared/);
  });

  it('has a mistake said at its line, and the last one that was right holds', async () => {
    const right = 'rules:\n  status-undeclared: warning\n';
    client = await Client.start({ files: { ...service, 'fidelity.yaml': right } });
    const severities = async (): Promise<unknown[]> =>
      (await client.diagnostics('src/app.ts')).map(({ code, severity }) => [code, severity]);
    expect(await severities()).toEqual([['status-undeclared', 2]]);
    const wrong = 'failOn: sometimes\nrules:\n  status-undeclared: off\n';
    await client.open('fidelity.yaml', wrong);
    const [mistake, ...others] = await until(
      () => client.diagnostics('fidelity.yaml'),
      (found) => found.length > 0,
      'the mistake',
    );
    expect(others).toEqual([]);
    expect(textIn(wrong, mistake!.range)).toBe('sometimes');
    expect(mistake!.message).toContain('must be one of');
    expect(await severities()).toEqual([['status-undeclared', 2]]);
    await client.change('fidelity.yaml', wrong.replace('sometimes', 'error'));
    await until(severities, (found) => found.length === 0, 'the configuration that is right again');
    expect(await client.diagnostics('fidelity.yaml')).toEqual([]);
  });
});
