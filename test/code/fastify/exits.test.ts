// Holds which answers are seen to leave a Fastify handler: statuses, bodies, media types, headers.

import { describe, expect, test } from 'vitest';
import { bodyOf, exitsOf, factsOf, statusesOf } from './service.ts';

const app = (body: string, head = '') =>
  `import Fastify from 'fastify';\n${head}\nconst app = Fastify();\n${body}\nawait app.listen({ port: 3000 });\n`;
const handler = (body: string, head = '') =>
  factsOf(app(`app.get('/a', async function (request, reply) { ${body} });`, head));

describe('what is returned', () => {
  test.each([
    ['return { a: 1 };', [200], '{ a: 1 }'],
    ["return 'text';", [200], "'text'"],
    ['return [1];', [200], '[1]'],
    ['return null;', [200], 'nothing'],
    ['return;', [200], 'nothing'],
    ['work();', [200], 'nothing'],
    ['reply.code(204);', [204], 'nothing'],
    ['reply.code(201); return { id: 1 };', [201], '{ id: 1 }'],
    ['return reply.code(202).send({ id: 1 });', [202], '{ id: 1 }'],
    ['reply.send({ id: 1 }); return reply;', [200], '{ id: 1 }'],
    ['reply.send({ id: 1 });', [200], '{ id: 1 }'],
    ['await reply.send({ id: 1 });', [200], '{ id: 1 }'],
    ['reply.statusCode = 206; return { id: 1 };', [206], '{ id: 1 }'],
  ])('%s', async (body, statuses, sent) => {
    const facts = await handler(body);
    expect(statusesOf(facts)).toEqual(statuses);
    expect(bodyOf(facts, statuses[0]!)).toBe(sent);
  });

  test('each path keeps its own status and value', async () => {
    const facts = await handler(
      "if (!request.query.id) { reply.code(404); return { error: 'none' }; } if (request.query.id === 'x') { reply.code(202); return { later: true }; } return { id: 1 };",
    );
    expect(statusesOf(facts)).toEqual([200, 202, 404]);
    expect([200, 202, 404].map((status) => bodyOf(facts, status))).toEqual([
      '{ id: 1 }',
      '{ later: true }',
      "{ error: 'none' }",
    ]);
  });

  test('also where another function answers in its stead', async () => {
    const facts = await factsOf(
      app(
        "app.get('/a', (request, reply) => controller.get(request, reply));",
        "const controller = { async get(request, reply) { if (!request.query.id) { reply.code(404); return { error: 'none' }; } return { id: 1 }; } };",
      ),
    );
    expect(statusesOf(facts)).toEqual([200, 404]);
    expect(bodyOf(facts, 200)).toBe('{ id: 1 }');
    expect(bodyOf(facts, 404)).toBe("{ error: 'none' }");
  });

  test('also through a wrapper', async () => {
    const facts = await factsOf(
      app(
        "app.get('/a', timed(async (request, reply) => { if (!request.query.id) { reply.code(404); return { error: 'none' }; } return { id: 1 }; }));",
        'const timed = (fn) => async (request, reply) => { try { return await fn(request, reply); } finally { console.log(1); } };',
      ),
    );
    expect(statusesOf(facts)).toEqual([200, 404]);
    expect(bodyOf(facts, 200)).toBe('{ id: 1 }');
  });

  test('a synchronous handler that returns nothing sends nothing by that', async () => {
    const facts = await factsOf(
      app(
        "app.get('/a', (request, reply) => { load().then((rows) => reply.send({ rows })); });",
        "import { load } from 'db';",
      ),
    );
    expect(statusesOf(facts)).toEqual([200]);
    expect(bodyOf(facts, 200)).toMatch(/^{ rows/);
  });

  test('a helper that answers before the handler goes on', async () => {
    const facts = await handler(
      'if (!request.query.id) { return missing(reply); } return { id: 1 };',
      "function missing(reply) { return reply.status(404).send({ error: 'none' }); }",
    );
    expect(exitsOf(facts)).toEqual(['200 handler', '404 helper']);
  });
});

describe('how it is sent', () => {
  const media = async (body: string) => (await handler(body)).exits.map((exit) => `${exit.status} ${exit.mediaType}`);

  test('media types', async () => {
    expect(await media('return { a: 1 };')).toEqual(['200 application/json']);
    expect(await media("return 'x';")).toEqual(['200 text/plain']);
    expect(await media("return reply.type('text/html').send('<p>');")).toEqual(['200 text/html']);
    expect(await media("reply.header('Content-Type', 'text/csv; charset=utf-8'); return 'a,b';")).toEqual([
      '200 text/csv',
    ]);
    expect(await media("return reply.send(Buffer.from('x'));")).toEqual(['200 undefined']);
  });

  test('headers of the present path', async () => {
    const facts = await handler("reply.header('X-One', '1').headers({ 'X-Two': '2' }); return 'x';");
    expect(facts.exits[0]!.headers.map((header) => header.name)).toEqual(['x-one', 'x-two']);
  });

  test('redirects: both signatures, the default, a status set before', async () => {
    expect(statusesOf(await handler("return reply.redirect('/b');"))).toEqual([302]);
    expect(statusesOf(await handler("return reply.redirect('/b', 301);"))).toEqual([301]);
    expect(statusesOf(await handler("return reply.redirect(307, '/b');"))).toEqual([307]);
    expect(statusesOf(await handler("return reply.code(303).redirect('/b');"))).toEqual([303]);
  });

  test('the response below', async () => {
    const facts = await handler(
      "reply.raw.writeHead(200, { 'Content-Type': 'application/json' }); pump(reply.raw); return reply;",
      "import { pump } from 'streams';",
    );
    expect(statusesOf(facts)).toEqual([200]);
    expect(facts.exits[0]!.mediaType).toBe('application/json');
    expect(statusesOf(await handler("reply.hijack(); reply.raw.statusCode = 201; reply.raw.end('x');"))).toEqual([201]);
  });

  test('a reply that goes where nobody follows opens the statuses', async () => {
    expect(statusesOf(await handler('return answer(reply);', "import { answer } from 'somewhere';"))).toEqual([
      'open: unreadable-exit',
    ]);
  });

  test('a custom serialiser makes the body unknown', async () => {
    const facts = await factsOf(
      app(
        "app.addHook('preSerialization', async (request, reply, payload) => ({ data: payload }));\napp.get('/a', async () => ({ a: 1 }));",
      ),
    );
    expect(bodyOf(facts, 200)).toBe('unknown');
    const kept = await factsOf(
      app(
        "app.addHook('onSend', async (request, reply, payload) => { reply.header('x', '1'); return payload; });\napp.get('/a', async () => ({ a: 1 }));",
      ),
    );
    expect(bodyOf(kept, 200)).toBe('{ a: 1 }');
  });
});

describe('what is thrown', () => {
  const boom = "class NotFound extends Error { constructor() { super('gone'); this.statusCode = 404; } }";

  test('the default handler takes the status of the error and its own body', async () => {
    const facts = await handler('if (!request.query.id) throw new NotFound(); return { id: 1 };', boom);
    expect(exitsOf(facts)).toEqual(['200 handler', '404 throw']);
    expect(bodyOf(facts, 404)).toBe('{ statusCode: 404, error: string, message: string }');
  });

  test('an error without a status keeps the one that was set', async () => {
    expect(
      statusesOf(await handler("if (!request.query.id) { reply.code(409); throw new Error('no'); } return { id: 1 };")),
    ).toEqual([200, 409]);
    expect(statusesOf(await handler("if (!request.query.id) throw new Error('no'); return { id: 1 };"))).toEqual([200]);
  });

  test('sending an error throws it', async () => {
    const facts = await handler('if (!request.query.id) return reply.send(new NotFound()); return { id: 1 };', boom);
    expect(statusesOf(facts)).toEqual([200, 404]);
    expect(bodyOf(facts, 404)).toContain('statusCode');
  });

  test('errors of @fastify/error, http-errors and @fastify/sensible', async () => {
    expect(
      statusesOf(
        await handler(
          'throw new Gone();',
          "import createError from '@fastify/error';\nconst Gone = createError('GONE', 'It is gone', 410);",
        ),
      ),
    ).toEqual([410]);
    expect(
      statusesOf(
        await handler(
          'throw new Own();',
          "import createError from '@fastify/error';\nclass Own extends createError('OWN', 'x', 418) {}",
        ),
      ),
    ).toEqual([418]);
    expect(statusesOf(await handler('throw app.httpErrors.conflict();'))).toEqual([409]);
    expect(statusesOf(await handler("throw app.httpErrors.createError(402, 'pay');"))).toEqual([402]);
    expect(statusesOf(await handler("if (!request.query.id) return reply.notFound('none'); return 'x';"))).toEqual([
      200, 404,
    ]);
    expect(
      statusesOf(await handler("throw createError(451, 'no');", "import createError from 'http-errors';")),
    ).toEqual([451]);
  });

  test('thrown in a service two calls below', async () => {
    const facts = await factsOf({
      'app.ts': app(
        "app.get('/a', async (request) => service.find(request.query.id));",
        "import { service } from './service';",
      ),
      'service.ts': `import { load } from './load';\nexport const service = { async find(id) { return load(id); } };`,
      'load.ts': `${boom}\nexport async function load(id) { if (!id) throw new NotFound(); return { id: 'x' }; }`,
    });
    expect(exitsOf(facts)).toEqual(['200 handler', '404 throw']);
    expect(facts.exits.find((exit) => exit.status === 404)!.place.file).toBe('/workspace/load.ts');
  });

  test('the nearest error handler maps, and hands on what it sends as an error', async () => {
    const files = app(
      `app.setErrorHandler((error, request, reply) => { if (error instanceof NotFound) return reply.code(410).send({ outer: true }); reply.send(error); });
app.get('/outer', async () => { throw new NotFound(); });
app.register(async (scope) => {
  scope.setErrorHandler(async (error, request, reply) => { if (error instanceof Own) { reply.code(422); return { inner: true }; } throw error; });
  scope.get('/inner', async () => { throw new Own(); });
  scope.get('/up', async () => { throw new NotFound(); });
  scope.get('/default', async () => { throw new Other(); });
});`,
      `${boom}\nclass Own extends Error {}\nclass Other extends Error { statusCode = 503; }`,
    );
    const answer = async (path: string) => {
      const facts = await factsOf(files, path);
      return [...statusesOf(facts), bodyOf(facts, facts.exits[0]!.status)];
    };
    expect(await answer('/outer')).toEqual([410, '{ outer: true }']);
    expect(await answer('/inner')).toEqual([422, '{ inner: true }']);
    expect(await answer('/up')).toEqual([410, '{ outer: true }']);
    expect((await answer('/default'))[0]).toBe(503);
  });

  test('an error handler that sets no status answers 200, as the framework does', async () => {
    const facts = await factsOf(
      app(
        "app.setErrorHandler((error, request, reply) => { reply.send({ message: error.message }); });\napp.get('/a', async () => { throw new NotFound(); });",
        boom,
      ),
    );
    expect(statusesOf(facts)).toEqual([200]);
  });

  test('not found, called by hand', async () => {
    expect(statusesOf(await handler('return reply.callNotFound();'))).toEqual([404]);
    const facts = await factsOf(
      app(
        "app.setNotFoundHandler((request, reply) => { reply.code(410).send({ gone: true }); });\napp.get('/a', async (request, reply) => reply.callNotFound());",
      ),
    );
    expect(statusesOf(facts)).toEqual([410]);
  });

  test('what is caught and sent on', async () => {
    const facts = await handler(
      'try { return await find(request.query.id); } catch (error) { request.log.error(error); throw error; }',
      `${boom}\nasync function find(id) { if (!id) throw new NotFound(); return { id: 1 }; }`,
    );
    expect(statusesOf(facts)).toEqual([200, 404]);
  });
});
