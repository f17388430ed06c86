// Holds what the rules about operations and paths say, and when they say nothing.

import { describe, expect, it } from 'vitest';
import { closed } from '../../server/src/code/model.ts';
import { numberShape, stringShape } from '../../server/src/shape/shape.ts';
import { accepted, at, exit, findingsOf, modelOf, open, read, type Scene, told } from './served.ts';

const paths = (...operations: string[]): string => {
  const lines = operations.map((key) => {
    const [method = '', path = '', deprecated] = key.split(' ');
    const flag = deprecated ? 'deprecated: true, ' : '';
    return `  ${path}:\n    ${method.toLowerCase()}: { ${flag}responses: { default: { description: x } } }\n`;
  });
  return `paths:\n${lines.join('')}`;
};
const bound = { exits: [exit(200)] };

describe('operation-undocumented', () => {
  const scene = (undocumented: Scene['undocumented'], governed: Scene['governed'] = {}): Scene => ({
    contract: paths('GET /orders'),
    routes: { 'GET /orders': bound },
    undocumented,
    governed,
  });

  it('tells each route once', () => {
    expect(told(scene({ 'DELETE /orders/{id}': {} }))).toEqual(['warning operation-undocumented DELETE /orders/{id}']);
  });

  it.each([
    ['internal routes', 'GET /x', { internal: true }],
    ['routes that are not mounted', 'GET /x', { unmounted: true }],
    ['paths that could not be decided', 'GET /x', { completeness: { closed: false, reason: 'dynamic-path' } as const }],
    ['routes for every method', 'ALL /x', {}],
    ['OPTIONS', 'OPTIONS /x', {}],
    ['catch-alls', 'GET /x/{*}', {}],
    ['webhooks', 'POST /webhooks/payments', {}],
  ])('is silent about %s', (_, name, route) => {
    expect(told(scene({ [name]: { route } }))).toEqual([]);
  });

  it('counts the routes outside of a partial contract in one finding', () => {
    const findings = findingsOf(scene({ 'GET /api/a': {}, 'POST /api/b/c': {} }, { style: 'partial' }));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'information', subject: '/api', code: null });
    expect(findings[0]?.message).toBe(
      '2 routes under `/api` are not in the contract `Orders`, which describes a part of this API.',
    );
    expect(findings[0]?.related).toHaveLength(2);
  });

  it('offers an operation with what the handler shows, below the prefix', () => {
    const undocumented = {
      'POST /v1/orders/{id}/notes': {
        parameters: [read('query', 'silent'), read('header', 'user-agent')],
        bodies: [accepted(stringShape(), { required: true })],
        exits: [
          exit(201, { body: numberShape(undefined, { integer: true }), mediaType: 'application/json' }),
          exit(404),
        ],
      },
    };
    const [finding] = findingsOf(scene(undocumented, { prefix: '/v1' }));
    expect(finding?.fixes[0]?.data).toMatchObject({
      pointer: '/paths',
      path: '/orders/{id}/notes',
      method: 'post',
      operation: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'silent', in: 'query', schema: { type: 'string' } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'string' } } } },
        responses: {
          '201': { description: 'Created', content: { 'application/json': { schema: { type: 'integer' } } } },
          '404': { description: 'Not found' },
        },
      },
    });
    expect(JSON.parse(JSON.stringify(finding?.fixes))).toEqual(finding?.fixes);
  });
});

describe('operation-unimplemented', () => {
  const scene = (facts: Partial<Scene>): Scene => ({
    contract: paths('GET /orders', 'POST /refunds'),
    routes: { 'GET /orders': bound },
    ...facts,
  });

  it('tells an operation without a route', () => {
    expect(told(scene({}))).toEqual(['error operation-unimplemented POST /refunds']);
  });

  it('takes a deprecated operation lightly', () => {
    expect(told(scene({ contract: paths('GET /orders', 'POST /refunds deprecated') }))).toEqual([
      'information operation-unimplemented POST /refunds',
    ]);
  });

  it('is silent when registrations may be missing', () => {
    expect(told(scene({ governed: { routeCompleteness: open } }))).toEqual([]);
  });

  it('is silent when something may answer this very path', () => {
    expect(told(scene({ absences: { 'POST /refunds': open } }))).toEqual([]);
    expect(told(scene({ absences: { 'POST /refunds': closed } }))).toHaveLength(1);
  });

  it('is silent when nothing of the contract is served, or nobody serves it', () => {
    expect(told(scene({ routes: {} }))).toEqual([]);
    expect(told(scene({ governed: { apps: [] } }))).toEqual([]);
    expect(told(scene({ governed: { role: 'consumed' } }))).toEqual([]);
  });

  it('is at most likely when most of the contract is not served', () => {
    const contract = paths('GET /orders', 'POST /refunds', 'POST /a', 'POST /b');
    expect(told(scene({ contract }))).toContain('warning operation-unimplemented POST /a');
  });
});

