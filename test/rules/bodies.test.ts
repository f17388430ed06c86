// Holds what the rules about request bodies say, and when they say nothing.

import { describe, expect, it } from 'vitest';
import { closed } from '../../server/src/code/model.ts';
import {
  type AdditionalFields,
  type Field,
  nullShape,
  numberShape,
  objectShape,
  type Shape,
  stringShape,
  union,
} from '../../server/src/shape/shape.ts';
import { accepted, at, exit, findingsOf, open, read, type Scene, type Served, told } from './served.ts';

const integer = numberShape(undefined, { integer: true });
const text = stringShape();

/** An object from names to shapes; a name that ends in `?` is optional. */
function object(fields: Record<string, Shape>, additional: AdditionalFields = 'allowed'): Shape {
  const list: Field[] = Object.entries(fields).map(([name, shape]) => ({
    name: name.replace(/\?$/, ''),
    shape,
    required: !name.endsWith('?'),
  }));
  return objectShape(list, additional);
}

function scene(
  schema: string | undefined,
  served: Served,
  media = 'application/json',
  flags = 'required: true, ',
): Scene {
  const body =
    schema === undefined ? '' : `      requestBody: { ${flags}content: { '${media}': { schema: { ${schema} } } } }\n`;
  const contract = `paths:\n  /orders:\n    post:\n${body}      responses: { default: { description: x } }\n`;
  // What else the handler takes from the body is not known, unless a test says that it is.
  const completeness = { body: open, ...served.completeness };
  return { contract, routes: { 'POST /orders': { exits: [exit(204)], ...served, completeness } } };
}

const judge = (...args: Parameters<typeof scene>): string[] => told(scene(...args));
const fields = 'type: object, required: [amount], properties: { amount: { type: integer }, note: { type: string } }';

describe('body-undeclared', () => {
  it('tells a read of a body that is not declared, once', () => {
    expect(judge(undefined, { parameters: [read('body', 'amount'), read('body', 'note')] })).toEqual([
      'warning body-undeclared body',
    ]);
  });

  it('is an error when absence is rejected', () => {
    expect(judge(undefined, { parameters: [read('body', 'amount', { required: true })] })).toEqual([
      'error body-undeclared body',
    ]);
    expect(judge(undefined, { bodies: [accepted(object({}), { required: true })] })).toEqual([
      'error body-undeclared body',
    ]);
  });

  it('is only likely on methods that seldom have a body', () => {
    const contract = 'paths:\n  /orders:\n    get: { responses: { default: { description: x } } }\n';
    const routes = { 'GET /orders': { exits: [exit(200)], parameters: [read('body', 'amount')] } };
    expect(told({ contract, routes })).toEqual(['information body-undeclared body']);
  });

  it('leaves out what a shared middleware looks into, unless it rejects', () => {
    const place = { file: '/workspace/app.ts', start: 0, end: 5 };
    const route = { handlerPlace: place, place };
    expect(judge(undefined, { parameters: [read('body', 'tenant')], route })).toEqual([]);
    expect(judge(undefined, { parameters: [read('body', 'tenant', { required: true })], route })).toEqual([
      'error body-undeclared body',
    ]);
  });

  it('leaves out what middleware eats', () => {
    expect(judge(undefined, { parameters: [read('form', '_csrf')] })).toEqual([]);
  });
});

