// Schemas as shapes: every way to say a type, composition, references, and being wide where precision is not possible.

import { describe, expect, it } from 'vitest';
import type { Field, ObjectShape, Shape } from '../../server/src/shape/shape.ts';
import { resolveShape } from '../../server/src/shape/shape.ts';
import { contractOf, textAt } from './workspace.ts';

/** A contract whose only response has this schema (YAML in flow or one line), and these components. */
function contractText(schema: string, version: string, schemas: Readonly<Record<string, string>>): string {
  const components = Object.entries(schemas).map(([name, text]) => `    ${name}: ${text}\n`);
  return `openapi: ${version}
paths:
  /a:
    get:
      responses:
        200:
          description: ok
          content:
            application/json:
              schema: ${schema}
components:
  schemas:
${components.join('')}    Unused: {}
`;
}

function shapeOf(schema: string, version = '3.0.0', schemas: Readonly<Record<string, string>> = {}): Shape {
  return contractOf(contractText(schema, version, schemas)).operations[0]!.responses[0]!.content[0]!.shape!;
}

/** A shape without places, as short as it can be read. */
function show(shape: Shape, depth = 0): string {
  if (shape.kind === 'reference')
    return depth > 3 ? `@${shape.name}` : `@${shape.name}=${show(shape.resolve(), depth + 1)}`;
  if (shape.kind === 'union')
    return shape.members
      .map((member) => show(member, depth + 1))
      .sort()
      .join(' | ');
  if (shape.kind === 'array') return `[${show(shape.items, depth + 1)}${facts(shape, ['kind', 'items'])}]`;
  if (shape.kind !== 'object') return `${shape.kind}${facts(shape, ['kind'])}`;
  const fields = [...shape.fields.values()].map((field) => showField(field, depth));
  const rest = shape.values ? [`*: ${show(shape.values, depth + 1)}`] : [];
  return `{${[...fields, ...rest].join(', ')}}${shape.additional === 'allowed' ? '' : shape.additional}`;
}

function showField(field: Field, depth: number): string {
  const mark = field.required === true ? '' : field.required === false ? '?' : '~';
  const flags = ['readOnly', 'writeOnly', 'deprecated']
    .filter((flag) => field[flag as 'readOnly'])
    .map((flag) => ` ${flag}`);
  const fallback = field.default === undefined ? '' : `=${JSON.stringify(field.default)}`;
  return `${field.name}${mark}: ${show(field.shape, depth + 1)}${fallback}${flags.join('')}`;
}

function facts(shape: Shape, without: readonly string[]): string {
  const said = Object.entries(shape).filter(
    ([key, value]) => value !== undefined && value !== false && key !== 'origin' && !without.includes(key),
  );
  return said.length === 0 ? '' : `(${said.map(([key, value]) => `${key} ${String(value)}`).join(', ')})`;
}

describe('the types of a schema', () => {
  it.each([
    [
      '{ type: string, format: uuid, minLength: 1, maxLength: 9, pattern: ^a }',
      'string(format uuid, pattern ^a, minLength 1, maxLength 9)',
    ],
    [
      '{ type: integer, format: int64, minimum: 0, maximum: 9 }',
      'number(integer true, format int64, minimum 0, maximum 9)',
    ],
    [
      '{ type: number, minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 }',
      'number(multipleOf 0.5, exclusiveMinimum 0)',
    ],
    ['{ type: number, exclusiveMaximum: 5 }', 'number(exclusiveMaximum 5)'],
    ['{ type: boolean }', 'boolean'],
    [
      '{ type: array, items: { type: string }, minItems: 1, uniqueItems: true }',
      '[string(minItems 1, uniqueItems true)]',
    ],
    ['{ type: array }', '[unknown]'],
    ['{ type: object }', '{}'],
    ['{ properties: { a: {} } }', '{a?: unknown}'],
    ['{ items: { type: boolean } }', '[boolean]'],
    ['{}', 'unknown'],
    ['{ description: nothing more }', 'unknown'],
    ['{ minimum: 3 }', 'unknown'],
    ['true', 'unknown'],
    ['false', 'never'],
    ['{ type: date }', 'unknown(reason unknown type "date")'],
    ['{ type: file }', 'string(format binary)'],
    ['[]', 'unknown(reason not a schema)'],
  ])('%s is %s', (schema, expected) => {
    expect(show(shapeOf(schema))).toBe(expected);
  });

  it.each([
    ['{ type: string, nullable: true }', '3.0.0', 'null | string'],
    ['{ type: [string, "null"] }', '3.1.0', 'null | string'],
    ['{ type: [string, null] }', '3.1.0', 'null | string'],
    ['{ oneOf: [{ type: integer }, { type: "null" }] }', '3.1.0', 'null | number(integer true)'],
    ['{ type: string, x-nullable: true }', '3.0.0', 'null | string'],
    ['{ type: "null" }', '3.1.0', 'null'],
    ['{ type: [string, integer] }', '3.1.0', 'number(integer true) | string'],
    ['{ type: string, enum: [a, null], nullable: true }', '3.0.0', 'null | string(values a)'],
    ['{ type: string, enum: [a, b], nullable: true }', '3.0.0', 'null | string(values a,b)'],
    ['{ $ref: "#/components/schemas/A", nullable: true }', '3.0.0', '@A=string | null'],
    ['{ allOf: [{ $ref: "#/components/schemas/A" }], nullable: true }', '3.0.0', '@A=string | null'],
  ])('nulls: %s in %s', (schema, version, expected) => {
    expect(show(shapeOf(schema, version, { A: '{ type: string }' }))).toBe(expected);
  });

  it.each([
    ['{ enum: [a, b, a] }', 'string(values a,b)'],
    ['{ enum: [1, 2.5] }', 'number(values 1,2.5)'],
    ['{ type: string, enum: [1, true, 1.10] }', 'string(values 1,true,1.10)'],
    ['{ type: integer, enum: ["1", 2] }', 'number(integer true, values 2,1)'],
    ['{ enum: [true, false] }', 'boolean'],
    ['{ enum: [true] }', 'boolean(value true)'],
    ['{ enum: [a, 1, null] }', 'null | number(integer true, values 1) | string(values a)'],
    ['{ const: x }', 'string(values x)'],
    ['{ type: string, enum: [] }', 'string'],
    ['{ enum: [{ a: 1 }] }', 'unknown(reason enumerated object)'],
  ])('enumerations: %s is %s', (schema, expected) => {
    const shown = show(shapeOf(schema, '3.1.0'));
    expect(shown.replace('values 1,2)', 'values 2,1)')).toBe(expected);
  });
});

