// Owns the tests of binding one contract to one app: path shapes, methods, prefixes and what stays open.

import { describe, expect, it } from 'vitest';
import type { App } from '../../server/src/code/model.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { Binder, bind } from '../../server/src/workspace/bind/bind.ts';
import type { Governed } from '../../server/src/workspace/model.ts';
import { appOf, codeOf, contractOf, memory } from './models.ts';

function bound(contract: Contract, app: App): Governed {
  return bind([contract], codeOf(app), memory({})).governed[0]!;
}

/** `operation <- route, route` per operation, `operation <- ` for none. */
function pairs(governed: Governed): string[] {
  return governed.bindings.map(
    ({ operation, routes }) =>
      `${operation.key} <- ${routes.map((route) => `${route.method} ${route.path}`).join(', ')}`,
  );
}

function undocumented(governed: Governed): string[] {
  return governed.undocumented.map((route) => `${route.method} ${route.path}`);
}

describe('a route that no contract names', () => {
  it('is missed in the contract whose operations are nearest to it', () => {
    const admin = contractOf(['GET /health', 'GET /api/v1/activity', 'GET /api/v1/orders']);
    const client = contractOf(['GET /api/v1/client/orders', 'GET /api/v1/client/activity']);
    const app = appOf([
      'get /health',
      'get /api/v1/activity',
      'get /api/v1/orders',
      'get /api/v1/client/orders',
      'get /api/v1/client/activity',
      'get /api/v1/activity/summary',
      'get /api/v1/client/orders/{id}',
    ]);
    const { governed } = bind([admin, client], codeOf(app), memory({}));
    expect(governed.map(undocumented)).toEqual([['get /api/v1/activity/summary'], ['get /api/v1/client/orders/{id}']]);
  });
});

describe('the contracts of one app', () => {
  it('are parts of it together, however few routes are missed in one of them', () => {
    const orders = contractOf(['GET /api/orders']);
    const rates = contractOf(['GET /api/rates']);
    const many = Array.from({ length: 30 }, (_, index) => `get /api/orders/part${index}`);
    const app = appOf(['get /api/orders', 'get /api/rates', 'get /api/rates/latest', ...many]);
    const { governed } = bind([orders, rates], codeOf(app), memory({}));
    expect(governed.map((one) => [one.style, one.undocumented.length])).toEqual([
      ['partial', 30],
      ['partial', 1],
    ]);
  });
});

describe('path shapes', () => {
  it('matches parameters by position, whatever their names and style', () => {
    const governed = bound(
      contractOf(['GET /orders/{id}', 'GET /orders/:orderId/items/{item}']),
      appOf(['get /orders/{orderId}', 'get /orders/{a}/items/{b}']),
    );
    expect(pairs(governed)).toEqual([
      'GET /orders/{id} <- get /orders/{orderId}',
      'GET /orders/:orderId/items/{item} <- get /orders/{a}/items/{b}',
    ]);
  });

  it('ignores case, trailing slashes and percent-encoding', () => {
    const governed = bound(
      contractOf(['GET /Orders/', 'POST /orders/bulk%20import']),
      appOf(['get /orders', 'post /orders/BULK%20import/']),
    );
    expect(governed.bindings.every(({ routes }) => routes.length === 1)).toBe(true);
  });

  it('tells parameters inside of a segment from whole ones', () => {
    const governed = bound(
      contractOf(['GET /files/{name}.json', 'POST /payments/{id}:capture', 'GET /payments/{id}']),
      appOf(['get /files/{file}.json', 'post /payments/{payment}:capture', 'get /payments/{p}']),
    );
    expect(governed.bindings.map(({ routes }) => routes.length)).toEqual([1, 1, 1]);
  });

  it('reads an optional segment both ways', () => {
    const governed = bound(contractOf(['GET /orders', 'GET /orders/{id}']), appOf(['get /orders/{id?}']));
    expect(governed.bindings.map(({ routes }) => routes.length)).toEqual([1, 1]);
    expect(undocumented(governed)).toEqual([]);
  });

  it('never binds a named operation to a catch-all, and keeps its absence open', () => {
    const governed = bound(contractOf(['GET /a/one', 'GET /b/two']), appOf(['get /a/{*}', 'get /b/two']));
    expect(pairs(governed)).toEqual(['GET /a/one <- ', 'GET /b/two <- get /b/two']);
    expect(governed.bindings[0]!.absence).toMatchObject({ closed: false, reason: 'catch-all-or-proxy' });
  });

  it('binds a trailing parameter to the rest of a path, where nothing else serves it', () => {
    const contract = contractOf(['GET /blobs/{path}', 'PUT /blobs/{path}', 'GET /files/{name}', 'GET /id']);
    const governed = bound(
      contract,
      appOf(['get /v1/blobs/{*}', 'all /v1/files/{*}', 'put /v1/blobs/{*}', 'put /v1/blobs/{name}', 'get /v1/id']),
    );
    expect(pairs(governed)).toEqual([
      'GET /blobs/{path} <- get /v1/blobs/{*}',
      'PUT /blobs/{path} <- put /v1/blobs/{name}',
      'GET /files/{name} <- ',
      'GET /id <- get /v1/id',
    ]);
  });

  it('does not take a fallback for the whole app as an answer', () => {
    const governed = bound(contractOf(['GET /a', 'GET /b']), appOf(['get /a', 'all /{*}']));
    expect(governed.bindings[1]!.absence).toEqual({ closed: true });
  });

  it('keeps absence open when a free template could answer, and closed when that template is another operation', () => {
    const free = bound(contractOf(['GET /reports/daily', 'GET /x']), appOf(['get /reports/{kind}', 'get /x']));
    expect(free.bindings[0]!.absence).toMatchObject({ closed: false });
    expect(undocumented(free)).toEqual([]);
    const taken = bound(contractOf(['GET /reports/daily', 'GET /reports/{kind}']), appOf(['get /reports/{kind}']));
    expect(taken.bindings[0]!.absence).toEqual({ closed: true });
  });
});