describe('body-field-undeclared', () => {
  it('weighs the demand and the openness of the schema', () => {
    expect(judge(fields, { parameters: [read('body', 'currency')] })).toEqual([
      'information body-field-undeclared body.currency',
    ]);
    expect(judge(`${fields}, additionalProperties: false`, { parameters: [read('body', 'currency')] })).toEqual([
      'warning body-field-undeclared body.currency',
    ]);
    expect(judge(fields, { parameters: [read('body', 'currency', { required: true })] })).toEqual([
      'error body-field-undeclared body.currency',
    ]);
  });

  it('takes a validator at its word', () => {
    expect(judge(fields, { bodies: [accepted(object({ amount: integer, currency: text }))] })).toEqual([
      'error body-field-undeclared body.currency',
    ]);
    expect(judge(fields, { bodies: [accepted(object({ amount: integer, 'currency?': text }))] })).toEqual([
      'information body-field-undeclared body.currency',
    ]);
  });

  it('never raises a mere type above information', () => {
    const served = { bodies: [accepted(object({ amount: text, currency: text }), { source: 'type' as const })] };
    expect(judge(`${fields}, additionalProperties: false`, served)).toEqual([
      'information body-field-undeclared body.currency',
      'information body-type-mismatch body.amount',
    ]);
  });

  it('tells the outermost missing field only', () => {
    const reads = [read('body', 'buyer.address.city'), read('body', 'buyer'), read('body', 'buyer.name')];
    expect(judge(fields, { parameters: reads })).toEqual(['information body-field-undeclared body.buyer']);
  });

  it.each([
    ['type: object'],
    ['type: object, additionalProperties: { type: string }'],
    [`oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { currency: { type: string } } }]`],
    ['{}'],
  ])('is silent for the schema %s', (schema) => {
    const written = schema === '{}' ? '' : schema;
    expect(judge(written, { parameters: [read('body', 'currency')] })).toEqual([]);
  });

  it('looks into lists', () => {
    const schema =
      'type: object, properties: { lines: { type: array, items: { type: object, properties: { sku: { type: string } } } } }';
    expect(judge(schema, { parameters: [read('body', 'lines[].sku'), read('body', 'lines[].price')] })).toEqual([
      'information body-field-undeclared body.lines[].price',
    ]);
  });

  it('matches form fields with a form body', () => {
    const media = 'application/x-www-form-urlencoded';
    expect(judge(fields, { parameters: [read('form', 'amount')] }, media)).toEqual([]);
    expect(judge(fields, { parameters: [read('form', 'currency')] }, media)).toEqual([
      'information body-field-undeclared body.currency',
    ]);
  });
});

describe('body-required-mismatch', () => {
  it('tells both directions', () => {
    expect(judge(fields, { bodies: [accepted(object({ amount: integer, note: text }))] })).toEqual([
      'error body-required-mismatch body.note',
    ]);
    expect(judge(fields, { bodies: [accepted(object({ 'amount?': integer, 'note?': text }))] })).toEqual([
      'warning body-required-mismatch body.amount',
    ]);
  });

  it('lets the handler demand by hand what the validator leaves optional', () => {
    const served = {
      bodies: [accepted(object({ 'amount?': integer, 'note?': text }))],
      parameters: [read('body', 'amount', { required: true })],
    };
    expect(judge(fields, served)).toEqual([]);
  });

  it('tells a demand by hand', () => {
    expect(judge(fields, { parameters: [read('body', 'note', { required: true })] })).toEqual([
      'error body-required-mismatch body.note',
    ]);
  });

  it('does not take a type for a demand', () => {
    expect(judge(fields, { bodies: [accepted(object({ amount: integer, note: text }), { source: 'type' })] })).toEqual(
      [],
    );
  });

  it('takes an unsaid requirement of the whole body lightly', () => {
    const served = { bodies: [accepted(object({ amount: integer, 'note?': text }), { required: true })] };
    expect(judge(fields, served, 'application/json', '')).toEqual(['information body-required-mismatch body']);
    expect(judge(fields, served)).toEqual([]);
  });

  it('leaves out what only answers carry', () => {
    const schema = 'type: object, properties: { id: { type: string, readOnly: true } }';
    expect(judge(schema, { bodies: [accepted(object({ 'id?': text }))] })).toEqual([
      'information body-readonly-written body.id',
    ]);
  });
});

describe('body-unread and body-field-unread', () => {
  const closedBody = { body: closed, form: closed };

  it('tell what is never looked at, once as a whole or field by field', () => {
    expect(judge(fields, { completeness: closedBody })).toEqual(['warning body-unread body']);
    expect(judge(fields, { parameters: [read('body', 'note')], completeness: closedBody })).toEqual([
      'warning body-field-unread body.amount',
    ]);
  });

  it('take a type for no reader, and a validator for one', () => {
    const shape = object({ amount: integer });
    expect(judge(fields, { bodies: [accepted(shape, { source: 'type' })], completeness: closedBody })).toEqual([
      'warning body-unread body',
    ]);
    expect(judge(fields, { bodies: [accepted(shape)], completeness: closedBody })).toEqual([
      'warning body-field-unread body.note',
    ]);
    const passing = object({ amount: integer }, 'unknown');
    expect(judge(fields, { bodies: [accepted(passing)], completeness: closedBody })).toEqual([]);
  });

  it.each([
    ['the body escapes', { completeness: { body: open } }],
    ['the form escapes', { completeness: { body: closed, form: open } }],
    ['the handler is not seen to succeed', { completeness: closedBody, exits: [exit(400)] }],
  ])('are silent when %s', (_, served) => {
    expect(judge(fields, served)).toEqual([]);
    expect(judge(fields, { ...served, parameters: [read('body', 'amount')] })).toEqual([]);
  });

  it.each([
    'type: object',
    'type: object, properties: { amount: { type: integer } }, oneOf: [{ required: [amount] }, { required: [note] }]',
    'oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }]',
    'type: object, properties: { amount: {}, kind: { type: string, enum: [card] }, id: { readOnly: true } }',
  ])('say nothing of fields that the schema %s leaves in doubt', (schema) => {
    expect(judge(schema, { parameters: [read('body', 'amount')], completeness: closedBody })).toEqual(
      schema.startsWith('oneOf') ? expect.not.arrayContaining([expect.stringContaining('unread')]) : [],
    );
  });
});

