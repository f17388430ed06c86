// What is wrong with a contract in itself is said at its exact place, for every version, and nothing is said of what is right.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import { project } from '../tidy/sources.ts';
import { contractOf, type Texts, textAt, workspaceOf } from './workspace.ts';

const said = (texts: Texts | string): string[] =>
  contractOf(texts).violations!().map(({ kind, message, place }) => `${kind} ${textAt(texts, place)}: ${message}`);

const head = (version: string): string =>
  `${version.startsWith('2') ? `swagger: '${version}'` : `openapi: ${version}`}\ninfo: { title: t, version: '1' }\n`;
const ok = '{ 200: { description: ok } }';

describe('the form of a contract', () => {
  it.each([
    ['3.0.3', `paths:\n  /a:\n    get: { responses: { 200: {} } }\n`, ['form 200: "description" is missing']],
    ['3.1.0', `paths:\n  /a:\n    get: { responses: { 200: {} } }\n`, ['form 200: "description" is missing']],
    ['3.2.0', `paths:\n  /a:\n    query: { responses: { 200: { description: 1 } } }\n`, ['form 1: must be string']],
    ['2.0', `paths:\n  /a:\n    get: { responses: { 200: {} } }\n`, ['form 200: "description" is missing']],
    ['3.0.3', 'paths: {}\nservers: [{ uri: / }]\n', ['form uri: the specification knows no "uri" here']],
    ['3.0.3', 'info: 3\npaths: {}\n', ['form 3: must be object']],
    ['3.0.3', `paths:\n  a: { get: { responses: ${ok} } }\n`, []],
    [
      '3.0.3',
      `paths:\n  /a:\n    get:\n      parameters: [{ name: q, in: boy, schema: {} }]\n      responses: ${ok}\n`,
      ['form boy: must be one of "path", "query", "header", "cookie"'],
    ],
    [
      '3.0.3',
      `paths:\n  /a:\n    get:\n      parameters: [{ name: q, in: path, schema: {} }]\n      responses: ${ok}\n`,
      ['form { name: q, in: path, schema: {} }: "required" is missing'],
    ],
    [
      '2.0',
      `paths:\n  /a:\n    get:\n      parameters: [{ name: q, in: query }]\n      responses: ${ok}\n`,
      ['form { name: q, in: query }: "type" is missing'],
    ],
    [
      '3.0.3',
      `paths:\n  /a:\n    get:\n      requestBody: { content: { a/b: { schema: { type: strin } } } }\n      responses: ${ok}\n`,
      ['form strin: must be one of "array", "boolean", "integer", "number", "object", "string"'],
    ],
    [
      '3.0.3',
      "paths:\n  /a:\n    get: { responses: { 200: { $ref: '#/components/responses/R' } } }\ncomponents:\n  responses: { R: { description: ok } }\n  securitySchemes: { s: { type: http } }\nsecurity: [{ s: [] }]\n",
      ['form s: "scheme" is missing'],
    ],
  ])('of version %s is judged where it is wrong: %s', (version, text, expected) => {
    const start = text.startsWith('info') ? `${head(version).split('\n')[0]}\n` : head(version);
    expect(said(start + text)).toEqual(expected);
  });

  it('is in order in the example', () => {
    expect(said(readFileSync(join(project, 'examples/checkout/openapi.yaml'), 'utf8'))).toEqual([]);
  });

  it('is not judged where the text is broken', () => {
    expect(said(`${head('3.0.3')}paths:\n  /a:\n    get: { responses: { 200: {} }\n`)).toEqual([]);
    expect(said(`${head('3.0.3')}paths:\n  /a:\n    get\n`)).toEqual([]);
  });

  it('is judged anew where an edit changed it, and only there', () => {
    const room = new ContractRoom();
    const text = `${head('3.0.3')}paths:\n  /a:\n    get: { responses: { 200: {} } }\n  /b:\n    get: { responses: ${ok} }\n`;
    const messages = (now: string) =>
      room.contracts(workspaceOf({ 'openapi.yaml': now }))[0]!.violations!().map((one) => [
        one.place.start,
        one.message,
      ]);
    const [[start]] = messages(text) as [[number, string]];
    expect(messages(text.replace('/b:', '/b:\n    head: {}'))).toEqual([
      [start, '"description" is missing'],
      [expect.any(Number), '"responses" is missing'],
    ]);
    const moved = text.replace('paths:', '# a line\npaths:');
    expect(messages(moved)).toEqual([[start! + '# a line\n'.length, '"description" is missing']]);
    expect(messages(text.replace('200: {}', '200: { description: ok }'))).toEqual([]);
  });
});

