// Text that was made to hurt: no crash, no hang, and a problem at the right place.

import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { resolveShape } from '../../server/src/shape/shape.ts';
import { contractOf, contractsOf, textAt, workspaceOf } from './workspace.ts';

const head = 'openapi: 3.0.0\npaths:\n  /a:\n    get: { responses: { 200: { description: ok } } }\n';

/** Asks a contract for everything that it can say. */
function exhaust(contract: Contract): void {
  for (const operation of contract.operations) {
    for (const parameter of operation.parameters) resolveShape(parameter.shape);
    for (const media of [
      ...(operation.body?.content ?? []),
      ...operation.responses.flatMap((response) => response.content),
    ]) {
      if (media.shape) resolveShape(media.shape);
      void media.examples;
    }
    void [operation.complete, operation.security, operation.extensions];
  }
  void [
    contract.problems,
    contract.files,
    contract.servers,
    contract.securitySchemes,
    contract.extensions,
    contract.examples?.(),
  ];
}

describe('hostile YAML', () => {
  it('may hold an alias bomb, which is not followed', () => {
    const levels = 'bcdefghijk'
      .split('')
      .map((name, index) => `  ${name}: &${name} [${Array(10).fill(`*${'abcdefghijk'[index]}`).join(', ')}]\n`);
    const text = `${head}x-bomb:\n  a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n${levels.join('')}`;
    const contract = contractOf(text);
    exhaust(contract);
    const problem = contract.problems.find((candidate) => candidate.kind === 'alias-limit');
    expect(textAt(text, problem!.place)).toMatch(/^\*[a-k]$/);
    expect(contract.operations).toHaveLength(1);
  });

  it('may have an anchor inside of itself, or none at all', () => {
    const contract = contractOf(`${head}x-a: &a [*a]\nx-b: *missing\n`);
    exhaust(contract);
    expect(contract.problems.map((problem) => problem.kind)).toEqual(['invalid', 'syntax']);
  });

  it('may hold NUL characters', () => {
    const text = `${head}x-note: a\0b\n`;
    const contract = contractOf(text);
    exhaust(contract);
    expect(contract.operations).toHaveLength(1);
    expect(contract.incomplete).toBe(true);
    expect(contract.problems[0]).toMatchObject({ kind: 'syntax', place: { start: text.indexOf('\0') } });
  });

  it.each([
    ['flow', (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['unclosed flow', (depth: number) => '['.repeat(depth)],
    ['flow maps', (depth: number) => `${'{a: '.repeat(depth)}${'}'.repeat(depth)}`],
    ['block sequences', (depth: number) => `\n  ${'- '.repeat(depth)}1`],
  ])('may be nested without end: %s', (_, nest) => {
    for (const depth of [250, 5_000]) {
      const contract = contractOf(`${head}x-deep: ${nest(depth)}\n`);
      exhaust(contract);
      expect(contract.operations.map((operation) => operation.key)).toEqual(['GET /a']);
      if (depth > 300) expect(contract.problems[0]).toMatchObject({ kind: 'too-large' });
    }
  });

  it('may nest schemas as deep as a reader takes them', () => {
    const depth = 60;
    const schema = `${'{ type: object, properties: { a: '.repeat(depth)}{}${' } }'.repeat(depth)}`;
    const contract = contractOf(
      head.replace('description: ok', `description: ok, content: { application/json: { schema: ${schema} } }`),
    );
    exhaust(contract);
    expect(contract.problems).toEqual([]);
  });

  it('may have keys that JavaScript reserves', () => {
    const text = `openapi: 3.0.0
paths:
  /__proto__:
    get: { operationId: p, x-data: { __proto__: { polluted: true }, constructor: { prototype: { polluted: true } } } }
  __proto__: { get: {} }
  /b:
    __proto__: { get: {} }
    constructor: {}
    get: { parameters: [{ $ref: '#/components/parameters/__proto__' }] }
components:
  parameters:
    __proto__: { name: __proto__, in: query }
  schemas:
    constructor: { type: object, example: { __proto__: 1 }, additionalProperties: false }
`;
    const contract = contractOf(text);
    exhaust(contract);
    expect(contract.operations.map((operation) => operation.key)).toEqual(['GET /__proto__', 'GET /b']);
    expect(contract.operations[1]!.parameters[0]!.name).toBe('__proto__');
    expect(Object.keys(contract.operations[0]!.extensions.get('x-data') as object)).toEqual([
      '__proto__',
      'constructor',
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('may repeat keys: the last stands, and the second one is the problem', () => {
    const text = `${head}  /a:\n    get: { operationId: second }\n`;
    const contract = contractOf(text);
    expect(contract.operations.map((operation) => [operation.key, operation.operationId])).toEqual([
      ['GET /a', 'second'],
    ]);
    const problem = contract.problems[0]!;
    expect([problem.kind, problem.place.start]).toEqual(['invalid', text.lastIndexOf('/a')]);
    const json = '{"openapi":"3.0.0","paths":{"/a":{"get":{"operationId":"a","operationId":"b"}}}}';
    const second = contractOf({ 'a.json': json });
    expect(second.operations[0]!.operationId).toBe('b');
    expect(second.problems[0]!.place.start).toBe(json.lastIndexOf('"operationId"'));
  });

  it.each([
    ['line breaks of Windows', head.replaceAll('\n', '\r\n')],
    ['line breaks of old Macs', head.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${head}`],
    ['directives', `%YAML 1.2\n---\n${head}`],
    ['comments before the start', `# a\n\n---\n${head}`],
    ['a document end', `${head}...\n`],
    ['explicit keys', head.replace('  /a:\n', '  ? /a\n  :\n')],
    ['tabs behind values', head.replace('3.0.0', '3.0.0\t')],
    ['no last line break', head.trimEnd()],
    ['anchors over blocks', `x-ok: &ok { description: ok }\n${head.replace('{ description: ok }', '*ok')}`],
    [
      'merge keys',
      `x-base: &base { responses: { 200: { description: ok } } }\n${head.replace(/get: .*/, 'get: { <<: *base }')}`,
    ],
    ['a tag', head.replace('paths:', 'paths: !!map')],
    ['quoted keys', head.replace('/a', '"/a"').replace('get', "'get'")],
  ])('reads the same through %s', (_, text) => {
    const contract = contractOf(text);
    exhaust(contract);
    expect(contract.operations.map((operation) => [operation.key, operation.complete])).toEqual([['GET /a', true]]);
    expect(contract.operations[0]!.responses.map((response) => [response.status, response.description])).toEqual([
      ['200', 'ok'],
    ]);
    expect(contract.problems).toEqual([]);
    expect(textAt(text, contract.operations[0]!.place)).toMatch(/^['"]?get['"]?$/);
  });
});

describe('long text', () => {
  const many = 40_000;

  it.each([
    ['blank lines', `${'\n'.repeat(20 * many)}${head}`],
    ['spaces', `${' '.repeat(20 * many)}\n${head}`],
    ['commas and spaces', `x: "${', '.repeat(many)}"\n${head}`],
    ['stray lines', `${head}components:\n  schemas:\n${'    a\n'.repeat(many)}`],
    ['stray lines at the margin', `${head}${'a\n'.repeat(many)}`],
    ['keys that repeat', `${head}x-a:\n${'  a: 1\n'.repeat(many)}`],
    ['paths that repeat', `${head}${'  /a: {}\n'.repeat(many / 4)}${head.slice(head.indexOf('  /a'))}`],
    ['keys at the root', `${head}${Array.from({ length: many / 4 }, (_, index) => `x-${index}: 1\n`).join('')}`],
    ['one quoted line', `${head}x-a: "${'a b '.repeat(5 * many)}"\n`],
    ['unclosed quotes', `${head}${'x-a: "\n'.repeat(many / 20)}`],
    [
      'references',
      `${head}components:\n  schemas:\n${Array.from({ length: many / 20 }, (_, index) => `    S${index}: { $ref: '#/components/schemas/S${index + 1}' }\n`).join('')}`,
    ],
    [
      'references to nowhere',
      `${head}components:\n  schemas:\n${Array.from({ length: many / 20 }, (_, index) => `    S${index}: { $ref: '${index}.yaml' }\n`).join('')}`,
    ],
    [
      'alternatives',
      `${head}components:\n  schemas:\n    A: { allOf: [${Array(20).fill('{ oneOf: [{ type: string, maxLength: 1 }, { type: string, maxLength: 2 }, { type: integer }] }').join(', ')}] }\n`,
    ],
  ])('is read in time that grows with it: %s', (_, text) => {
    const contract = contractOf(text);
    exhaust(contract);
    expect(contract.operations.map((operation) => operation.key)).toEqual(['GET /a']);
  });
});

describe('hostile JSON', () => {
  it.each([5_000, 200_000])('may be nested %i deep', (depth) => {
    for (const tail of [']'.repeat(depth), '']) {
      const text = `{"openapi":"3.0.0","paths":{"/a":{"get":{}}},"x":${'['.repeat(depth)}${tail}}`;
      const contracts = contractsOf({ 'a.json': text });
      contracts.forEach(exhaust);
      if (tail !== '') expect(contracts[0]!.problems[0]).toMatchObject({ kind: 'too-large' });
    }
  });

  it('may be anything at all', () => {
    for (const text of [
      '{',
      '{"openapi":"3.0.0"',
      '{"openapi":"3.0.0","paths":',
      '{"openapi":"3.0.0","paths":[]}',
      '{"openapi":"3.0.0","paths":{"/a":[]}}',
      '{"openapi":"3.0.0","paths":{"/a":{"get":[]}}}',
    ]) {
      contractsOf({ 'a.json': text }).forEach(exhaust);
    }
  });
});

describe('parts of the wrong kind', () => {
  const parts: [string, string][] = [
    ['info', '[]'],
    ['servers', '{}'],
    ['servers', '[1, { url: 3 }, {}]'],
    ['security', '{ a: [] }'],
    ['security', '[1, { a: b }]'],
    ['components', '1'],
    ['components', '{ securitySchemes: [1], schemas: 3 }'],
    ['components', '{ securitySchemes: { a: 1, b: { type: [] } } }'],
    ['paths', '[]'],
    ['paths', '{ /a: 1 }'],
    ['paths', '{ /a: { get: 1 } }'],
    [
      'paths',
      '{ /a: { parameters: 1, get: { parameters: {}, responses: [], requestBody: 2, tags: 3, security: 4, servers: 5 } } }',
    ],
    [
      'paths',
      '{ /a: { get: { parameters: [1, {}, { name: a }, { name: a, in: b }, { name: q, in: query, schema: 4 }] } } }',
    ],
    [
      'paths',
      '{ /a: { get: { responses: { 200: 1, 999: {}, foo: {}, 201: { content: 1, headers: 2 }, 202: { content: { a: 1 }, headers: { b: 1 } } } } } }',
    ],
    ['paths', '{ /a: { $ref: 1 } }'],
    [
      'paths',
      '{ /a: { get: { requestBody: { content: { application/json: { schema: { allOf: 1, oneOf: [1], properties: [], required: {}, enum: 4, type: {} }, examples: 3 } } } } } }',
    ],
  ];

  it.each(parts)('%s: %s', (key, value) => {
    const root: Record<string, string> = { openapi: '3.0.0', paths: '{}', [key]: value };
    const text = Object.entries(root)
      .map((entry) => `${entry.join(': ')}\n`)
      .join('');
    contractsOf({ 'a.yaml': text }).forEach(exhaust);
    contractsOf({ 'a.yaml': text.replace('openapi: 3.0.0', 'swagger: "2.0"') }).forEach(exhaust);
  });
});

it('survives every cut of a contract, typed or found', () => {
  const text = `${head}components: { schemas: { A: { $ref: './a.yaml#/x' } } }\n`;
  const room = new ContractRoom();
  for (let end = 0; end <= text.length; end++) {
    room.contracts(workspaceOf({ 'a.yaml': text.slice(0, end) })).forEach(exhaust);
    contractsOf({ 'a.yaml': text.slice(0, end) }).forEach(exhaust);
  }
  expect(room.contracts(workspaceOf({ 'a.yaml': text }))[0]!.operations).toHaveLength(1);
});
