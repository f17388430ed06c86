// Holds what a Fastify route is seen to read and check: parameters, bodies, schemas, hooks and guards.

import { describe, expect, test } from 'vitest';
import { plain } from '../../frameworks/shape-text.ts';
import { bodyOf, exitsOf, factsOf, readsOf, statusesOf } from './service.ts';

const app = (body: string, head = '') =>
  `import Fastify from 'fastify';\n${head}\nconst app = Fastify();\n${body}\nawait app.listen({ port: 3000 });\n`;

describe('reads', () => {
  test('every location, destructured or not, with defaults and conversions', async () => {
    const facts = await factsOf(
      app(
        "app.post('/a/:id', async (request) => { const { id } = request.params; const { page = '1' } = request.query; const key = request.headers['X-Key']; const { name } = request.body; return { id, page: Number(page), key, name, session: request.cookies.session }; });",
      ),
    );
    expect(readsOf(facts)).toEqual([
      'body name: unknown (read)',
      'cookie session: unknown (read)',
      'header x-key: unknown (read)',
      'path id: unknown (read)',
      'query page?: number (conversion)',
    ]);
    expect(facts.reads.completeness.query).toEqual({ closed: true });
  });

  test('the type argument of the registration', async () => {
    const facts = await factsOf(
      app(
        "app.post<{ Params: { id: string }; Querystring: { limit?: number }; Body: Book }>('/a/:id', async (request) => { const { limit } = request.query; return { id: request.params.id, limit, title: request.body.title }; });",
        'interface Book { title: string; pages?: number }',
      ),
    );
    expect(readsOf(facts)).toContain('query limit: number (type)');
    expect(facts.reads.bodies.map((body) => `${body.source} ${plain(body.shape)}`)).toEqual([
      'type { title: string, pages?: number, + }',
    ]);
  });

  test("the type of the handler's request", async () => {
    const facts = await factsOf(
      app(
        "app.get('/a', list);",
        "import type { FastifyRequest, FastifyReply } from 'fastify';\nasync function list(request: FastifyRequest<{ Querystring: { order: 'asc' | 'desc' } }>, reply: FastifyReply) { return [request.query.order]; }",
      ),
    );
    expect(readsOf(facts)).toEqual(["query order: 'asc' | 'desc' (type)"]);
  });

  test('a request that goes where nobody follows opens the reads alone', async () => {
    const facts = await factsOf(
      app("app.get('/a', async (request) => ({ total: count(request) }));", "import { count } from 'somewhere';"),
    );
    expect(facts.reads.completeness.query).toMatchObject({ closed: false, reason: 'request-escapes' });
    expect(statusesOf(facts)).toEqual([200]);
  });

  test('uploads open the form', async () => {
    const facts = await factsOf(
      app("app.post('/a', async (request) => { const data = await request.file(); return { size: data.size }; });"),
    );
    expect(facts.reads.completeness.form).toMatchObject({ closed: false });
  });
});

