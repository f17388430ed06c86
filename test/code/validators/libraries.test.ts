// Tests yup, valibot, TypeBox, Ajv and the middlewares that take zod schemas.

import { describe, expect, it } from 'vitest';
import { answerOf, app, bodyOf, factsOf, parametersOf, statusesOf } from './service.ts';

const handler = (statement: string): string => `app.post('/x', async (req, res) => { ${statement} res.json({}); });`;

describe('yup', () => {
  const parse = handler('await schema.validate(req.body);');

  it.each([
    ['yup.string().required().max(9)', { f: 'string maxLength=9 | number | boolean' }],
    ['yup.string().strict().email()', { 'f?': 'string format=email' }],
    ['yup.number().integer().min(1).required()', { f: 'integer minimum=1 | string' }],
    ["yup.mixed().oneOf(['a', 'b']).required()", { f: 'a|b' }],
    ["yup.string().oneOf(['a', null]).nullable()", { 'f?': 'a | null' }],
    ['yup.array().of(yup.string().strict()).min(2)', { 'f?': ['string', 'minItems=2'] }],
    ['yup.object({ a: yup.number().strict().required() })', { 'f~': { a: 'number' } }],
    ['yup.boolean().strict().default(true)', { 'f?': { default: true, shape: 'boolean' } }],
    ["yup.string().when('g', { is: 1 })", { 'f~': 'string | number | boolean' }],
  ])('%s', async (expression, expected) => {
    const text = app("import * as yup from 'yup';", `const schema = yup.object({ f: ${expression} });\n${parse}`);
    expect(bodyOf(await factsOf(text))).toEqual(expected);
  });

  it('maps its error', async () => {
    const text = app(
      "import { object, string, ValidationError } from 'yup';",
      `const schema = object().shape({ f: string().required() });\n${parse}`,
      { mapper: 'err instanceof ValidationError' },
    );
    expect(statusesOf(await factsOf(text))).toEqual([200, 400]);
  });
});

describe('valibot', () => {
  it.each([
    ['v.pipe(v.string(), v.email(), v.maxLength(9))', { f: 'string format=email maxLength=9' }],
    ['v.optional(v.number(), 3)', { 'f?': { default: 3, shape: 'number' } }],
    ['v.nullish(v.string())', { 'f?': 'string | null' }],
    ['v.pipe(v.number(), v.integer(), v.minValue(1))', { f: 'integer minimum=1' }],
    ["v.picklist(['a', 'b'])", { f: 'a|b' }],
    ['v.array(v.boolean())', { f: ['boolean'] }],
    ['v.pipe(v.string(), v.transform((s) => s.length))', { f: 'string' }],
    [
      "v.variant('t', [v.object({ t: v.literal('a') }), v.object({ t: v.literal('b') })])",
      { f: '{"t":"a"} | {"t":"b"}' },
    ],
  ])('%s', async (expression, expected) => {
    const text = app(
      "import * as v from 'valibot';",
      `const schema = v.object({ f: ${expression} });\n${handler('v.parse(schema, req.body);')}`,
    );
    expect(bodyOf(await factsOf(text))).toEqual(expected);
  });
});

