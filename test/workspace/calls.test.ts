// Which operation a call asks for: by path, method and host, with the prefixes that servers and routes have, and when none is said.

import { describe, expect, it } from 'vitest';
import type { CallTarget, OutgoingCall } from '../../server/src/code/calls.ts';
import type { App } from '../../server/src/code/model.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { bind } from '../../server/src/workspace/bind/bind.ts';
import { CallBinder } from '../../server/src/workspace/bind/calls.ts';
import { appOf, codeOf, contractOf, memory } from './models.ts';

const own: CallTarget = { kind: 'own', inProcess: false };
const app: CallTarget = { kind: 'own', inProcess: true };
const open: CallTarget = { kind: 'open' };
const at = (host: string): CallTarget => ({ kind: 'host', host });

function callOf(text: string, target: CallTarget, file = '/w/src/a.ts'): OutgoingCall {
  const [method = '', path = ''] = text.split(' ');
  const place = { file, start: 0, end: 1 };
  return {
    place,
    urlPlace: place,
    method: method === 'any' ? undefined : method,
    target,
    path,
    client: 'fetch',
    test: false,
  };
}

function asker(contracts: readonly Contract[], apps: readonly App[] = []) {
  const { governed } = bind(contracts, codeOf(...apps), memory({}));
  const binder = new CallBinder(governed);
  return (text: string, target: CallTarget = own, file?: string): string[] =>
    binder
      .operationsOf(callOf(text, target, file))
      .map(({ operation, contract }) => (contracts.length > 1 ? `${contract.file} ${operation.key}` : operation.key));
}

const orders = ['GET /orders', 'POST /orders', 'GET /orders/{id}', 'GET /orders/search', 'GET /files/report-{day}.pdf'];

describe('paths and methods', () => {
  const ask = asker([contractOf(orders)], [appOf(['get /orders'])]);

  it('are those of the operation; a segment that is filled in is a parameter', () => {
    expect(ask('get /orders')).toEqual(['GET /orders']);
    expect(ask('post /orders')).toEqual(['POST /orders']);
    expect(ask('get /orders/{}')).toEqual(['GET /orders/{id}']);
    expect(ask('get /orders/17')).toEqual(['GET /orders/{id}']);
    expect(ask('get /orders/order-{}')).toEqual(['GET /orders/{id}']);
    expect(ask('get /orders/search')).toEqual(['GET /orders/search']);
    expect(ask('get /files/report-{}.pdf')).toEqual(['GET /files/report-{day}.pdf']);
    expect(ask('get /files/report-7.pdf')).toEqual(['GET /files/report-{day}.pdf']);
    expect(ask('get /files/other-7.pdf')).toEqual([]);
    expect(ask('delete /orders')).toEqual([]);
    expect(ask('get /orders/1/items')).toEqual([]);
  });

  it('may end in a query that is filled in', () => {
    expect(ask('get /orders{}')).toEqual(['GET /orders']);
    expect(ask('get /orders{}/x')).toEqual([]);
  });

  it('are no guess', () => {
    expect(ask('get /{}')).toEqual([]);
    expect(ask('any /orders')).toEqual([]);
    expect(ask('any /orders/search')).toEqual(['GET /orders/search']);
    expect(ask('get /{}/search')).toEqual([]);
  });

  it('need a word of the operation', () => {
    const short = asker([contractOf(['GET /{code}', 'GET /'])], [appOf(['get /{code}', 'get /'])]);
    expect(short('get /health')).toEqual([]);
    expect(short('get /')).toEqual(['GET /']);
  });
});

