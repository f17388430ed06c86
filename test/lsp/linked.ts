// Owns the service with contract tags that the tests of navigation ask about: two operations, one shared schema, tags in two languages.

import { manifest } from './service.ts';

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
                $ref: '#/components/schemas/Order'
        '404':
          description: No such order
    delete:
      operationId: deleteOrder
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
      responses:
        '204':
          description: Gone
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id:
          type: string
`;

export const handler = `import express from 'express';

const app = express();

// @contract getOrder
app.get('/orders/:id', (req, res) => {
  if (req.params.id === '0') {
    return res.status(404).end(); // see @contract getOrder#responses.404
  }
  return res.status(200).json({ id: req.params.id });
});

app.delete('/orders/:id', removeOrder);

/** Removes it, as @contract deleteOrder says. */
function removeOrder(req, res) {
  res.status(204).end();
}

app.listen(3000);
`;

export const job = `# @contract openapi.yaml#/components/schemas/Order
def report(order):
    """Prints one. @contract getOrder"""
`;

export const linked = {
  'package.json': manifest,
  'openapi.yaml': contract,
  'src/app.ts': handler,
  'jobs/report.py': job,
};
