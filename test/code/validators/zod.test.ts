// Tests zod as services use it: what a schema says about the request, and what code behind it still knows.

import { describe, expect, it } from 'vitest';
import { answerOf, app, bodyOf, factsOf, parametersOf, statusesOf } from './service.ts';

async function schemaBody(expression: string, imports = "import { z } from 'zod';"): Promise<unknown> {
  return bodyOf(
    await factsOf(
      app(
        imports,
        `const schema = ${expression};\napp.post('/x', (req, res) => { schema.parse(req.body); res.json({}); });`,
      ),
    ),
  );
}

async function field(expression: string, imports?: string): Promise<unknown> {
  return schemaBody(`z.object({ f: ${expression} })`, imports);
}

describe('zod schemas as shapes', () => {
  it.each([
    ['z.string().min(1).max(64)', { f: 'string minLength=1 maxLength=64' }],
    ['z.string().email().optional()', { 'f?': 'string format=email' }],
    ['z.string().trim().toLowerCase().regex(/^[a-z]+$/)', { f: 'string pattern=^[a-z]+$' }],
    ['z.string().regex(/^[a-z]+$/i)', { f: 'string' }],
    ['z.string().datetime()', { f: 'string format=date-time' }],
    ['z.iso.date()', { f: 'string format=date' }],
    ['z.email().max(10)', { f: 'string format=email maxLength=10' }],
    ['z.uuid().nullable()', { f: 'string format=uuid | null' }],
    ['z.string().nullish()', { 'f?': 'string | null' }],
    [
      'z.number().int().positive().max(50).default(20)',
      { 'f?': { default: 20, shape: 'integer maximum=50 exclusiveMinimum=0' } },
    ],
    ['z.coerce.number().min(1)', { f: 'number minimum=1 | string | boolean | null' }],
    ['z.coerce.date()', { f: 'string | number | boolean | null' }],
    ['z.coerce.boolean()', { 'f?': 'unknown' }],
    ['z.boolean().default(false)', { 'f?': { default: false, shape: 'boolean' } }],
    ["z.enum(['a', 'b'])", { f: 'a|b' }],
    ["z.literal('a').or(z.literal('b'))", { f: 'a | b' }],
    ["z.literal(['a', 'b'])", { f: 'a|b' }],
    ['z.array(z.string()).nonempty().max(3)', { f: ['string', 'minItems=1', 'maxItems=3'] }],
    ['z.string().array()', { f: ['string'] }],
    ['z.tuple([z.string(), z.number()])', { f: ['string | number', 'minItems=2', 'maxItems=2'] }],
    ['z.record(z.string(), z.number())', { f: { '*': 'number' } }],
    ['z.record(z.number())', { f: { '*': 'number' } }],
    ['z.string().transform((s) => s.length)', { f: 'string' }],
    ['z.string().optional().transform((s) => s ?? "x")', { 'f?': 'string' }],
    ['z.preprocess((v) => v, z.string())', { 'f~': 'unknown' }],
    ['z.preprocess((v) => v, z.string().optional())', { 'f?': 'unknown' }],
    ['z.any()', { 'f?': 'unknown' }],
    ['z.string().refine((s) => s.length > 1).describe("x").brand()', { f: 'string' }],
    ['z.string().pipe(z.coerce.number())', { f: 'string' }],
    ['z.union([z.string(), z.undefined()])', { 'f?': 'string' }],
    ['z.object({ a: z.string() }).strict()', { f: { a: 'string', '…': 'none' } }],
    ['z.set(z.string())', { 'f~': 'unknown' }],
    ['somethingElse()', { 'f~': 'unknown' }],
  ])('%s', async (expression, expected) => {
    expect(await field(expression)).toEqual(expected);
  });

  it('follows the methods of objects', async () => {
    const base = 'z.object({ a: z.string(), b: z.number(), c: z.boolean().optional() })';
    expect(await schemaBody(`${base}.extend({ d: z.string() })`)).toEqual({
      a: 'string',
      b: 'number',
      'c?': 'boolean',
      d: 'string',
    });
    expect(await schemaBody(`${base}.merge(z.object({ a: z.number() }).strict())`)).toEqual({
      a: 'number',
      b: 'number',
      'c?': 'boolean',
      '…': 'none',
    });
    expect(await schemaBody(`${base}.pick({ a: true })`)).toEqual({ a: 'string' });
    expect(await schemaBody(`${base}.omit({ a: true, b: true })`)).toEqual({ 'c?': 'boolean' });
    expect(await schemaBody(`${base}.partial()`)).toEqual({ 'a?': 'string', 'b?': 'number', 'c?': 'boolean' });
    expect(await schemaBody(`${base}.partial({ a: true })`)).toEqual({ 'a?': 'string', b: 'number', 'c?': 'boolean' });
    expect(await schemaBody(`${base}.required()`)).toEqual({ a: 'string', b: 'number', c: 'boolean' });
    expect(await schemaBody(`z.object({ ...${base}.shape, e: z.string() })`)).toEqual({
      a: 'string',
      b: 'number',
      'c?': 'boolean',
      e: 'string',
    });
    expect(await schemaBody(`${base}.catchall(z.string())`)).toEqual({
      a: 'string',
      b: 'number',
      'c?': 'boolean',
      '*': 'string',
    });
    expect(await schemaBody(`${base}.and(z.object({ d: z.string() }))`)).toEqual({
      a: 'string',
      b: 'number',
      'c?': 'boolean',
      d: 'string',
    });
    expect(await schemaBody(`z.object({ k: ${base}.keyof() })`)).toEqual({ k: 'a|b|c' });
  });

  it('leaves open what a check of the whole object may demand', async () => {
    expect(
      await schemaBody("z.object({ a: z.string().optional(), b: z.string().default('x') }).refine((v) => v.a || v.b)"),
    ).toEqual({ 'a~': 'string', 'b?': { default: 'x', shape: 'string' } });
  });

  it('keeps what it cannot read open', async () => {
    expect(await schemaBody('z.object({ a: z.string(), ...elsewhere })')).toEqual({ a: 'string', '…': 'unknown' });
    expect(await schemaBody('z.object(elsewhere)')).toEqual({ '…': 'unknown' });
  });

  it('reads recursive schemas by lazy and by getter', async () => {
    const lazy =
      'const category = z.object({ name: z.string(), children: z.lazy(() => z.array(category)) });\nconst schema = category;';
    const facts = await factsOf(
      app(
        "import { z } from 'zod';",
        `${lazy}\napp.post('/x', (req, res) => { schema.parse(req.body); res.json({}); });`,
      ),
    );
    expect(JSON.stringify(bodyOf(facts))).toMatch(/^\{"name":"string","children~?":\[\{"name":"string"/);
    const getter =
      'const category = z.object({ name: z.string(), get children() { return z.array(category); } });\nconst schema = category;';
    const again = await factsOf(
      app(
        "import { z } from 'zod';",
        `${getter}\napp.post('/x', (req, res) => { schema.parse(req.body); res.json({}); });`,
      ),
    );
    expect(JSON.stringify(bodyOf(again))).toContain('"children');
  });

  it.each([
    ["import * as z from 'zod';"],
    ["import z from 'zod';"],
    ["import { z } from 'zod/v4';"],
    ["import * as z from 'zod/v4';"],
    ["const { z } = require('zod');"],
    ["const z = require('zod');"],
  ])('is imported by %s', async (imports) => {
    expect(await field('z.number().int()', imports)).toEqual({ f: 'integer' });
  });

  it('knows enumerations of the language and the spellings of zod mini', async () => {
    expect(await field('z.nativeEnum(Kind)', "import { z } from 'zod';\nenum Kind { A = 'a', B = 'b' }")).toEqual({
      f: 'a|b',
    });
    expect(await field('z.enum(Kind)', "import { z } from 'zod';\nconst Kind = { A: 'a', B: 'b' } as const;")).toEqual({
      f: 'a|b',
    });
    const mini = "import * as z from 'zod/mini';";
    expect(await field('z.optional(z.string())', mini)).toEqual({ 'f?': 'string' });
    expect(await field('z.string().check(z.minLength(2), z.maxLength(5))', mini)).toEqual({
      f: 'string minLength=2 maxLength=5',
    });
    expect(await field('z._default(z.number(), 3)', mini)).toEqual({ 'f?': { default: 3, shape: 'number' } });
  });
});

describe('parsing', () => {
  const list =
    "const list = z.object({ limit: z.coerce.number().int().min(1).max(50).default(20), cursor: z.string().optional(), tag: z.enum(['a', 'b']) });";

  it('tells every query parameter, as it is written in a text', async () => {
    const facts = await factsOf(
      app(
        "import { z } from 'zod';",
        `${list}\napp.get('/x', (req, res) => { const q = list.parse(req.query); res.json({ limit: q.limit, cursor: q.cursor }); });`,
      ),
    );
    expect(parametersOf(facts)).toEqual({
      'query:limit?': { default: 20, shape: 'integer minimum=1 maximum=50' },
      'query:cursor?': 'string',
      'query:tag': 'a|b',
    });
    expect(answerOf(facts, 200)).toEqual({ limit: 'integer minimum=1 maximum=50', 'cursor?': 'string', '…': 'none' });
    expect(facts.reads.completeness.query).toEqual({ closed: true });
  });

  it('reads numbers that are transformed or piped from texts', async () => {
    const schema =
      'const list = z.object({ a: z.string().transform(Number).pipe(z.number().int().max(9)), b: z.string().transform((v) => parseInt(v, 10)), c: z.preprocess((v) => Number(v), z.number().min(2)) });';
    const facts = await factsOf(
      app(
        "import { z } from 'zod';",
        `${schema}\napp.get('/x', (req, res) => { list.parse(req.query); res.json({}); });`,
      ),
    );
    expect(parametersOf(facts)).toEqual({
      'query:a': 'integer maximum=9',
      'query:b': 'string | number',
      'query:c~': 'number minimum=2',
    });
  });

  it('maps the ZodError to the status of the error mapper', async () => {
    const text = app(
      "import { z, ZodError } from 'zod';",
      `${list}\napp.get('/x', async (req, res) => { const q = await list.parseAsync(req.query); res.json(q); });`,
      { mapper: 'err instanceof ZodError' },
    );
    expect(statusesOf(await factsOf(text))).toEqual([200, 400]);
    const qualified = app(
      "import { z } from 'zod';",
      `${list}\napp.get('/x', (req, res) => { const q = list.parse(req.query); res.json(q); });`,
      { mapper: "err instanceof z.ZodError || err.name === 'ZodError'" },
    );
    expect(statusesOf(await factsOf(qualified))).toEqual([200, 400]);
  });

  it('does not take the check of an answer for the check of a request', async () => {
    const text = app(
      "import { z, ZodError } from 'zod';",
      "const out = z.object({ id: z.string() });\napp.get('/x', (req, res) => { res.json(out.parse({ id: 'a' })); });",
      { mapper: 'err instanceof ZodError' },
    );
    const facts = await factsOf(text);
    expect(statusesOf(facts)).toEqual([200]);
    expect(answerOf(facts, 200)).toEqual({ id: 'string', '…': 'none' });
  });

  it('follows safeParse into both branches', async () => {
    const text = app(
      "import { z } from 'zod';",
      "const body = z.object({ name: z.string() });\napp.post('/x', (req, res) => { const r = body.safeParse(req.body); if (!r.success) { return res.status(422).json({ issues: r.error.issues.map((i) => i.message) }); } res.status(201).json({ name: r.data.name }); });",
    );
    const facts = await factsOf(text);
    expect(statusesOf(facts)).toEqual([201, 422]);
    expect(bodyOf(facts)).toEqual({ name: 'string' });
    expect(facts.reads.bodies[0]!.required).toBe(true);
    expect(answerOf(facts, 201)).toEqual({ name: 'string', '…': 'none' });
  });

  it('follows a validating middleware of the service itself', async () => {
    const files = {
      'validate.ts':
        "import { ZodSchema } from 'zod';\nexport const validate = (schema: ZodSchema, part = 'body') => async (req, res, next) => { const result = await schema.safeParseAsync(req[part]); if (!result.success) { res.status(400).json({ errors: result.error.flatten() }); return; } req[part] = result.data; next(); };",
      'app.ts':
        "import express from 'express';\nimport { z } from 'zod';\nimport { validate } from './validate';\nconst app = express();\napp.post('/x', validate(z.object({ page: z.coerce.number().optional() }), 'query'), validate(z.object({ name: z.string().max(9) })), (req, res) => { res.json({ name: req.body.name }); });\napp.listen(1);",
    };
    const facts = await factsOf(files);
    expect(bodyOf(facts)).toEqual({ name: 'string maxLength=9' });
    expect(parametersOf(facts)).toEqual({ 'query:page?': 'number' });
    expect(statusesOf(facts)).toEqual([200, 400]);
    expect(facts.exits.find((exit) => exit.status === 400)!.origin).toBe('validator');
    expect(answerOf(facts, 200)).toEqual({ name: 'string maxLength=9', '…': 'none' });
  });

  it('tells the parts of a request that are parsed together', async () => {
    const text = app(
      "import { z } from 'zod';",
      "const schema = z.object({ body: z.object({ name: z.string() }), query: z.object({ dry: z.string().optional() }), params: z.object({ id: z.string().uuid() }) });\napp.post('/x/:id', (req, res) => { const { body } = schema.parse({ body: req.body, query: req.query, params: req.params }); res.json(body); });",
    );
    const facts = await factsOf(text);
    expect(bodyOf(facts)).toEqual({ name: 'string' });
    expect(parametersOf(facts)).toEqual({ 'query:dry?': 'string', 'path:id': 'string format=uuid' });
    const whole = await factsOf(
      app(
        "import { z } from 'zod';",
        "const schema = z.object({ query: z.object({ dry: z.string() }) });\napp.post('/x', (req, res) => { schema.parse(req); res.json({}); });",
      ),
    );
    expect(parametersOf(whole)).toEqual({ 'query:dry': 'string' });
  });

  it('tells single inputs with their requiredness', async () => {
    const text = app(
      "import { z } from 'zod';",
      "app.get('/x/:id', (req, res) => { const id = z.string().uuid().parse(req.params.id); const limit = z.coerce.number().int().max(10).default(5).parse(req.query.limit); const kind = z.enum(['a']).safeParse(req.query.kind); if (!kind.success) return res.status(400).end(); res.json({ id, limit }); });",
    );
    expect(parametersOf(await factsOf(text))).toEqual({
      'path:id': 'string format=uuid',
      'query:limit?': { default: 5, shape: 'integer maximum=10' },
      'query:kind': 'a',
    });
  });

  it('joins alternatives of a query', async () => {
    const text = app(
      "import { z } from 'zod';",
      "const q = z.discriminatedUnion('by', [z.object({ by: z.literal('id'), id: z.string() }), z.object({ by: z.literal('name'), name: z.string() })]);\napp.get('/x', (req, res) => { q.parse(req.query); res.json({}); });",
    );
    expect(parametersOf(await factsOf(text))).toEqual({
      'query:by': 'id | name',
      'query:id?': 'string',
      'query:name?': 'string',
    });
  });

  it('gives types by inference', async () => {
    const text = app(
      "import { z } from 'zod';",
      "const User = z.object({ id: z.string(), age: z.number().optional() });\ntype User = z.infer<typeof User>;\ndeclare function load(id: string): Promise<User>;\napp.get('/x/:id', async (req, res) => { const user: User = await load(req.params.id); res.json(user); });",
    );
    expect(answerOf(await factsOf(text), 200)).toEqual({ id: 'string', 'age?': 'number', '…': 'none' });
  });

  it('keeps the result of a transformation', async () => {
    const text = app(
      "import { z } from 'zod';",
      "const body = z.object({ name: z.string() }).transform((v) => ({ label: v.name, n: 1 }));\napp.post('/x', (req, res) => { res.json(body.parse(req.body)); });",
    );
    const facts = await factsOf(text);
    expect(bodyOf(facts)).toEqual({ name: 'string' });
    expect(answerOf(facts, 200)).toEqual({ label: 'string', n: '1', '…': 'none' });
  });
});
