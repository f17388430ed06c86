// Holds what the rules about parameters say, and when they say nothing.

import { describe, expect, it } from 'vitest';
import { arrayShape, numberShape, type Shape, stringShape } from '../../server/src/shape/shape.ts';
import { exit, findingsOf, guard, open, read, type Scene, type Served, told } from './served.ts';

const integer = numberShape(undefined, { integer: true });
const text = stringShape();

function scene(parameters: readonly string[], served: Served, head?: string): Scene {
  const list = parameters.map((parameter) => `        - { ${parameter} }\n`).join('');
  const contract = `paths:\n  /orders/{id}:\n    get:\n      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n${list}      responses: { default: { description: x } }\n`;
  return {
    head,
    contract,
    routes: {
      'GET /orders/{id}': { exits: [exit(200)], completeness: { query: open, header: open, cookie: open }, ...served },
    },
  };
}

const judge = (parameters: readonly string[], served: Served, head?: string): string[] =>
  told(scene(parameters, served, head));
const limit = (schema: string, facts = ''): string => `name: limit, in: query, ${facts}schema: { ${schema} }`;

describe('parameter-undeclared', () => {
  it('tells a read that nothing declares, and offers to declare it', () => {
    const [finding] = findingsOf(
      scene([], { parameters: [read('query', 'limit', { shape: integer, source: 'conversion' })] }),
    );
    expect(finding).toMatchObject({ rule: 'parameter-undeclared', severity: 'warning', subject: 'query:limit' });
    expect(finding?.fixes[0]).toMatchObject({
      id: 'add-parameter',
      data: {
        pointer: '/paths/~1orders~1{id}/get',
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'integer' },
      },
    });
  });

  it('is an error when the code cannot do without', () => {
    expect(judge([], { parameters: [read('query', 'limit', { required: true })] })).toEqual([
      'error parameter-undeclared query:limit',
    ]);
  });

  it('compares header names whatever their case', () => {
    const declared = 'name: X-Tenant, in: header, schema: { type: string }';
    expect(judge([declared], { parameters: [read('header', 'x-tenant')] })).toEqual([]);
    expect(judge([], { parameters: [read('header', 'x-tenant')] })).toEqual([
      'warning parameter-undeclared header:x-tenant',
    ]);
  });

  it.each([['user-agent'], ['x-forwarded-for'], ['traceparent'], ['authorization'], ['content-type'], ['cf-ray']])(
    'never asks for %s',
    (name) => {
      expect(judge([], { parameters: [read('header', name)] })).toEqual([]);
    },
  );

  it('never asks for what carries a secret', () => {
    const head =
      "openapi: 3.0.3\ninfo: { title: Orders, version: '1' }\ncomponents: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }\n";
    expect(judge([], { parameters: [read('header', 'x-key')] }, head)).toEqual([]);
    const guards = [guard({ kind: 'optional-authentication', scheme: 'apiKey', carrier: 'x-token' })];
    expect(judge([], { parameters: [read('header', 'x-token')], guards })).toEqual([]);
  });

  it.each([
    ['ids[]', 'ids'],
    ['filter[name]', 'filter'],
    ['tagset[*]', 'tagset'],
    ['filter', 'filter[name]'],
  ])('takes %s for a declaration of %s', (declared, name) => {
    expect(
      judge([`name: '${declared}', in: query, schema: { type: string }`], { parameters: [read('query', name)] }),
    ).toEqual([]);
  });

  it('leaves a name that the contract has elsewhere to the rule about places', () => {
    const declared = 'name: limit, in: header, schema: { type: integer }';
    const findings = findingsOf(scene([declared], { parameters: [read('query', 'limit')], completeness: {} }));
    expect(findings.map((finding) => `${finding.severity} ${finding.rule}`)).toEqual(['warning parameter-misplaced']);
    expect(findings[0]?.message).toContain('declares it in the headers');
  });

  it('says little about cookies', () => {
    expect(judge([], { parameters: [read('cookie', 'theme')] })).toEqual([
      'information parameter-undeclared cookie:theme',
    ]);
  });

  it('leaves out what only a shared middleware reads, unless it rejects absence', () => {
    const route = {
      handlerPlace: { file: '/workspace/app.ts', start: 0, end: 5 },
      place: { file: '/workspace/app.ts', start: 0, end: 5 },
    };
    expect(judge([], { parameters: [read('header', 'x-tenant')], route })).toEqual([]);
    expect(judge([], { parameters: [read('header', 'x-tenant', { required: true })], route })).toEqual([
      'error parameter-undeclared header:x-tenant',
    ]);
    const via = [{ place: { file: '/workspace/app.ts', start: 1, end: 4 }, what: 'calls abc' }];
    expect(judge([], { parameters: [read('header', 'x-tenant', { via })], route })).toEqual([
      'warning parameter-undeclared header:x-tenant',
    ]);
  });

  it('says little about an optional name in a schema that two operations share', () => {
    const served = { parameters: [read('query', 'network', { source: 'validator', required: false })] };
    const contract =
      "paths:\n  /a:\n    get: { responses: { '200': { description: x } } }\n  /b:\n    get: { responses: { '200': { description: x } } }\n";
    expect(told({ contract, routes: { 'GET /a': served, 'GET /b': {} } })).toEqual([
      'warning parameter-undeclared query:network',
    ]);
    expect(told({ contract, routes: { 'GET /a': served, 'GET /b': served } })).toEqual([
      'information parameter-undeclared query:network',
      'information parameter-undeclared query:network',
    ]);
  });

  it('never speaks of path parameters', () => {
    expect(judge([], { parameters: [read('path', 'tenant')] })).toEqual([]);
  });
});

