// Owns the tests of which contract governs which app, the styles, and what the configuration decides.

import { describe, expect, it } from 'vitest';
import type { App } from '../../server/src/code/model.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { type Configuration, defaultConfiguration } from '../../server/src/registry/configuration.ts';
import { bind } from '../../server/src/workspace/bind/bind.ts';
import type { Governed } from '../../server/src/workspace/model.ts';
import { appOf, codeOf, contractOf, memory } from './models.ts';

const orders = ['GET /orders', 'POST /orders', 'GET /orders/{id}'];
const served = ['get /orders', 'post /orders', 'get /orders/{id}'];

function governedBy(
  contracts: readonly Contract[],
  apps: readonly App[],
  configuration?: Configuration,
  texts: Readonly<Record<string, string>> = {},
): Map<string, Governed> {
  const model = bind(contracts, codeOf(...apps), memory(texts), configuration);
  const reversed = bind([...contracts].reverse(), codeOf(...[...apps].reverse()), memory(texts), configuration);
  // The order in which files are found must not decide anything.
  const roles = (list: readonly Governed[]) =>
    list
      .map((governed) => `${governed.contract.file} ${governed.role} ${governed.apps.map((app) => app.folder)}`)
      .sort();
  expect(roles(reversed.governed)).toEqual(roles(model.governed));
  return new Map(model.governed.map((governed) => [governed.contract.file, governed]));
}

const folders = (governed: Governed | undefined) => governed?.apps.map((app) => app.folder);

describe('a prefix that a gateway takes away', () => {
  const outside = ['GET /v1/orders', 'POST /v1/orders', 'GET /v1/orders/{id}'];
  const confidence = (app: App) => governedBy([contractOf(outside)], [app]).get('/w/openapi.yaml')?.confidence;

  it('is believed when all routes are known', () => {
    expect(confidence(appOf(served))).toBeUndefined();
  });

  it('is no proof while routes are missing that could fit as they are', () => {
    expect(confidence(appOf(served, { open: true }))).toBe('likely');
    expect(confidence(appOf([...served, '?get /payouts']))).toBe('likely');
  });

  it('is no matter for routes that fit as they are', () => {
    expect(
      confidence(
        appOf(
          outside.map((key) => key.toLowerCase()),
          { open: true },
        ),
      ),
    ).toBeUndefined();
  });
});

