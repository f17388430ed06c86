import { describe, expect, it } from 'vitest';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';

const contract = `openapi: 3.0.3
info: { title: Orders, version: 2.1.0 }
paths:
  /orders:
    post:
      responses:
        '201': { description: Made }
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
      responses:
        '200': { description: Orders }
`;

const service = (post: string, get: string): Texts => ({
  'openapi.yaml': contract,
  'app.ts': [
    "import express from 'express';",
    "import { z } from 'zod';",
    'const app = express();',
    `app.post('/orders', (req, res) => ${post});`,
    `app.get('/orders', (req, res) => ${get});`,
    'app.listen(3000);',
  ].join('\n'),
});
const posted = '{ res.status(201).end(); }';
const listed = '{ res.send(); }';

describe('a repair of a part of a call', () => {
  it('says the declared status before the body', async () => {
    const { title, texts } = await repairedBy('success-status-mismatch', service('res.json({ id: 1 })', listed));
    expect(title).toBe('Return 201 as declared');
    expect(texts['app.ts']).toContain("app.post('/orders', (req, res) => res.status(201).json({ id: 1 }));");
  });

  it('gives a validator the declared bound, and leaves its others', async () => {
    const parsed = (rest: string): string =>
      `{ const { limit } = z.object({ limit: z.coerce.number().int().min(1)${rest}.default(20) }).parse(req.query); res.send(limit); }`;
    const { title, texts } = await repairedBy('parameter-constraint-mismatch', service(posted, parsed('.max(50)')));
    expect(title).toBe('Hold it to maximum 100 as declared');
    expect(texts['app.ts']).toContain('z.coerce.number().int().min(1).max(100)');
    const twice = service(posted, parsed('.max(50).max(50)'));
    const [finding] = await foundBy('parameter-constraint-mismatch', twice);
    expect(codeOffers(finding!)).toEqual([]);
  });
});