describe('parameter-unread', () => {
  const unread = (declared: string, served: Served = {}): string[] =>
    judge([declared], { completeness: {}, ...served });

  it('tells a parameter that nothing reads', () => {
    expect(unread(limit('type: integer'))).toEqual(['warning parameter-unread query:limit']);
  });

  it('asks for a closed enumeration of that place only', () => {
    expect(unread(limit('type: integer'), { completeness: { query: open } })).toEqual([]);
    expect(unread(limit('type: integer'), { completeness: { header: open } })).toEqual([
      'warning parameter-unread query:limit',
    ]);
  });

  it('is content with a read in another style', () => {
    expect(
      unread('name: page_size, in: query, schema: { type: integer }', { parameters: [read('query', 'pageSize')] }),
    ).toEqual(['warning parameter-name-case query:page_size']);
  });

  it('takes headers lightly', () => {
    expect(unread('name: X-Tenant, in: header, schema: { type: string }')).toEqual([
      'information parameter-unread header:X-Tenant',
    ]);
    expect(unread('name: Authorization, in: header, schema: { type: string }')).toEqual([]);
  });
});

describe('what is required', () => {
  it('tells a demand that the contract does not make', () => {
    expect(judge([limit('type: integer')], { parameters: [read('query', 'limit', { required: true })] })).toEqual([
      'error parameter-required-undeclared query:limit',
    ]);
  });

  it('tells a demand that the code does not make', () => {
    const required = limit('type: integer', 'required: true, ');
    expect(judge([required], { parameters: [read('query', 'limit', { required: false })] })).toEqual([
      'warning parameter-required-unenforced query:limit',
    ]);
    expect(judge([required], { parameters: [read('query', 'limit', { default: { value: 10 } })] })).toEqual([
      'warning parameter-required-unenforced query:limit',
    ]);
  });

  it('says nothing where the code says nothing', () => {
    expect(judge([limit('type: integer')], { parameters: [read('query', 'limit')] })).toEqual([]);
    expect(judge([limit('type: integer', 'required: true, ')], { parameters: [read('query', 'limit')] })).toEqual([]);
  });

  it('lets a check by hand outweigh an optional declaration', () => {
    const reads = [
      read('query', 'limit', { source: 'validator', required: false }),
      read('query', 'limit', { required: true }),
    ];
    expect(judge([limit('type: integer', 'required: true, ')], { parameters: reads })).toEqual([]);
    expect(judge([limit('type: integer')], { parameters: reads })).toEqual([
      'warning parameter-required-undeclared query:limit',
    ]);
  });
});

describe('parameter-type-mismatch', () => {
  const validated = (shape: Shape): Served => ({
    parameters: [read('query', 'limit', { source: 'validator', shape })],
  });
  const converted = (shape: Shape): Served => ({
    parameters: [read('query', 'limit', { source: 'conversion', shape })],
  });

  it('tells a number where any text is declared', () => {
    expect(judge([limit('type: string')], validated(integer))).toEqual(['error parameter-type-mismatch query:limit']);
    expect(judge([limit('type: string')], converted(integer))).toEqual([
      'information parameter-type-mismatch query:limit',
    ]);
  });

  it.each([
    ["type: string, pattern: '^[0-9]+$'"],
    ['type: string, format: int64'],
    ["type: string, enum: ['1', '2']"],
    ['type: integer'],
  ])('lets a conversion of %s be', (schema) => {
    expect(judge([limit(schema)], converted(integer))).toEqual([]);
  });

  it('merely mentions a text where a number is declared, unless it is converted later', () => {
    expect(judge([limit('type: integer')], validated(text))).toEqual([
      'information parameter-type-mismatch query:limit',
    ]);
    const both = { parameters: [...validated(text).parameters!, ...converted(integer).parameters!] };
    expect(judge([limit('type: integer')], both)).toEqual([]);
    expect(judge([limit('type: integer')], validated(stringShape(undefined, { pattern: '^\\d+$' })))).toEqual([]);
  });

  it('tells a list where one value is declared, and not the other way round', () => {
    expect(judge([limit('type: string')], validated(arrayShape(text)))).toEqual([
      'warning parameter-type-mismatch query:limit',
    ]);
    expect(judge([limit('type: array, items: { type: string }')], validated(text))).toEqual([]);
  });

  it('pairs path parameters by position', () => {
    const served = { parameters: [read('path', 'number', { source: 'validator' as const, shape: integer })] };
    expect(judge([], { ...served, route: { path: '/orders/{number}' } })).toEqual([
      'information path-parameter-renamed path:id',
      'error parameter-type-mismatch path:id',
    ]);
  });

  it('does not judge a type that nothing enforces', () => {
    expect(
      judge([limit('type: string')], { parameters: [read('query', 'limit', { source: 'type', shape: integer })] }),
    ).toEqual([]);
  });
});

