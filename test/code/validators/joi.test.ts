// Tests Joi and the middlewares made of it: celebrate, express-validation, express-joi-validation.

import { describe, expect, it } from 'vitest';
import { app, bodyOf, factsOf, parametersOf, statusesOf } from './service.ts';

async function field(expression: string): Promise<unknown> {
  const schema = `const schema = Joi.object({ f: ${expression} });`;
  return bodyOf(
    await factsOf(
      app(
        "import Joi from 'joi';",
        `${schema}\napp.post('/x', (req, res) => { const { error, value } = schema.validate(req.body); if (error) return res.status(400).json({ message: error.details[0].message }); res.json(value); });`,
      ),
    ),
  );
}

describe('Joi schemas as shapes', () => {
  it.each([
    ['Joi.string().min(3).max(40).required()', { f: 'string minLength=3 maxLength=40' }],
    ["Joi.string().email().allow('')", { 'f?': 'string format=email | ' }],
    ['Joi.string().allow(null)', { 'f?': 'string | null' }],
    ["Joi.string().valid('a', 'b').required()", { f: 'a|b' }],
    ["Joi.string().valid(...['a', 'b'])", { 'f?': 'a|b' }],
    [
      'Joi.number().integer().min(1).max(9).default(1)',
      { 'f?': { default: 1, shape: 'integer minimum=1 maximum=9 | string' } },
    ],
    ['Joi.number().positive().strict()', { 'f?': 'number exclusiveMinimum=0' }],
    ['Joi.boolean().required()', { f: 'boolean | string' }],
    [
      'Joi.array().items(Joi.string().uuid()).min(1).unique()',
      { 'f?': ['string format=uuid', 'minItems=1', 'uniqueItems=true'] },
    ],
    ['Joi.string().pattern(/^[a-z]+$/)', { 'f?': 'string pattern=^[a-z]+$' }],
    ['Joi.object({ a: Joi.string().required() }).unknown()', { 'f?': { a: 'string' } }],
    ['{ a: Joi.number().strict() }', { 'f?': { 'a?': 'number', '…': 'none' } }],
    ['Joi.alternatives().try(Joi.string(), Joi.number().strict())', { 'f?': 'string | number' }],
    ["Joi.when('g', { is: 1, then: Joi.required() })", { 'f~': 'unknown' }],
    ["Joi.string().when('g', { is: 1, then: Joi.required() })", { 'f~': 'string' }],
    ['Joi.any().forbidden()', { 'f?': 'never' }],
    ['Joi.string().custom((v) => v).label("x").required()', { f: 'string' }],
    ['elsewhere()', { 'f~': 'unknown' }],
  ])('%s', async (expression, expected) => {
    expect(await field(expression)).toEqual({ ...expected, '…': 'none' });
  });

  it('extends objects', async () => {
    const text = (schema: string): string =>
      app(
        "const Joi = require('joi');",
        `const base = Joi.object().keys({ a: Joi.string().required(), b: Joi.string() });\nconst schema = ${schema};\napp.post('/x', async (req, res) => { await schema.validateAsync(req.body, { stripUnknown: true }); res.json({}); });`,
        { mapper: 'err.isJoi' },
      );
    expect(bodyOf(await factsOf(text('base.append({ c: Joi.date() })')))).toEqual({
      a: 'string',
      'b?': 'string',
      'c?': 'string | number',
    });
    expect(bodyOf(await factsOf(text("base.fork(['b'], (s) => s.required())")))).toEqual({ a: 'string', b: 'string' });
    expect(bodyOf(await factsOf(text('base.concat(Joi.object({ d: Joi.string() }))')))).toEqual({
      a: 'string',
      'b?': 'string',
      'd?': 'string',
    });
    expect(
      bodyOf(await factsOf(text("Joi.object({ a: Joi.string(), b: Joi.string() }).or('a', 'b').label('x')"))),
    ).toEqual({ 'a~': 'string', 'b~': 'string' });
    expect(statusesOf(await factsOf(text('base')))).toEqual([200, 400]);
  });
});

describe('middlewares of Joi schemas', () => {
  it('follows a validating middleware of the service itself', async () => {
    const validate =
      "const createError = require('http-errors');\nconst validate = (schema, part = 'body') => (req, res, next) => { const { error, value } = schema.validate(req[part], { abortEarly: false }); if (error) { return next(createError(422, error.message)); } req[part] = value; return next(); };";
    const facts = await factsOf(
      app(
        "import Joi from 'joi';",
        `${validate}\napp.get('/x', validate(Joi.object({ page: Joi.number().integer().min(1).default(1) }), 'query'), (req, res) => { res.json({ page: req.query.page }); });\napp.use((err, req, res, next) => { res.status(err.status || 500).json({ error: err.message }); });`,
      ),
    );
    expect(parametersOf(facts)).toEqual({ 'query:page?': { default: 1, shape: 'integer minimum=1' } });
    expect(statusesOf(facts)).toContain(422);
    expect(statusesOf(facts)).toContain(200);
  });

  it('answers the errors of celebrate where its own mapper stands', async () => {
    const chain =
      "app.post('/x/:id', celebrate({ [Segments.BODY]: Joi.object({ name: Joi.string().required() }), params: { id: Joi.string().uuid() } }), (req, res) => { res.status(201).json({}); });";
    const facts = await factsOf(
      app("import { celebrate, Joi, Segments, errors } from 'celebrate';", `${chain}\napp.use(errors());`),
    );
    expect(bodyOf(facts)).toEqual({ name: 'string', '…': 'none' });
    expect(parametersOf(facts)['path:id?']).toBe('string format=uuid');
    expect(statusesOf(facts)).toEqual([201, 400]);
    const own = await factsOf(
      app(
        "import { celebrate, Joi, isCelebrateError } from 'celebrate';",
        "app.get('/x', celebrate({ query: { a: Joi.string() } }), (req, res) => { res.json({}); });\napp.use((err, req, res, next) => { if (isCelebrateError(err)) return res.status(422).json({}); res.status(500).json({}); });",
      ),
    );
    expect(statusesOf(own)).toEqual([200, 422]);
  });

  it('knows the other packages', async () => {
    const validation = await factsOf(
      app(
        "import { validate, Joi } from 'express-validation';",
        "app.post('/x', validate({ body: Joi.object({ a: Joi.string().required() }) }), (req, res) => { res.json({}); });\napp.use((err, req, res, next) => { res.status(err.statusCode).json({}); });",
      ),
    );
    expect(bodyOf(validation)).toEqual({ a: 'string', '…': 'none' });
    expect(statusesOf(validation)).toEqual([200, 400]);
    const created = await factsOf(
      app(
        "import { createValidator } from 'express-joi-validation';\nimport Joi from 'joi';",
        "const validator = createValidator();\napp.get('/x', validator.query(Joi.object({ a: Joi.string().required() })), (req, res) => { res.json({}); });",
      ),
    );
    expect(parametersOf(created)).toEqual({ 'query:a': 'string' });
    expect(statusesOf(created)).toEqual([200, 400]);
  });
});
