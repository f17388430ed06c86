// Owns the contract of the scaffolding tests, and what a scaffold adds to a file. It must not know frameworks.

import { repairedBy, type Texts } from './offered.ts';
import { addedLines } from './repaired.ts';

export const paths = (more: string, base = ''): string => `openapi: 3.0.3
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

export const refund = `  /orders/{id}/refunds:
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
export const body = "{ state: 'pending', amount: 0, made: '2000-01-01T00:00:00Z' }";

export const recent = `  /orders/recent:
    get:
      responses:
        '200':
          description: The latest
          content: { application/json: { schema: { type: array, items: { type: string } } } }
`;

/** What a scaffold adds to a file: the lines that were not there, from the first to the last. */
export async function added(texts: Texts, file: string): Promise<string> {
  const { texts: repaired } = await repairedBy('operation-unimplemented', texts);
  const lines = addedLines(texts[file]!, repaired[file]!);
  return lines.join('\n').trim();
}
