// Outgoing calls as they are found: every client that is known, the ways to write an address, and what only looks like a call.

import { describe, expect, it } from 'vitest';
import { uncancelled } from '../../../server/src/base/host.ts';
import { CallRoom } from '../../../server/src/code/call-room.ts';
import { memoryFiles } from '../../harness/memory-files.ts';
import { marked } from './marked.ts';

async function holds(texts: Readonly<Record<string, string>>): Promise<void> {
  expect(await marked(texts)).toEqual(texts);
}

describe('clients', () => {
  it('are fetch of the platform and of packages', async () => {
    await holds({
      'src/a.ts': `import fetch from 'node-fetch';
import { fetch as own, request } from 'undici';
export const all = () => [
  fetch('/orders'),
//      ^^^^^^^^^ get /orders by node-fetch
  own('https://api.example.com/orders?limit=3', { method: 'POST' }),
//    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ post /orders at api.example.com by undici
  request('http://localhost:3000/orders', { method: 'DELETE' }),
//        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ delete /orders at localhost:3000 by undici
];
`,
      'src/b.js': `const method = 'put';
export const one = (id, options) => [
  fetch(\`/orders/\${id}\`),
//      ^^^^^^^^^^^^^^^ get /orders/{} by fetch
  globalThis.fetch('/orders/' + encodeURIComponent(id) + '/items', { method }),
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ put /orders/{}/items by fetch
  fetch('/orders', options),
//      ^^^^^^^^^ any /orders by fetch
  fetch('/orders', { headers: {}, ...options }),
//      ^^^^^^^^^ any /orders by fetch
  fetch('/orders', { ...options, method: 'PATCH' }),
//      ^^^^^^^^^ patch /orders by fetch
  fetch(new URL('/v1/orders', 'https://api.example.com/old')),
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get /v1/orders at api.example.com by fetch
  fetch(new Request('/orders', { method: 'POST' })),
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ post /orders by fetch
];
`,
    });
  });

  it('are axios, its instances and what has its types', async () => {
    await holds({
      'src/http.ts': `import axios, { type AxiosInstance } from 'axios';
export const api = axios.create({ baseURL: 'https://api.example.com/v1/' });
export const open = axios.create({ baseURL: process.env.API_URL });
export class Orders {
  constructor(private readonly http: AxiosInstance) {}
  all() {
    return this.http.get<string[]>('/orders');
//                                 ^^^^^^^^^ get /orders at any by axios
  }
}
axios.post('/orders', {}, { baseURL: 'https://other.example.com' });
//         ^^^^^^^^^ post /orders at other.example.com by axios
axios({ method: 'delete', url: '/orders/1' });
//                             ^^^^^^^^^^^ delete /orders/1 by axios
axios.request({ url: '/orders' });
//                   ^^^^^^^^^ get /orders by axios
axios('/orders', { method: 'PUT' });
//    ^^^^^^^^^ put /orders by axios
`,
      'src/use.ts': `import { api, open } from './http';
import * as all from './http.ts';
export const run = async () => {
  await api.get('orders');
//              ^^^^^^^^ get /v1/orders at api.example.com by axios
  await api({ url: '/orders', method: 'post' });
//                 ^^^^^^^^^ post /v1/orders at api.example.com by axios
  await open.patch('/orders/1', {});
//                 ^^^^^^^^^^^ patch /orders/1 at any by axios
  await all.api.delete('/orders/1');
//                     ^^^^^^^^^^^ delete /v1/orders/1 at api.example.com by axios
};
`,
      'src/old.js': `const axios = require('axios').default;
const { api } = require('./http');
axios.get('/orders');
//        ^^^^^^^^^ get /orders by axios
api.head('/orders');
//       ^^^^^^^^^ head /v1/orders at api.example.com by axios
`,
    });
  });

  it('are got, ky, superagent, openapi-fetch and the pools of undici', async () => {
    await holds({
      'src/a.ts': `import got from 'got';
import ky from 'ky';
import superagent from 'superagent';
import createClient from 'openapi-fetch';
import { Pool } from 'undici';
const api = got.extend({ prefixUrl: 'https://api.example.com' });
const other = ky.create({ prefixUrl: '/api' });
const typed = createClient<object>({ baseUrl: 'https://api.example.com' });
const pool = new Pool('https://api.example.com');
api.post('orders', { json: {} });
//       ^^^^^^^^ post /orders at api.example.com by got
got('https://api.example.com/orders', { method: 'put' });
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ put /orders at api.example.com by got
other('orders', { method: 'delete' });
//    ^^^^^^^^ delete /api/orders by ky
ky.get('/orders').json();
//     ^^^^^^^^^ get /orders by ky
superagent.get('/orders').set('accept', 'json');
//             ^^^^^^^^^ get /orders by superagent
superagent('POST', '/orders');
//                 ^^^^^^^^^ post /orders by superagent
superagent.agent().del('/orders/1');
//                     ^^^^^^^^^^^ delete /orders/1 by superagent
typed.GET('/orders/{id}', { params: { path: { id: 1 } } });
//        ^^^^^^^^^^^^^^ get /orders/{id} at api.example.com by openapi-fetch
pool.request({ path: '/orders', method: 'PATCH' });
//                   ^^^^^^^^^ patch /orders at api.example.com by undici
`,
    });
  });

  it('are those of tests', async () => {
    await holds({
      'src/app.ts': `import fastify from 'fastify';
export async function build() {
  const app = fastify();
  app.get('/orders', () => []);
  return app;
}
`,
      'test/supertest.test.ts': `import request, { agent } from 'supertest';
import { app } from '../src/other';
let session;
beforeEach(() => {
  session = request.agent(app);
});
const api = () => request(app);
it('answers', async () => {
  await request(app).post('/orders').send({}).expect(201);
//                        ^^^^^^^^^ post /orders in process by supertest in a test
  await session.get('/orders/1?full=1').set('a', 'b');
//                  ^^^^^^^^^^^^^^^^^^ get /orders/1 in process by supertest in a test
  await api().delete(\`/orders/\${first + 1}\`);
//                   ^^^^^^^^^^^^^^^^^^^^^^ delete /orders/{} in process by supertest in a test
  await agent(app).put('/orders/1');
//                     ^^^^^^^^^^^ put /orders/1 in process by supertest in a test
  await request('http://localhost:3000').head('/orders');
//                                            ^^^^^^^^^ head /orders at localhost:3000 by supertest in a test
});
`,
      'test/chai.test.js': `const chai = require('chai');
chai.use(require('chai-http'));
const server = require('../server');
it('answers', (done) => {
  chai.request(server).get('/orders').end(done);
//                         ^^^^^^^^^ get /orders in process by chai-http in a test
  chai.request(server).keepOpen().post('/orders');
//                                     ^^^^^^^^^ post /orders in process by chai-http in a test
  chai.request.agent(server).patch('/orders/1');
//                                 ^^^^^^^^^^^ patch /orders/1 in process by chai-http in a test
});
`,
      'test/inject.test.ts': `import inject from 'light-my-request';
import type { FastifyInstance } from 'fastify';
import { build } from '../src/app';
let server: FastifyInstance;
it('answers', async () => {
  const app = await build();
  await app.inject({ method: 'POST', url: '/orders' });
//                                        ^^^^^^^^^ post /orders in process by inject in a test
  await app.inject('/orders');
//                 ^^^^^^^^^ get /orders in process by inject in a test
  await app.inject().delete('/orders/1').end();
//                          ^^^^^^^^^^^ delete /orders/1 in process by inject in a test
  await server.inject({ url: '/orders' });
//                           ^^^^^^^^^ get /orders in process by inject in a test
  await inject(dispatch, { method: 'put', url: '/orders/1' });
//                                             ^^^^^^^^^^^ put /orders/1 in process by inject in a test
});
`,
      'test/hono.test.ts': `import { Hono } from 'hono';
const app = new Hono();
app.get('/orders', (c) => c.json([]));
it('answers', async () => {
  await app.request('/orders');
//                  ^^^^^^^^^ get /orders in process by app.request in a test
  await app.request('/orders', { method: 'POST' });
//                  ^^^^^^^^^ post /orders in process by app.request in a test
  await app.request(new Request('http://localhost/orders', { method: 'DELETE' }));
//                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ delete /orders in process by app.request in a test
});
`,
      'e2e/api.spec.ts': `import { request as api, test } from '@playwright/test';
test('answers', async ({ request, page }) => {
  await request.get('/orders');
//                  ^^^^^^^^^ get /orders at any by playwright in a test
  await page.request.post('/orders', { data: {} });
//                        ^^^^^^^^^ post /orders at any by playwright in a test
  const context = await api.newContext({ baseURL: 'https://api.example.com' });
  await context.fetch('/orders', { method: 'put' });
//                    ^^^^^^^^^ put /orders at api.example.com by playwright in a test
});
test.beforeAll(async ({ request }) => request.delete('/orders/1'));
//                                                   ^^^^^^^^^^^ delete /orders/1 at any by playwright in a test
`,
    });
  });
});

