// Owns openapi-backend: a router made of a definition and handlers by `operationId`, which are called with a context of their own.
// It must not know where an application hands it its requests.

import type { Machine } from '../machine.ts';
import {
  type CallSite,
  isEmpty,
  literal,
  type Model,
  native,
  objectOf,
  type PackageModel,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { contractAt } from './folders.ts';
import { createOperationRouter, type Entry, open, type RouterState, takeHandlers } from './routers.ts';

/** Handlers that answer for no operation. */
const special = new Set([
  'notFound',
  'methodNotAllowed',
  'validationFail',
  'notImplemented',
  'unauthorizedHandler',
  'preResponseHandler',
  'postResponseHandler',
  'preRoutingHandler',
  'postRoutingHandler',
  'postSecurityHandler',
  'preOperationHandler',
  '404',
]);

export const backendPackage: PackageModel = {
  packages: ['openapi-backend'],
  construct(m, external, site) {
    const name = external.path.at(-1);
    if (name !== undefined && !['default', 'OpenAPIBackend'].includes(name)) return undefined;
    const options = site.args[0] ?? undefinedValue;
    const state = createOperationRouter(m, {
      package: 'openapi-backend',
      place: site.place,
      contractFile: contractAt(m, m.get(options, 'definition', site.place), site),
      calling: (entry) => withContext(entry),
    });
    const handlers = m.get(options, 'handlers', site.place);
    if (!isEmpty(handlers)) take(m, state, handlers);
    return native(backend, state, site.place);
  },
};

/** `OpenapiBackend.initialise(path, handlers)` of Mojaloop's shared library: an openapi-backend, made and initialised. */
export const sharedBackendPackage: PackageModel = {
  packages: ['@mojaloop/central-services-shared'],
  call(m, external, site) {
    if (external.path.at(-2) !== 'OpenapiBackend' || external.path.at(-1) !== 'initialise') return undefined;
    const state = createOperationRouter(m, {
      package: 'openapi-backend',
      place: site.place,
      contractFile: contractAt(m, site.args[0], site),
      calling: (entry) => withContext(entry),
    });
    if (site.args[1]) take(m, state, site.args[1]);
    return native(backend, state, site.place);
  },
};

function take(m: Machine, state: RouterState, handlers: Value): void {
  takeHandlers(m, state, handlers);
  const kept = state.entries.filter((entry) => !special.has(entry.operationId));
  state.entries.splice(0, state.entries.length, ...kept);
}

const backend: Model = {
  name: 'openapi-backend',
  method(m, self, key, site) {
    const state = self.data as RouterState;
    const [first, second] = site.args;
    switch (key) {
      case 'register':
      case 'registerHandler': {
        const operationId = textOf(first);
        if (first?.kind === 'object') take(m, state, first);
        else if (operationId === undefined) open(state, 'spread-or-any');
        else if (second && !special.has(operationId))
          state.entries.push({ operationId, value: second, place: site.argPlaces[0] ?? site.place });
        return undefinedValue;
      }
      case 'registerSecurityHandler':
      case 'init':
      case '[escape]':
        return key === 'init' ? self : undefinedValue;
      default:
        return undefined;
    }
  },
};

/** Calls a handler with the request as the router has parsed it, and what the application handed on. */
function withContext(entry: Entry): Value {
  return native(
    {
      name: 'operation handler',
      call: (m, _self, site) =>
        m.call(entry.value, {
          ...site,
          args: [contextOf(m, entry, site), ...site.args.slice(0, 2)],
          argPlaces: [site.place, ...site.argPlaces.slice(0, 2)],
        }),
    },
    undefined,
    entry.place,
  );
}

function contextOf(m: Machine, entry: Entry, site: CallSite): Value {
  const [request] = site.args;
  const part = (key: string): Value => (request ? m.get(request, key, site.place) : unknown('request-escapes'));
  return objectOf({
    api: unknown('dependency-injection'),
    operation: objectOf({ operationId: literal(entry.operationId) }),
    request: objectOf({
      method: part('method'),
      path: part('path'),
      params: part('params'),
      query: part('query'),
      headers: part('headers'),
      cookies: part('cookies'),
      body: part('body'),
      requestBody: part('body'),
    }),
    security: unknown('dependency-injection'),
    validation: unknown('dependency-injection'),
  });
}