describe('prefixes', () => {
  const ask = asker(
    [contractOf(orders, { servers: ['/api/v1'] })],
    [appOf(['get /api/v1/orders', 'post /api/v1/orders'])],
  );

  it('are those of servers and routes, or none', () => {
    expect(ask('get /api/v1/orders')).toEqual(['GET /orders']);
    expect(ask('get /orders')).toEqual(['GET /orders']);
    expect(ask('get /v1/orders')).toEqual([]);
    expect(ask('get /other/orders')).toEqual([]);
    const served = asker([contractOf(orders)], [appOf(['get /internal/orders', 'post /internal/orders'])]);
    expect(served('get /internal/orders')).toEqual(['GET /orders']);
  });

  it('are known in part where the front is open', () => {
    expect(ask('get /v1/orders', open)).toEqual(['GET /orders']);
    expect(ask('get /orders/{}', open)).toEqual(['GET /orders/{id}']);
    expect(ask('get /other/orders', open)).toEqual([]);
  });
});

describe('hosts', () => {
  it("are those of the servers; a machine of one's own stands in for any", () => {
    const ask = asker([contractOf(orders, { servers: ['/v1'] })], [appOf(['get /v1/orders', 'post /v1/orders'])]);
    expect(ask('get /v1/orders', at('api.test'))).toEqual(['GET /orders']);
    expect(ask('get /v1/orders', at('api.test:443'))).toEqual(['GET /orders']);
    expect(ask('get /orders', at('api.test'))).toEqual([]);
    expect(ask('get /v1/orders', at('{}.test'))).toEqual(['GET /orders']);
    expect(ask('get /v1/orders', at('api.other'))).toEqual([]);
    expect(ask('get /v1/orders', at('localhost:3000'))).toEqual(['GET /orders']);
    expect(ask('get /orders', at('127.0.0.1:{}'))).toEqual(['GET /orders']);
  });

  it("of one's own machine are told apart where a contract names one", () => {
    const contract = contractOf(orders);
    const { place } = { place: contract.versionPlace };
    const local: Contract = { ...contract, servers: [{ url: 'http://localhost:3000', basePath: '', place }] };
    const ask = asker([local], [appOf(['get /orders'])]);
    expect(ask('get /orders', at('localhost:3000'))).toEqual(['GET /orders']);
    expect(ask('get /orders', at('localhost:4000'))).toEqual([]);
  });

  it('are needed for the contract of somebody else', () => {
    const other = contractOf(['GET /refunds'], { file: '/w/vendor/openapi.yaml', servers: [''] });
    const ask = asker([contractOf(orders), other], [appOf(['get /orders', 'post /orders'])]);
    expect(ask('get /refunds')).toEqual([]);
    expect(ask('get /refunds', app)).toEqual([]);
    expect(ask('get /refunds', at('localhost'))).toEqual([]);
    expect(ask('get /refunds', at('api.test'))).toEqual(['/w/vendor/openapi.yaml GET /refunds']);
    expect(ask('get /refunds', open)).toEqual(['/w/vendor/openapi.yaml GET /refunds']);
  });

  it('may be the own one of a page where nothing is served at all', () => {
    expect(asker([contractOf(orders)])('get /orders')).toEqual(['GET /orders']);
  });
});

describe('several contracts', () => {
  const one = contractOf(['GET /orders'], { file: '/w/one/openapi.yaml' });
  const two = contractOf(['GET /orders', 'GET /orders/{id}'], { file: '/w/two/openapi.yaml' });

  it('are all meant where nothing tells them apart, and a test means the one beside it', () => {
    const apps = [
      appOf(['get /orders'], { folder: '/w/one' }),
      appOf(['get /orders', 'get /orders/{id}'], { folder: '/w/two' }),
    ];
    const ask = asker([one, two], apps);
    expect(ask('get /orders', open)).toEqual(['/w/one/openapi.yaml GET /orders', '/w/two/openapi.yaml GET /orders']);
    expect(ask('get /orders', app, '/w/two/test/a.test.ts')).toEqual(['/w/two/openapi.yaml GET /orders']);
    expect(ask('get /orders/{}', open)).toEqual(['/w/two/openapi.yaml GET /orders/{id}']);
  });
});
