// Holds the handler that is written for an operation that nothing serves: it looks like its neighbours, and it serves the operation.

import { describe, expect, it } from 'vitest';
import { expressApp } from '../harness/express-app.ts';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';
import { addedLines } from './repaired.ts';

const paths = (more: string, base = ''): string => `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
${base}paths:
  /orders/{id}:
    get:
      operationId: getOrder
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The order
          content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string } } } } }
${more}`;

const refund = `  /orders/{id}/refunds:
    post:
      operationId: refundOrder
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '201':
          description: The refund
          content:
            application/json:
              schema:
                type: object
                required: [state, amount, made]
                properties:
                  state: { type: string, enum: [pending, done] }
                  amount: { type: integer }
                  made: { type: string, format: date-time }
                  note: { type: string }
`;
const body = "{ state: 'pending', amount: 0, made: '2000-01-01T00:00:00Z' }";

const recent = `  /orders/recent:
    get:
      responses:
        '200':
          description: The latest
          content: { application/json: { schema: { type: array, items: { type: string } } } }
`;

/** What a scaffold adds to a file: the lines that were not there, from the first to the last. */
async function added(texts: Texts, file: string): Promise<string> {
  const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
  const lines = addedLines(texts[file]!, repaired[file]!);
  return lines.join('\n').trim();
}

const express = (routes: string, head = ''): Texts => ({
  'openapi.yaml': paths(refund),
  'app.ts': expressApp(routes, head),
});

