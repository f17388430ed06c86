// Owns the packages that route by a contract: what each is told and where its handlers are.
// It must not know contracts.

import type { OperationRouter } from '../../../model.ts';
import { routerOf } from '../express/routers.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  isEmpty,
  type Model,
  native,
  nativeFunction,
  type PackageModel,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { backendPackage, sharedBackendPackage } from './backend.ts';
import { contractAt, pathOf, takeFolder } from './folders.ts';
import {
  createOperationRouter,
  type Entry,
  middlewareOf,
  open,
  placeOfHandler,
  type RouterState,
  takeHandlers,
} from './routers.ts';

const validatorNaming: OperationRouter['naming'] = {
  handler: ['x-eov-operation-id'],
  controller: ['x-eov-operation-handler'],
  controllerRequired: true,
};

/** What the package hands to a resolver for one operation; its own resolvers answer it with that operation's handler. */
const routeToResolve: Model = { name: 'operation to resolve' };

/** `OpenApiValidator.middleware({ apiSpec, operationHandlers })`: without handlers it only validates, and routes nothing. */
const validatorPackage: PackageModel = {
  packages: ['express-openapi-validator'],
  call(m, external, site) {
    if (external.path.includes('resolvers')) return resolvedBy(site.args[1]);
    if (external.path.at(-1) !== 'middleware') return undefined;
    const options = site.args[0] ?? undefinedValue;
    const handlers = m.get(options, 'operationHandlers', site.place);
    if (isEmpty(handlers) || (handlers.kind === 'literal' && handlers.value === false)) return undefined;
    const resolver = handlers.kind === 'object' ? m.get(handlers, 'resolver', site.place) : undefinedValue;
    const state = createOperationRouter(m, {
      package: 'express-openapi-validator',
      place: site.place,
      contractFile: contractAt(m, m.get(options, 'apiSpec', site.place), site),
      naming: isEmpty(resolver) ? validatorNaming : { ...validatorNaming, controllerRequired: false, dotted: true },
      calling: (entry) => handlerFrom(m, resolver, entry, site),
    });
    const base = handlers.kind === 'object' ? m.get(handlers, 'basePath', site.place) : handlers;
    const folder = pathOf(m, base, site);
    if (folder === undefined) open(state, 'unresolved-import');
    else takeFolder(m, state, folder);
    // A resolver of the service's own may look elsewhere than the package does.
    const [first] = state.entries;
    if (!isEmpty(resolver) && first && !resolves(m, resolver, first, site)) open(state, 'dependency-injection');
    return middlewareOf(state);
  },
};

/** The handler that a resolver's argument stands for. */
function resolvedBy(route: Value | undefined): Value | undefined {
  return route?.kind === 'native' && route.model === routeToResolve ? (route.data as Entry).value : undefined;
}

/** What a resolver makes of an operation's handler; undefined when that cannot be said. */
function resolves(m: Machine, resolver: Value, entry: Entry, site: CallSite): Value | undefined {
  const route = native(routeToResolve, entry, entry.place);
  const args = [unknown('dependency-injection'), route, unknown('dependency-injection')];
  const made = m.call(resolver, { ...site, args, argPlaces: args.map(() => site.place) });
  return made.kind === 'function' || made.kind === 'native' ? made : undefined;
}

/** The handler as the package calls it: through the service's own resolver where there is one. */
function handlerFrom(m: Machine, resolver: Value, entry: Entry, site: CallSite): Value {
  return (isEmpty(resolver) ? undefined : resolves(m, resolver, entry, site)) ?? entry.value;
}

const controllerNaming: OperationRouter['naming'] = {
  handler: [],
  controller: ['x-swagger-router-controller', 'x-router-controller', 'x-openapi-router-controller'],
};

/** swagger-tools and oas-tools: controllers in a folder, or a map from `Controller_operation` to functions. */
const toolsPackage: PackageModel = {
  packages: ['swagger-tools', 'oas-tools', '@oas-tools/core', 'oas3-tools'],
  call(m, external, site) {
    const name = external.path.at(-1);
    if (name === 'initializeMiddleware') {
      const callback = site.args.find((one) => one.kind === 'function');
      if (callback) m.call(callback, { ...site, args: [toolsMiddleware(site)], argPlaces: [site.place] });
      return undefinedValue;
    }
    if (name !== 'initialize' && name !== 'expressAppConfig') return undefined;
    const app = site.args.find((one) => routerOf(one));
    const state = createOperationRouter(m, {
      package: external.package,
      place: site.place,
      contractFile: site.args.map((one) => contractAt(m, one, site)).find((one) => one !== undefined),
      naming: controllerNaming,
    });
    takeFolder(m, state, pathOf(m, { kind: 'literal', value: './controllers' }, site) ?? '');
    if (app) use(m, app, state, site);
    return undefinedValue;
  },
};

