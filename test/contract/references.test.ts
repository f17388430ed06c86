// The $ref graph over files: what is followed, what is refused, and what a refusal costs.

import { describe, expect, it } from 'vitest';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import { resolveShape } from '../../server/src/shape/shape.ts';
import type { Texts } from './workspace.ts';
import { contractOf, operationOf, textAt, workspaceOf } from './workspace.ts';

describe('a contract over many files', () => {
  const texts: Texts = {
    'api/openapi.yaml': `openapi: 3.0.0
paths:
  /a:
    $ref: ./paths/a.yaml
  /b:
    $ref: 'paths/all.yaml#/~1b%7Bx%7D'
    parameters:
      - $ref: '../shared/parameters.json#/Page'
`,
    'api/paths/a.yaml': `get:
  parameters:
    - $ref: ../../shared/parameters.json#/Page
  responses:
    200:
      description: ok
      content:
        application/json:
          schema: { $ref: '../schemas/Order.yaml' }
`,
    'api/paths/all.yaml': `/b{x}:
  post: { responses: { 201: { description: made } } }
`,
    'api/schemas/Order.yaml': `type: object
properties:
  next: { $ref: Order.yaml }
  lines: { $ref: '#/definitions/Lines' }
definitions:
  Lines: { type: array, items: { type: string } }
`,
    'shared/parameters.json': '{ "Page": { "name": "page", "in": "query", "schema": { "type": "integer" } } }',
  };
  const contract = contractOf(texts);

  it('is one contract: fragments are none', () => {
    expect(contract.file).toBe('/w/api/openapi.yaml');
    expect(contract.problems).toEqual([]);
    expect(contract.files).toEqual([
      '/w/api/openapi.yaml',
      '/w/api/paths/a.yaml',
      '/w/api/paths/all.yaml',
      '/w/shared/parameters.json',
      '/w/api/schemas/Order.yaml',
    ]);
  });

  it('has operations whose parts stand in their own files', () => {
    expect(contract.operations.map((operation) => operation.key)).toEqual(['GET /a', 'POST /b']);
    const get = operationOf(contract, 'GET /a');
    expect(get.place).toMatchObject({ file: '/w/api/paths/a.yaml', pointer: '/get' });
    expect(textAt(texts, get.place)).toBe('get');
    expect(get.pathPlace).toMatchObject({ file: '/w/api/openapi.yaml', pointer: '/paths/~1a' });
    expect(get.parameters[0]!.place).toMatchObject({ file: '/w/shared/parameters.json', pointer: '/Page' });
    expect(get.parameters[0]!.via).toMatchObject({ file: '/w/api/paths/a.yaml' });
    expect(get.complete).toBe(true);
  });

  it('resolves references within a fragment against that fragment', () => {
    const shape = resolveShape(operationOf(contract, 'GET /a').responses[0]!.content[0]!.shape!);
    if (shape.kind !== 'object') throw new Error(shape.kind);
    expect(resolveShape(shape.fields.get('next')!.shape)).toBe(shape);
    expect(resolveShape(shape.fields.get('lines')!.shape)).toMatchObject({ kind: 'array' });
    expect(shape.fields.get('lines')!.origin).toMatchObject({ file: '/w/api/schemas/Order.yaml' });
  });

  it('reads the file behind an edited fragment again, and only that', () => {
    const room = new ContractRoom();
    const before = workspaceOf(texts);
    const first = room.contracts(before)[0]!;
    expect(first.operations[0]!.parameters[0]!.name).toBe('page');
    void first.files;
    expect(room.contracts(workspaceOf(texts))[0]).toBe(first);
    const after = workspaceOf({
      ...texts,
      'shared/parameters.json': String(texts['shared/parameters.json']).replace('"page"', '"cursor"'),
    });
    const second = room.contracts(after)[0]!;
    expect(second.operations[0]!.parameters[0]!.name).toBe('cursor');
    expect(after.reads).toEqual(['/w/shared/parameters.json']);
  });
});