describe('addresses', () => {
  it('come from constants, tables, enums, functions and classes, also of other modules', async () => {
    await holds({
      'src/routes.ts': `export const BASE = '/api';
export enum Path {
  Orders = '/orders',
}
export const routes = { order: (id: string) => \`\${BASE}/orders/\${id}\`, all: BASE + Path.Orders } as const;
class Urls {
  static readonly items = '/items';
}
export { Urls as default };
`,
      'src/index.ts': `export * from './routes';
export { default as Urls } from './routes';
`,
      'src/use.ts': `import { BASE as root, Path, routes, Urls } from './index.js';
export const run = (id: string, base: string) => [
  fetch(root + Path.Orders),
//      ^^^^^^^^^^^^^^^^^^ get /api/orders by fetch
  fetch(routes.order(id)),
//      ^^^^^^^^^^^^^^^^ get /api/orders/{} by fetch
  fetch(routes['all']),
//      ^^^^^^^^^^^^^ get /api/orders by fetch
  fetch(Urls.items),
//      ^^^^^^^^^^ get /items by fetch
  fetch(\`\${base}/orders\`),
//      ^^^^^^^^^^^^^^^^ get /orders at any by fetch
  fetch(\`\${process.env.BASE ?? '/api'}/orders?x=\${id}\`),
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get /orders at any by fetch
  fetch(\`http://localhost:\${id}/orders\`),
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get /orders at localhost:{} by fetch
];
`,
    });
  });
});

