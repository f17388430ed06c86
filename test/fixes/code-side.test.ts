import { describe, expect, it } from 'vitest';
import { expressApp } from '../harness/express-app.ts';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';

const contract = (paths: string): string => `openapi: 3.0.3\ninfo: { title: Orders, version: 2.1.0 }\npaths:\n${paths}`;

const service = (paths: string, routes: string): Texts => ({
  'openapi.yaml': contract(paths),
  'app.ts': expressApp(routes),
});

const order = `  /orders/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
`;
const sent = `      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                additionalProperties: false
                required: [id]
                properties:
                  id: { type: string }
                  password: { type: string, writeOnly: true }
`;

/** The lines of the code that a repair of a rule's first finding changes, as they are then. */
async function changed(rule: string, texts: Texts, file = 'app.ts'): Promise<{ title: string; lines: string[] }> {
  const { title, texts: repaired } = await repairedBy(rule, texts);
  const before = new Set(texts[file]!.split('\n'));
  return { title, lines: repaired[file]!.split('\n').filter((line) => !before.has(line)) };
}

describe('a repair of the code', () => {
  it('returns the declared status', async () => {
    const texts = service(
      `  /orders:\n    post:\n      responses:\n        '201': { description: Made }\n`,
      `app.post('/orders', (req, res) => {\n  res.status(200).end();\n});`,
    );
    expect(await changed('success-status-mismatch', texts)).toEqual({
      title: 'Return 201 as declared',
      lines: ['  res.status(201).end();'],
    });
  });

  it('returns the declared status at every place that returns the other one', async () => {
    const texts = service(
      `  /orders:\n    post:\n      responses:\n        '201': { description: Made }\n`,
      `app.post('/orders', (req, res) => {\n  if (req.query.fast) return res.status(200).end();\n  return res.status(200).end();\n});`,
    );
    expect((await changed('success-status-mismatch', texts)).lines).toEqual([
      '  if (req.query.fast) return res.status(201).end();',
      '  return res.status(201).end();',
    ]);
  });

  it('serves the declared method', async () => {
    const texts = service(
      `${order}      responses:\n        '200': { description: The order }\n    patch:\n      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n      responses:\n        '204': { description: Changed }\n`,
      `app.get('/orders/:id', (req, res) => res.status(200).end());\napp.put('/orders/:id', (req, res) => res.status(204).end());`,
    );
    expect(await changed('method-mismatch', texts)).toEqual({
      title: 'Serve PATCH as declared',
      lines: [`app.patch('/orders/:id', (req, res) => res.status(204).end());`],
    });
  });

  it('serves the declared path, where the slip is in the registration itself', async () => {
    const texts = service(
      `${order}      responses:\n        '200': { description: The order }\n  /orders:\n    get:\n      responses:\n        '200': { description: All }\n`,
      `app.get('/order/:id', (req, res) => res.status(200).end());\napp.get('/orders', (req, res) => res.status(200).end());`,
    );
    expect(await changed('path-near-miss', texts)).toEqual({
      title: 'Serve /orders/{id} as declared',
      lines: [`app.get('/orders/:id', (req, res) => res.status(200).end());`],
    });
  });

  const limited = `  /orders:
    get:
      parameters:
        - { name: pageSize, in: query, schema: { type: integer, default: 20 } }
      responses:
        '200': { description: All }
`;

  it.each([
    ['res.send(req.query.page_size);', 'res.send(req.query.pageSize);'],
    [`res.send(req.query['page_size']);`, `res.send(req.query['pageSize']);`],
    [
      'const { page_size } = req.query; res.send(page_size);',
      'const { pageSize: page_size } = req.query; res.send(page_size);',
    ],
  ])('reads the parameter by its declared name: %s', async (line, repaired) => {
    const texts = service(limited, `app.get('/orders', (req, res) => {\n  ${line}\n});`);
    expect((await changed('parameter-name-case', texts)).lines).toEqual([`  ${repaired}`]);
  });

  it('takes the declared default', async () => {
    const texts = service(
      limited,
      `app.get('/orders', (req, res) => {\n  const size = Number(req.query.pageSize ?? 50);\n  res.status(200).send(String(size));\n});`,
    );
    expect(await changed('parameter-default-mismatch', texts)).toEqual({
      title: 'Take 20 as declared',
      lines: ['  const size = Number(req.query.pageSize ?? 20);'],
    });
  });

  it.each([
    ["{ id: '1', internal: true }", "{ id: '1' }"],
    ["{ internal: true, id: '1' }", "{ id: '1' }"],
    ["{ internal: true, id: '1', }", "{ id: '1', }"],
  ])('does not send what is not declared: %s', async (object, repaired) => {
    const texts = service(
      order + sent,
      `app.get('/orders/:id', (req, res) => {\n  res.status(200).json(${object});\n});`,
    );
    expect((await changed('response-field-undeclared', texts)).lines).toEqual([`  res.status(200).json(${repaired});`]);
  });

  it('takes the whole line of what it does not send', async () => {
    const object = `{\n    id: '1',\n    password: 'x',\n  }`;
    const texts = service(
      order + sent,
      `app.get('/orders/:id', (req, res) => {\n  res.status(200).json(${object});\n});`,
    );
    const { texts: repaired } = await repairedBy('response-secret-exposed', texts);
    expect(repaired['app.ts']).toBe(texts['app.ts']!.replace("    password: 'x',\n", ''));
  });

  it('sends no body with a status that has none', async () => {
    const texts = service(
      `${order}      responses:\n        '204': { description: Nothing }\n`,
      `app.get('/orders/:id', (req, res) => {\n  res.status(204).json({ done: true });\n});`,
    );
    expect((await changed('status-body-forbidden', texts)).lines).toEqual(['  res.status(204).send();']);
  });

  it("answers with the contract's version", async () => {
    const texts = service(
      `${order}      responses:\n        '200': { description: The order, headers: { API-Version: { schema: { type: string } } } }\n`,
      `app.get('/orders/:id', (req, res) => {\n  res.set('API-Version', '2.0.0').status(200).end();\n});`,
    );
    expect((await changed('version-constant-stale', texts)).lines).toEqual([
      `  res.set('API-Version', '2.1.0').status(200).end();`,
    ]);
  });
});

describe('no repair of the code is offered', () => {
  it.each([
    [
      'success-status-mismatch',
      'a status that is computed',
      `  /orders:\n    post:\n      responses:\n        '201': { description: Made }\n`,
      `const made = 200;\napp.post('/orders', (req, res) => {\n  res.status(made).end();\n});`,
    ],
    [
      'response-field-undeclared',
      'a field that is set later',
      order + sent,
      `app.get('/orders/:id', (req, res) => {\n  const answer = { id: '1' };\n  answer.internal = true;\n  res.status(200).json(answer);\n});`,
    ],
    [
      'path-near-miss',
      'a path that is put together',
      `${order}      responses:\n        '200': { description: The order }\n  /orders:\n    get:\n      responses:\n        '200': { description: All }\n`,
      `const name = 'order';\napp.get(\`/\${name}/:id\`, (req, res) => res.status(200).end());\napp.get('/orders', (req, res) => res.status(200).end());`,
    ],
  ])('for %s of %s', async (rule, _, paths, routes) => {
    for (const finding of await foundBy(rule, service(paths, routes))) expect(codeOffers(finding)).toEqual([]);
  });
});
