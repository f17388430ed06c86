// Holds which routes a Fastify service is seen to serve: registrations, prefixes, encapsulation, autoload.

import { describe, expect, test } from 'vitest';
import { appsOf, routeOf, routesOf } from './service.ts';

const app = (body: string, head = '') =>
  `import Fastify from 'fastify';\n${head}\nconst app = Fastify({ logger: true });\n${body}\nawait app.listen({ port: 3000 });\n`;

describe('making an instance', () => {
  const serves = (make: string) =>
    routesOf({ 'app.js': `${make}\napp.get('/a', async () => 'a');\napp.listen({ port: 1 });` });

  test.each([
    ["const app = require('fastify')();"],
    ["const app = require('fastify')({ logger: true });"],
    ["const Fastify = require('fastify'); const app = Fastify();"],
    ["const { fastify } = require('fastify'); const app = fastify();"],
    ["import { fastify } from 'fastify'; const app = fastify();"],
    ["import Fastify from 'fastify'; const app = Fastify().withTypeProvider();"],
    ["import * as Fastify from 'fastify'; const app = Fastify.default();"],
  ])('%s', async (make) => {
    expect(await serves(make)).toEqual(['get /a']);
  });

  test('a factory that two files call is one app', async () => {
    const factory =
      "import Fastify from 'fastify';\nexport function build(options = {}) { const app = Fastify(options); app.get('/a', async () => 'a'); return app; }";
    const apps = await appsOf({
      'app.ts': factory,
      'server.ts': "import { build } from './app';\nbuild().listen({ port: 1 });",
      'lambda.ts': "import { build } from './app';\nexport const app = build();\napp.get('/b', async () => 'b');",
    });
    expect(apps).toHaveLength(1);
    expect(apps[0]!.routes.map((route) => route.path)).toEqual(['/a', '/b']);
  });

  test('a setup that starts the same service again is no second one', async () => {
    const apps = await appsOf({
      'package.json': '{"name":"service"}',
      'setup.ts':
        "import Fastify from 'fastify';\nimport build from './build';\nexport async function setup() { const app = Fastify(); await build(app); return app; }",
      'server.ts':
        "import Fastify from 'fastify';\nimport build from './build';\nconst app = Fastify();\nawait build(app);\nawait app.listen({ port: 1 });",
      'build.ts':
        "import type { FastifyInstance } from 'fastify';\nexport default async function build(app: FastifyInstance) { app.get('/a', async () => 'a'); }",
    });
    expect(apps.map((app) => app.place.file)).toEqual(['/workspace/server.ts']);
  });

  test('a factory that only tests call is found', async () => {
    expect(
      await routesOf({
        'src/app.ts':
          "import Fastify from 'fastify';\nimport routes from './routes';\nexport async function build() { const app = Fastify(); app.register(routes, { prefix: '/v1' }); return app; }",
        'src/routes.ts':
          "import type { FastifyInstance } from 'fastify';\nexport default async function routes(app: FastifyInstance) { app.get('/a', async () => 'a'); }",
        'test/app.test.ts':
          "import { build } from '../src/app';\nconst app = await build();\napp.get('/test-only', async () => 'x');",
      }),
    ).toEqual(['get /v1/a']);
  });
});

describe('registrations', () => {
  test('shorthand methods, with and without options', async () => {
    const body = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']
      .map((method) => `app.${method}('/${method}', async () => 'x');`)
      .join('\n');
    expect(
      await routesOf(
        app(
          `${body}\napp.get('/with', { schema: {} }, async () => 'x');\napp.get('/inside', { handler: async () => 'x' });`,
        ),
      ),
    ).toEqual([
      'get /get',
      'post /post',
      'put /put',
      'patch /patch',
      'delete /delete',
      'head /head',
      'options /options',
      'all /all',
      'get /with',
      'get /inside',
    ]);
  });

  test('route with one method, several methods, url or path', async () => {
    expect(
      await routesOf(
        app(`app.route({ method: 'GET', url: '/a', handler: async () => 'x' });
app.route({ method: ['PUT', 'PATCH'], path: '/b', handler: async () => 'x' }).get('/c', async () => 'x');`),
      ),
    ).toEqual(['get /a', 'put /b', 'patch /b', 'get /c']);
  });

  test('parameters, patterns, wildcards, optional ends and literal colons', async () => {
    expect(
      await routesOf(
        app(
          `for (const path of ['/a/:id', '/b/:file(^\\\\d+).png', '/c/:from-:to', '/d/*', '/e/:id?', '/f::verb']) app.get(path, async () => 'x');`,
        ),
      ),
    ).toEqual([
      'get /a/{id}',
      'get /b/{file}.png',
      'get /c/{from}-{to}',
      'get /d/{*}',
      'get /e',
      'get /e/{id}',
      'get /f:verb',
    ]);
  });

  test('a path that cannot be known leaves the app open, and a method too', async () => {
    const [one] = await appsOf(
      app(
        "app.get('/a', async () => 'x');\napp.get(paths.shift(), async () => 'x');",
        "import { paths } from 'somewhere';",
      ),
    );
    expect(one!.routes).toHaveLength(1);
    expect(one!.completeness).toMatchObject({ closed: false, reason: 'dynamic-path' });
    const [two] = await appsOf(
      app(
        "app.get('/a', async () => 'x');\napp.route({ method: verb(), url: '/b', handler: async () => 'x' });",
        "import { verb } from 'somewhere';",
      ),
    );
    expect(two!.completeness).toMatchObject({ closed: false, reason: 'dynamic-method' });
  });

  test('a registration under a condition is open', async () => {
    const route = await routeOf(app("if (process.env.DEBUG) app.get('/debug', async () => 'x');"));
    expect(route.completeness).toMatchObject({ closed: false, reason: 'conditional-registration' });
  });

  test('a web socket is not an operation', async () => {
    const route = await routeOf(app("app.get('/feed', { websocket: true }, (socket) => socket.send('x'));"));
    expect(route.internal).toBe(true);
  });
});