describe('functions of the workspace', () => {
  it('that call for their callers are followed, and their own calls are theirs', async () => {
    await holds({
      'src/http.ts': `import axios from 'axios';
const api = axios.create({ baseURL: '/api' });
export async function callApi<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(\`\${process.env.API_URL}\${path}\`, { credentials: 'include', ...init });
  if (answer.status === 401) await fetch('/auth/refresh', { method: 'POST' });
//                                       ^^^^^^^^^^^^^^^ post /auth/refresh by fetch
  return answer.json();
}
export const send = (method: string, { path }: { path: string }) => api({ method, url: path });
export class Client {
  private http = api;
  get(path: string) {
    return this.http.get(path);
  }
  post = (path: string, data: object = {}) => callApi(path, { method: 'POST', body: JSON.stringify(data) });
}
`,
      'src/use.ts': `import { callApi, Client, send } from './http';
const client = new Client();
const local = (path: string) => path;
export const run = (id: string) => [
  callApi('/orders'),
//        ^^^^^^^^^ get /orders at any by fetch
  callApi(\`/orders/\${id}\`, { method: 'DELETE' }),
//        ^^^^^^^^^^^^^^^ delete /orders/{} at any by fetch
  send('put', { path: '/orders/' + id }),
//                    ^^^^^^^^^^^^^^^ put /api/orders/{} by axios
  client.get('/orders'),
//           ^^^^^^^^^ get /api/orders by axios
  client.post('/orders'),
//            ^^^^^^^^^ post /orders at any by fetch
  local('/orders'),
  callApi(id),
];
`,
      'src/other.ts':
        "import { callApi } from './http';\ncallApi('/orders');\n//      ^^^^^^^^^ get /orders at any by fetch\n",
    });
  });
});