describe('body-readonly-written', () => {
  const schema = 'type: object, properties: { id: { type: string, readOnly: true }, amount: { type: integer } }';

  it('weighs a demand and a mere read', () => {
    expect(judge(schema, { parameters: [read('body', 'id', { required: true })] })).toEqual([
      'error body-readonly-written body.id',
    ]);
    expect(judge(schema, { parameters: [read('body', 'id')] })).toEqual(['information body-readonly-written body.id']);
    expect(judge(schema, { parameters: [read('body', 'amount')] })).toEqual([]);
  });
});

describe('request-media-type-mismatch', () => {
  const form = 'application/x-www-form-urlencoded';
  const judged = (mediaTypes: string[], media: string, served: Served = {}): string[] =>
    judge(
      fields,
      {
        parameters: [read('body', 'amount'), read('body', 'note')],
        parsers: [{ mediaTypes, place: at(4) }],
        completeness: { body: closed, form: closed },
        ...served,
      },
      media,
    );

  it('tells a declared type that no parser reads', () => {
    expect(judged(['application/json'], form)).toEqual(['error request-media-type-mismatch body.content-type']);
    expect(judged(['application/json'], 'application/merge-patch+json')).toEqual([
      'error request-media-type-mismatch body.content-type',
    ]);
  });

  it.each([
    [['application/json'], 'application/json; charset=utf-8'],
    [['*+json'], 'application/merge-patch+json'],
    [['*/*'], form],
    [['application/json'], '*/*'],
    [['application/*'], form],
  ])('is content with parsers of %j for %s', (mediaTypes, media) => {
    expect(judged(mediaTypes, media)).toEqual([]);
  });

  it('is silent where something else may parse, or nothing was modelled', () => {
    expect(judged(['application/json'], form, { guardCompleteness: open })).toEqual([]);
    expect(judged(['application/json'], form, { parsers: undefined })).toEqual([]);
    expect(judged(['application/json'], form, { completeness: { body: open } })).toEqual([]);
  });
});

describe('body-type-mismatch', () => {
  const validated = (shape: Shape): Served => ({ bodies: [accepted(object({ amount: shape, 'note?': text }))] });

  it('tells a type that the validator rejects', () => {
    const [finding] = findingsOf(scene(fields, validated(text)));
    expect(finding).toMatchObject({ rule: 'body-type-mismatch', severity: 'error', subject: 'body.amount' });
    expect(finding?.message).toBe(
      'The validator takes the body field `amount` as a string here (`app.ts:30`), but `POST /orders` declares an integer.',
    );
  });

  it('is content with a validator that accepts more', () => {
    expect(judge(fields, validated(union([integer, text, nullShape()])))).toEqual([]);
  });

  it('tells a null that the validator rejects', () => {
    const schema =
      'type: object, required: [amount], properties: { amount: { type: integer, nullable: true }, note: { type: string } }';
    expect(judge(schema, validated(integer))).toEqual(['error body-type-mismatch body.amount']);
  });

  it('does not compare types in forms', () => {
    expect(
      judge(
        fields,
        { bodies: [accepted(object({ amount: text, 'note?': text }), { mediaTypes: [] })] },
        'multipart/form-data',
      ),
    ).toEqual([]);
  });

  it('knows that Fastify converts scalars first', () => {
    expect(judge(fields, { ...validated(text), route: { framework: 'fastify' } })).toEqual([
      'warning body-type-mismatch body.amount',
    ]);
  });
});
