// Owns the app as `main` sets it up: its root module, prefix, versions, and what stands around every route.
// It must not know controllers.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type Model,
  native,
  nativeFunction,
  type PackageModel,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { adapterNamed } from './adapter.ts';
import { baseCatch, baseFilter } from './base-filter.ts';
import { Injector } from './injector.ts';
import { type ModuleGraph, readModules, routerTreeName } from './module-graph.ts';
import { createdDecorator, createReflector } from './reflector.ts';
import type { Platform } from './scene.ts';
import type { Kind, Use } from './uses.ts';

/** One call of `NestFactory.create`. */
export interface AppState {
  readonly place: Place;
  readonly root: Value;
  readonly platform: Platform;
  readonly uses: Record<Kind, Use[]>;
  /** What `app.use` was given. */
  readonly middlewares: { readonly value: Value; readonly place: Place }[];
  prefix?: { readonly value: Value; readonly place: Place; readonly options: Value };
  versioning?: Value;
  /** Whether it is told to listen, which scripts that only borrow its providers do not. */
  listens?: boolean;
  readonly graph: () => ModuleGraph;
  readonly injector: Injector;
}

const apps = new WeakMap<Machine, AppState[]>();

/** The apps that were made, in order. */
export const appsOf = (m: Machine): readonly AppState[] => apps.get(m) ?? [];

function createApp(m: Machine, site: CallSite): Value {
  const [root = unknown('dependency-injection', site.place)] = site.args;
  let graph: ModuleGraph | undefined;
  const read = (): ModuleGraph => {
    graph ??= m.apart(() => readModules(m, root));
    return graph;
  };
  const state: AppState = {
    place: site.place,
    root,
    platform: isFastify(site) ? 'fastify' : 'express',
    uses: { guards: [], pipes: [], interceptors: [], filters: [] },
    middlewares: [],
    graph: read,
    injector: new Injector(m, () => read().modules),
  };
  // A second run of the same call sets up the same app.
  const list = (apps.get(m) ?? []).filter(
    (one) => one.place.file !== site.place.file || one.place.start !== site.place.start,
  );
  apps.set(m, [...list, state]);
  return native(appModel, state, site.place);
}

/** `NestFactory.create<NestFastifyApplication>(…)` or an adapter as the second argument. */
function isFastify(site: CallSite): boolean {
  const adapter = site.args[1];
  if (adapter?.kind === 'external' && /fastify/i.test(adapter.package)) return true;
  if (adapter?.kind === 'object' && adapter.cls?.kind === 'class')
    return adapter.cls.parent?.kind === 'external' && /fastify/i.test(adapter.cls.parent.package);
  return site.node?.typeArguments?.some((type) => /Fastify/.test(type.getText())) ?? false;
}

const setters: Readonly<Record<string, Kind>> = {
  useGlobalGuards: 'guards',
  useGlobalPipes: 'pipes',
  useGlobalInterceptors: 'interceptors',
  useGlobalFilters: 'filters',
};

const appModel: Model = {
  name: 'nest app',
  get: (_m, self, key) =>
    key === 'then'
      ? undefinedValue
      : nativeFunction(key, (machine, site) => callApp(machine, self.data as AppState, self, key, site)),
  method: (m, self, key, site) => callApp(m, self.data as AppState, self, key, site),
};

function callApp(_m: Machine, state: AppState, self: Value, key: string, site: CallSite): Value {
  const kind = setters[key];
  if (kind) {
    site.args.forEach((value, index) => {
      state.uses[kind].push({ value, place: site.argPlaces[index] ?? site.place, level: 'app' });
    });
    return self;
  }
  switch (key) {
    case 'setGlobalPrefix':
      state.prefix = {
        value: site.args[0] ?? undefinedValue,
        place: site.argPlaces[0] ?? site.place,
        options: site.args[1] ?? undefinedValue,
      };
      return self;
    case 'enableVersioning':
      state.versioning = site.args[0] ?? { kind: 'object', props: new Map() };
      return self;
    case 'use':
      for (const [index, value] of site.args.entries())
        if (value.kind === 'function' || value.kind === 'native')
          state.middlewares.push({ value, place: site.argPlaces[index] ?? site.place });
      return self;
    case 'listen':
    case 'listenAsync':
      state.listens = true;
      return self;
    case 'get':
    case 'resolve': {
      const [token] = site.args;
      return (token && state.injector.resolve(token, undefined)) ?? unknown('dependency-injection', site.place);
    }
    case 'select':
      return self;
    case 'getHttpAdapter':
      return adapterNamed('HttpAdapter')!;
    case 'getHttpServer':
    case 'getUrl':
    case 'connectMicroservice':
      return unknown('spread-or-any', site.place);
    case '[escape]':
      return undefinedValue;
    default:
      return self;
  }
}

/** A context without HTTP, a microservice: whatever is done to it serves no route. */
const quietModel: Model = {
  name: 'nest context',
  get: (_m, self, key) => (key === 'then' ? undefinedValue : nativeFunction(key, () => self)),
  method: (_m, self, key) => (key === 'get' || key === 'resolve' ? unknown('dependency-injection') : self),
};

export const corePackage: PackageModel = {
  packages: ['@nestjs/core'],
  call(m, external, site) {
    const path = external.path.join('.');
    if (path === 'NestFactory.create') return createApp(m, site);
    if (path.startsWith('NestFactory.')) return native(quietModel, undefined, site.place);
    if (path === 'RouterModule.register' || path === 'RouterModule.forRoutes')
      return native({ name: routerTreeName }, { routes: site.args[0] ?? undefinedValue }, site.place);
    if (path === 'Reflector.createDecorator') return createdDecorator(site);
    return undefined;
  },
  construct: (_m, external, site) =>
    external.path.at(-1) === 'Reflector'
      ? createReflector()
      : external.path.at(-1) === 'BaseExceptionFilter'
        ? baseFilter(external, site)
        : undefined,
  instance: (_m, path) => (path.at(-1) === 'Reflector' ? createReflector() : adapterNamed(path.at(-1))),
  instanceMember: (m, cls, key) =>
    cls.path.at(-1) === 'BaseExceptionFilter' && key === 'catch' ? baseCatch(m) : undefined,
};