describe('a reference that is not followed', () => {
  const parameter = (reference: string) => `openapi: 3.0.0
paths:
  /a:
    get:
      parameters:
        - $ref: ${reference}
      responses: { 200: { description: ok } }
  /b:
    get: { responses: { 200: { description: ok } } }
components:
  parameters:
    Loop: { $ref: '#/components/parameters/Pool' }
    Pool: { $ref: '#/components/parameters/Loop' }
`;

  it.each([
    ['/etc/passwd', 'outside-workspace'],
    ['file:///etc/passwd', 'outside-workspace'],
    ['../../etc/passwd', 'outside-workspace'],
    ['..%2F..%2Fetc%2Fpasswd#/x', 'outside-workspace'],
    ['/w/../etc/passwd', 'outside-workspace'],
    ['/wider/a.yaml', 'outside-workspace'],
    ['http://example.com/a.yaml#/x', 'remote-reference'],
    ['HTTPS://example.com/a.yaml', 'remote-reference'],
    ['//example.com/a.yaml', 'remote-reference'],
    ['ftp://example.com/a.yaml', 'remote-reference'],
    ['urn:example:a', 'remote-reference'],
    ['missing.yaml', 'unresolved-reference'],
    ["'#/components/parameters/Missing'", 'unresolved-reference'],
    ["'#/components/parameters/constructor'", 'unresolved-reference'],
    ["'#/components/parameters/__proto__'", 'unresolved-reference'],
    ["'#name'", 'unresolved-reference'],
    ["'#/components/parameters/%E0%A4%A'", 'unresolved-reference'],
    ["'#/components/parameters/Loop'", 'reference-cycle'],
    ["'#/paths/~1a/get/parameters/0'", 'reference-cycle'],
  ])('%s is a problem where it stands: %s', (reference, kind) => {
    const text = parameter(reference);
    const files = workspaceOf({ 'openapi.yaml': text });
    const contract = new ContractRoom().contracts(files)[0]!;
    const problems = contract.problems.filter(
      (problem) => problem.place.pointer === '/paths/~1a/get/parameters/0/$ref',
    );
    expect(problems.map((problem) => problem.kind)).toEqual([kind]);
    expect(textAt(text, problems[0]!.place)).toBe(reference);
    expect(operationOf(contract, 'GET /a').complete).toBe(false);
    expect(operationOf(contract, 'GET /b').complete).toBe(true);
    expect(contract.incomplete).toBe(false);
    expect(files.reads.filter((path) => !path.startsWith('/w/'))).toEqual([]);
  });

  it('makes the contract incomplete when it was a path item', () => {
    const contract = contractOf(
      "openapi: 3.0.0\npaths:\n  /a: { $ref: 'https://example.com/a.yaml' }\n  /b:\n    get: {}\n",
    );
    expect(contract.operations.map((operation) => operation.key)).toEqual(['GET /b']);
    expect(contract.incomplete).toBe(true);
  });

  it('is a chain only where the chain breaks', () => {
    const contract = contractOf(`openapi: 3.0.0
paths:
  /a:
    get:
      responses:
        200: { $ref: '#/components/responses/A' }
components:
  responses:
    A: { $ref: '#/components/responses/B' }
    B: { $ref: 'https://example.com/b.yaml' }
`);
    expect(contract.problems.map((problem) => problem.place.pointer)).toEqual(['/components/responses/B/$ref']);
    expect(contract.operations[0]!.complete).toBe(false);
  });

  it('is data in an example, a default or an extension', () => {
    const contract = contractOf(`openapi: 3.0.0
paths: {}
components:
  schemas:
    A: { example: { $ref: nowhere.yaml }, default: { $ref: nowhere.yaml }, x-a: { $ref: nowhere.yaml }, properties: { example: { $ref: gone.yaml } } }
`);
    expect(contract.problems.map((problem) => problem.place.pointer)).toEqual([
      '/components/schemas/A/properties/example/$ref',
    ]);
  });

  it('goes unnoticed by operations when only a schema needs it', () => {
    const contract = contractOf(
      "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      parameters: [{ name: q, in: query, schema: { $ref: 'https://example.com/q.yaml' } }]\n",
    );
    expect(contract.operations[0]!.complete).toBe(true);
    expect(contract.operations[0]!.parameters[0]!.shape).toMatchObject({
      kind: 'unknown',
      reason: 'external-ref-unavailable',
    });
  });
});

it('a reference through a reference is followed', () => {
  const contract = contractOf(`openapi: 3.1.0
paths:
  /a:
    get:
      parameters:
        - { name: q, in: query, schema: { $ref: '#/components/schemas/A/properties/x' } }
        - { name: r, in: query, schema: { $ref: '#anchored' } }
components:
  schemas:
    A: { $ref: '#/components/schemas/B' }
    B: { properties: { x: { type: boolean } } }
    C: { $anchor: anchored, type: integer }
`);
  expect(contract.problems).toEqual([]);
  expect(contract.operations[0]!.parameters.map((parameter) => resolveShape(parameter.shape).kind)).toEqual([
    'boolean',
    'number',
  ]);
});
