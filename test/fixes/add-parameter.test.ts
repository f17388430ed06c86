import { describe, expect, it } from 'vitest';
import { addedLines, dataOf, refusal, repaired } from './repaired.ts';

const limit = { pointer: '/paths/~1a/get', name: 'limit', in: 'query', required: false, schema: { type: 'integer' } };

describe('add-parameter', () => {
  it('appends to a list that is indented, and to one that is not', () => {
    for (const pad of ['  ', '']) {
      const text = `paths:\n  /a:\n    get:\n      parameters:\n      ${pad}- name: id # the id\n      ${pad}  in: query\n      ${pad}  schema: { type: string }\n      responses: {}\n`;
      const after = repaired('/w/a.yaml', text, 'add-parameter', limit);
      expect(addedLines(text, after)).toEqual([
        `      ${pad}- name: limit`,
        `      ${pad}  in: query`,
        `      ${pad}  schema:`,
        `      ${pad}    type: integer`,
      ]);
      expect(dataOf(after, 'paths', '/a', 'get', 'parameters', '1')).toEqual({
        name: 'limit',
        in: 'query',
        schema: { type: 'integer' },
      });
    }
  });

  it('writes the list before the responses when there is none', () => {
    const text =
      "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '200': { description: Fine }\n";
    const after = repaired('/w/a.yaml', text, 'add-parameter', { ...limit, required: true });
    expect(after).toBe(
      "paths:\n  /a:\n    get:\n      operationId: a\n      parameters:\n        - name: limit\n          in: query\n          required: true\n          schema:\n            type: integer\n      responses:\n        '200': { description: Fine }\n",
    );
  });

  it('always requires a path parameter', () => {
    const text = 'paths:\n  /a/{id}:\n    parameters: []\n';
    const after = repaired('/w/a.yaml', text, 'add-parameter', {
      ...limit,
      pointer: '/paths/~1a~1{id}',
      name: 'id',
      in: 'path',
    });
    expect(dataOf(after, 'paths', '/a/{id}', 'parameters')).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
    ]);
  });

  it('writes the type beside the name in Swagger 2.0, which has no cookies', () => {
    const text = JSON.stringify(
      { swagger: '2.0', paths: { '/a': { get: { parameters: [{ name: 'id', in: 'query', type: 'string' }] } } } },
      null,
      4,
    );
    const after = repaired('/w/a.json', text, 'add-parameter', limit);
    const expected = JSON.parse(text);
    expected.paths['/a'].get.parameters.push({ name: 'limit', in: 'query', type: 'integer' });
    expect(after).toBe(JSON.stringify(expected, null, 4));
    expect(refusal('/w/a.json', text, 'add-parameter', { ...limit, in: 'cookie' })).toMatch(/cookies/);
  });

  it('refuses a parameter that is declared', () => {
    const text = 'paths:\n  /a:\n    get:\n      parameters:\n        - { name: limit, in: query }\n';
    expect(refusal('/w/a.yaml', text, 'add-parameter', limit)).toMatch(/declared already/);
  });
});
