// Holds what the rules about registered routes say: shadowed, duplicated, and slips in paths.

import { describe, expect, it } from 'vitest';
import type { Route } from '../../server/src/code/model.ts';
import { isNear } from '../../server/src/rules/evidence/near-misses.ts';
import { at, exit, open, type Served, told } from './served.ts';

const answers = { exits: [exit(200)], passesOn: false };
const operation = '{ responses: { default: { description: x } } }';

/** Two operations; the route of the second is registered behind the one of the first. */
function ordered(first: Partial<Served>, second: Partial<Served> = {}, paths = ['/orders/{id}', '/orders/export']) {
  const contract = `paths:\n${paths.map((path) => `  ${path}:\n    get: ${operation}\n`).join('')}`;
  const route = (served: Partial<Served>, order: number): Served => ({
    ...answers,
    ...served,
    route: { order, place: at(order + 1), handlerPlace: at(order + 1), ...served.route },
  });
  const [a, b] = paths.map((path) => `GET ${path}`);
  return told({ contract, routes: { [a!]: route(first, 0), [b!]: route(second, 1) } });
}

describe('route-shadowed', () => {
  it('tells a route behind a wider one', () => {
    expect(ordered({})).toEqual(['error route-shadowed GET /orders/export']);
    expect(ordered({}, {}, ['/files/{*}', '/files/a/b'])).toEqual(['error route-shadowed GET /files/a/b']);
    expect(ordered({ route: { method: 'all' } })).toEqual(['error route-shadowed GET /orders/export']);
  });

  it.each<[string, Partial<Served>, Partial<Served>]>([
    ['the first may pass on', { passesOn: true }, {}],
    ['nobody knows whether it passes on', { passesOn: undefined }, {}],
    ['the first takes some texts only', { route: { constrained: true } }, {}],
    ['the first is registered on a condition', { route: { completeness: open } }, {}],
    ['the second is registered on a condition', {}, { route: { completeness: open } }],
    ['the first has another method', { route: { method: 'post' } }, {}],
    ['the first belongs to another app', { route: { app: 'other' } }, {}],
    ['the second comes first', { route: { order: 2 } }, {}],
    ['the prefix is not known', { route: { unmounted: true } }, {}],
    [
      'the framework takes the most specific path',
      { route: { framework: 'fastify' } },
      { route: { framework: 'fastify' } },
    ],
  ])('is silent when %s', (_, first, second) => {
    expect(ordered(first, second)).toEqual([]);
  });

  it('is silent for paths that do not cover each other', () => {
    expect(ordered({}, {}, ['/orders/{id}', '/orders/{id}/lines'])).toEqual([]);
    expect(ordered({}, {}, ['/orders/{id}', '/items/export'])).toEqual([]);
    expect(ordered({}, {}, ['/orders/export', '/orders/{id}'])).toEqual([]);
    expect(ordered({}, {}, ['/files/{name}.pdf', '/files/export'])).toEqual([]);
  });
});

describe('route-duplicated', () => {
  const contract = `paths:\n  /orders:\n    get: ${operation}\n`;
  const twice = (first: Partial<Served>, place: Partial<Route> = { handlerPlace: at(8) }): string[] =>
    told({
      contract,
      routes: {
        'GET /orders': [
          { ...answers, ...first, route: { place: at(3), handlerPlace: at(4) } },
          { ...answers, route: { place: at(7), ...place } },
        ],
      },
    });

  it('tells a second handler that is never reached', () => {
    expect(twice({})).toEqual(['warning route-duplicated GET /orders']);
  });

  it('is silent when the first passes on, or both are one', () => {
    expect(twice({ passesOn: true })).toEqual([]);
    expect(twice({}, { handlerPlace: at(4) })).toEqual([]);
    expect(twice({}, { place: at(3), handlerPlace: at(8) })).toEqual([]);
  });

  it('keeps the second handler out of every other rule', () => {
    const strict = "paths:\n  /orders:\n    get: { responses: { '200': { description: x } } }\n";
    const second = { exits: [exit(409)], passesOn: false, route: { place: at(7), handlerPlace: at(8) } };
    const first = { ...answers, route: { place: at(3), handlerPlace: at(4) } };
    expect(told({ contract: strict, routes: { 'GET /orders': [first, second] } })).toEqual([
      'warning route-duplicated GET /orders',
    ]);
  });
});

describe('path-near-miss', () => {
  it.each([
    ['/orders/{id}/invoice', '/orders/{orderId}/invoices'],
    ['/order-items', '/orderItems'],
    ['/categories', '/category'],
    ['/shipments', '/shipmets'],
    ['/customers', '/cusotmers'],
  ])('takes %s and %s for one', (a, b) => {
    expect(isNear(a, b)).toBe(true);
  });

  it.each([
    ['/orders', '/Orders/'],
    ['/import', '/export'],
    ['/lock', '/unlock'],
    ['/v1/orders', '/v2/orders'],
    ['/users', '/uses/x'],
    ['/cat', '/car'],
    ['/orders/{id}', '/orders/id'],
    ['/orders/invoice', '/order/invoices'],
  ])('takes %s and %s for two, or for the same', (a, b) => {
    expect(isNear(a, b)).toBe(false);
  });

  const contract = `paths:\n  /orders/invoices:\n    get: ${operation}\n  /orders:\n    get: ${operation}\n`;
  const routes = { 'GET /orders': answers };

  it('takes the place of the two findings', () => {
    expect(told({ contract, routes, undocumented: { 'GET /orders/invoice': answers } })).toEqual([
      'warning path-near-miss GET /orders/invoices',
    ]);
  });

  it('makes no pair where two routes could be meant, or the methods differ', () => {
    const several = { 'GET /orders/invoice': answers, 'GET /orders/in-voices': answers };
    expect(told({ contract, routes, undocumented: several })).not.toContain(
      'warning path-near-miss GET /orders/invoices',
    );
    expect(told({ contract, routes, undocumented: { 'POST /orders/invoice': answers } }).sort()).toEqual([
      'error operation-unimplemented GET /orders/invoices',
      'warning operation-undocumented POST /orders/invoice',
    ]);
  });
});
