// Holds that what a contract, a comment or a file calls itself can do nothing in the editor: no link, no command, no markup, no hidden or
// turned text, and no flood.

import { afterEach, describe, expect, it } from 'vitest';
import {
  type CodeLens,
  type CompletionList,
  type DocumentLink,
  type DocumentSymbol,
  type Hover,
  MarkupContent,
  type SymbolInformation,
} from 'vscode-languageserver-protocol';
import { Client, positionOf } from './client.ts';
import { manifest } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const evil =
  '[click](command:evil) ![x](http://evil.test/a.png) <img src=x onerror=alert(1)> <a href="command:evil">a</a> https://evil.test www.evil.test a@evil.test **b** `c` | d $(zap) \u202eturned\u2066\u200b \u001b[31m\u0007\u009b2J';
const flood = `${evil} ${'long '.repeat(250_000)}`;
const quoted = JSON.stringify;
const name = 'a`](command:evil)<b>\u202e\u0007';

/** A contract whose every text is hostile. */
const contract = `openapi: 3.0.3
info:
  title: ${quoted(evil)}
  version: ${quoted(`1.0 ${evil}`)}
  description: ${quoted(flood)}
tags: [{ name: ${quoted(evil)} }]
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      summary: ${quoted(flood)}
      description: ${quoted(flood)}
      tags: [${quoted(evil)}]
      parameters:
        - { name: id, in: path, required: true, description: ${quoted(flood)}, schema: { type: string, enum: [${quoted(evil)}, ${quoted(flood)}] } }
        - { name: ${quoted(name)}, in: query, schema: { type: string, pattern: ${quoted(evil)} } }
      security: [{ ${quoted(name)}: [${quoted(evil)}] }]
      responses:
        '200':
          description: ${quoted(flood)}
          content:
            ${quoted(`application/json; ${name}`)}:
              schema: { $ref: '#/components/schemas/Order' }
  ${quoted(`/evil/${evil}`)}:
    post:
      operationId: ${quoted(evil)}
      summary: ${quoted(flood)}
      responses:
        '204': { description: ${quoted(flood)} }
components:
  schemas:
    Order:
      type: object
      title: ${quoted(evil)}
      description: ${quoted(flood)}
      properties:
        ${quoted(name)}: { type: string, description: ${quoted(flood)} }
    ${quoted(name)}:
      type: string
      description: ${quoted(flood)}
  securitySchemes:
    ${quoted(name)}: { type: http, scheme: bearer, description: ${quoted(flood)} }
`;

const handler = `import express from 'express';

const app = express();

// @contract getOrder
app.get('/orders/:id', (req, res) => {
  res.status(404).json({ ${quoted(name)}: 1 });
});
// @contract getOrder@00000000
// @contract openapi.yaml#/components/schemas/Order
// @contract [click](command:evil)
// @contract openapi.yaml#/nowhere/<b>](command:evil)
// fidelity-ignore [click](command:evil),status-undeclared -- ${evil.replaceAll(/\s+/g, ' ')}
app.post('/evil/<img>](command:evil)', (req, res) => res.status(200).end());

app.listen(3000);
`;

const files = { 'package.json': manifest, 'openapi.yaml': contract, 'src/app.ts': handler };

/** Whether a text holds what turns, hides or controls text: control characters but for the line break, marks of direction, no width. */
function tricks(text: string): boolean {
  return [...text].some((char) => {
    const code = char.codePointAt(0)!;
    const controls = (code < 32 && code !== 10) || (code >= 127 && code < 160);
    const turns =
      (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069);
    return controls || turns;
  });
}

