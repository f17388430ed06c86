// Examples against their own schemas: what is found, where, and what is left alone.

import { describe, expect, it } from 'vitest';
import { contractOf, textAt } from './workspace.ts';

/** What is wrong with the examples of a contract: subject, message, the text of the example. */
function findings(text: string): string[] {
  const contract = contractOf(text);
  return contract.examples!().map((example) => {
    const owner = example.operation ? `${example.operation.key}: ` : '';
    return `${owner}${example.subject}: ${example.message} [${textAt(text, example.place)}]`;
  });
}

const media = (schema: string, rest: string, version = '3.0.0'): string => `openapi: ${version}
paths:
  /a:
    get:
      responses:
        200:
          description: ok
          content:
            application/json:
              schema: ${schema}
              ${rest}
components:
  schemas:
    Money: { type: object, required: [amount, currency], properties: { amount: { type: integer }, currency: { type: string, enum: [EUR, USD] } } }
    Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' } } }
  examples:
    Bad: { value: { amount: '1', currency: EUR } }
`;

const inContent = (rest: string): string[] => [`GET /a: response 200 application/json${rest}`];
const money = "{ $ref: '#/components/schemas/Money' }";

describe('an example', () => {
  it.each([
    [money, 'example: { amount: 1, currency: EUR }', []],
    [money, 'example: { amount: x, currency: EUR }', inContent(': "amount" must be integer [x]')],
    [money, 'example: { amount: 1 }', inContent(": must have required property 'currency' [{ amount: 1 }]")],
    [money, 'example: { amount: 1, currency: GBP }', inContent(': "currency" must be one of "EUR", "USD" [GBP]')],
    [
      money,
      'examples: { good: { value: { amount: 1, currency: EUR } }, bad: { value: 3 } }',
      inContent(' example bad: must be object [3]'),
    ],
    [
      money,
      "examples: { b: { $ref: '#/components/examples/Bad' } }",
      inContent(' example b: "amount" must be integer [\'1\']'),
    ],
    [money, 'examples: { far: { externalValue: https://example.com/a.json } }', []],
    [money, 'example:', []],
    ['{ type: array, items: { type: string } }', 'example: [a, 1]', inContent(': "1" must be string [1]')],
    ['{ type: string, nullable: true }', 'example: null', []],
    ['{ type: string, nullable: true, enum: [a] }', 'example: null', []],
    ['{ type: integer, minimum: 1, exclusiveMinimum: true }', 'example: 1', inContent(': must be > 1 [1]')],
    [
      '{ type: string, format: date-time }',
      'example: yesterday',
      inContent(': must match format "date-time" [yesterday]'),
    ],
    ['{ type: string, format: made-up }', 'example: anything', []],
    ['{ type: string, pattern: "^[a-z]+$" }', 'example: A', inContent(': must match pattern "^[a-z]+$" [A]')],
    ['{ type: string, pattern: "([" }', 'example: A', []],
    ['{ type: object, required: [id], properties: { id: { type: string, readOnly: true } } }', 'example: {}', []],
    [
      '{ type: object, additionalProperties: false }',
      'example: { a: 1 }',
      inContent(': must not have the property "a" [{ a: 1 }]'),
    ],
    [
      "{ $ref: '#/components/schemas/Node' }",
      'example: { next: { next: 1 } }',
      inContent(': "next.next" must be object [1]'),
    ],
    ["{ $ref: 'https://example.com/x.json' }", 'example: 1', []],
    ["{ type: object, properties: { a: { $ref: '#/nowhere' } } }", 'example: { a: 1 }', []],
    ['{ type: nonsense }', 'example: 1', []],
    ['{ type: string, minLength: many }', 'example: a', []],
    [
      '{ oneOf: [{ type: string }, { type: integer }] }',
      'example: true',
      inContent(': matches none of the alternatives [true]'),
    ],
    [
      '{ oneOf: [{ type: string }, { maxLength: 3 }] }',
      'example: ab',
      inContent(': must match exactly one schema in oneOf [ab]'),
    ],
    [
      '{ type: object, nullable: true, properties: { a: { type: string } } }',
      'example: { a: 1 }',
      inContent(': "a" must be string [1]'),
    ],
  ])('under %s: %s', (schema, rest, expected) => {
    expect(findings(media(schema, rest))).toEqual(expected);
  });

  it.each([
    ['{ type: [string, "null"] }', 'example: null', []],
    ['{ type: integer, exclusiveMinimum: 1 }', 'example: 1', inContent(': must be > 1 [1]')],
    ['{ type: array, prefixItems: [{ type: string }] }', 'example: [1]', inContent(': "0" must be string [1]')],
    ['{ const: a }', 'example: b', inContent(': must be "a" [b]')],
    [
      `{ $ref: '#/components/schemas/Money', required: [note] }`,
      'example: { amount: 1, currency: EUR }',
      inContent(": must have required property 'note' [{ amount: 1, currency: EUR }]"),
    ],
  ])('of 3.1 under %s: %s', (schema, rest, expected) => {
    expect(findings(media(schema, rest, '3.1.0'))).toEqual(expected);
  });

  it('of another media type is not read as JSON', () => {
    expect(findings(media('{ type: object }', 'example: <a/>').replace('application/json', 'application/xml'))).toEqual(
      [],
    );
  });

  it('of a schema, a parameter, a header and a default is checked too', () => {
    const text = `openapi: 3.1.0
paths:
  /a:
    parameters:
      - { name: p, in: query, schema: { type: integer }, example: x }
    get:
      parameters:
        - { name: q, in: query, schema: { type: integer, default: y } }
        - { $ref: '#/components/parameters/Shared' }
      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string, example: 1 } } } } } }
      responses:
        200: { description: ok, headers: { X-N: { schema: { type: integer }, example: z } } }
    post:
      parameters: [{ $ref: '#/components/parameters/Shared' }]
components:
  parameters:
    Shared: { name: s, in: header, schema: { type: boolean }, example: 0 }
  schemas:
    A: { type: object, properties: { b: { type: array, items: { type: string, examples: [ok, 5] } }, c: { type: string, default: null } } }
`;
    expect(findings(text)).toEqual([
      'GET /a: parameter query p: must be integer [x]',
      'GET /a: parameter query q default: must be integer [y]',
      'GET /a: request body application/json.a: must be string [1]',
      'GET /a: response 200 header X-N: must be integer [z]',
      'parameter header s: must be boolean [0]',
      'schema A.b[]: must be string [5]',
    ]);
  });

  it('of Swagger 2.0 is found where that version puts it', () => {
    const text = `swagger: '2.0'
paths:
  /a:
    post:
      produces: [application/json, application/xml]
      parameters:
        - { in: body, name: b, schema: { $ref: '#/definitions/A' } }
        - { in: query, name: q, type: integer, default: no }
      responses:
        200: { description: ok, schema: { $ref: '#/definitions/A' }, examples: { application/json: [], application/xml: <a/> } }
definitions:
  A: { type: object, example: 3 }
`;
    expect(findings(text)).toEqual([
      'POST /a: parameter query q default: must be integer [no]',
      'POST /a: response 200 application/json: must be object [[]]',
      'schema A: must be object [3]',
    ]);
  });
});

