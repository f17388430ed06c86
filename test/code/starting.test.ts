// Holds what a program makes only when it is started to be sure of its routes, and what it adds under a condition of its own not to be.

import { expect, it } from 'vitest';
import { readConfiguration } from '../../server/src/registry/read-configuration.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';

const frameworks = {
  express: [
    "import express from 'express';",
    'const app = express();',
    (path: string) => `app.get('${path}', answer);`,
  ],
  fastify: [
    "import Fastify from 'fastify';",
    'const app = Fastify();',
    (path: string) => `app.get('${path}', answer);`,
  ],
  koa: [
    "import Koa from 'koa';\nimport Router from '@koa/router';",
    'const app = new Koa();\n  const router = new Router();\n  app.use(router.routes());',
    (path: string) => `router.get('${path}', answer);`,
  ],
  hono: ["import { Hono } from 'hono';", 'const app = new Hono();', (path: string) => `app.get('${path}', answer);`],
  restify: [
    "import restify from 'restify';",
    'const app = restify.createServer();',
    (path: string) => `app.get('${path}', answer);`,
  ],
  hapi: [
    "import Hapi from '@hapi/hapi';",
    'const app = Hapi.server({ port: 1 });',
    (path: string) => `app.route({ method: 'GET', path: '${path}', handler: answer });`,
  ],
} as const;

it.each(Object.entries(frameworks))('%s', async (_, [head, made, route]) => {
  const files = memoryFiles({
    'package.json': '{ "name": "service" }\n',
    'main.ts': `${head}
const answer = () => 'x';
function start() {
  ${made}
  ${route('/orders')}
  if (process.env.DEBUG) ${route('/debug')}
  app.listen?.(1);
}
if (import.meta.url === \`file://\${process.argv[1]}\`) start();
`,
  });
  const { configuration } = readConfiguration(files, '/workspace');
  const { apps } = (await new Workspace({ configuration }).model(files)).code;
  const routes = apps.flatMap((app) => app.routes).map(({ path, completeness }) => [path, completeness.closed]);
  expect(routes).toEqual([
    ['/orders', true],
    ['/debug', false],
  ]);
});