describe('methods', () => {
  it('binds a route for all methods after the exact one', () => {
    const governed = bound(contractOf(['GET /a', 'POST /a']), appOf(['all /a', 'get /a']));
    expect(pairs(governed)).toEqual(['GET /a <- get /a, all /a', 'POST /a <- all /a']);
  });

  it('leaves another method unbound, and the path known', () => {
    const governed = bound(contractOf(['PUT /a/{id}', 'GET /a']), appOf(['patch /a/{id}', 'get /a']));
    expect(pairs(governed)).toEqual(['PUT /a/{id} <- ', 'GET /a <- get /a']);
    expect(undocumented(governed)).toEqual(['patch /a/{id}']);
  });

  it('takes HEAD beside a declared GET as said, and a declared HEAD as perhaps served by GET', () => {
    const head = bound(contractOf(['GET /a', 'GET /b']), appOf(['get /a', 'head /a', 'get /b']));
    expect(undocumented(head)).toEqual([]);
    const get = bound(contractOf(['GET /a', 'HEAD /a']), appOf(['get /a']));
    expect(get.bindings[1]!.absence).toMatchObject({ closed: false });
  });
});

describe('prefixes', () => {
  it('accepts a declared base path with and without its being served', () => {
    const contract = contractOf(['GET /orders', 'GET /refunds'], { servers: ['/v1'] });
    const served = bound(contract, appOf(['get /v1/orders', 'get /v1/refunds']));
    expect(served.prefix).toBe('');
    expect(served.basePathConflict).toBeUndefined();
    const stripped = bound(contract, appOf(['get /orders', 'get /refunds']));
    expect(stripped.bindings.every(({ routes }) => routes.length === 1)).toBe(true);
    expect(stripped.basePathConflict).toBeUndefined();
  });

  it('derives a prefix that only the code knows', () => {
    const governed = bound(contractOf(['GET /orders', 'GET /refunds']), appOf(['get /api/orders', 'get /api/refunds']));
    expect(governed.prefix).toBe('/api');
    expect(governed.bindings.every(({ routes }) => routes.length === 1)).toBe(true);
    expect(governed.basePathConflict).toBeUndefined();
  });

  it('reports a served prefix that contradicts every declared one', () => {
    const contract = contractOf(['GET /orders', 'GET /refunds'], { servers: ['/v1'] });
    const conflict = bound(contract, appOf(['get /v2/orders', 'get /v2/refunds'])).basePathConflict;
    expect(conflict).toMatchObject({ declared: '/v1', served: '/v2' });
    const root = contractOf(['GET /orders', 'GET /refunds'], { servers: ['/v1', ''] });
    expect(bound(root, appOf(['get /v2/orders', 'get /v2/refunds'])).basePathConflict).toBeUndefined();
  });

  it('takes a gateway that strips the head of a declared prefix as no conflict', () => {
    const contract = contractOf(['GET /orders', 'GET /refunds'], { servers: ['/checkout/v1'] });
    expect(bound(contract, appOf(['get /v1/orders', 'get /v1/refunds'])).basePathConflict).toBeUndefined();
  });

  it('does not read one version as another, and leaves its routes alone', () => {
    const contract = contractOf(['GET /orders', 'GET /refunds', 'GET /payouts'], { servers: ['/v1'] });
    const governed = bound(
      contract,
      appOf(['get /v1/orders', 'get /v1/refunds', 'get /v2/orders', 'get /v2/refunds', 'get /v2/payouts']),
    );
    expect(pairs(governed)).toEqual([
      'GET /orders <- get /v1/orders',
      'GET /refunds <- get /v1/refunds',
      'GET /payouts <- ',
    ]);
    expect(undocumented(governed)).toEqual([]);
  });

  it('accepts a second mount of the same registrations as an alias', () => {
    const governed = bound(
      contractOf(['GET /orders', 'GET /refunds']),
      appOf([
        '@r.ts#1 get /api/v1/orders',
        '@r.ts#2 get /api/v1/refunds',
        '@r.ts#3 get /api/v1/payouts',
        '@r.ts#1 get /v1/orders',
        '@r.ts#2 get /v1/refunds',
        '@r.ts#3 get /v1/payouts',
      ]),
    );
    expect(governed.bindings.map(({ routes }) => routes.length)).toEqual([2, 2]);
    expect(new Set(governed.undocumented.map((route) => route.place.start))).toEqual(new Set([3]));
  });

  it('binds several declared servers at once', () => {
    const contract = contractOf(['GET /orders', 'GET /refunds'], { servers: ['/v1', '/v2'] });
    const governed = bound(contract, appOf(['get /v1/orders', 'get /v1/refunds', 'get /v2/orders', 'get /v2/refunds']));
    expect(governed.bindings.map(({ routes }) => routes.length)).toEqual([2, 2]);
  });

  it('finds at the root what stands beside the prefix, and leaves the pages of a resource alone', () => {
    const governed = bound(
      contractOf(['GET /orders', 'GET /orders/{id}', 'GET /health', 'POST /orders'], { servers: ['/api'] }),
      appOf(['get /api/orders', 'get /api/orders/{id}', 'get /health', 'post /orders']),
    );
    expect(governed.bindings.map(({ routes }) => routes.map(({ path }) => path))).toEqual([
      ['/api/orders'],
      ['/api/orders/{id}'],
      ['/health'],
      [],
    ]);
  });

  it('does not take the tail of a deeper resource for a prefix', () => {
    const governed = bound(contractOf(['GET /users', 'GET /orders']), appOf(['get /users', 'get /users/{id}/orders']));
    expect(pairs(governed)).toEqual(['GET /users <- get /users', 'GET /orders <- ']);
  });

  it('binds `/` and `/{id}` below an established prefix only', () => {
    const governed = bound(
      contractOf(['GET /', 'GET /{id}', 'GET /search']),
      appOf(['get /api/things', 'get /api/things/{id}', 'get /api/things/search', 'get /other/{x}']),
    );
    expect(pairs(governed)).toEqual([
      'GET / <- get /api/things',
      'GET /{id} <- get /api/things/{id}',
      'GET /search <- get /api/things/search',
    ]);
  });

  it('finds what a contract writes under paths and a gateway strips', () => {
    const governed = bound(
      contractOf(['GET /payments/v1/orders', 'GET /payments/v1/refunds', 'POST /payments/v1/refunds']),
      appOf(['get /orders', 'get /refunds', 'post /refunds']),
    );
    expect(governed.bindings.every(({ routes }) => routes.length === 1)).toBe(true);
  });
});