describe('components', () => {
  const used = (components: string, rest = ''): string =>
    `${head('3.0.3')}paths:\n  /a:\n    get: { responses: ${ok}${rest} }\ncomponents:\n${components}`;

  it('are unused when nothing names them', () => {
    expect(
      said(
        used('  schemas: { A: { type: object } }\n  securitySchemes: { key: { type: apiKey, in: header, name: k } }\n'),
      ),
    ).toEqual(['unused A: The component "A" is used nowhere', 'unused key: The security scheme "key" is used nowhere']);
  });

  it.each([
    [
      'a reference from another file',
      {
        'openapi.yaml': used(
          "  schemas: { A: { type: object }, B: { $ref: 'b.yaml' } }\n",
          "\n      x-b: '#/components/schemas/B'",
        ),
        'b.yaml': "$ref: 'openapi.yaml#/components/schemas/A'\n",
      },
    ],
    ['an extension', used('  schemas: { A: { type: object } }\n', "\n      x-a: '#/components/schemas/A'")],
    [
      'a mapping',
      used(
        "  schemas:\n    A: { type: object }\n    B: { discriminator: { propertyName: p, mapping: { a: A } }, x-b: '#/components/schemas/B' }\n",
      ),
    ],
    [
      'a requirement',
      used('  securitySchemes: { key: { type: apiKey, in: header, name: k } }\n', '\n      security: [{ key: [] }]'),
    ],
    ['a webhook of a vendor', used('  schemas: { A: { type: object, x-webhook: { event: a } } }\n')],
  ])('are used by %s', (_, texts) => {
    const fixed =
      typeof texts === 'string'
        ? texts.replace(', \n', ',\n').replace(`${ok}\n      `, `${ok}, `)
        : Object.fromEntries(
            Object.entries(texts).map(([path, text]) => [path, text.replace(`${ok}\n      `, `${ok}, `)]),
          );
    expect(said(fixed).filter((one) => one.startsWith('unused'))).toEqual([]);
  });
});

describe('schemas', () => {
  const schema = (text: string): string[] =>
    said(`${head('3.0.3')}paths: {}\nx-a: '#/components/schemas/A'\ncomponents:\n  schemas:\n    A: ${text}\n`);

  it.each([
    ['{ type: object, required: [b], properties: { a: {} } }', ['required b: "b" is required, but is no property']],
    ['{ type: object, required: [b], properties: { a: {} }, additionalProperties: true }', []],
    ['{ type: object, required: [b] }', []],
    ['{ required: [b], properties: { a: {} }, allOf: [{ properties: { b: {} } }] }', []],
    ['{ allOf: [{ required: [b], properties: { a: {} } }, { properties: { b: {} } }] }', []],
    ["{ type: string, enum: ['1', 2, null] }", ['enum 2: 2 is not of type "string"']],
    ['{ type: integer, enum: [1, 1.5] }', ['enum 1.5: 1.5 is not of type "integer"']],
    ['{ type: array, items: { type: string, enum: [true] } }', ['enum true: true is not of type "string"']],
    ['{ enum: [1, a] }', []],
  ])('%s', (text, expected) => expect(schema(text)).toEqual(expected));
});

it('paths that differ only in the names of their parameters collide', () => {
  const text = `${head('3.0.3')}paths:\n  /a/{id}: {}\n  /a/{name}: {}\n  /a/b: {}\n  /a/{id}/c: {}\n`;
  expect(said(text)).toEqual(['collision /a/{name}: "/a/{name}" and "/a/{id}" answer the same requests']);
});
