// Owns which packages make HTTP calls, and how: the members that send, what names the address and the method, what makes a further client.
// It must not know syntax. The sources are the packages' own documentation and types.

/** How a client is told whom to ask. */
export interface Client {
  /** As calls of it are named to people. */
  readonly name: string;
  /** Members that send, with the method that each stands for. */
  readonly verbs: ReadonlyMap<string, string>;
  /** What a call of the client itself, or of one of `senders`, takes. Absent: it cannot be called. */
  readonly takes?: Takes;
  /** Members that take what `takes` says. */
  readonly senders?: readonly string[];
  /** Members that give a client of the same kind, and how that is told where it goes. */
  readonly makers?: ReadonlyMap<string, Base>;
  /** The option of a single call that says what stands before its address. */
  readonly baseOption?: string;
  /** Whether only tests call with it. */
  readonly test?: true;
}

/**
 * `url`: an address with options behind it, in which the method is. `options`: an object with both, or an address with options behind it.
 * `method`: a method and an address. `second`: the same as `options`, behind an argument that it is sent to.
 */
export type Takes = 'url' | 'options' | 'method' | 'second';

/** What stands before the addresses of a client that is made by a call. */
export type Base =
  /** An option of the first argument. */
  | { readonly option: string }
  /** The first argument: an address, or an app that is called without a network. */
  | 'app'
  /** The first argument: an address. */
  | 'address'
  /** As that of the client that makes it. */
  | 'same';

/** What a package exports, as far as calls are concerned. */
export type Exported =
  | { readonly kind: 'client'; readonly client: Client; readonly base?: 'open' | 'app' }
  /** A function or a class that makes a client. */
  | {
      readonly kind: 'maker';
      readonly client: Client;
      readonly base: Base;
      readonly members?: Readonly<Record<string, Exported>>;
    }
  /** A function or a class that makes an app, which can be asked without a network. */
  | { readonly kind: 'app-maker'; readonly client: Client }
  /** Something with members of its own. */
  | { readonly kind: 'group'; readonly members: Readonly<Record<string, Exported>> }
  /** A function that hands fixtures to the functions that it is given. */
  | { readonly kind: 'fixtures'; readonly members: Readonly<Record<string, Exported>> };

const plain = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const verbsOf = (...names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [name, name]));
const verbs = verbsOf(...plain);
const withDel = new Map([...verbs, ['del', 'delete']]);
const none: ReadonlyMap<string, string> = new Map();

const fetches = (name: string): Exported => ({ kind: 'client', client: { name, verbs: none, takes: 'url' } });

const axios: Client = {
  name: 'axios',
  verbs: new Map([...verbs, ['postForm', 'post'], ['putForm', 'put'], ['patchForm', 'patch']]),
  takes: 'options',
  senders: ['request'],
  makers: new Map([['create', { option: 'baseURL' }]]),
  baseOption: 'baseURL',
};

const got: Client = {
  name: 'got',
  verbs: verbsOf('get', 'post', 'put', 'patch', 'delete', 'head'),
  takes: 'options',
  senders: ['stream', 'paginate'],
  makers: new Map([['extend', { option: 'prefixUrl' }]]),
  baseOption: 'prefixUrl',
};

const ky: Client = {
  name: 'ky',
  verbs: verbsOf('get', 'post', 'put', 'patch', 'delete', 'head'),
  takes: 'url',
  makers: new Map([
    ['create', { option: 'prefixUrl' }],
    ['extend', { option: 'prefixUrl' }],
  ]),
  baseOption: 'prefixUrl',
};

const superagent: Client = {
  name: 'superagent',
  verbs: withDel,
  takes: 'method',
  makers: new Map([['agent', 'same']]),
};

const supertest: Client = { name: 'supertest', verbs: withDel, test: true };
const chai: Client = { name: 'chai-http', verbs: withDel, makers: new Map([['keepOpen', 'same']]), test: true };
const inject: Client = {
  name: 'inject',
  verbs: none,
  senders: ['inject'],
  takes: 'options',
  test: true,
};
const hono: Client = { name: 'app.request', verbs: none, senders: ['request'], takes: 'url', test: true };
const playwright: Client = { name: 'playwright', verbs, senders: ['fetch'], takes: 'url', test: true };
const undiciClient: Client = { name: 'undici', verbs: none, senders: ['request', 'stream'], takes: 'options' };
const openapiFetch: Client = {
  name: 'openapi-fetch',
  verbs: new Map(plain.map((name) => [name.toUpperCase(), name])),
};

const chaiRequest: Exported = {
  kind: 'maker',
  client: chai,
  base: 'app',
  members: {
    agent: { kind: 'maker', client: chai, base: 'app' },
    execute: { kind: 'maker', client: chai, base: 'app' },
  },
};
const chaiRoot: Exported = { kind: 'group', members: { request: chaiRequest } };

const supertestAgent: Exported = { kind: 'maker', client: supertest, base: 'app' };
const supertestRoot: Exported = { ...supertestAgent, members: { agent: supertestAgent } };