describe('several contracts and apps', () => {
  it('leaves out an app that repeats a path of the one beside it, and keeps one that serves the rest', () => {
    const routes = (list: readonly string[]) => [
      ...governedBy([contractOf(outside)], [appOf(served), appOf(list)]).values(),
    ];
    const outside = [...orders, 'GET /refunds', 'GET /payouts'];
    const apps = (list: readonly string[]) => routes(list).map((governed) => governed.apps.length);
    expect(apps(['post /orders', 'head /ping'])).toEqual([1]);
    expect(apps(['get /refunds', 'get /payouts'])).toEqual([2]);
    expect(apps(served)).toEqual([2]);
  });

  it('pairs each package with its own contract, though both serve the same paths', () => {
    const map = governedBy(
      [contractOf(orders, { file: '/w/a/openapi.yaml' }), contractOf(orders, { file: '/w/b/openapi.yaml' })],
      [appOf(served, { folder: '/w/a' }), appOf(served, { folder: '/w/b' })],
    );
    expect(folders(map.get('/w/a/openapi.yaml'))).toEqual(['/w/a']);
    expect(folders(map.get('/w/b/openapi.yaml'))).toEqual(['/w/b']);
  });

  it('finds the contract in another package than the handlers', () => {
    const map = governedBy(
      [contractOf(orders, { file: '/w/packages/contract/openapi.yaml' })],
      [appOf(served, { folder: '/w/packages/api' }), appOf(['get /pages'], { folder: '/w/packages/web' })],
    );
    expect(folders(map.get('/w/packages/contract/openapi.yaml'))).toEqual(['/w/packages/api']);
  });

  it('demotes copies: the one that the code names wins, then the nearest, then the newest', () => {
    const copy = contractOf(orders, { file: '/w/dist/openapi.json' });
    const source = contractOf(orders, { file: '/w/openapi.yaml' });
    const map = governedBy([copy, source], [appOf(served)]);
    expect(map.get('/w/openapi.yaml')?.role).toBe('owned');
    expect(map.get('/w/dist/openapi.json')).toMatchObject({ role: 'consumed', apps: [], undocumented: [] });
    expect(map.get('/w/dist/openapi.json')?.reason).toContain('openapi.yaml');
    const named = governedBy([copy, source], [appOf(served, { contractFiles: ['/w/dist/openapi.json'] })]);
    expect(named.get('/w/dist/openapi.json')?.role).toBe('owned');
    expect(named.get('/w/openapi.yaml')?.role).toBe('consumed');
    const versions = governedBy(
      [
        contractOf(orders, { file: '/w/api/old.yaml', version: '1.9.0' }),
        contractOf(orders, { file: '/w/api/new.yaml', version: '1.10.0' }),
      ],
      [appOf(served)],
    );
    expect(versions.get('/w/api/new.yaml')?.role).toBe('owned');
    expect(versions.get('/w/api/old.yaml')?.role).toBe('consumed');
  });

  it('gives each version its own routes', () => {
    const map = governedBy(
      [
        contractOf(orders, { file: '/w/v1.yaml', servers: ['/v1'] }),
        contractOf([...orders, 'DELETE /orders/{id}'], { file: '/w/v2.yaml', servers: ['/v2'], version: '2.0.0' }),
      ],
      [
        appOf([
          ...served.map((r) => r.replace(' ', ' /v1')),
          ...served.map((r) => r.replace(' ', ' /v2')),
          'get /v2/new',
        ]),
      ],
    );
    const paths = (file: string) => map.get(file)?.bindings.flatMap(({ routes }) => routes.map((route) => route.path));
    expect(new Set(paths('/w/v1.yaml'))).toEqual(new Set(['/v1/orders', '/v1/orders/{id}']));
    expect(new Set(paths('/w/v2.yaml'))).toEqual(new Set(['/v2/orders', '/v2/orders/{id}']));
    expect(map.get('/w/v1.yaml')?.undocumented).toEqual([]);
    expect(map.get('/w/v2.yaml')?.undocumented.map((route) => route.path)).toEqual(['/v2/new']);
    expect(map.get('/w/v2.yaml')?.bindings[3]?.routes).toEqual([]);
  });

  it('lets two contracts share one app when they name different routes', () => {
    const map = governedBy(
      [
        contractOf(orders, { file: '/w/api.yaml' }),
        contractOf(['GET /admin/users', 'POST /admin/users'], { file: '/w/admin.yaml' }),
      ],
      [appOf([...served, 'get /admin/users', 'post /admin/users'])],
    );
    expect([...map.values()].map(({ role, undocumented }) => [role, undocumented.length])).toEqual([
      ['owned', 0],
      ['owned', 0],
    ]);
  });

  it('lets one contract be served by several apps that have none of their own', () => {
    const map = governedBy(
      [contractOf([...orders, 'GET /refunds', 'POST /refunds'], { file: '/w/openapi.yaml' })],
      [appOf(served, { folder: '/w/orders' }), appOf(['get /refunds', 'post /refunds'], { folder: '/w/refunds' })],
    );
    expect(folders(map.get('/w/openapi.yaml'))).toEqual(['/w/orders', '/w/refunds']);
    expect(map.get('/w/openapi.yaml')?.bindings.every(({ routes }) => routes.length === 1)).toBe(true);
  });
});

describe('contracts of others', () => {
  it('are consumed when almost nothing of them is served, without a flood', () => {
    const vendor = contractOf(
      Array.from({ length: 40 }, (_, index) => `GET /things${index}/{id}`).concat('GET /orders'),
      { file: '/w/vendor/psp.yaml' },
    );
    const map = governedBy([vendor, contractOf(orders)], [appOf(served)]);
    expect(map.get('/w/vendor/psp.yaml')).toMatchObject({ role: 'consumed', apps: [], undocumented: [] });
    expect(map.get('/w/vendor/psp.yaml')?.routeCompleteness.closed).toBe(false);
    expect(map.get('/w/openapi.yaml')?.role).toBe('owned');
  });

  it('are consumed when they stand alone beside a small app and share no path', () => {
    const vendor = contractOf(Array.from({ length: 40 }, (_, index) => `GET /things${index}/{id}`));
    expect(governedBy([vendor], [appOf(served)]).get('/w/openapi.yaml')?.role).toBe('consumed');
  });

  it('are ours when they stand alone beside the only app and are of its size', () => {
    const map = governedBy([contractOf(['GET /payouts'])], [appOf(['post /refunds'])]);
    expect(map.get('/w/openapi.yaml')?.role).toBe('owned');
    expect(map.get('/w/openapi.yaml')?.undocumented).toHaveLength(1);
  });

  it('say nothing without any app', () => {
    const map = governedBy([contractOf(orders)], []);
    expect(map.get('/w/openapi.yaml')?.role).toBe('consumed');
  });
});