describe('routes whose mount is unknown', () => {
  it('bind by the tail of the path when one prefix explains the file', () => {
    const governed = bound(
      contractOf(['GET /v1/orders', 'GET /v1/orders/{id}', 'GET /v1/refunds']),
      appOf(['@orders.ts ?get /', '@orders.ts ?get /{id}', 'get /v1/refunds']),
    );
    expect(pairs(governed)).toEqual([
      'GET /v1/orders <- get /',
      'GET /v1/orders/{id} <- get /{id}',
      'GET /v1/refunds <- get /v1/refunds',
    ]);
  });

  it('stay unbound when two prefixes explain them equally well, and keep absence open', () => {
    const governed = bound(
      contractOf(['GET /orders/{id}', 'GET /refunds/{id}', 'GET /a', 'GET /b']),
      appOf(['@x.ts ?get /{id}', 'get /a', 'get /b']),
    );
    expect(governed.bindings.slice(0, 2).map(({ routes }) => routes.length)).toEqual([0, 0]);
    expect(governed.bindings[0]!.absence).toMatchObject({ closed: false, reason: 'unresolved-prefix' });
  });

  it('bind apart for each mount of a class of routers, by the name of the file that mounts it', () => {
    const governed = bound(
      contractOf([
        'GET /api/roles',
        'GET /api/roles/{id}',
        'GET /api/scopes',
        'GET /api/scopes/{id}',
        'GET /api/hooks',
      ]),
      appOf([
        '@resource.ts<role/index.ts ?get /api/{*}',
        '@resource.ts<role/index.ts ?get /api/{*}/{id}',
        '@resource.ts<scope/index.ts ?get /api/{*}',
        '@resource.ts<scope/index.ts ?get /api/{*}/{id}',
        'get /api/hooks',
      ]),
    );
    expect(governed.bindings.map(({ routes }) => routes[0]?.order)).toEqual([0, 1, 2, 3, 4]);
  });

  it('take an unknown constant for plain segments behind what is known, and for nothing else', () => {
    const governed = bound(
      contractOf(['GET /api/orders/{id}/items', 'GET /other/orders/{id}/items', 'GET /api/{id}/items', 'GET /a']),
      appOf(['@x.ts ?get /api/{*}/{id}/items', 'get /a']),
    );
    expect(governed.bindings.map(({ routes }) => routes.length)).toEqual([1, 0, 0, 1]);
  });

  it('serve nothing that a mounted route of another app serves', () => {
    const contract = contractOf(['GET /usage/{id}', 'POST /usage/{id}/reset', 'GET /usage']);
    const app = appOf(['get /usage/{id}', 'post /usage/{id}/reset', 'get /usage']);
    const spare: App = {
      ...appOf(['@breakers.ts ?get /{key}', '@breakers.ts ?post /{key}/reset']),
      id: '/w/src/index.ts',
    };
    const [governed] = bind([contract], codeOf(app, spare), memory({})).governed;
    expect(pairs(governed!)).toEqual([
      'GET /usage/{id} <- get /usage/{id}',
      'POST /usage/{id}/reset <- post /usage/{id}/reset',
      'GET /usage <- get /usage',
    ]);
  });

  it('are never undocumented', () => {
    const governed = bound(contractOf(['GET /a', 'GET /b']), appOf(['get /a', 'get /b', '@x.ts ?post /zzz']));
    expect(undocumented(governed)).toEqual([]);
  });
});