describe('schemas', () => {
  const schema = `schema: {
    params: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
    querystring: { type: 'object', properties: { limit: { type: 'integer', default: 10 }, q: { type: 'string' } } },
    headers: { type: 'object', properties: { 'X-Key': { type: 'string' } }, required: ['X-Key'] },
    body: { type: 'object', required: ['name'], additionalProperties: false, properties: { name: { type: 'string' }, age: { type: 'integer' } } },
  }`;

  test('are enforced before the handler, and a failure is 400 with the default body', async () => {
    const facts = await factsOf(app(`app.post('/a/:id', { ${schema} }, async () => 'x');`));
    expect(readsOf(facts)).toEqual([
      'header x-key!: string (validator)',
      'path id!: integer (validator)',
      'query limit?: integer (validator)',
      'query q?: string (validator)',
    ]);
    expect(facts.reads.bodies.map((body) => `${body.source} ${body.required} ${plain(body.shape)}`)).toEqual([
      'validator true { name: string, age?: integer, + }',
    ]);
    expect(exitsOf(facts)).toEqual(['200 handler', '400 validator']);
    expect(bodyOf(facts, 400)).toBe("{ statusCode: 400, error: string, message: string, code: 'FST_ERR_VALIDATION' }");
  });

  test('the error handler maps a failed validation', async () => {
    const facts = await factsOf(
      app(
        `app.setErrorHandler((error, request, reply) => { if (error.validation) return reply.status(422).send({ issues: error.validation.map((issue) => issue.message) }); reply.send(error); });\napp.post('/a/:id', { ${schema} }, async () => 'x');`,
      ),
    );
    expect(exitsOf(facts)).toEqual(['200 handler', '422 validator']);
  });

  test('what cannot fail adds no 400, and attachValidation leaves it to the handler', async () => {
    const loose = "schema: { querystring: { type: 'object', properties: { q: { type: 'string' } } } }";
    expect(statusesOf(await factsOf(app(`app.get('/a', { ${loose} }, async () => 'x');`)))).toEqual([200]);
    expect(
      statusesOf(await factsOf(app(`app.post('/a/:id', { attachValidation: true, ${schema} }, async () => 'x');`))),
    ).toEqual([200]);
  });

  test('shared schemas by identifier, definitions, and the old short form', async () => {
    const facts = await factsOf(
      app(
        `app.addSchema({ $id: 'book', type: 'object', required: ['title'], properties: { title: { type: 'string' } } });
app.register(async (scope) => { scope.post('/a', { schema: { body: { $ref: 'book#' }, querystring: { page: { type: 'integer' } } } }, async () => 'x'); });`,
      ),
    );
    expect(facts.reads.bodies.map((body) => plain(body.shape))).toEqual(['{ title: string, + }']);
    expect(readsOf(facts)).toEqual(['query page?: integer (validator)']);
    const own = await factsOf(
      app(
        "app.post('/a', { schema: { body: { $ref: '#/definitions/a', definitions: { a: { type: 'object', properties: { n: { type: 'number' } } } } } } }, async () => 'x');",
      ),
    );
    expect(own.reads.bodies.map((body) => plain(body.shape))).toEqual(['{ n?: number, + }']);
  });

  test('TypeBox and zod', async () => {
    const typebox = await factsOf(
      app(
        "app.post('/a', { schema: { body: Type.Object({ name: Type.String(), tag: Type.Optional(Type.String()) }) } }, async () => 'x');",
        "import { Type } from '@sinclair/typebox';",
      ),
    );
    expect(typebox.reads.bodies.map((body) => plain(body.shape))).toEqual(['{ name: string, tag?: string, + }']);
    const zod = await factsOf(
      app(
        "app.setValidatorCompiler(validatorCompiler);\napp.setSerializerCompiler(serializerCompiler);\napp.withTypeProvider<ZodTypeProvider>().post('/a', { schema: { body: z.object({ name: z.string() }) } }, async () => 'x');",
        "import { z } from 'zod';\nimport { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';",
      ),
    );
    expect(zod.reads.bodies.map((body) => plain(body.shape))).toEqual(['{ name: string, + }']);
    expect(statusesOf(zod)).toEqual([200, 400]);
  });

  test('a schema from a package that is not there opens the reads and the statuses', async () => {
    const facts = await factsOf(
      app("app.get('/a', { schema: schemaFor('/a') }, async () => 'x');", "import { schemaFor } from 'contract';"),
    );
    expect(facts.reads.completeness.query).toMatchObject({ closed: false });
    expect(statusesOf(facts)).toEqual([200, 'open: unresolved-import']);
    expect(facts.filtersResponses).toBe(true);
  });

  test('a response schema strips what it does not name and says what an unknown body is', async () => {
    const response =
      "schema: { response: { 200: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, at: { type: 'string' }, kept: { type: 'integer' } } }, '4xx': { type: 'object', properties: { message: { type: 'string' } } } } }";
    const facts = await factsOf(
      app(
        `app.get('/a', { ${response} }, async (request, reply) => { if (!request.query.id) { reply.code(404); return { message: 'none', secret: 1 }; } return { id: 'x', at: new Date(), kept: 1, password: 'p' }; });`,
      ),
    );
    expect(bodyOf(facts, 200)).toBe("{ id: 'x', at: string, kept: 1 }".replace('at: string', 'at: string date-time'));
    expect(bodyOf(facts, 404)).toBe("{ message: 'none' }");
    expect(facts.filtersResponses).toBe(false);
    const row = await factsOf(
      app(`app.get('/a', { ${response} }, async () => db.find());`, "import { db } from 'db';"),
    );
    expect(bodyOf(row, 200)).toBe('{ id: string, at~: string, kept~: integer }');
  });

  test('a response schema by media type, and one that keeps other fields', async () => {
    const typed = await factsOf(
      app(
        "app.get('/a', { schema: { response: { 200: { description: 'x', content: { 'application/json': { schema: { type: 'object', properties: { a: { type: 'integer' } } } } } } } } }, async () => ({ a: 1, b: 2 }));",
      ),
    );
    expect(bodyOf(typed, 200)).toBe('{ a: 1 }');
    const open = await factsOf(
      app(
        "app.get('/a', { schema: { response: { 200: { type: 'object', additionalProperties: true, properties: { a: { type: 'integer' } } } } } }, async () => ({ a: 1, b: 2 }));",
      ),
    );
    expect(bodyOf(open, 200)).toBe('{ a: 1, b: 2 }');
  });
});