describe('styles', () => {
  const style = (contract: Contract, texts: Readonly<Record<string, string>> = {}, routes = served) =>
    governedBy([contract], [appOf(routes)], undefined, texts).get(contract.file)?.style;

  it('tells contract-first from generated', () => {
    expect(style(contractOf(orders))).toBe('contract-first');
    expect(style(contractOf(orders, { file: '/w/generated/spec.yaml' }))).toBe('generated');
    expect(style(contractOf(orders, { extensions: new Map([['x-generator', 'NSwag']]) }))).toBe('generated');
    expect(
      style(contractOf(orders), { '/w/openapi.yaml': '# This file is auto-generated by tsoa. Do not edit.\n' }),
    ).toBe('generated');
    const manifest = JSON.stringify({
      scripts: { spec: 'tsx spec.ts > openapi.yaml' },
      devDependencies: { 'swagger-jsdoc': '6' },
    });
    expect(style(contractOf(orders), { '/w/package.json': manifest })).toBe('generated');
    expect(
      style(contractOf(orders), { '/w/package.json': JSON.stringify({ dependencies: { '@fastify/swagger': '9' } }) }),
    ).toBe('contract-first');
  });

  it('calls a contract partial when many more routes are served below its reach', () => {
    const many = Array.from({ length: 30 }, (_, index) => `get /internal${index}`);
    expect(style(contractOf(orders), {}, [...served, ...many])).toBe('partial');
    expect(style(contractOf(orders), {}, [...served, ...many.slice(0, 2)])).toBe('contract-first');
  });
});

describe('configuration', () => {
  const place = { file: '/w/fidelity.yaml', start: 0, end: 0 };
  const configure = (parts: Partial<Configuration>): Configuration => ({ ...defaultConfiguration('/w'), ...parts });

  it('decides roles, styles, the source of truth and which code a contract governs', () => {
    const configuration = configure({
      contracts: [
        { file: 'psp.yaml', role: 'consumed', code: [], place },
        { file: 'api/*.yaml', role: 'owned', code: ['b/**'], style: 'partial', sourceOfTruth: 'contract', place },
      ],
    });
    const map = governedBy(
      [
        contractOf(orders, { file: '/w/psp.yaml' }),
        contractOf(orders, { file: '/w/api/orders.yaml' }),
        contractOf(orders, { file: '/w/unlisted.yaml' }),
      ],
      [appOf(served, { folder: '/w/a' }), appOf(served, { folder: '/w/b' })],
      configuration,
    );
    expect([...map.keys()].sort()).toEqual(['/w/api/orders.yaml', '/w/psp.yaml']);
    expect(map.get('/w/psp.yaml')?.role).toBe('consumed');
    expect(map.get('/w/api/orders.yaml')).toMatchObject({ role: 'owned', style: 'partial', sourceOfTruth: 'contract' });
    expect(folders(map.get('/w/api/orders.yaml'))).toEqual(['/w/b']);
  });

  it('leaves ignored contracts out and keeps the others when nothing else is listed', () => {
    const configuration = configure({ contracts: [{ file: 'old/**', role: 'ignored', code: [], place }] });
    const map = governedBy(
      [contractOf(orders, { file: '/w/old/openapi.yaml' }), contractOf(orders)],
      [appOf(served)],
      configuration,
    );
    expect([...map.keys()]).toEqual(['/w/openapi.yaml']);
  });

  it('keeps internal routes out of what is undocumented', () => {
    const configuration = configure({ internal: ['/ops/**', 'POST /hooks/{name}'] });
    const map = governedBy(
      [contractOf(orders)],
      [appOf([...served, 'get /ops/jobs/{id}', 'post /hooks/{x}', 'get /hooks/{x}'])],
      configuration,
    );
    expect(map.get('/w/openapi.yaml')?.undocumented.map((route) => `${route.method} ${route.path}`)).toEqual([
      'get /hooks/{x}',
    ]);
  });
});
