// Holds what the rules about answers say, and when they say nothing.

import { describe, expect, it } from 'vitest';
import {
  type AdditionalFields,
  type Field,
  nullShape,
  numberShape,
  objectShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../server/src/shape/shape.ts';
import { at, exit, findingsOf, type Scene, type Served, told } from './served.ts';

const integer = numberShape(undefined, { integer: true });
const text = stringShape();

function object(fields: Record<string, Shape>, additional: AdditionalFields = 'none'): Shape {
  const list: Field[] = Object.entries(fields).map(([name, shape]) => ({ name, shape, required: true }));
  return objectShape(list, additional);
}

function scene(schema: string, body: Shape, served: Served = {}, media = 'application/json'): Scene {
  const contract = `paths:\n  /orders:\n    get:\n      responses:\n        '200': { description: x, content: { '${media}': { schema: { ${schema} } } } }\n`;
  return {
    contract,
    routes: { 'GET /orders': { exits: [exit(200, { body, mediaType: 'application/json' })], ...served } },
  };
}

const judge = (...args: Parameters<typeof scene>): string[] => told(scene(...args));
const fields = 'type: object, required: [id], properties: { id: { type: string }, total: { type: integer } }';

describe('response-field-undeclared', () => {
  it('weighs whether the schema is open', () => {
    expect(judge(fields, object({ id: text, hash: text }))).toEqual([
      'information response-field-undeclared 200.body.hash',
    ]);
    expect(judge(`${fields}, additionalProperties: false`, object({ id: text, hash: text }))).toEqual([
      'warning response-field-undeclared 200.body.hash',
    ]);
  });

  it('is silent where answers are filtered', () => {
    expect(judge(fields, object({ id: text, hash: text }), { filtersResponses: true })).toEqual([]);
  });

  it('offers the field for the schema that lacks it', () => {
    const [finding] = findingsOf(scene(fields, object({ id: text, hash: integer })));
    expect(finding?.fixes[0]).toMatchObject({
      id: 'add-property',
      data: {
        pointer: '/paths/~1orders/get/responses/200/content/application~1json/schema',
        name: 'hash',
        schema: { type: 'integer' },
      },
    });
  });
});

describe('response-field-missing', () => {
  it('tells a required field that a literal lacks', () => {
    expect(judge(fields, object({ total: integer }))).toEqual(['error response-field-missing 200.body.id']);
  });

  it('is likely for a declared type, and silent for what cannot be enumerated', () => {
    expect(judge(fields, object({ total: integer }, 'allowed'))).toEqual([
      'warning response-field-missing 200.body.id',
    ]);
    expect(judge(fields, object({ total: integer }, 'unknown'))).toEqual([]);
    expect(judge(fields, unknownShape('spread-or-any'))).toEqual([]);
  });

  it('tells one subject once, over all exits', () => {
    const exits = [12, 14].map((line) =>
      exit(200, { body: object({ total: integer }), place: at(line), mediaType: 'application/json' }),
    );
    const findings = findingsOf(scene(fields, text, { exits }));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.related.map((one) => one.place)).toContainEqual(at(14));
  });
});

describe('response-type-mismatch', () => {
  it('names the path and both types', () => {
    const schema = `type: object, properties: { items: { type: array, items: { ${fields} } } }`;
    const body = object({ items: { kind: 'array', items: object({ id: integer }) } });
    const [finding] = findingsOf(scene(schema, body));
    expect(finding).toMatchObject({ severity: 'error', subject: '200.body.items[].id' });
    expect(finding?.message).toBe(
      'Sends `items[].id` as an integer here (`app.ts:10`), but the 200 response of `GET /orders` declares a string.',
    );
  });

  it('tells a bare list where an object is declared', () => {
    expect(judge(fields, { kind: 'array', items: text })).toEqual(['error response-type-mismatch 200.body']);
  });

  it('tells a constant outside of an enumeration', () => {
    expect(judge('type: string, enum: [open]', stringShape(undefined, { values: ['lost'] }))).toEqual([
      'error response-enum-undeclared 200.body',
    ]);
  });

  it('is certain of a constant only when no other is sent', () => {
    const [finding] = findingsOf(
      scene('type: string, enum: [open]', stringShape(undefined, { values: ['open', 'lost'] })),
    );
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toContain('Can send `lost` as a body here');
  });

  it('does not trust what a library says of its own answers', () => {
    const exits = [exit(200, { body: object({ id: integer }), origin: 'validator', mediaType: 'application/json' })];
    expect(judge(fields, text, { exits })).toEqual(['warning response-type-mismatch 200.body.id']);
  });

  it('judges each answer by the response that is declared for it', () => {
    const contract =
      "paths:\n  /orders:\n    get:\n      responses:\n        '200': { description: x }\n        4XX: { description: x, content: { application/problem+json: { schema: { type: object, required: [title], properties: { title: { type: string } } } } } }\n";
    const body = object({ title: integer });
    const exits = [exit(200, { body }), exit(404, { body, mediaType: 'application/problem+json' })];
    expect(told({ contract, routes: { 'GET /orders': { exits } } })).toEqual(['error error-shape-mismatch 404.body']);
  });
});

describe('response-null-undeclared', () => {
  it('is certain only of a value that is always null', () => {
    expect(judge(fields, object({ id: nullShape() }))).toEqual(['error response-null-undeclared 200.body.id']);
    expect(judge(fields, object({ id: union([text, nullShape()]) }))).toEqual([
      'warning response-null-undeclared 200.body.id',
    ]);
  });

  it('is content with nullable', () => {
    const schema = 'type: object, properties: { id: { type: string, nullable: true } }';
    expect(judge(schema, object({ id: union([text, nullShape()]) }))).toEqual([]);
  });
});

describe('response-media-type-mismatch', () => {
  it('tells another type, and takes another JSON lightly', () => {
    expect(judge('type: string', object({}), {}, 'text/csv')).toEqual([
      'error response-media-type-mismatch 200.content-type',
    ]);
    expect(judge('type: object', object({}), {}, 'application/problem+json')).toEqual([
      'warning response-media-type-mismatch 200.content-type',
    ]);
  });

  it.each([['application/json; charset=utf-8'], ['application/*'], ['*/*']])('is content with %s', (media) => {
    expect(judge('type: object', object({}), {}, media)).toEqual([]);
  });

  it('says nothing without a body or without a known type', () => {
    expect(judge('type: string', text, { exits: [exit(200, { mediaType: 'text/html' })] }, 'text/csv')).toEqual([]);
    expect(judge('type: string', text, { exits: [exit(200, { body: text })] }, 'text/csv')).toEqual([]);
  });
});
