// Owns Express's registrations: what apps and routers are told to serve, in order.
// It must not run handlers; it records them.

import type { Place } from '../../../../base/place.ts';
import { isConditional } from '../arms.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type PathReading, readPaths } from '../paths.ts';
import {
  type CallSite,
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  type PackageModel,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { parsedTypes } from './parsers.ts';
import { type RequestData, requestModel } from './request.ts';

export const methods = [
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'trace',
  'all',
  'search',
  'query',
] as const;
const methodNames = new Set<string>([...methods, 'del']);

export interface Registration {
  readonly kind: 'route' | 'use' | 'param';
  readonly method: string;
  readonly reading: PathReading;
  /** Handlers in order, lists flattened. */
  readonly handlers: readonly { readonly value: Value; readonly place: Place }[];
  readonly place: Place;
  readonly pathPlace: Place;
  readonly conditional: boolean;
  /** For `param`: the parameter's name. */
  readonly name?: string;
}

/** An app or a router. */
export interface RouterState {
  readonly kind: 'app' | 'router';
  readonly place: Place;
  /** The branch in which it was made: what is registered there depends on no condition that the app itself does not depend on. */
  readonly born: number;
  readonly registrations: Registration[];
  /** Registrations of unknown effect: `register(app)` where nobody can follow. */
  escaped?: Place;
  mounted: boolean;
  /** The router's own prefix (`new Router({ prefix })` of look-alikes). */
  readonly prefix: string;
}

/** All routers that a run has made, for those that nothing mounts. */
export const routersOf = new WeakMap<Machine, RouterState[]>();

/** A new app or router value. */
export function createRouter(m: Machine, kind: RouterState['kind'], place: Place): NativeValue {
  const state: RouterState = { kind, place, born: m.arm, registrations: [], mounted: false, prefix: '' };
  const list = routersOf.get(m) ?? [];
  list.push(state);
  routersOf.set(m, list);
  return native(routerModel, state, place);
}

/** The router behind a value, when it is one: routers are functions, and apps may be wrapped by servers. */
export function routerOf(value: Value): RouterState | undefined {
  return value.kind === 'native' && value.model === routerModel ? (value.data as RouterState) : undefined;
}

const settings = new Set([
  'ws',
  'set',
  'enable',
  'disable',
  'engine',
  'locals',
  'on',
  'once',
  'emit',
  'disabled',
  'enabled',
]);

const routerModel: Model = {
  name: 'router',
  get(_m, self, key) {
    if (key === 'locals' || key === 'settings') return unknown('spread-or-any');
    if (key === 'mountpath') return literal('/');
    if (key === 'router' || key === '_router') return self;
    return undefined;
  },
  call: () => undefinedValue,
  method(m, self, key, site) {
    const state = self.data as RouterState;
    if (key === '[escape]') {
      // A package that takes the app (a server, a profiler, a socket library) adds no routes of the contract.
      if (site.args[0]?.kind !== 'external') state.escaped ??= site.place;
      return undefinedValue;
    }
    if (key === 'get' && site.args.length === 1 && !site.open) return unknown('environment-dependent', site.place);
    if (methodNames.has(key)) return register(m, self, key === 'del' ? 'delete' : key, site);
    if (key === '[computed]') {
      state.escaped ??= site.place;
      return self;
    }
    if (key === 'use') return use(m, self, site);
    if (key === 'route') return routeOf(self, site);
    if (key === 'param') {
      const name = textOf(site.args[0]);
      if (name !== undefined)
        add(m, state, {
          kind: 'param',
          method: '',
          reading: { paths: [] },
          handlers: handlersOf(site, 1),
          place: site.place,
          pathPlace: site.place,
          conditional: false,
          name,
        });
      return self;
    }
    if (key === 'listen' || key === 'address' || key === 'close') return unknown('spread-or-any', site.place);
    return settings.has(key) ? self : undefined;
  },
};

function add(_m: Machine, state: RouterState, registration: Registration): void {
  state.registrations.push(registration);
}

function register(m: Machine, self: NativeValue, method: string, site: CallSite): Value {
  const state = self.data as RouterState;
  if (site.args.length === 0) {
    if (site.open) state.escaped ??= site.place;
    return self;
  }
  const pathPlace = site.argPlaces[0] ?? site.place;
  add(m, state, {
    kind: 'route',
    method,
    reading: readPaths(site.args[0]!, pathPlace),
    handlers: handlersOf(site, 1),
    place: site.place,
    pathPlace,
    conditional: isConditional(m, state),
  });
  return self;
}

/** Handlers from an argument on; arrays are flattened as Express does. */
function handlersOf(site: CallSite, from: number): Registration['handlers'] {
  const flat: { value: Value; place: Place }[] = [];
  const push = (value: Value, place: Place): void => {
    if (value.kind === 'array') {
      for (const item of value.items) push(item, place);
      if (value.rest) flat.push({ value: value.rest, place });
    } else flat.push({ value, place });
  };
  for (const [index, value] of site.args.entries()) if (index >= from) push(value, site.argPlaces[index] ?? site.place);
  if (site.open) flat.push({ value: unknown('spread-or-any', site.place), place: site.place });
  return flat;
}

function use(m: Machine, self: NativeValue, site: CallSite): Value {
  const state = self.data as RouterState;
  const [first] = site.args;
  if (!first) return self;
  const alternatives = members(first);
  // A setting that may replace a constant (`process.env.PREFIX || '/api'`) is no middleware either.
  const isPath =
    alternatives.some(saysPath) && alternatives.every((member) => saysPath(member) || member.kind === 'unknown');
  const list = first.kind === 'array' && first.items.length > 0 && first.items.every((item) => item.kind === 'literal');
  const unknownPath = first.kind === 'unknown' && site.args.length > 1 && !first.truthy;
  const hasPath = isPath || list || unknownPath;
  const pathPlace = site.argPlaces[0] ?? site.place;
  const reading: PathReading = hasPath ? readPaths(first, pathPlace) : { paths: [{ template: '' }] };
  const handlers = handlersOf(site, hasPath ? 1 : 0);
  for (const handler of handlers) for (const member of members(handler.value)) markMounted(member);
  add(m, state, {
    kind: 'use',
    method: '',
    reading,
    handlers,
    place: site.place,
    pathPlace,
    conditional: isConditional(m, state),
  });
  return self;
}

function saysPath(value: Value): boolean {
  return (
    (value.kind === 'literal' && typeof value.value === 'string') ||
    value.kind === 'template' ||
    (value.kind === 'external' && value.package === ':regexp')
  );
}

function markMounted(value: Value): void {
  const inner = routerOf(value);
  if (inner) inner.mounted = true;
}

/** `app.route('/x')`: registrations for one path in a chain. */
function routeOf(self: NativeValue, site: CallSite): Value {
  const path = site.args[0] ?? unknown('dynamic-path', site.place);
  const pathPlace = site.argPlaces[0] ?? site.place;
  const model: Model = {
    name: 'route',
    method(machine, chain, key, inner) {
      if (!methodNames.has(key)) return undefined;
      register(machine, self, key, {
        ...inner,
        args: [path, ...inner.args],
        argPlaces: [pathPlace, ...inner.argPlaces],
      });
      return chain;
    },
  };
  return native(model, undefined, site.place);
}

/** The packages that make apps and routers. */
export const expressPackage: PackageModel = {
  packages: [
    'express',
    'express-promise-router',
    'express-ws',
    '@types/express',
    'express-serve-static-core',
    'ultimate-express',
    'hyper-express',
  ],
  member(_m, external) {
    const last = external.path.at(-1);
    if (last === 'json' || last === 'urlencoded' || last === 'static' || last === 'raw' || last === 'text') {
      return nativeFunction(last, (machine, site) =>
        transparent(machine, last, site, parsedTypes('express', last, site)),
      );
    }
    return undefined;
  },
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'Router') return createRouter(m, 'router', site.place);
    if (external.package === 'express-promise-router') return createRouter(m, 'router', site.place);
    if (external.package === 'express-ws')
      return objectOf({ app: site.args[0] ?? unknown('unresolved-import', site.place) });
    if (last === undefined || last === 'default' || last === 'express') return createRouter(m, 'app', site.place);
    return undefined;
  },
  construct(m, external, site) {
    if (external.path.at(-1) === 'Router' || external.package === 'express-promise-router')
      return createRouter(m, 'router', site.place);
    return undefined;
  },
  instance(m, path, _args, place) {
    const name = path.at(-1);
    if (name === 'Router' || name === 'IRouter') return createRouter(m, 'router', place);
    if (name === 'Application' || name === 'Express') return createRouter(m, 'app', place);
    return undefined;
  },
};

/** A middleware that neither answers nor guards. `static` serves files and is marked, since it catches paths. */
export function transparent(_m: Machine, name: string, site: CallSite, parses?: readonly string[]): Value {
  return native(
    {
      name: 'transparent middleware',
      call(machine, _self, inner) {
        const [request] = inner.args;
        if (parses && request?.kind === 'native' && request.model === requestModel)
          (request.data as RequestData).sink.target.addParser({ mediaTypes: parses, place: site.place });
        return passOn(machine, inner);
      },
    },
    name,
    site.place,
  );
}

/** Goes on to what follows a middleware. */
export function passOn(m: Machine, site: CallSite): Value {
  const next = site.args[2];
  return next ? m.call(next, { ...site, args: [], argPlaces: [] }) : undefinedValue;
}