it('the schemas of other files are checked once, whoever refers to them', () => {
  const response = "200: { description: ok, content: { application/json: { schema: { $ref: 'order.yaml' } } } }";
  const contract = contractOf({
    'openapi.yaml': `openapi: 3.0.0\npaths:\n  /a:\n    get: { responses: { ${response} } }\n    post: { responses: { ${response} } }\n`,
    'order.yaml': 'type: object\nproperties:\n  id: { type: string, example: 1 }\n  lines: { $ref: line.yaml }\n',
    'line.yaml': 'type: integer\nexample: []\n',
  });
  expect(
    contract.examples!().map((example) => [
      example.operation,
      example.subject,
      example.place.file,
      example.place.pointer,
    ]),
  ).toEqual([
    [undefined, 'schema line', '/w/line.yaml', '/example'],
    [undefined, 'schema order.id', '/w/order.yaml', '/properties/id/example'],
  ]);
});

it('a pattern that never ends is not waited for', () => {
  const names = Array.from({ length: 40 }, (_, index) => `p${index}`);
  const properties = names
    .map((name) => `${name}: { type: string, pattern: '^(a+)+$', example: ${'a'.repeat(40)}! }`)
    .join(', ');
  expect(findings(media(`{ type: object, properties: { ${properties} } }`, 'example: {}'))).toEqual([]);
});