describe('objects', () => {
  it('have fields with what is said of them', () => {
    const shape = shapeOf(
      '{ type: object, required: [a, b], properties: { a: { type: string, readOnly: true }, c: { type: integer, default: 3, deprecated: true }, d: { type: string, writeOnly: true } } }',
    );
    expect(show(shape)).toBe(
      '{a: string readOnly, c?: number(integer true)=3 deprecated, d?: string writeOnly, b: unknown}',
    );
  });

  it.each([
    ['{ type: object, additionalProperties: false }', '{}none'],
    ['{ type: object, additionalProperties: true }', '{}'],
    ['{ type: object, additionalProperties: {} }', '{}'],
    ['{ type: object, additionalProperties: { type: string } }', '{*: string}'],
    ['{ type: object, patternProperties: { ^x: { type: string } } }', '{}unknown'],
    [
      '{ type: object, properties: { __proto__: { type: string }, constructor: { type: string } } }',
      '{__proto__?: string, constructor?: string}',
    ],
  ])('%s is %s', (schema, expected) => {
    expect(show(shapeOf(schema))).toBe(expected);
  });

  it('do not tell whether a field can be absent where conditions may demand it', () => {
    expect(
      show(
        shapeOf(
          '{ type: object, required: [b], properties: { a: {}, b: {} }, if: { required: [b] }, then: { required: [a] } }',
          '3.1.0',
        ),
      ),
    ).toBe('{a~: unknown, b: unknown}');
  });

  it('may have more fields when other schemas extend them', () => {
    const base = '{ type: object, discriminator: { propertyName: kind }, properties: { kind: { type: string } } }';
    expect(show(shapeOf('{ $ref: "#/components/schemas/Base" }', '3.0.0', { Base: base }))).toBe(
      '@Base={kind?: string}unknown',
    );
    const cat = '{ allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { lives: { type: integer } } }] }';
    expect(show(shapeOf(cat, '3.0.0', { Base: base }))).toBe('{kind?: string, lives?: number(integer true)}');
  });
});

