// Owns the small service that the language server tests edit: one route, one contract, one disagreement.

import { expressApp } from '../harness/express-app.ts';

export const contract = `openapi: 3.0.3
info:
  title: Orders
  version: 1.2.0
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      summary: Reads one order
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties:
                  id:
                    type: string
`;

export const handler = expressApp(`app.get('/orders/:id', (req, res) => {
  if (req.params.id === '0') {
    return res.status(404).json({ error: 'no such order' });
  }
  return res.status(200).json({ id: req.params.id });
});`);

export const manifest = JSON.stringify({ name: 'orders', dependencies: { express: '^4.0.0' } });

/** The service's files; the code returns a 404 that the contract lacks. */
export const service = { 'package.json': manifest, 'openapi.yaml': contract, 'src/app.ts': handler };

/** A service of two operations: everything about one is known, and what the other reads is decided by a package that nobody has. */
export const partlyKnown = {
  'package.json': manifest,
  'openapi.yaml': contract.replace(
    'paths:\n',
    "paths:\n  /orders:\n    post:\n      operationId: createOrder\n      parameters:\n        - { name: dry, in: query, schema: { type: boolean } }\n      responses:\n        '201':\n          description: Made\n",
  ),
  'src/app.ts': handler
    .replace("import express from 'express';", "import express from 'express';\nimport { accept } from 'not-there';")
    .replace(
      'app.listen',
      "app.post('/orders', (req, res) => {\n  accept(req);\n  res.status(201).end();\n});\n\napp.listen",
    ),
};

/** The contract with the missing status. */
export const repairedContract = `${contract}        '404':\n          description: No such order\n`;