/** Every place of a text that somebody might point at. */
function positions(text: string): { line: number; character: number }[] {
  return text.split('\n').flatMap((line, index) => {
    const words = [...line.slice(0, 80).matchAll(/[\w@'/]+/g)].slice(0, 3);
    return words.map(({ index: character }) => ({ line: index, character }));
  });
}

const ask = <T>(method: string, path: string, more: object = {}): Promise<T> =>
  client.connection.sendRequest(method, { textDocument: { uri: client.uri(path) }, ...more });

/** The Markdown with its code taken out, by the rules of CommonMark: a run of backticks closes with a run of the same length. */
function outsideCode(markdown: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const open = /(?<!\\)`+/.exec(markdown.slice(at));
    if (!open) return text + markdown.slice(at);
    const start = at + open.index;
    const close = new RegExp(`(?<!\`)${open[0]}(?!\`)`).exec(markdown.slice(start + open[0].length));
    if (!close) return text + markdown.slice(at);
    text += `${markdown.slice(at, start)}CODE`;
    at = start + open[0].length + close.index + open[0].length;
  }
}

function expectHarmless(markdown: string): void {
  expect(markdown.length).toBeLessThan(20_000);
  expect(tricks(markdown)).toBe(false);
  const shown = outsideCode(markdown);
  expect(shown).not.toMatch(/(?<!\\)<\/?[a-z!]/i);
  expect(shown).not.toMatch(/!\[/);
  expect(shown.replaceAll(/file:\/\//g, '')).not.toMatch(/:\/\/|www\./);
  const targets = [...shown.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map(([, target]) => target!);
  expect(targets.filter((target) => !target.startsWith('file:'))).toEqual([]);
}

describe('hostile text', () => {
  it('is harmless in every hover', async () => {
    client = await Client.start({ files });
    const cards: string[] = [];
    for (const [path, text] of Object.entries({ 'src/app.ts': handler, 'openapi.yaml': contract })) {
      for (const position of positions(text)) {
        const hover = await ask<Hover | null>('textDocument/hover', path, { position });
        if (hover && MarkupContent.is(hover.contents)) cards.push(hover.contents.value);
      }
    }
    const kinds = [
      /Served by/,
      /Responses/,
      /Linked from|comments? links? to it/,
      /status\\?-undeclared/,
      /leads nowhere/,
    ];
    expect(kinds.filter((kind) => !cards.some((card) => kind.test(card)))).toEqual([]);
    for (const card of new Set(cards)) expectHarmless(card);
  }, 120_000);

  it('is harmless in diagnostics, lenses, symbols, links and the status', async () => {
    client = await Client.start({
      files,
      capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } },
    });
    const texts: string[] = [];
    for (const path of ['src/app.ts', 'openapi.yaml']) {
      for (const { message, relatedInformation = [] } of await client.diagnostics(path)) {
        texts.push(String(message), ...relatedInformation.map((one) => one.message));
      }
      for (const lens of await ask<CodeLens[]>('textDocument/codeLens', path)) {
        const { command }: CodeLens = await client.connection.sendRequest('codeLens/resolve', lens);
        texts.push(command!.title);
      }
      for (const { tooltip } of (await ask<DocumentLink[] | null>('textDocument/documentLink', path)) ?? [])
        texts.push(tooltip ?? '');
      const outline = (await ask<DocumentSymbol[] | null>('textDocument/documentSymbol', path)) ?? [];
      const walk = (symbols: readonly DocumentSymbol[]): void => {
        for (const { name: label, detail, children } of symbols) {
          texts.push(label, detail ?? '');
          walk(children ?? []);
        }
      };
      walk(outline);
      for (const { title } of await client.actions(path, {
        start: { line: 0, character: 0 },
        end: { line: 99, character: 0 },
      }))
        texts.push(title);
    }
    const symbols: SymbolInformation[] = await client.connection.sendRequest('workspace/symbol', { query: '' });
    texts.push(...symbols.flatMap((one) => [one.name, one.containerName ?? '']));
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => tricks(text))).toEqual([]);
    expect(texts.filter((text) => text.length > 2_000).map((text) => text.slice(0, 80))).toEqual([]);
  });

  it('is harmless in completion', async () => {
    client = await Client.start({ files });
    for (const typed of ['', 'getOrder#', 'openapi.yaml#/components/schemas/', 'openapi.yaml#/paths/']) {
      const text = handler.replace('// @contract getOrder\n', `// @contract ${typed}\n`);
      await client.open('src/app.ts', text);
      const { line, character } = positionOf(text, `// @contract ${typed}\n`);
      const list = await ask<CompletionList | null>('textDocument/completion', 'src/app.ts', {
        position: { line, character: character + `// @contract ${typed}`.length },
      });
      expect(list!.items.length).toBeGreaterThan(0);
      for (const { label, detail = '', documentation, textEdit, insertTextFormat } of list!.items) {
        // Documentation is plain text or harmless Markdown; nothing is a snippet that would run variables.
        const kind = MarkupContent.is(documentation) ? documentation.kind : 'plaintext';
        const value = MarkupContent.is(documentation) ? documentation.value : (documentation ?? '');
        expect(kind).toBe('plaintext');
        expect(insertTextFormat).not.toBe(2);
        const shown = [label, detail, value, textEdit?.newText ?? ''];
        expect(shown.filter((one) => tricks(one))).toEqual([]);
        expect(Math.max(...shown.map((one) => one.length))).toBeLessThan(2_000);
      }
      await client.close('src/app.ts');
    }
  });
});
