// Holds the handler that is written for an operation that nothing serves in each framework's own manner.

import { describe, expect, it } from 'vitest';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';
import { added, body, paths, recent, refund } from './scaffolded.ts';

describe('a scaffolded handler', () => {
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
});
