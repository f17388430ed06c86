// Tests express-validator: chains in routes, schemas, and the moment at which failures begin to count.

import { describe, expect, it } from 'vitest';
import { app, bodyOf, factsOf, parametersOf, statusesOf } from './service.ts';

const imports =
  "import { body, query, param, header, check, checkSchema, oneOf, validationResult, matchedData } from 'express-validator';";
const looks =
  'const errors = validationResult(req); if (!errors.isEmpty()) { return res.status(400).json({ errors: errors.array() }); }';

describe('express-validator', () => {
  it('reads chains that stand in a list', async () => {
    const chains =
      "[body('email').isEmail().normalizeEmail(), body('age').optional().isInt({ min: 18 }), body('name').isString().isLength({ min: 1, max: 9 }), body('note').trim(), query('page').default(1).isInt().toInt(), header('X-Key').exists(), param('id').isUUID()]";
    const facts = await factsOf(
      app(imports, `app.post('/x/:id', ${chains}, (req, res) => { ${looks} res.status(201).json({}); });`),
    );
    expect(bodyOf(facts)).toEqual({
      email: 'string format=email',
      'age?': 'integer minimum=18 | string',
      name: 'string minLength=1 maxLength=9',
    });
    expect(parametersOf(facts)).toMatchObject({
      'query:page?': { default: 1, shape: 'integer' },
      'header:x-key': 'unknown',
      'path:id': 'string format=uuid',
      'body:email': 'string format=email',
      'body:age?': 'integer minimum=18 | string',
      'body:note~': 'read unknown',
    });
    expect(statusesOf(facts)).toEqual([201, 400]);
    expect(facts.reads.bodies[0]!.required).toBe(true);
  });

  it('demands nothing when nobody looks at the result', async () => {
    const facts = await factsOf(
      app(imports, "app.post('/x', body('email').isEmail(), (req, res) => { res.json({}); });"),
    );
    expect(facts.reads.bodies).toEqual([]);
    expect(parametersOf(facts)).toEqual({ 'body:email~': 'read unknown' });
  });

  it('builds nested fields and lists', async () => {
    const facts = await factsOf(
      app(
        imports,
        `app.post('/x', [body('address.city').notEmpty(), body('items').isArray({ min: 1 }), body('items.*.sku').isString()], (req, res) => { ${looks} res.json({}); });`,
      ),
    );
    expect(bodyOf(facts)).toEqual({ 'address~': { city: 'unknown' }, items: [{ sku: 'string' }, 'minItems=1'] });
  });

  it('is looked at by a middleware of the service, and run by hand', async () => {
    const validate = `const validate = (req, res, next) => { ${looks.replace('400', '422')} next(); };\nconst run = (chains) => async (req, res, next) => { for (const chain of chains) { await chain.run(req); } ${looks} next(); };`;
    const facts = await factsOf(
      app(
        imports,
        `${validate}\napp.get('/x', query('q').isIn(['a', 'b']), validate, (req, res) => { res.json({}); });`,
      ),
    );
    expect(parametersOf(facts)).toEqual({ 'query:q': 'a|b' });
    expect(statusesOf(facts)).toEqual([200, 422]);
    const ran = await factsOf(
      app(imports, `${validate}\napp.get('/x', run([query('q').isIn(['a'])]), (req, res) => { res.json({}); });`),
    );
    expect(parametersOf(ran)).toEqual({ 'query:q': 'a' });
    expect(statusesOf(ran)).toEqual([200, 400]);
  });

  it('reads checkSchema', async () => {
    const schema =
      "checkSchema({ email: { in: ['body'], isEmail: true }, limit: { in: 'query', optional: true, isInt: { options: { max: 5 } } }, kind: { isIn: { options: [['a', 'b']] }, exists: { errorMessage: 'x' } } }, ['query'])";
    const facts = await factsOf(app(imports, `app.post('/x', ${schema}, (req, res) => { ${looks} res.json({}); });`));
    expect(parametersOf(facts)).toEqual({
      'body:email': 'string format=email',
      'query:limit?': 'integer maximum=5',
      'query:kind': 'a|b',
    });
  });

  it('knows nothing of validators that a service adds', async () => {
    const own =
      "import { ExpressValidator } from 'express-validator';\nconst { query: ask, validationResult: look } = new ExpressValidator({ isDID: (value) => true });";
    const facts = await factsOf(
      app(
        `${imports}\n${own}`,
        "app.get('/x', ask('did').isDID(), ask('n').isInt(), (req, res) => { const e = look(req); if (!e.isEmpty()) return res.status(400).end(); res.json({}); });",
      ),
    );
    expect(parametersOf(facts)).toEqual({ 'query:did~': 'unknown', 'query:n': 'integer' });
  });

  it('keeps alternatives and conditions uncertain', async () => {
    const facts = await factsOf(
      app(
        imports,
        `app.get('/x', oneOf([query('a').exists(), query('b').exists()]), query('c').if(query('a').exists()).isInt(), query('d').custom((v) => true), (req, res) => { ${looks} res.json({}); });`,
      ),
    );
    expect(parametersOf(facts)).toEqual({
      'query:a~': 'unknown',
      'query:b~': 'unknown',
      'query:c~': 'integer',
      'query:d~': 'unknown',
    });
    const anywhere = await factsOf(
      app(imports, `app.get('/x', check('a').exists(), (req, res) => { ${looks} res.json({}); });`),
    );
    expect(anywhere.reads.completeness.query.closed).toBe(false);
  });

  it('does not carry the chains of one route into another', async () => {
    const text = app(
      imports,
      `app.use((req, res, next) => next());\napp.post('/a', body('x').isInt(), (req, res) => { ${looks} res.json({}); });\napp.post('/b', (req, res) => { ${looks} res.json({ y: req.body.y }); });`,
    );
    const facts = await factsOf(text, '/b');
    await factsOf(text, '/a');
    expect(facts.reads.bodies).toEqual([]);
    expect(parametersOf(facts)).toEqual({ 'body:y~': 'read unknown' });
  });
});