describe('method-mismatch', () => {
  it('takes the place of both other findings', () => {
    const scene = {
      contract: paths('GET /orders', 'PUT /orders/{id}'),
      routes: { 'GET /orders': bound },
      undocumented: { 'PATCH /orders/{number}': {} },
    };
    expect(told(scene)).toEqual(['error method-mismatch PUT /orders/{id}']);
  });

  it('finds the path below a prefix', () => {
    const scene = {
      contract: paths('GET /orders', 'POST /refunds'),
      routes: { 'GET /orders': bound },
      undocumented: { 'GET /v1/refunds': {} },
      governed: { prefix: '/v1' },
    };
    expect(told(scene)).toEqual(['error method-mismatch POST /refunds']);
  });

  it('does not guess among several methods', () => {
    const scene = {
      contract: paths('GET /orders', 'PUT /orders/{id}'),
      routes: { 'GET /orders': bound },
      undocumented: { 'POST /orders/{id}': {}, 'DELETE /orders/{id}': {} },
    };
    expect(told(scene)).toEqual([
      'warning operation-undocumented DELETE /orders/{id}',
      'warning operation-undocumented POST /orders/{id}',
      'error operation-unimplemented PUT /orders/{id}',
    ]);
  });

  it('pairs a route that is registered on a condition, as likely', () => {
    const completeness = { closed: false, reason: 'conditional-registration' } as const;
    const scene = {
      contract: paths('GET /orders', 'PUT /orders/{id}'),
      routes: { 'GET /orders': bound },
      undocumented: { 'PATCH /orders/{id}': { route: { completeness } } },
    };
    expect(told(scene)).toEqual(['warning method-mismatch PUT /orders/{id}']);
  });

  it('is likely when registrations may be missing', () => {
    const scene = {
      contract: paths('GET /orders', 'PUT /orders/{id}'),
      routes: { 'GET /orders': bound },
      undocumented: { 'PATCH /orders/{id}': {} },
      governed: { routeCompleteness: open },
    };
    expect(told(scene)).toEqual(['warning method-mismatch PUT /orders/{id}']);
  });
});

describe('base-path-mismatch', () => {
  it('tells the contract once, at its server and at the mount', () => {
    const scene: Scene = {
      head: 'openapi: 3.0.3\ninfo: { title: Orders, version: 1.0.0 }\nservers: [{ url: https://x.test/v2 }]\n',
      contract: paths('GET /orders'),
      routes: { 'GET /orders': { ...bound, route: { mounts: [{ place: at(40), what: 'mounts the router' }] } } },
    };
    const route = { ...findRoute(scene) };
    const findings = findingsOf({
      ...scene,
      governed: { basePathConflict: { declared: '/v2', served: '/v1', route } },
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'base-path-mismatch',
      severity: 'warning',
      subject: '/v2',
      code: at(40),
    });
    expect(findings[0]?.contract?.pointer).toContain('/servers/0');
  });
});

describe('path-parameter-renamed', () => {
  const judge = (key: string, path: string): string[] =>
    told({ contract: paths(key), routes: { [key]: { ...bound, route: { path } } } });

  it('compares names by position from the end of the path', () => {
    expect(judge('GET /orders/{id}/lines/{line}', '/{tenant}/orders/{order}/lines/{line}')).toEqual([
      'information path-parameter-renamed path:id',
    ]);
  });

  it('takes styles of one name for the same', () => {
    expect(judge('GET /orders/{order_id}', '/orders/{orderId}')).toEqual([]);
  });
});

function findRoute(scene: Scene) {
  return modelOf(scene).governed[0]!.bindings[0]!.routes[0]!;
}