describe('parameter-constraint-mismatch', () => {
  const validated = (shape: Shape): Served => ({
    parameters: [read('query', 'limit', { source: 'validator', shape })],
  });
  const atMost = (maximum: number): Shape => numberShape(undefined, { integer: true, maximum });

  it('weighs who is stricter', () => {
    expect(judge([limit('type: integer, maximum: 100')], validated(atMost(50)))).toEqual([
      'error parameter-constraint-mismatch query:limit',
    ]);
    expect(judge([limit('type: integer, maximum: 100')], validated(atMost(200)))).toEqual([
      'warning parameter-constraint-mismatch query:limit',
    ]);
    expect(judge([limit('type: integer')], validated(atMost(200)))).toEqual([
      'warning parameter-constraint-mismatch query:limit',
    ]);
  });

  it('says nothing of what only the contract states', () => {
    expect(judge([limit('type: integer, maximum: 100')], validated(integer))).toEqual([]);
  });

  it('takes formalities lightly', () => {
    expect(judge([limit('type: string')], validated(stringShape(undefined, { minLength: 1 })))).toEqual([
      'information parameter-constraint-mismatch query:limit',
    ]);
    expect(judge([limit('type: string')], validated(stringShape(undefined, { format: 'email' })))).toEqual([
      'information parameter-constraint-mismatch query:limit',
    ]);
  });

  it('says both values', () => {
    const [finding] = findingsOf(
      scene([limit('type: string, enum: [a, b]')], validated(stringShape(undefined, { values: ['a'] }))),
    );
    expect(finding?.message).toBe(
      'The validator holds the query parameter `limit` to the values `a` here (`app.ts:20`), but `GET /orders/{id}` declares the values `a`, `b`.',
    );
  });
});

describe('parameter-misplaced and parameter-name-case', () => {
  const query = 'name: limit, in: query, schema: { type: integer }';

  it('tell one fault for a parameter that both sides have', () => {
    const everywhere = { completeness: {} };
    expect(judge([query], { parameters: [read('header', 'limit')], ...everywhere })).toEqual([
      'warning parameter-misplaced header:limit',
    ]);
    expect(judge([query], { parameters: [read('header', 'limit', { required: true })], ...everywhere })).toEqual([
      'error parameter-misplaced header:limit',
    ]);
    expect(judge([query], { parameters: [read('body', 'limit')], ...everywhere })).toEqual([
      'warning parameter-misplaced body.limit',
    ]);
  });

  it('are no more than likely where the declared place is open', () => {
    const half = { completeness: { query: open } };
    expect(judge([query], { parameters: [read('header', 'limit')], ...half })).toEqual([
      'information parameter-misplaced header:limit',
    ]);
    expect(
      judge(['name: page_size, in: query, schema: { type: integer }'], {
        parameters: [read('query', 'pageSize')],
        ...half,
      }),
    ).toEqual(['information parameter-name-case query:page_size']);
  });

  it('are silent where the declared parameter is read as well', () => {
    const both = [read('query', 'limit'), read('header', 'limit')];
    expect(judge([query], { parameters: both, completeness: {} })).toEqual([
      'information parameter-undeclared header:limit',
    ]);
    const styles = [read('query', 'limit'), read('query', 'Limit')];
    expect(judge([query], { parameters: styles, completeness: {} })).toEqual([
      'information parameter-undeclared query:Limit',
    ]);
  });
});

describe('parameter-default-mismatch', () => {
  const declared = 'name: limit, in: query, schema: { type: integer, default: 50 }';
  const taken = (value: unknown, source: 'validator' | 'read' = 'validator') =>
    judge([declared], {
      parameters: [read('query', 'limit', { default: { value }, required: false, source })],
      completeness: {},
    });

  it('tells constants that differ', () => {
    expect(taken(20)).toEqual(['error parameter-default-mismatch query:limit']);
    expect(taken(20, 'read')).toEqual(['warning parameter-default-mismatch query:limit']);
  });

  it.each([50, '50', null, '', undefined, Number.NaN, [], {}])('is content with the default %j', (value) => {
    expect(taken(value)).toEqual([]);
  });
});