describe('a scaffolded handler', () => {
  it('is written behind its neighbour, with names and quotes as there', async () => {
    const texts = express(
      `app.get("/orders/:id", (request, response) => {\n  response.status(200).json({ id: request.params.id });\n});`,
    );
    expect(await added(texts, 'app.ts')).toBe(
      `app.post("/orders/:id/refunds", (request, response) => {\n  response.status(201).json(${body});\n});`,
    );
  });

  it('has the guards and the wrapper of its neighbour, but not what is made for that alone', async () => {
    const head = `import { signedIn } from './guards';\nconst safely = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);\nconst limit = (n) => (req, res, next) => next();\n`;
    const texts = {
      ...express(
        `app.get('/orders/:id', signedIn, limit(3), safely(async (req, res) => {\n  res.json({ id: req.params.id });\n}))`,
        head,
      ),
      'guards.ts': 'export const signedIn = (req, res, next) => next();\n',
    };
    expect(await added(texts, 'app.ts')).toBe(
      `app.post('/orders/:id/refunds', signedIn, safely(async (req, res) => {\n  res.status(201).json(${body});\n}))`,
    );
  });

  it('is a function of its own where its neighbour is one', async () => {
    const texts = express(
      `app.get('/orders/:id', getOrder);\n\nasync function getOrder(req: express.Request, res: express.Response) {\n  res.json({ id: req.params.id });\n}`,
    );
    expect(await added(texts, 'app.ts')).toBe(
      `app.post('/orders/:id/refunds', refundOrder);\n\nasync function refundOrder(req: express.Request, res: express.Response) {\n  res.status(201).json(${body});\n}`,
    );
  });

  describe('whose neighbour lies in a file of its own', () => {
    const answered = `{\n  res.status(201).json(${body});\n}`;

    it.each([
      [
        'a function',
        "import { getOrder } from './handlers';",
        'getOrder',
        'export async function getOrder(req: Request, res: Response): Promise<void> {\n  res.json({ id: req.params.id });\n}\n',
        `export async function refundOrder(req: Request, res: Response) ${answered}`,
        "import { getOrder, refundOrder } from './handlers';",
      ],
      [
        'a constant with a wrapper',
        "import * as orders from './handlers';",
        'orders.getOrder',
        'const safely = (fn) => (req, res, next) => fn(req, res).catch(next);\nexport const getOrder = safely(async (req, res) => {\n  res.json({ id: req.params.id });\n});\n',
        `export const refundOrder = safely(async (req, res) => ${answered});`,
        "app.post('/orders/:id/refunds', orders.refundOrder);",
      ],
      [
        'a property of exports',
        "const orders = require('./handlers');",
        'orders.getOrder',
        'exports.getOrder = (req, res) => {\n  res.json({ id: req.params.id });\n};\n',
        `exports.refundOrder = (req, res) => ${answered};`,
        "app.post('/orders/:id/refunds', orders.refundOrder);",
      ],
      [
        'a list of exports',
        "const { getOrder } = require('./handlers');",
        'getOrder',
        'const getOrder = (req, res) => {\n  res.json({ id: req.params.id });\n};\n\nmodule.exports = { getOrder };\n',
        `const refundOrder = (req, res) => ${answered};\nmodule.exports = { getOrder, refundOrder };`,
        "const { getOrder, refundOrder } = require('./handlers');",
      ],
      [
        'a class',
        "import { orders } from './handlers';",
        'orders.getOrder',
        'class Orders {\n  getOrder = async (req, res) => {\n    res.json({ id: req.params.id });\n  };\n}\n\nexport const orders = new Orders();\n',
        `  refundOrder = async (req, res) => {\n    res.status(201).json(${body});\n  };`.trim(),
        "app.post('/orders/:id/refunds', orders.refundOrder);",
      ],
      [
        'an object',
        "import { orders } from './handlers';",
        'orders.getOrder',
        'export const orders = {\n  async getOrder(req, res) {\n    res.json({ id: req.params.id });\n  },\n};\n',
        `async refundOrder(req, res) {\n    res.status(201).json(${body});\n  },`,
        "app.post('/orders/:id/refunds', orders.refundOrder);",
      ],
    ])('is written there as %s', async (_, head, registered, handlers, written, shown) => {
      const texts = { ...express(`app.get('/orders/:id', ${registered});`, head), 'handlers.ts': handlers };
      const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
      expect(repaired['app.ts']).toContain(shown);
      const lines = addedLines(
        handlers.replace('{ getOrder };', '{ getOrder, refundOrder };'),
        repaired['handlers.ts']!,
      );
      const listed = written.includes('module.exports') ? ['module.exports = { getOrder, refundOrder };'] : [];
      expect(
        [...lines, ...listed]
          .filter((line) => line !== '')
          .join('\n')
          .trim(),
      ).toBe(written);
    });

    it('is imported on a line of its own where others are', async () => {
      const texts = {
        ...express("app.get('/orders/:id', getOrder);", "import {\n  getOrder,\n} from './handlers';"),
        'handlers.ts': 'export const getOrder = (req, res) => res.json({ id: req.params.id });\n',
      };
      const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
      expect(repaired['app.ts']).toContain("import {\n  getOrder,\n  refundOrder,\n} from './handlers';");
    });

    it('has a longer name where its own is taken', async () => {
      const texts = {
        ...express("app.get('/orders/:id', getOrder);", "import { getOrder } from './handlers';"),
        'handlers.ts':
          "import { refundOrder } from './service';\nexport const getOrder = (req, res) => res.json({ id: req.params.id });\nexport const other = refundOrder;\n",
        'service.ts': 'export const refundOrder = () => 1;\n',
      };
      const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
      expect(repaired['handlers.ts']).toContain('export const refundOrderHandler = (req, res) => {');
      expect(repaired['app.ts']).toContain("app.post('/orders/:id/refunds', refundOrderHandler);");
    });
  });

  it('does not take a factory for a wrapper', async () => {
    const texts = express(
      `app.get('/orders/:id', reader('orders'));\napp.get('/other', reader('others'));`,
      `const reader = (table) => (req, res) => res.json({ id: req.params.id });\n`,
    );
    expect(await added(texts, 'app.ts')).toBe(
      `app.post('/orders/:id/refunds', (req, res) => {\n  res.status(201).json(${body});\n});`,
    );
  });

  it('stands in the router that is mounted above its path, with the path as that router writes it', async () => {
    const texts = {
      'openapi.yaml': paths(refund, 'servers: [{ url: /api }]\n'),
      'app.ts': `import express from 'express';\nimport { orders } from './orders';\nconst app = express();\napp.get('/api/health', (req, res) => res.end());\napp.use('/api/orders', orders);\napp.listen(3000);\n`,
      'orders.ts': `import { Router } from 'express';\nexport const orders = Router();\norders.get('/:id', (req, res) => {\n  res.json({ id: req.params.id });\n});\n`,
    };
    expect(await added(texts, 'orders.ts')).toBe(
      `orders.post('/:id/refunds', (req, res) => {\n  res.status(201).json(${body});\n});`,
    );
  });

  it('stands before the route that would take its requests', async () => {
    const texts = {
      ...express(`app.get('/orders/:id', (req, res) => {\n  res.json({ id: req.params.id });\n});`),
      'openapi.yaml': paths(recent),
    };
    const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
    expect(repaired['app.ts']).toContain(
      `app.get('/orders/recent', (req, res) => {\n  res.status(200).json([]);\n});\n\napp.get('/orders/:id'`,
    );
  });

  it('leaves a comment with what it speaks of', async () => {
    const own = `// Everybody reads.\n// @contract getOrder\napp.get('/orders/:id', (req, res) => {\n  res.json({ id: req.params.id });\n});`;
    const texts = { ...express(`// Orders.\n\n${own}`), 'openapi.yaml': paths(recent) };
    const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
    expect(repaired['app.ts']).toContain(`// Orders.\n\napp.get('/orders/recent', (req, res) => {`);
    expect(repaired['app.ts']).toContain(`});\n\n${own}`);
  });

  it('keeps the line ends of its file', async () => {
    const texts = express(`app.get('/orders/:id', (req, res) => {\n  res.json({ id: req.params.id });\n});`);
    const windows = { ...texts, 'app.ts': texts['app.ts']!.replaceAll('\n', '\r\n') };
    const { texts: repaired } = await repairedBy('operation-unimplemented', windows);
    expect(repaired['app.ts']!.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each([
    [
      'fastify',
      `import Fastify from 'fastify';\nconst app = Fastify();\napp.get('/orders/:id', async (request, reply) => {\n  return reply.status(200).send({ id: request.params.id });\n});\napp.listen({ port: 3000 });\n`,
      `app.post('/orders/:id/refunds', async (request, reply) => {\n  return reply.status(201).send(${body});\n});`,
    ],
    [
      'hono',
      `import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/orders/:id', (c) => c.json({ id: c.req.param('id') }));\nexport default app;\n`,
      `app.post('/orders/:id/refunds', (c) => {\n  return c.json(${body}, 201);\n});`,
    ],
    [
      'koa',
      `import Koa from 'koa';\nimport Router from '@koa/router';\nconst app = new Koa();\nconst router = new Router();\nrouter.get('/orders/:id', async (context) => {\n  context.body = { id: context.params.id };\n});\napp.use(router.routes());\napp.listen(3000);\n`,
      `router.post('/orders/:id/refunds', async (context) => {\n  context.status = 201;\n  context.body = ${body};\n});`,
    ],
    [
      'restify',
      `import restify from 'restify';\nconst server = restify.createServer();\nserver.get('/orders/:id', (req, res, done) => {\n  res.send(200, { id: req.params.id });\n  return done();\n});\nserver.listen(3000);\n`,
      `server.post('/orders/:id/refunds', (req, res, done) => {\n  res.send(201, ${body});\n  return done();\n});`,
    ],
    [
      'restify',
      `import restify from 'restify';\nconst server = restify.createServer();\nserver.get('/orders/:id', async function read(request, response) {\n  response.send(200, { id: request.params.id });\n});\nserver.listen(3000);\n`,
      `server.post('/orders/:id/refunds', async function (request, response) {\n  response.send(201, ${body});\n});`,
    ],
  ])('speaks %s: %#', async (_, code, handler) => {
    expect(await added({ 'openapi.yaml': paths(refund), 'app.ts': code }, 'app.ts')).toBe(handler);
  });

  describe('of a Nest controller', () => {
    const nest = (method: string, imported = 'Controller, Get, Module'): Texts => ({
      'package.json': '{ "name": "service", "dependencies": { "@nestjs/common": "^11.0.0" } }\n',
      'openapi.yaml': paths(refund, 'servers: [{ url: /api }]\n'),
      'main.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './orders';\nconst app = await NestFactory.create(AppModule);\napp.setGlobalPrefix('api');\nawait app.listen(3000);\n`,
      'orders.ts': `import { ${imported} } from '@nestjs/common';\n\n@Controller('orders')\nexport class OrdersController {\n${method}\n}\n\n@Module({ controllers: [OrdersController] })\nexport class AppModule {}\n`,
    });

    it('is a method with its decorators, of which the missing ones are imported', async () => {
      const texts = nest(
        `  @Get(':id')\n  async getOrder(@Param('id') id: string) {\n    return { id };\n  }`,
        'Controller, Get, Module, Param',
      );
      const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
      expect(repaired['orders.ts']).toContain("import { Controller, Get, Module, Param, Post } from '@nestjs/common';");
      expect(repaired['orders.ts']).toContain(
        `    return { id };\n  }\n\n  @Post(':id/refunds')\n  async refundOrder() {\n    return ${body};\n  }\n}`,
      );
    });

    it('says the status that Nest would not send by itself, and stands before what would take its requests', async () => {
      const made = recent.replace("'200'", "'202'");
      const texts: Texts = {
        ...nest(
          `  /** Reads one. */\n  @UseGuards(SignedIn)\n  @Get('/:id')\n  getOrder(@Param('id') id: string) {\n    return { id };\n  }`,
          'Controller,\n  Get,\n  Module,\n  Param,\n  UseGuards,\n',
        ),
        'openapi.yaml': paths(made, 'servers: [{ url: /api }]\n'),
      };
      const guarded = {
        ...texts,
        'orders.ts': `class SignedIn {\n  canActivate() {\n    return true;\n  }\n}\n${texts['orders.ts']}`,
      };
      const { texts: repaired } = await repairedBy('operation-unimplemented', guarded);
      expect(repaired['orders.ts']).toContain('  UseGuards,\n  HttpCode,\n');
      expect(repaired['orders.ts']).toContain(
        `OrdersController {\n  @Get('/recent')\n  @HttpCode(202)\n  @UseGuards(SignedIn)\n  getOrdersRecent() {\n    return [];\n  }\n\n  /** Reads one. */\n`,
      );
    });
  });

  describe('of a Next.js project', () => {
    const next = (file: string, text: string): Texts => ({
      'package.json': '{ "name": "service", "dependencies": { "next": "^15.0.0" } }\n',
      'openapi.yaml': paths(refund),
      [file]: text,
    });

    it('stands in a file of its own below the folders that serve its path', async () => {
      const texts = next(
        'app/(shop)/orders/[id]/route.ts',
        `import { NextResponse } from 'next/server'\n\nexport async function GET(request: Request, { params }) {\n\tconst { id } = await params\n\treturn NextResponse.json({ id })\n}\n`,
      );
      const [finding] = await foundBy('operation-unimplemented', texts);
      const [offer] = codeOffers(finding!);
      expect(offer!.title).toBe('Write a handler for POST /orders/{id}/refunds in (shop)/orders/[id]/refunds/route.ts');
      const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
      expect(repaired['app/(shop)/orders/[id]/refunds/route.ts']).toBe(
        `import { NextResponse } from 'next/server'\n\nexport async function POST() {\n\treturn NextResponse.json(${body}, { status: 201 })\n}\n`,
      );
    });

    it('is a file with one handler where the neighbour is one', async () => {
      const texts = {
        ...next(
          'pages/api/orders/[id].ts',
          `import type { NextApiRequest, NextApiResponse } from "next";\n\nexport default async function handler(req: NextApiRequest, res: NextApiResponse) {\n    res.status(200).json({ id: req.query.id });\n}\n`,
        ),
        'openapi.yaml': paths(refund, 'servers: [{ url: /api }]\n'),
      };
      const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
      expect(repaired['pages/api/orders/[id]/refunds.ts']).toBe(
        `import type { NextApiRequest, NextApiResponse } from "next";\n\nexport default function handler(req: NextApiRequest, res: NextApiResponse) {\n    if (req.method !== "POST") {\n        return res.status(405).end();\n    }\n    return res.status(201).json(${body});\n}\n`,
      );
    });

    it('is not offered where the file would be a page', async () => {
      const texts = {
        ...next(
          'pages/api/orders/[id].ts',
          'export default (req, res) => res.status(200).json({ id: req.query.id });\n',
        ),
        'openapi.yaml': paths(refund.replace('/orders/{id}/refunds', '/refunds/{id}')).replace(
          '/orders/{id}:',
          '/api/orders/{id}:',
        ),
      };
      for (const finding of await foundBy('operation-unimplemented', texts)) expect(codeOffers(finding)).toEqual([]);
    });

    it('is one more export where its path has a file', async () => {
      const texts = {
        ...next(
          'src/app/orders/[id]/route.ts',
          'export const GET = async (request: Request, { params }) => {\n  const { id } = await params;\n  return Response.json({ id });\n};\n',
        ),
        'openapi.yaml': paths(
          "    delete:\n      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n      responses:\n        '204': { description: Gone }\n",
        ),
      };
      expect(await added(texts, 'src/app/orders/[id]/route.ts')).toBe(
        'export const DELETE = async () => {\n  return new Response(null, { status: 204 });\n};',
      );
    });
  });

  describe('of a hapi server', () => {
    const hapi = (routes: string): Texts => ({
      'openapi.yaml': paths(refund),
      'app.ts': `import Hapi from '@hapi/hapi';\n\nconst server = Hapi.server({ port: 3000 });\n\n${routes}\n\nawait server.start();\n`,
    });

    it('is a call of its own, with the authentication of its neighbour', async () => {
      const texts = hapi(
        `server.route({\n  method: 'GET',\n  path: '/orders/{id}',\n  options: { tags: ['api'], auth: false },\n  handler: async (req, toolkit) => {\n    return toolkit.response({ id: req.params.id });\n  },\n});`,
      );
      expect(await added(texts, 'app.ts')).toBe(
        `server.route({\n  method: 'POST',\n  path: '/orders/{id}/refunds',\n  options: { auth: false },\n  handler: async (req, toolkit) => {\n    return toolkit.response(${body}).code(201);\n  },\n});`,
      );
    });

    it('is one more entry of a list', async () => {
      const texts = hapi(
        `const read = (request, h) => h.response({ id: request.params.id });\nserver.route([\n  { method: 'get', path: '/orders/{id}', handler: read },\n]);`,
      );
      const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
      expect(repaired['app.ts']).toContain(
        `handler: read },\n  {\n    method: 'post',\n    path: '/orders/{id}/refunds',\n    handler: (request, h) => {\n      return h.response(${body}).code(201);\n    },\n  },\n]);`,
      );
    });
  });

  it('calls the method as its framework does', async () => {
    const gone =
      "    delete:\n      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n      responses:\n        '204': { description: Gone }\n";
    const code =
      "const restify = require('restify');\nconst server = restify.createServer();\nserver.get('/orders/:id', (req, res, next) => {\n  res.send({ id: req.params.id });\n  next();\n});\nserver.listen(3000);\n";
    expect(await added({ 'openapi.yaml': paths(gone), 'app.js': code }, 'app.js')).toBe(
      "server.del('/orders/:id', (req, res, next) => {\n  res.send(204);\n  return next();\n});",
    );
  });

  it('follows what a neighbour says, and not how its text looks', async () => {
    const texts = express(
      `app.get(\n  // one of them\n  '/orders/:id',\n  (req, res) => {\n    res.json({ id: req.params.id });\n  },\n);`,
    );
    expect(await added(texts, 'app.ts')).toContain("app.post('/orders/:id/refunds', ");
  });

  it('is not offered after a link of a chain, which has no end of its own', async () => {
    const texts = express(
      `app\n  .get('/orders/:id', (req, res) => {\n    res.json({ id: req.params.id });\n  })\n  .get('/customers', (req, res) => {\n    res.json([]);\n  });`,
    );
    const [finding] = await foundBy('operation-unimplemented', texts);
    expect(codeOffers(finding!)).toEqual([]);
  });

  it('is not offered where no neighbour shows the manner', async () => {
    const texts = express(
      `const table = [['/orders/:id', (req, res) => res.json({ id: req.params.id })]];\nfor (const [path, handler] of table) app.get(path, handler);`,
    );
    for (const finding of await foundBy('operation-unimplemented', texts)) expect(codeOffers(finding)).toEqual([]);
  });
});