describe('hooks and guards', () => {
  const guard = "if (!request.headers.authorization) { return reply.code(401).send({ error: 'no' }); }";

  test('hooks of the app, of a plugin and of the route guard at their level', async () => {
    const level = async (body: string) => (await factsOf(app(body))).guards.map((one) => `${one.kind} ${one.level}`);
    expect(
      await level(`app.addHook('onRequest', async (request, reply) => { ${guard} });\napp.get('/a', async () => 'x');`),
    ).toEqual(['authentication app']);
    expect(
      await level(
        `app.register(async (scope) => { scope.addHook('preHandler', async (request, reply) => { ${guard} }); scope.get('/a', async () => 'x'); });`,
      ),
    ).toEqual(['authentication router']);
    expect(
      await level(`app.get('/a', { preHandler: [async (request, reply) => { ${guard} }] }, async () => 'x');`),
    ).toEqual(['authentication route']);
    expect(
      await level(
        `app.route({ method: 'GET', url: '/a', onRequest: (request, reply, done) => { ${guard} done(); }, handler: async () => 'x' });`,
      ),
    ).toEqual(['authentication route']);
  });

  test('hooks stay in their context', async () => {
    const files = app(
      `app.register(async (scope) => { scope.addHook('onRequest', async (request, reply) => { ${guard} }); scope.get('/in', async () => 'x'); });\napp.get('/out', async () => 'x');`,
    );
    expect(statusesOf(await factsOf(files, '/in'))).toEqual([200, 401]);
    expect(statusesOf(await factsOf(files, '/out'))).toEqual([200]);
  });

  test('what a hook sends ends the request; what it passes to done is thrown', async () => {
    expect(
      statusesOf(
        await factsOf(
          app("app.get('/a', { preHandler: async (request, reply) => { reply.code(503).send(); } }, async () => 'x');"),
        ),
      ),
    ).toEqual([503]);
    expect(
      statusesOf(
        await factsOf(
          app(
            "app.get('/a', { preHandler: (request, reply, done) => { if (!request.query.id) { const error = new Error('x'); error.statusCode = 403; return done(error); } done(); } }, async () => 'x');",
          ),
        ),
      ),
    ).toEqual([200, 403]);
  });

  test('a decorator that verifies a token', async () => {
    const facts = await factsOf(
      {
        'app.ts': app(
          "app.register(auth);\napp.get('/a', { onRequest: [app.authenticate] }, async (request) => ({ id: request.user.id }));\napp.register(async (scope) => { scope.get('/b', { onRequest: [scope.authenticate] }, async (request) => ({ id: request.user.id })); });",
          "import auth from './auth';",
        ),
        'auth.ts':
          "import fp from 'fastify-plugin';\nimport jwt from '@fastify/jwt';\nexport default fp(async (app) => { app.register(jwt, { secret: 'x' }); app.decorate('authenticate', async (request, reply) => { try { await request.jwtVerify(); } catch (error) { reply.send(error); } }); });",
      },
      '/b',
    );
    expect(exitsOf(facts)).toEqual(['200 handler', '401 guard']);
    expect(facts.guards.map((one) => `${one.kind} ${one.scheme} ${one.level}`)).toEqual([
      'authentication bearer route',
    ]);
  });

  test('one of several guards is enough', async () => {
    const facts = await factsOf(
      app(
        "app.decorate('free', async () => {});\napp.decorate('strict', async (request, reply) => { throw app.httpErrors.unauthorized(); });\napp.get('/a', { preHandler: app.auth([app.strict, app.free]) }, async () => 'x');\napp.get('/b', { preHandler: app.auth([app.free, app.strict], { relation: 'and' }) }, async () => 'x');",
      ),
      '/a',
    );
    expect(statusesOf(facts)).toEqual([200]);
  });

  test('packages that guard and limit', async () => {
    const head =
      "import bearer from '@fastify/bearer-auth';\nimport limit from '@fastify/rate-limit';\nimport basic from '@fastify/basic-auth';";
    expect(
      (await factsOf(app("app.register(bearer, { keys: ['x'] });\napp.get('/a', async () => 'x');", head))).guards.map(
        (one) => `${one.kind} ${one.level}`,
      ),
    ).toEqual(['authentication app']);
    const inside = await factsOf(
      app(
        "app.register(async (scope) => { await scope.register(bearer, { keys: ['x'] }); scope.get('/a', async () => 'x'); });",
        head,
      ),
    );
    expect(inside.guards.map((one) => one.scheme)).toEqual(['bearer']);
    expect(
      statusesOf(
        await factsOf(
          app(
            "await app.register(limit, { max: 10 });\napp.register(async (scope) => { scope.get('/a', async () => 'x'); });",
            head,
          ),
        ),
      ),
    ).toEqual([200, 429]);
    expect(
      statusesOf(await factsOf(app("app.register(limit, { max: 10 });\napp.get('/a', async () => 'x');", head))),
    ).toEqual([200]);
    expect(
      statusesOf(
        await factsOf(
          app(
            "await app.register(limit, { max: 10 });\napp.register(async (scope) => { scope.get('/a', { config: { rateLimit: false } }, async () => 'x'); });",
            head,
          ),
        ),
      ),
    ).toEqual([200]);
    expect(
      (
        await factsOf(
          app(
            "app.register(basic, { validate });\napp.after(() => { app.get('/a', { onRequest: app.basicAuth }, async () => 'x'); });\nasync function validate() {}",
            head,
          ),
        )
      ).guards.map((one) => one.scheme),
    ).toEqual(['basic']);
  });

  test('an unknown package opens the guards, an unknown hook everything', async () => {
    const pack = await factsOf(
      app("app.register(shield);\napp.get('/a', async () => 'x');", "import shield from 'fastify-shield-of-somebody';"),
    );
    expect(pack.guardCompleteness).toMatchObject({ closed: false, reason: 'framework-unmodelled' });
    const hook = await factsOf(
      app("app.addHook('preHandler', check);\napp.get('/a', async () => 'x');", "import { check } from './gone';"),
    );
    expect(hook.guardCompleteness).toMatchObject({ closed: false, reason: 'unresolved-import' });
  });

  test("the route's own configuration decides", async () => {
    const files = app(
      "app.addHook('onRequest', async (request, reply) => { if (request.routeOptions.config.open) return; throw app.httpErrors.forbidden(); });\napp.get('/open', { config: { open: true } }, async () => 'x');\napp.get('/shut', async () => 'x');",
    );
    expect(statusesOf(await factsOf(files, '/open'))).toEqual([200]);
    expect(statusesOf(await factsOf(files, '/shut'))).toEqual([403]);
  });

  test('what one route sets on its request no other route sees', async () => {
    const files = app(
      "app.get('/a', { preHandler: async (request) => { request.tenant = null; } }, async (request) => (request.tenant ? { a: 1 } : { b: 1 }));\napp.get('/b', async (request) => (request.tenant ? { a: 1 } : { b: 1 }));",
    );
    expect(bodyOf(await factsOf(files, '/a'), 200)).toBe('{ b: 1 }');
    expect(bodyOf(await factsOf(files, '/b'), 200)).toBe('{ a: 1 } | { b: 1 }');
  });

  test('a hook that lets some pass and answers the others at its end', async () => {
    const early = app(
      "app.decorateRequest('user', null);\napp.addHook('preHandler', async (request, reply) => { const user = find(request.headers.authorization); if (user) { request.user = { name: 'known' }; return; } return reply.code(401).send({ error: 'no' }); });\napp.get('/a', async (request) => ({ name: request.user.name }));",
      "import { find } from 'users';",
    );
    expect(exitsOf(await factsOf(early))).toEqual(['200 handler', '401 guard']);
    expect(bodyOf(await factsOf(early), 200)).toBe("{ name: 'known' }");
    const callback = app(
      "app.addHook('onRequest', (request, reply, done) => { if (request.headers['x-key']) { return done(); } reply.code(401).send(); });\napp.get('/a', async () => 'x');",
    );
    expect(exitsOf(await factsOf(callback))).toEqual(['200 handler', '401 guard']);
  });

  test('what an error handler answers under a condition that cannot be decided is likely at most', async () => {
    const facts = await factsOf(
      app(
        "app.setErrorHandler((error, request, reply) => { if (isSlow(error)) return reply.code(429).send(); reply.code(error.statusCode).send(); });\napp.get('/a', async () => { throw app.httpErrors.notFound(); });",
        "import { isSlow } from 'somewhere';",
      ),
    );
    expect(facts.exits.map((exit) => `${exit.status} ${exit.confidence}`)).toEqual(['429 likely', '404 proved']);
  });

  test('plugins that register themselves end', async () => {
    const route = app(
      "async function again(scope) { scope.register(again); scope.register(again); scope.get('/a', async () => 'x'); }\napp.register(again);",
    );
    expect((await factsOf(route)).exits.map((exit) => exit.status)).toEqual([200]);
  });
});