function toolsMiddleware(site: CallSite): Value {
  return native(
    {
      name: 'swagger middleware',
      method(machine, _self, key, inner) {
        if (key !== 'swaggerRouter') return nativeFunction(key, () => undefinedValue);
        const state = createOperationRouter(machine, {
          package: 'swagger-tools',
          place: inner.place,
          naming: controllerNaming,
        });
        const controllers = machine.get(inner.args[0] ?? undefinedValue, 'controllers', inner.place);
        const folder = pathOf(machine, controllers, site);
        if (folder !== undefined) takeFolder(machine, state, folder);
        else takeMap(machine, state, controllers);
        return middlewareOf(state);
      },
    },
    undefined,
    site.place,
  );
}

/** A map of handlers by `Controller_operation`. */
function takeMap(m: Machine, state: RouterState, map: Value): void {
  takeHandlers(m, state, map);
  const named = state.entries.map((entry) => {
    const [, controller, operationId] = /^(.*)_([^_]+)$/.exec(entry.operationId) ?? [];
    return operationId === undefined ? entry : { ...entry, controller, operationId };
  });
  state.entries.splice(0, state.entries.length, ...named);
}

/** `connector(controllers, definition, options)(app)` of swagger-routes-express. */
const connectorPackage: PackageModel = {
  packages: ['swagger-routes-express'],
  call(m, external, site) {
    if (!['connector', 'default'].includes(external.path.at(-1) ?? 'default')) return undefined;
    const state = createOperationRouter(m, {
      package: 'swagger-routes-express',
      place: site.place,
      contractFile: contractAt(m, site.args[1], site),
      naming: { handler: ['x-operation-id'], controller: [] },
    });
    takeHandlers(m, state, site.args[0] ?? undefinedValue);
    return nativeFunction('connect', (machine, inner) => {
      if (inner.args[0]) use(machine, inner.args[0], state, inner);
      return inner.args[0] ?? undefinedValue;
    });
  },
};

function use(m: Machine, app: Value, state: RouterState, site: CallSite): void {
  const register = m.get(app, 'use', site.place);
  const args = [middlewareOf(state)];
  m.call(register, { ...site, args, argPlaces: [site.place], node: undefined }, app);
}

/** express-openapi: modules below `paths` that export a function for each method, and operations by their ids. */
const initializePackage: PackageModel = {
  packages: ['express-openapi'],
  call(m, external, site) {
    if (external.path.at(-1) !== 'initialize') return undefined;
    const options = site.args[0] ?? undefinedValue;
    const app = m.get(options, 'app', site.place);
    const operations = m.get(options, 'operations', site.place);
    const folder = pathOf(m, m.get(options, 'paths', site.place), site);
    if (folder !== undefined) registerFolder(m, app, folder, site);
    if (!isEmpty(operations)) {
      const state = createOperationRouter(m, {
        package: 'express-openapi',
        place: site.place,
        contractFile: contractAt(m, m.get(options, 'apiDoc', site.place), site),
      });
      takeHandlers(m, state, operations);
      use(m, app, state, site);
    }
    return undefinedValue;
  },
};

const verbs: Readonly<Record<string, string>> = {
  get: 'get',
  GET: 'get',
  post: 'post',
  POST: 'post',
  put: 'put',
  PUT: 'put',
  patch: 'patch',
  PATCH: 'patch',
  del: 'delete',
  delete: 'delete',
  DELETE: 'delete',
};

/** Registers what the modules below a folder export, at the paths that their places spell. */
function registerFolder(m: Machine, app: Value, folder: string, site: CallSite): void {
  for (const path of m.files.list()) {
    if (!path.startsWith(`${folder}/`) || !/\.[cm]?[jt]s$/.test(path) || /\.d\.ts$|\.test\.|\.spec\./.test(path))
      continue;
    const module = m.modules.module(path);
    if (!module) continue;
    m.modules.run(module);
    const exported = module.exports.has('default')
      ? m.modules.exportOf(module, 'default')
      : m.modules.requireValue(module);
    // A module may be a function of its dependencies that gives the operations.
    const given =
      exported.kind === 'function' ? m.apart(() => m.call(exported, { ...site, args: [], open: true })) : exported;
    const name = path.slice(folder.length).replace(/\.[cm]?[jt]s$/, '');
    const template = name.replace(/\/index$/, '') || '/';
    for (const [key, method] of Object.entries(verbs)) {
      const handler = m.get(given, key, site.place);
      const place = placeOfHandler(handler) ?? site.place;
      if (handler.kind !== 'function' && handler.kind !== 'array') continue;
      const args: Value[] = [{ kind: 'literal', value: template.replace(/\{([^}]+)\}/g, ':$1'), place }, handler];
      m.call(m.get(app, method, site.place), { ...site, args, place, argPlaces: [place, place], node: undefined }, app);
    }
  }
}

/** Every package that routes by a contract. */
export const contractDrivenPackages: readonly PackageModel[] = [
  backendPackage,
  sharedBackendPackage,
  validatorPackage,
  toolsPackage,
  connectorPackage,
  initializePackage,
];