describe('JSON Schema', () => {
  const ajv =
    "import Ajv from 'ajv';\nimport addFormats from 'ajv-formats';\nconst ajv = addFormats(new Ajv({ coerceTypes: true }));";

  it('is checked by compiled validators', async () => {
    const schema = `const base = { type: 'object', properties: { limit: { type: 'integer', minimum: 1, default: 20 }, kind: { enum: ['a', 'b'] } } };
const schema = { ...base, required: ['kind'], additionalProperties: false };
const validate = ajv.compile(schema);`;
    const facts = await factsOf(
      app(
        ajv,
        `${schema}\napp.get('/x', (req, res) => { if (!validate(req.query)) { return res.status(400).json({ errors: validate.errors }); } res.json({}); });`,
      ),
    );
    expect(parametersOf(facts)).toEqual({
      'query:limit?': { default: 20, shape: 'integer minimum=1' },
      'query:kind': 'a|b',
    });
    expect(statusesOf(facts)).toEqual([200, 400]);
  });

  it.each([
    ["{ type: 'string', format: 'uuid', nullable: true }", 'string format=uuid | null'],
    ["{ type: ['string', 'null'], maxLength: 3 }", 'string maxLength=3 | null'],
    ["{ anyOf: [{ type: 'string' }, { type: 'number' }] }", 'string | number'],
    ["{ allOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { required: ['a'] }] }", { a: 'string' }],
    ["{ type: 'array', items: { type: 'boolean' }, minItems: 1 }", ['boolean', 'minItems=1']],
    ["{ type: 'object', additionalProperties: { type: 'number' } }", { '*': 'number' }],
    ["{ $ref: '#/definitions/name' }", 'string'],
    ["{ $ref: 'other#/definitions/name' }", 'unknown'],
    ['{ ...elsewhere }', 'unknown'],
    ["{ type: 'object', properties: { ...elsewhere, a: { type: 'string' } } }", { 'a?': 'string', '…': 'unknown' }],
    ["{ type: 'integer', minimum: 0, exclusiveMinimum: true }", 'integer exclusiveMinimum=0'],
  ])('%s', async (schema, expected) => {
    const whole = `{ type: 'object', required: ['f'], properties: { f: ${schema} }, definitions: { name: { type: 'string' } } }`;
    const facts = await factsOf(app(ajv, `const validate = ajv.compile(${whole});\n${handler('validate(req.body);')}`));
    expect(bodyOf(facts)).toEqual({ f: expected });
  });

  it('calls nothing where there is no validator', async () => {
    const setup = `import { known } from './known';
      function make(schema) {
        if (!known(schema)) return;
        return ajv.compile(schema);
      }
      const validate = make({ type: 'object', required: ['f'], properties: { f: { type: 'string' } } });`;
    const facts = await factsOf(app(ajv, `${setup}\n${handler('validate(req.body);')}`));
    expect(bodyOf(facts)).toEqual({ f: 'string' });
    expect(facts.reads.completeness.body).toEqual({ closed: true });
  });

  it('finds schemas that were added by name, recursive ones too', async () => {
    const facts = await factsOf(
      app(
        ajv,
        `ajv.addSchema({ $id: 'tree', type: 'object', properties: { name: { type: 'string' }, next: { $ref: 'tree' } } });\n${handler("ajv.validate({ $ref: 'tree' }, req.body);")}`,
      ),
    );
    expect(JSON.stringify(bodyOf(facts))).toMatch(/^\{"name\?":"string","next\?":\{"name\?"/);
  });
});

describe('TypeBox', () => {
  it('builds JSON Schema', async () => {
    const schema =
      "const Base = Type.Object({ a: Type.String({ maxLength: 3 }), b: Type.Optional(Type.Integer({ minimum: 1, default: 2 })), c: Type.Union([Type.Literal('x'), Type.Literal('y')]) }, { additionalProperties: false });\nconst schema = Type.Composite([Type.Omit(Base, ['c']), Type.Partial(Type.Pick(Base, ['c']))]);";
    const facts = await factsOf(
      app(
        "import Ajv from 'ajv';\nimport { Type } from '@sinclair/typebox';",
        `${schema}\nconst validate = new Ajv().compile(schema);\n${handler('validate(req.body);')}`,
      ),
    );
    expect(bodyOf(facts)).toEqual({
      a: 'string maxLength=3',
      'b?': { default: 2, shape: 'integer minimum=1' },
      'c?': 'x | y',
    });
  });

  it('gives types and checks', async () => {
    const text = app(
      "import { Type, type Static } from '@sinclair/typebox';\nimport { Value } from '@sinclair/typebox/value';",
      "const User = Type.Object({ id: Type.String(), tags: Type.Array(Type.String()) });\ntype User = Static<typeof User>;\ndeclare function load(): Promise<User>;\napp.post('/x', async (req, res) => { if (!Value.Check(User, req.body)) return res.status(422).end(); const user: User = await load(); res.json(user); });",
    );
    const facts = await factsOf(text);
    expect(bodyOf(facts)).toEqual({ id: 'string', tags: ['string'] });
    expect(answerOf(facts, 200)).toEqual({ id: 'string', tags: ['string'] });
  });
});

describe('middlewares of zod schemas', () => {
  it.each([
    ["import { validateRequest } from 'zod-express-middleware';", 'validateRequest'],
    ["import { processRequest } from 'zod-express-middleware';", 'processRequest'],
    ["import validate from 'express-zod-safe';", 'validate'],
  ])('%s', async (imports, name) => {
    const facts = await factsOf(
      app(
        `import { z } from 'zod';\n${imports}`,
        `app.post('/x/:id', ${name}({ body: z.object({ a: z.string() }), query: z.object({ q: z.string().optional() }) }), (req, res) => { res.json({}); });`,
      ),
    );
    expect(bodyOf(facts)).toEqual({ a: 'string' });
    expect(parametersOf(facts)).toEqual({ 'query:q?': 'string' });
    expect(statusesOf(facts)).toEqual([200, 400]);
  });

  it('takes an object of schemas', async () => {
    const facts = await factsOf(
      app(
        "import { z } from 'zod';\nimport validate from 'express-zod-safe';",
        "app.get('/x', validate({ query: { q: z.string() } }), (req, res) => { res.json({}); });",
      ),
    );
    expect(parametersOf(facts)).toEqual({ 'query:q': 'string' });
  });
});
