// Holds that a repair names the component that says the same, and that it copies where none or several do.

import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import { repair } from '../../server/src/fixes/repair.ts';
import { dataOf, repaired } from './repaired.ts';

const contract = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    get:
      responses:
        '200': { description: Fine }
        '401': { $ref: '#/components/responses/Refused' }
  /carts:
    get:
      responses:
        '204': { description: None }
components:
  parameters:
    Limit: { name: limit, in: query, description: How many at most, schema: { type: integer } }
  headers:
    X-Total: { description: All of them, schema: { type: integer } }
  responses:
    Refused:
      description: Not you
      content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } }
    NotFound:
      description: Nothing there
      content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } }
  schemas:
    Problem:
      type: object
      description: What went wrong
      required: [message, code]
      properties:
        code: { type: string, example: gone }
        message: { type: string }
    Order:
      type: object
      required: [id]
      properties: { id: { type: string }, state: { $ref: '#/components/schemas/State' } }
    State: { type: string, enum: [open, closed] }
    Left: { type: object, properties: { side: { type: string } } }
    Right: { type: object, properties: { side: { type: string } } }
`;

const problem = {
  type: 'object',
  required: ['code', 'message'],
  properties: { message: { type: 'string' }, code: { type: 'string' } },
};
const order = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, state: { type: 'string', enum: ['closed', 'open'] } },
};
const pointer = '/paths/~1carts/get';

function answered(status: string, schema: unknown, text = contract): unknown {
  const description = status === '404' ? 'Not Found' : 'As it is';
  const data = { pointer, status, description, mediaType: 'application/json', schema };
  return dataOf(repaired('/w/a.yaml', text, 'add-response', data), 'paths', '/carts', 'get', 'responses', status);
}

const bodyOf = (response: unknown): unknown =>
  (response as { content: { 'application/json': { schema: unknown } } }).content['application/json'].schema;

describe('a repair', () => {
  it('names the response that has the name of the status', () => {
    expect(answered('404', problem)).toEqual({ $ref: '#/components/responses/NotFound' });
  });

  it('names the response that other operations have for the status', () => {
    expect(answered('401', problem)).toEqual({ $ref: '#/components/responses/Refused' });
  });

  it('names the schema where no response is meant for the status', () => {
    expect(bodyOf(answered('409', problem))).toEqual({ $ref: '#/components/schemas/Problem' });
  });

  it('follows the references of a component, and names what items and properties are', () => {
    expect(bodyOf(answered('200', { type: 'array', items: order }))).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/Order' },
    });
    const { properties } = bodyOf(
      answered('200', { type: 'object', properties: { order, other: { type: 'string', enum: ['closed', 'open'] } } }),
    ) as { properties: unknown };
    expect(properties).toEqual({
      order: { $ref: '#/components/schemas/Order' },
      other: { $ref: '#/components/schemas/State' },
    });
  });

  it('copies what is equal to two by accident, and what is equal to none', () => {
    const side = { type: 'object', properties: { side: { type: 'string' } } };
    expect(bodyOf(answered('200', side))).toEqual(side);
    const more = { ...problem, required: ['code'] };
    expect(bodyOf(answered('200', more))).toEqual(more);
    expect(bodyOf(answered('200', { type: 'string' }))).toEqual({ type: 'string' });
  });

  it('names parameters and headers', () => {
    const added = repaired('/w/a.yaml', contract, 'add-parameter', {
      pointer,
      name: 'limit',
      in: 'query',
      schema: { type: 'integer' },
    });
    expect(dataOf(added, 'paths', '/carts', 'get', 'parameters')).toEqual([{ $ref: '#/components/parameters/Limit' }]);
    const response = `${pointer}/responses/204`;
    const data = { pointer: response, name: 'X-Total', schema: { type: 'integer' } };
    const headed = dataOf(repaired('/w/a.yaml', contract, 'add-header', data), 'paths', '/carts', 'get', 'responses');
    expect(headed).toMatchObject({ 204: { headers: { 'X-Total': { $ref: '#/components/headers/X-Total' } } } });
    const other = repaired('/w/a.yaml', contract, 'add-header', { ...data, name: 'X-Count' });
    expect(other).toContain('X-Count: { schema: { type: integer } }');
  });

  it('names the component of the root from another file', () => {
    const path = 'get:\n  responses:\n    "204":\n      description: None\n';
    const texts: Record<string, string> = { '/w/api/a.yaml': contract, '/w/api/paths/carts.yaml': path };
    const file = '/w/api/paths/carts.yaml';
    const data = { file, root: '/w/api/a.yaml', pointer: '/get', status: '404', description: 'Not Found' };
    const made = repair(
      { id: 'add-response', data: { ...data, mediaType: 'application/json', schema: problem } },
      (name) => texts[name],
    );
    if ('refused' in made) throw new Error(made.refused);
    const after = applyTextEdits(path, made.files[0]!.edits);
    expect(dataOf(after, 'get', 'responses', '404')).toEqual({ $ref: '../a.yaml#/components/responses/NotFound' });
  });
});