const playwrightContext: Exported = { kind: 'client', client: playwright, base: 'open' };
const playwrightRequest: Exported = {
  kind: 'group',
  members: { newContext: { kind: 'maker', client: playwright, base: { option: 'baseURL' } } },
};
const playwrightPage: Exported = { kind: 'group', members: { request: playwrightContext } };
const playwrightTest: Exported = {
  kind: 'fixtures',
  members: { request: playwrightContext, page: playwrightPage, context: playwrightPage },
};

const fastify: Exported = { kind: 'app-maker', client: inject };
const hapi: Exported = { kind: 'app-maker', client: inject };
const honoApp: Exported = { kind: 'app-maker', client: hono };
const pool: Exported = { kind: 'maker', client: undiciClient, base: 'address' };
const injection: Exported = { kind: 'client', client: { ...inject, takes: 'second' } };

const callable = (exported: Exported, more: Readonly<Record<string, Exported>> = {}) => ({
  default: exported,
  '=': exported,
  ...more,
});

/** By package, the exports that count; `default` is what a default import gives, `=` what `require` gives. */
const packages: Readonly<Record<string, Readonly<Record<string, Exported>>>> = {
  axios: callable(
    { kind: 'client', client: axios },
    { create: { kind: 'maker', client: axios, base: { option: 'baseURL' } } },
  ),
  got: callable({ kind: 'client', client: got }, { got: { kind: 'client', client: got } }),
  ky: callable({ kind: 'client', client: ky }),
  'node-fetch': callable(fetches('node-fetch')),
  'cross-fetch': callable(fetches('cross-fetch'), { fetch: fetches('cross-fetch') }),
  'isomorphic-fetch': callable(fetches('isomorphic-fetch')),
  undici: {
    fetch: fetches('undici'),
    request: fetches('undici'),
    stream: fetches('undici'),
    Client: pool,
    Pool: pool,
  },
  superagent: callable({ kind: 'client', client: superagent }),
  'openapi-fetch': callable({ kind: 'maker', client: openapiFetch, base: { option: 'baseUrl' } }),
  supertest: callable(supertestRoot, { agent: supertestAgent }),
  chai: callable(chaiRoot, { request: chaiRequest }),
  'chai-http': { request: chaiRequest },
  'light-my-request': callable(injection, { inject: injection }),
  fastify: callable(fastify, { fastify }),
  '@hapi/hapi': callable({ kind: 'group', members: { server: hapi, Server: hapi } }, { server: hapi, Server: hapi }),
  hono: { Hono: honoApp },
  'hono/tiny': { Hono: honoApp },
  'hono/quick': { Hono: honoApp },
  '@hono/zod-openapi': { OpenAPIHono: honoApp },
  '@playwright/test': { request: playwrightRequest, test: playwrightTest, default: playwrightTest },
  playwright: { request: playwrightRequest },
};

const client = (one: Client): Exported => ({ kind: 'client', client: one, base: one.test ? 'app' : 'open' });

/** By package, the types of which a value is a client, whoever made it: where it goes is not known then. */
const types: Readonly<Record<string, Readonly<Record<string, Exported>>>> = {
  axios: { AxiosInstance: client(axios), AxiosStatic: client(axios), Axios: client({ ...axios, takes: undefined }) },
  '@nestjs/axios': { HttpService: client({ ...axios, takes: undefined }) },
  got: { Got: client(got) },
  ky: { KyInstance: client(ky) },
  supertest: { SuperTest: client(supertest), Agent: client(supertest), TestAgent: client(supertest) },
  'supertest/lib/agent': { default: client(supertest) },
  fastify: { FastifyInstance: client(inject) },
  '@nestjs/platform-fastify': { NestFastifyApplication: client(inject) },
  '@hapi/hapi': { Server: client(inject) },
  hono: { Hono: client(hono) },
  '@hono/zod-openapi': { OpenAPIHono: client(hono) },
  '@playwright/test': { APIRequestContext: playwrightContext, Page: playwrightPage },
};

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What an export of a package is; `null` asks for the package as a whole. */
export function exportedBy(name: string, exported: string | null): Exported | undefined {
  const known = own(packages, name);
  if (!known) return undefined;
  if (exported !== null && exported !== '=') return own(known, exported);
  // A namespace has the exports as members, and older ones are what `require` gives.
  const whole = own(known, '=');
  if (!whole) return { kind: 'group', members: known };
  return whole;
}

/** What a value of a package's type is. */
export const typedBy = (name: string, type: string): Exported | undefined => {
  const known = own(types, name);
  return known && own(known, type);
};

/** Functions of the platform that call. */
export const platformFetch: Exported = fetches('fetch');

/** The chain that `inject` gives when it is told nothing: a method is called on it next. */
export const injectionChain: Client = { name: 'inject', verbs, test: true };

/** Something that is told a method and an address by its `inject`. */
export const injecting: Client = inject;