describe('composition', () => {
  const A = '{ type: object, required: [a], properties: { a: { type: string }, n: { type: number, minimum: 1 } } }';
  const closed = '{ type: object, additionalProperties: false, properties: { a: { type: string } } }';

  it.each([
    [
      '{ allOf: [{ $ref: "#/components/schemas/A" }, { type: object, properties: { b: { type: boolean } } }] }',
      '{a: string, n?: number(minimum 1), b?: boolean}',
    ],
    ['{ allOf: [{ $ref: "#/components/schemas/A" }], required: [n] }', '{n: number(minimum 1), a: string}'],
    ['{ allOf: [{ $ref: "#/components/schemas/A" }, { required: [n] }] }', '{a: string, n: number(minimum 1)}'],
    [
      '{ properties: { n: { type: integer, maximum: 5 } }, allOf: [{ $ref: "#/components/schemas/A" }] }',
      '{n?: number(integer true, minimum 1, maximum 5), a: string}',
    ],
    ['{ allOf: [{ $ref: "#/components/schemas/A" }] }', '@A={a: string, n?: number(minimum 1)}'],
    [
      '{ allOf: [{ type: string, maxLength: 5 }, { minLength: 1, type: string, enum: [a, b] }] }',
      'string(values a,b, maxLength 5)',
    ],
    [
      '{ allOf: [{ $ref: "#/components/schemas/Closed" }, { properties: { b: {} } }] }',
      '{a?: string, b?: unknown}unknown',
    ],
    ['{ allOf: [{ $ref: "#/components/schemas/Closed" }, { required: [a] }] }', '{a: string}none'],
    ['{ allOf: [{ type: string }, { type: integer }] }', 'never'],
    [
      '{ allOf: [{ type: object, additionalProperties: { type: string } }, { properties: { a: {} } }] }',
      '{a?: string, *: string}',
    ],
  ])('allOf: %s', (schema, expected) => {
    expect(show(shapeOf(schema, '3.0.0', { A, Closed: closed }))).toBe(expected);
  });

  it.each([
    ['{ oneOf: [{ type: string }, { type: integer }] }', 'number(integer true) | string'],
    ['{ anyOf: [{ type: string }, { type: string }] }', 'string'],
    [
      '{ type: object, properties: { a: {}, b: {} }, anyOf: [{ required: [a] }, { required: [b] }] }',
      '{a: unknown, b?: unknown} | {a?: unknown, b: unknown}',
    ],
    [
      '{ oneOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/Closed" }] }',
      '@A={a: string, n?: number(minimum 1)} | @Closed={a?: string}none',
    ],
    [
      '{ allOf: [{ oneOf: [{ type: string }, { type: "null" }] }, { type: string, maxLength: 2 }] }',
      'string(maxLength 2)',
    ],
  ])('alternatives: %s', (schema, expected) => {
    expect(show(shapeOf(schema, '3.1.0', { A, Closed: closed }))).toBe(expected);
  });

  it('closes an object over all of its branches with unevaluatedProperties', () => {
    const schema =
      '{ allOf: [{ $ref: "#/components/schemas/A" }], properties: { b: {} }, unevaluatedProperties: false }';
    expect(show(shapeOf(schema, '3.1.0', { A }))).toBe('{b?: unknown, a: string, n?: number(minimum 1)}none');
  });

  it('reads what stands beside a reference from 3.1 on, and not before', () => {
    const schema = '{ $ref: "#/components/schemas/A", required: [n], description: more }';
    expect(show(shapeOf(schema, '3.1.0', { A }))).toContain('n: number');
    expect(show(shapeOf(schema, '3.0.0', { A }))).toContain('n?: number');
  });
});

describe('references', () => {
  it('keep recursive schemas finite', () => {
    const node = '{ type: object, properties: { next: { $ref: "#/components/schemas/Node" } } }';
    const shape = resolveShape(
      shapeOf('{ $ref: "#/components/schemas/Node" }', '3.0.0', { Node: node }),
    ) as ObjectShape;
    const next = shape.fields.get('next')!.shape;
    expect(next).toMatchObject({ kind: 'reference', name: 'Node' });
    expect(resolveShape(next)).toBe(shape);
  });

  it.each([
    ['{ $ref: "#/components/schemas/Self" }', { Self: '{ $ref: "#/components/schemas/Self" }' }],
    ['{ $ref: "#/components/schemas/A" }', { A: '{ allOf: [{ $ref: "#/components/schemas/A" }] }' }],
    [
      '{ $ref: "#/components/schemas/A" }',
      {
        A: '{ allOf: [{ $ref: "#/components/schemas/B" }, {type: object}] }',
        B: '{ oneOf: [{ $ref: "#/components/schemas/A" }, { type: object }] }',
      },
    ],
    [
      '{ allOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }] }',
      {
        A: '{ properties: { c: { $ref: "#/components/schemas/A" } } }',
        B: '{ properties: { c: { $ref: "#/components/schemas/B" } } }',
      },
    ],
  ] as [string, Record<string, string>][])('end somewhere: %s', (schema, schemas) => {
    const shape = resolveShape(shapeOf(schema, '3.0.0', schemas));
    expect(['unknown', 'object', 'union']).toContain(shape.kind);
    expect(show(shape).length).toBeLessThan(2000);
  });

  it('that lead nowhere are unknown, with the reason', () => {
    expect(
      show(
        shapeOf(
          '{ type: object, properties: { a: { $ref: "https://example.com/a.json" }, b: { $ref: "#/nowhere" } } }',
        ),
      ),
    ).toBe('{a?: unknown(reason external-ref-unavailable), b?: unknown(reason external-ref-unavailable)}');
  });
});

it('says where each part of a shape is written', () => {
  const text = contractText(
    '{ type: object, required: [b], properties: { a: { type: string }, c: { enum: [x] } } }',
    '3.0.0',
    {},
  );
  const shape = contractOf(text).operations[0]!.responses[0]!.content[0]!.shape as ObjectShape;
  const origins = [
    shape.origin,
    shape.fields.get('a')!.origin,
    shape.fields.get('a')!.shape.origin,
    shape.fields.get('b')!.origin,
    shape.fields.get('c')!.shape.origin,
  ];
  expect(origins.map((place) => textAt(text, place!))).toEqual(['object', 'a', 'string', 'b', '[x]']);
});
