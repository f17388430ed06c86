// Holds the handler that is written for an operation that nothing serves: it looks like its neighbours, and it serves the operation.

import { describe, expect, it } from 'vitest';
import { expressApp } from '../harness/express-app.ts';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';
import { addedLines } from './repaired.ts';
import { added, body, paths, recent, refund } from './scaffolded.ts';

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
