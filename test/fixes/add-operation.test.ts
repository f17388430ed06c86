import { describe, expect, it } from 'vitest';
import { addedLines, dataOf, refusal, repaired } from './repaired.ts';

const yaml = `openapi: 3.1.0
paths:
  /orders:
    get:
      responses: { '200': { description: Fine } }
  /orders/{id}:
    parameters: []
    put:
      responses: { '200': { description: Fine } }
  # Refunds have their own team.
  /refunds:
    get:
      responses: { '200': { description: Fine } }
components: {}
`;
const skeleton = {
  operationId: 'cancelOrder',
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', nullable: true } } } },
  responses: { 204: { description: 'Cancelled' } },
};

describe('add-operation', () => {
  it('writes a new path beside its relatives and touches nothing else', () => {
    const after = repaired('/w/a.yaml', yaml, 'add-operation', {
      pointer: '/paths',
      path: '/orders/{id}/cancel',
      method: 'post',
      operation: skeleton,
    });
    const added = addedLines(yaml, after);
    expect(added[0]).toBe('  /orders/{id}/cancel:');
    expect(added).toContain("        '204':");
    const data = dataOf(after) as { paths: Record<string, Record<string, unknown>> };
    expect(Object.keys(data.paths)).toEqual(['/orders', '/orders/{id}', '/orders/{id}/cancel', '/refunds']);
    expect(data.paths['/orders/{id}/cancel']!.post).toEqual({
      ...skeleton,
      requestBody: { required: true, content: { 'application/json': { schema: { type: ['object', 'null'] } } } },
    });
    expect(after).toContain('  # Refunds have their own team.\n  /refunds:');
  });

  it('writes a method into a path that is there, in the usual order', () => {
    const after = repaired('/w/a.yaml', yaml, 'add-operation', {
      pointer: '/paths',
      path: '/orders/{id}',
      method: 'GET',
      operation: { responses: {} },
    });
    expect(addedLines(yaml, after)).toEqual(['    get:', '      responses: {}']);
    expect(after.indexOf('    get:\n      responses: {}')).toBeLessThan(after.indexOf('    put:'));
  });

  it('writes bodies as parameters in Swagger 2.0', () => {
    const text = JSON.stringify({ swagger: '2.0', paths: {} }, null, 2);
    const after = repaired('/w/a.json', text, 'add-operation', {
      pointer: '/paths',
      path: '/orders',
      method: 'post',
      operation: skeleton,
    });
    expect(JSON.parse(after).paths['/orders'].post).toEqual({
      operationId: 'cancelOrder',
      parameters: [
        { name: 'id', in: 'path', required: true, type: 'string' },
        { name: 'body', in: 'body', required: true, schema: { type: 'object', 'x-nullable': true } },
      ],
      responses: { 204: { description: 'Cancelled' } },
    });
    expect(JSON.stringify(JSON.parse(after), null, 2)).toBe(after);
  });

  it('adds the paths that a document lacks', () => {
    const text = 'openapi: 3.0.0\ninfo:\n  title: A\ncomponents: {}\n';
    const after = repaired('/w/a.yaml', text, 'add-operation', {
      pointer: '/paths',
      path: '/a',
      method: 'get',
      operation: { responses: {} },
    });
    expect(after).toBe(
      'openapi: 3.0.0\ninfo:\n  title: A\npaths:\n  /a:\n    get:\n      responses: {}\ncomponents: {}\n',
    );
  });

  it('refuses a method that is there and a path that is written elsewhere', () => {
    const data = { pointer: '/paths', path: '/orders', method: 'get', operation: {} };
    expect(refusal('/w/a.yaml', yaml, 'add-operation', data)).toMatch(/already/);
    const split = 'paths:\n  /orders:\n    $ref: orders.yaml\n';
    expect(refusal('/w/a.yaml', split, 'add-operation', data)).toMatch(/another file/);
  });
});