describe('plugins', () => {
  test('prefixes nest, and modules, inline functions, imports and namespaces are followed', async () => {
    expect(
      await routesOf({
        'app.ts': app(
          `app.register(users, { prefix: '/v1' });
app.register(import('./orders.js'), { prefix: \`/v\${2}\` });
app.register(async (scope) => { scope.get('/inline', async () => 'x'); }, { prefix: PREFIX });
app.register(named.plugin, { prefix: 'bare' });
app.register(done, {});`,
          "import users from './users.js';\nimport * as named from './named.js';\nimport { done } from './named.js';\nconst PREFIX = '/inner';",
        ),
        'users.ts':
          "export default async function (app) { app.get('/', async () => 'x'); app.get('/users', async () => 'x'); await app.register(nested, { prefix: '/users/:userId' }); }\nasync function nested(app) { app.get('/posts', async () => 'x'); }",
        'orders.ts': "export default async (app) => { app.post('/orders', async () => 'x'); };",
        'named.ts':
          "export const plugin = async (app) => { app.get('/named', async () => 'x'); };\nexport function done(app, options, next) { app.get('/done', async () => 'x'); next(); }",
      }),
    ).toEqual([
      'get /v1',
      'get /v1/users',
      'get /v1/users/{userId}/posts',
      'post /v2/orders',
      'get /inner/inline',
      'get /bare/named',
      'get /done',
    ]);
  });

  test('a plugin sees what is decorated after its registration, because it is loaded later', async () => {
    expect(
      await routesOf(
        app(
          "app.register(async (scope) => { scope.get(scope.config.path, async () => 'x'); });\napp.decorate('config', { path: '/late' });",
        ),
      ),
    ).toEqual(['get /late']);
  });

  test('the options reach the plugin, made by a function too', async () => {
    expect(
      await routesOf(
        app(
          "app.register(items, { prefix: '/a', name: 'books' });\napp.register(items, () => ({ prefix: '/b', name: 'cars' }));",
          "async function items(scope, options) { scope.get('/' + options.name, async () => 'x'); }",
        ),
      ),
    ).toEqual(['get /a/books', 'get /b/cars']);
  });

  test('a wrapped plugin runs in the context that registers it: no prefix of its own, and its decorators are seen outside', async () => {
    expect(
      await routesOf({
        'app.ts': app(
          "app.register(shared, { prefix: '/ignored' });\napp.register(async (scope) => { scope.get(scope.base + '/x', async () => 'x'); }, { prefix: '/v1' });",
          "import shared from './shared';",
        ),
        'shared.ts':
          "import fp from 'fastify-plugin';\nexport default fp(async (app) => { app.decorate('base', '/base'); app.get('/shared', async () => 'x'); }, { name: 'shared' });",
      }),
    ).toEqual(['get /shared', 'get /v1/base/x']);
  });

  test('a prefix from the environment is lost; one with a constant default is that', async () => {
    expect(
      await routesOf(
        app(
          "app.register(one, { prefix: process.env.PREFIX });\napp.register(two, { prefix: process.env.PREFIX || '/api' });",
          "const one = async (scope) => { scope.get('/one', async () => 'x'); };\nconst two = async (scope) => { scope.get('/two', async () => 'x'); };",
        ),
      ),
    ).toEqual(['get /one ?', 'get /api/two']);
  });

  test('functions that take an instance and that the app calls itself', async () => {
    expect(
      await routesOf({
        'app.ts': app(
          'setup(app);\nnew Books(app).mount();',
          "import { setup } from './setup';\nimport { Books } from './books';",
        ),
        'setup.ts':
          "import { FastifyInstance } from 'fastify';\nexport function setup(server: FastifyInstance) { server.get('/setup', async () => 'x'); }",
        'books.ts':
          "import { FastifyInstance } from 'fastify';\nexport class Books { constructor(private readonly app: FastifyInstance) {} mount() { this.app.get('/books', this.list.bind(this)); } async list() { return []; } }",
      }),
    ).toEqual(['get /setup', 'get /books']);
  });

  test('plugins that nothing registers are told without a prefix', async () => {
    const apps = await appsOf({
      'a.ts':
        "import type { FastifyInstance } from 'fastify';\nexport default async function (app: FastifyInstance) { app.get('/a', async () => 'x'); }",
      'b.js':
        "module.exports = async function (fastify, opts) { fastify.route({ method: 'GET', url: '/b', handler: async (request, reply) => { reply.send('x'); } }); };",
      'c.ts':
        "import type { FastifyPluginAsync } from 'fastify';\nconst routes: FastifyPluginAsync = async (app) => { app.get('/c', async () => 'x'); };\nexport default routes;",
    });
    expect(apps).toHaveLength(1);
    expect(apps[0]!.completeness).toMatchObject({ closed: false, reason: 'unresolved-prefix' });
    expect(apps[0]!.routes.map((route) => `${route.method} ${route.path} ${route.unmounted}`)).toEqual([
      'get /a true',
      'get /b true',
      'get /c true',
    ]);
  });

  test('a plugin from nowhere leaves the app open; packages that serve nothing of the contract do not', async () => {
    const [open] = await appsOf(
      app("app.get('/a', async () => 'x');\napp.register(gone);", "import gone from './gone';"),
    );
    expect(open!.completeness).toMatchObject({ closed: false, reason: 'unresolved-import' });
    const [shut] = await appsOf(
      app(
        "app.register(cors);\napp.register(helmet, {});\napp.register(swagger);\napp.get('/a', async () => 'x');",
        "import cors from '@fastify/cors';\nimport helmet from '@fastify/helmet';\nimport swagger from '@fastify/swagger';",
      ),
    );
    expect(shut!.completeness).toEqual({ closed: true });
  });

  test('after and ready run in the queue', async () => {
    expect(
      await routesOf(
        app(
          "app.register(async (scope) => { scope.get('/one', async () => 'x'); }).after(() => { app.get('/two', async () => 'x'); });\napp.ready(() => {});",
        ),
      ),
    ).toEqual(['get /one', 'get /two']);
  });

  test('a hook on routes may change their options', async () => {
    const route = await routeOf(
      app(
        "app.addHook('onRoute', (options) => { if (options.config?.guarded) options.preHandler = [async (request, reply) => { if (!request.headers['x-key']) reply.code(401).send(); }]; });\napp.get('/a', { config: { guarded: true } }, async () => 'x');",
      ),
    );
    expect(route.facts().exits.map((exit) => exit.status)).toEqual([401, 200]);
  });
});