describe('no calls', () => {
  it("are members of one's own with the same names", async () => {
    await holds({
      'src/a.ts': `import express from 'express';
import { Repository } from './repository';
const app = express();
const cache = new Map<string, string>();
const store = { get: (path: string) => path, request: (path: string) => path };
const repository = new Repository();
app.get('/orders', (req, res) => res.json(cache.get('/orders')));
store.get('/orders');
store.request('/orders');
repository.get('/orders');
req.get('/orders');
export const read = (client: { get(path: string): string }) => client.get('/orders');
`,
      'src/repository.ts': `export class Repository {
  get(path: string) {
    return path;
  }
}
`,
    });
  });

  it('are calls of names that mean something else there', async () => {
    await holds({
      'src/a.ts': `import axios from './axios';
import { request } from 'another-package';
export function run(fetch: (path: string) => void) {
  fetch('/orders');
  axios.get('/orders');
  request('/orders');
}
export const local = () => {
  const fetch = (path: string) => path;
  return fetch('/orders');
};
`,
      'src/axios.ts': `const own = { get: (path: string) => path };
export { own as default };
`,
    });
  });

  it('are calls without a path, of other protocols, and of a client that is one of several', async () => {
    await holds({
      'src/a.ts': `import axios from 'axios';
import got from 'got';
let client = axios;
client = got.extend({});
export const run = (url: string) => [fetch(url), fetch('data:text/plain,x'), fetch('ftp://example.com/x'), client.get('/orders')];
`,
    });
  });
});

describe('what is kept', () => {
  const texts = {
    'src/base.ts': "export const BASE = '/one';\n",
    'src/use.ts': "import { BASE } from './base';\nfetch(BASE + '/orders');\n",
  };

  it('follows a constant of another module, and a file that comes', async () => {
    const room = new CallRoom();
    const paths = async (files: Readonly<Record<string, string>>): Promise<string[]> =>
      (await room.of(memoryFiles(files, '/work')).all(uncancelled)).map(({ path }) => path);
    expect(await paths(texts)).toEqual(['/one/orders']);
    expect(await paths({ ...texts, 'src/base.ts': "export const BASE = '/two';\n" })).toEqual(['/two/orders']);
    const { 'src/base.ts': _, ...without } = texts;
    expect(await paths(without)).toEqual(['/orders']);
    expect(await paths(texts)).toEqual(['/one/orders']);
  });

  it('is the same whatever was asked before', async () => {
    const room = new CallRoom();
    const files = memoryFiles(texts, '/work');
    expect(
      room
        .of(files)
        .in('/work/src/use.ts')
        .map(({ path }) => path),
    ).toEqual(['/one/orders']);
    expect(room.of(files).in('/work/openapi.yaml')).toEqual([]);
    expect(room.of(files).in('/work/src/gone.ts')).toEqual([]);
  });

  it('is given up with whoever waited', async () => {
    const gone = {
      ...uncancelled,
      check: () => {
        throw new Error('nobody waits');
      },
    };
    await expect(new CallRoom().of(memoryFiles(texts, '/work')).all(gone)).rejects.toThrow('nobody waits');
  });
});

describe('hostile code', () => {
  it('ends in what is not known', async () => {
    await holds({
      'src/self.ts': `import { b } from './other';
export const a = b;
const c = () => c();
const d = { ...d, url: '/orders' };
fetch(a);
fetch(c());
fetch(\`\${f}\`, d);
const f = \`\${f}\`;
class Me { me = this.me; go() { return this.me.me.get('/orders'); } }
`,
      'src/other.ts':
        "import { a } from './self';\nexport const b = a;\nexport * from './self';\nexport * from './other';\n",
    });
  });

  it('neither grows nor overflows', async () => {
    const line = (make: (index: number) => string): string =>
      Array.from({ length: 3_000 }, (_, index) => make(index)).join('\n');
    const called = await marked({
      'src/chain.ts': `${line((i) => `const a${i} = a${i + 1} + '/x';`)}\nfetch(a0);\n`,
      'src/double.ts': `${line((i) => `const a${i} = a${i + 1} + a${i + 1};`)}\nconst a20 = '/xxxxxxxx';\nfetch(a0);\n`,
      'src/spread.ts': `${line((i) => `const o${i} = { ...o${i + 1}, ...o${i + 1} };`)}\nfetch('/a', o0);\n`,
      'src/calls.ts': `${line((i) => `const f${i} = () => f${i + 1}() + f${i + 1}();`)}\nfetch(f0());\n`,
      'src/broken.ts': 'fetch(`/orders/${',
    });
    expect(called['src/spread.ts']).toContain('any /a by fetch');
    expect(called['src/broken.ts']).toContain('get /orders/{} by fetch');
    for (const text of Object.values(called)) expect(text.length).toBeLessThan(200_000);
  });
});
