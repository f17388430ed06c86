import { describe, expect, it } from 'vitest';
import { repairedBy, type Texts } from './offered.ts';

const listed = 'type: array, items: { type: object, required: [id], properties: { id: { type: string } } }';

const service = (schema: string, sent: string): Texts => ({
  'openapi.yaml': `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    get:
      responses:
        '200': { description: Orders, content: { application/json: { schema: { ${schema} } } } }
`,
  'app.ts': [
    "import express from 'express';",
    'const app = express();',
    `app.get('/orders', (req, res) => { ${sent} });`,
    'app.listen(3000);',
  ].join('\n'),
});

const wrapped = `type: object, required: [data], properties: { data: { ${listed} } }`;

describe('an answer that is wrapped on one side', () => {
  it('is sent alone where the contract has it alone', async () => {
    const sent = service(listed, 'res.json({ total: 1, data: [{ id: String(1) }], });');
    const { title, texts } = await repairedBy('response-wrapped', sent);
    expect(title).toBe('Send data alone as declared');
    expect(texts['app.ts']).toContain('res.json([{ id: String(1) }]);');
  });

  it('is sent alone where its field is called as its variable', async () => {
    const { texts } = await repairedBy(
      'response-wrapped',
      service(listed, "const data = [{ id: 'o1' }]; res.json({ data });"),
    );
    expect(texts['app.ts']).toContain('res.json(data);');
  });

  it('is sent inside of an object where the contract has it so', async () => {
    const { title, texts } = await repairedBy('response-wrapped', service(wrapped, "res.json([{ id: 'o1' }]);"));
    expect(title).toBe('Send it inside of data as declared');
    expect(texts['app.ts']).toContain("res.json({ data: [{ id: 'o1' }] });");
  });
});