describe('autoload', () => {
  const plugin = (path: string) => `export default async function (app) { app.get('${path}', async () => 'x'); }`;
  const load = (options: string) =>
    app(
      `app.register(autoload, { dir: join(import.meta.dirname, 'routes'), ${options} });`,
      "import autoload from '@fastify/autoload';\nimport { join } from 'node:path';",
    );

  test('folders are prefixes, index files stand for their folder, tests are left out', async () => {
    expect(
      await routesOf({
        'app.ts': load("options: { prefix: '/api' }"),
        'routes/root.ts': plugin('/'),
        'routes/users/index.ts': plugin('/list'),
        'routes/users/ignored.ts': plugin('/ignored'),
        'routes/users/_id/posts.ts': plugin('/posts'),
        'routes/users/users.test.ts': plugin('/test'),
      }),
    ).toEqual(['get /api', 'get /api/users/list', 'get /api/users/_id/posts']);
  });

  test('route parameters, and no prefixes on demand', async () => {
    const files = { 'routes/users/_id/posts.ts': plugin('/posts') };
    expect(await routesOf({ 'app.ts': load('routeParams: true'), ...files })).toEqual(['get /users/{id}/posts']);
    expect(await routesOf({ 'app.ts': load('dirNameRoutePrefix: false'), ...files })).toEqual(['get /posts']);
  });

  test('autoPrefix, prefixOverride, ignored and switched off', async () => {
    expect(
      await routesOf({
        'app.ts': load("options: { prefix: '/api' }, ignorePattern: /\\.skip\\.ts$/"),
        'routes/a.ts': `${plugin('/a')}\nexport const autoPrefix = '/auto';`,
        'routes/b.ts': `${plugin('/b')}\nexport const prefixOverride = '/over';`,
        'routes/c.skip.ts': plugin('/c'),
        'routes/d.ts': `${plugin('/d')}\nexport const autoload = false;`,
      }),
    ).toEqual(['get /api/auto/a', 'get /over/b']);
  });

  test('hooks of a folder hold for its plugins alone', async () => {
    const files = {
      'app.ts': load('autoHooks: true'),
      'routes/open/index.ts': plugin('/a'),
      'routes/shut/autohooks.ts':
        "export default async (app) => { app.addHook('onRequest', async (request, reply) => { if (!request.headers.authorization) return reply.code(401).send(); }); };",
      'routes/shut/index.ts': plugin('/b'),
    };
    const statuses = async (path: string) => (await routeOf(files, path)).facts().exits.map((exit) => exit.status);
    expect(await statuses('/open/a')).toEqual([200]);
    expect(await statuses('/shut/b')).toEqual([401, 200]);
  });
});