describe('undocumented routes', () => {
  it('lie below the reach, and are no probes, documentation or catch-alls', () => {
    const governed = bound(
      contractOf(['GET /orders', 'GET /refunds'], { servers: ['/v1'] }),
      appOf([
        'get /v1/orders',
        'get /v1/refunds',
        'post /v1/orders',
        'get /login',
        'get /v1/health',
        'get /v1/docs/{*}',
        'options /v1/orders',
        'all /v1/{*}',
      ]),
    );
    expect(undocumented(governed)).toEqual(['post /v1/orders']);
  });

  it('are told once for each registration, however often it is mounted', () => {
    const governed = bound(
      contractOf(['GET /orders', 'GET /orders/{id}'], { servers: ['/api', '/api/v1'] }),
      appOf([
        '@a.ts#1 get /api/orders',
        '@a.ts#2 get /api/orders/{id}',
        '@a.ts#3 post /api/orders',
        '@a.ts#1 get /api/v1/orders',
        '@a.ts#2 get /api/v1/orders/{id}',
        '@a.ts#3 post /api/v1/orders',
      ]),
    );
    expect(undocumented(governed)).toEqual(['post /api/orders']);
  });

  it('stay within what all paths of the contract begin with', () => {
    const governed = bound(
      contractOf(['GET /api/v1/orders', 'GET /api/v1/refunds']),
      appOf(['get /api/v1/orders', 'get /api/v1/refunds', 'get /pages/about', 'get /api/v1/payouts']),
    );
    expect(undocumented(governed)).toEqual(['get /api/v1/payouts']);
  });
});

describe('binding again', () => {
  const contract = contractOf(['GET /orders', 'GET /orders/{id}', 'GET /refunds/{id}']);
  const states = [
    ['get /orders', 'get /orders/{key}'],
    ['@src/orders.ts#40 get /orders', '@src/orders.ts#90 get /orders/{key}', 'get /refunds/{*}'],
    ['@src/orders.ts#60 get /orders', '@src/orders.ts#99 get /orders/{key}', 'get /refunds/{*}'],
    ['get /orders', '?get /{id}', 'get /payouts'],
    [],
  ];

  it('gives what a fresh start gives, with the places and routes of the present code', () => {
    const binder = new Binder(undefined);
    for (const routes of [...states, ...[...states].reverse()]) {
      const code = codeOf(appOf(routes));
      const again = binder.bind([contract], code, memory({}));
      expect(again).toEqual(bind([contract], code, memory({})));
      const present = new Set(code.apps.flatMap((app) => app.routes));
      for (const { bindings, undocumented, apps } of again.governed) {
        expect(
          [...bindings.flatMap((binding) => binding.routes), ...undocumented].every((one) => present.has(one)),
        ).toBe(true);
        expect(apps.every((app) => code.apps.includes(app))).toBe(true);
      }
    }
  });
});
