// Holds the repairs that give the code what the contract has: values and demands of validators, and what is sent as a text.

import { describe, expect, it } from 'vitest';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';

const contract = (fields: string, required = '[]'): string => `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: ${required}
              properties:
                amount: { type: integer, minimum: 1, maximum: 500 }
${fields}
      responses:
        '204': { description: Made }
        '400': { description: Refused }
    get:
      responses:
        '200':
          description: One
          content:
            application/json:
              schema:
                type: object
                required: [id, at]
                properties:
                  id: { type: string }
                  at: { type: string, format: date-time }
`;
const sent = "{ id: '1', at: '2026-01-01T00:00:00Z' }";

const service = (schema: string, texts: { readonly contract: string; readonly sends?: string }): Texts => ({
  'openapi.yaml': texts.contract,
  'app.ts': `import express from 'express';
import { z } from 'zod';
import Joi from 'joi';

const app = express();
app.use(express.json());

${schema}

app.get('/orders', (req, res) => {
  const id = Number(req.query.page);
  res.json(${texts.sends ?? sent});
});

app.listen(3000);
`,
});

const zod = (fields: string): string => `const order = z.object({
${fields}
});

app.post('/orders', (req, res) => {
  const parsed = order.safeParse(req.body);
  if (!parsed.success) return res.status(400).end();
  res.status(204).end();
});`;

const joi = (fields: string): string => `const order = Joi.object({
${fields}
});

app.post('/orders', (req, res) => {
  const { error } = order.validate(req.body);
  if (error) return res.status(400).end();
  res.status(204).end();
});`;

const amount = '  amount: z.number().int().min(1).max(500).optional(),';

describe('a validator', () => {
  it('takes the declared values, as the code writes lists', async () => {
    const currency = '                currency: { type: string, enum: [EUR, GBP, USD] }';
    const texts = service(zod(`${amount}\n  currency: z.enum(["EUR", "USD"]).optional(),`), {
      contract: contract(currency),
    });
    const { title, texts: repaired } = await repairedBy('body-type-mismatch', texts);
    expect(title).toBe('Take EUR, GBP and USD as declared');
    expect(repaired['app.ts']).toContain('currency: z.enum(["EUR", "GBP", "USD"]).optional(),');
  });

  it('holds a field of the body to the declared bound', async () => {
    const texts = service(zod(amount.replace('500', '50')), { contract: contract('') });
    const { texts: repaired } = await repairedBy('body-type-mismatch', texts);
    expect(repaired['app.ts']).toContain(amount);
  });

  it.each([
    ['zod', zod(amount.replace('.optional()', '')), '[]', 'Do without amount as declared', amount],
    ['zod', zod(amount), '[amount]', 'Demand amount as declared', amount.replace('.optional()', '')],
    [
      'Joi',
      joi('  amount: Joi.number().integer().min(1).max(500).required()'),
      '[]',
      'Do without amount as declared',
      '  amount: Joi.number().integer().min(1).max(500)\n',
    ],
    [
      'Joi',
      joi('  amount: Joi.number().integer().min(1).max(500)'),
      '[amount]',
      'Demand amount as declared',
      '  amount: Joi.number().integer().min(1).max(500).required()\n',
    ],
  ])('of %s demands what is declared: %#', async (_, schema, required, title, line) => {
    const texts = service(schema, { contract: contract('', required) });
    const repaired = await repairedBy('body-required-mismatch', texts);
    expect(repaired.title).toBe(title);
    expect(repaired.texts['app.ts']).toContain(line);
  });

  it('is left alone where its field is written apart', async () => {
    const texts = service(`const amount = z.number().int().min(1).max(500);\n${zod('  amount,')}`, {
      contract: contract(''),
    });
    const [finding] = await foundBy('body-required-mismatch', texts);
    expect(codeOffers(finding!)).toEqual([]);
  });
});

describe('an answer', () => {
  it.each([
    [sent.replace("'1'", 'id * 2'), sent.replace("'1'", 'String(id * 2)')],
    [sent.replace("id: '1'", 'id'), sent.replace("id: '1'", 'id: String(id)')],
    [
      sent.replace("'2026-01-01T00:00:00Z'", 'Date.now()'),
      sent.replace("'2026-01-01T00:00:00Z'", 'new Date().toISOString()'),
    ],
  ])('sends a text as declared: %s', async (sends, repaired) => {
    const texts = service(zod(amount), { contract: contract(''), sends });
    const { texts: after } = await repairedBy('response-type-mismatch', texts);
    expect(after['app.ts']).toContain(`res.json(${repaired});`);
  });
});

describe('a validated parameter', () => {
  const listed = (required: boolean): string => `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    get:
      parameters:
        - { name: page, in: query, required: ${required}, schema: { type: string } }
      responses:
        '200': { description: All }
        '400': { description: Refused }
`;
  const reading = (field: string): Texts => ({
    'app.ts': `import express from 'express';
import { z } from 'zod';

const app = express();
const query = z.object({
  ${field},
});

app.get('/orders', (req, res) => {
  const parsed = query.safeParse(req.query);
  if (!parsed.success) return res.status(400).end();
  res.status(200).send(parsed.data.page);
});

app.listen(3000);
`,
  });

  it.each([
    ['parameter-required-unenforced', true, 'page: z.string().optional()', 'page: z.string()'],
    ['parameter-required-undeclared', false, 'page: z.string()', 'page: z.string().optional()'],
  ])('is demanded as declared: %s', async (rule, required, field, after) => {
    const { texts } = await repairedBy(rule, { ...reading(field), 'openapi.yaml': listed(required) });
    expect(texts['app.ts']).toContain(`  ${after},\n`);
  });
});
