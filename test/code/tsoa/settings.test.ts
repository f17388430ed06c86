// What the settings of tsoa say of routes is read anew when they change.

import { expect, it } from 'vitest';
import { CodeRoom } from '../../../server/src/code/code.ts';
import { memoryFiles } from '../../harness/memory-files.ts';

const service = (basePath: string) =>
  memoryFiles({
    'package.json': '{ "name": "orders" }',
    'tsoa.json': JSON.stringify({ entryFile: 'app.ts', routes: { routesDir: 'build', basePath } }),
    'app.ts': [
      "import express from 'express';",
      "import { RegisterRoutes } from './build/routes';",
      'const app = express();',
      'RegisterRoutes(app);',
      'app.listen(3000);',
    ].join('\n'),
    'orders.ts': [
      "import { Controller, Get, Route } from 'tsoa';",
      "@Route('orders')",
      'export class Orders extends Controller {',
      '  @Get() list(): string[] { return []; }',
      '}',
    ].join('\n'),
  });

it('follows an edit of the settings', async () => {
  const room = new CodeRoom();
  const paths = async (basePath: string) =>
    (await room.model(service(basePath))).apps.flatMap((app) => app.routes.map((route) => route.path));
  expect(await paths('/v1')).toEqual(['/v1/orders']);
  expect(await paths('/v2')).toEqual(['/v2/orders']);
});

it('is nothing where the settings cannot be read', async () => {
  const files = memoryFiles({
    'package.json': '{ "name": "orders" }',
    'tsoa.json': '{ "routes": ',
    'app.ts':
      "import express from 'express';\nimport { RegisterRoutes } from './routes';\nconst app = express();\nRegisterRoutes(app);\napp.listen(1);\n",
  });
  const { apps } = await new CodeRoom().model(files);
  expect(apps.flatMap((app) => app.routes)).toEqual([]);
});
