// Owns Koa's routers: what they are told to serve, in order, with their prefixes.
// It must not run handlers; it records them.

import type { Place } from '../../../../base/place.ts';
import { isConditional } from '../arms.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { joinPaths, type PathReading, readPaths } from '../paths.ts';
import {
  type CallSite,
  isEmpty,
  literal,
  type Model,
  type NativeValue,
  native,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { setHeader, setStatus } from './answer.ts';
import { Dispatch, markMounted, type Used } from './apps.ts';
import { passOn } from './compose.ts';
import { chainOf } from './context.ts';

export const verbs: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'head',
  'options',
  'trace',
  'link',
  'unlink',
  'search',
  'all',
]);

/** One thing that a router was told, in order. */
export interface Registration {
  readonly kind: 'route' | 'use' | 'param';
  /** Lower case. */
  readonly methods: readonly string[];
  reading: PathReading;
  readonly handlers: readonly Used[];
  readonly place: Place;
  readonly pathPlace: Place;
  readonly conditional: boolean;
  /** For `param`: the parameter's name. */
  readonly name?: string;
  /** What a schema beside the handler says for readers. */
  readonly statuses?: readonly { readonly status: number; readonly place: Place }[];
}

/** A router. */
export interface RouterState {
  readonly place: Place;
  /** The branch in which it was made: what is registered there depends on no condition that the app itself does not depend on. */
  readonly born: number;
  readonly self: NativeValue;
  readonly registrations: Registration[];
  prefix: PathReading;
  mounted: boolean;
  /** Where routes may be registered in a way that cannot be followed. */
  escaped?: Place;
  /** Known by a parameter's type or name alone. */
  readonly loose: boolean;
}

const routers = new WeakMap<Machine, RouterState[]>();

/** Every router that a run has made. */
export function routersOf(m: Machine): readonly RouterState[] {
  return routers.get(m) ?? [];
}

/** What a kind of router does beside what all of them do. */
export type Extension = (m: Machine, state: RouterState, key: string, site: CallSite) => Value | undefined;

/** A new router. */
export function createRouter(
  m: Machine,
  options: Value | undefined,
  place: Place,
  loose = false,
  extension?: Extension,
): NativeValue {
  const prefix = options?.kind === 'object' ? m.get(options, 'prefix', place) : undefinedValue;
  const model: Model = extension
    ? {
        ...routerModel,
        method: (machine, self, key, site) =>
          extension(machine, self.data as RouterState, key, site) ?? callRouter(machine, self, key, site),
      }
    : routerModel;
  const self = native(model, undefined, place);
  const state: RouterState = {
    place,
    born: m.arm,
    self,
    registrations: [],
    prefix: isEmpty(prefix) ? { paths: [{ template: '' }] } : readPrefix(prefix, place),
    mounted: false,
    loose,
  };
  Object.assign(self, { data: state });
  const list = routers.get(m) ?? [];
  list.push(state);
  routers.set(m, list);
  return self;
}

/** A prefix that cannot be read still leaves the router's own paths. */
function readPrefix(value: Value, place: Place): PathReading {
  const reading = readPaths(value, place);
  return reading.paths.length > 0
    ? reading
    : { paths: [{ template: '', lostPrefix: reading.lost ?? 'unresolved-prefix' }] };
}

/** The router behind a value: itself, or an instance of a class that extends it. */
export function routerOf(m: Machine, value: Value | undefined): RouterState | undefined {
  if (value?.kind === 'native') return value.model.name === routerModel.name ? (value.data as RouterState) : undefined;
  const parent = value?.kind === 'object' ? value.props.get('[[parent]]') : undefined;
  return parent ? routerOf(m, m.force(parent)) : undefined;
}

/** Joins what stands before with what follows it, each with each. */
export function under(prefix: PathReading, reading: PathReading): PathReading {
  return {
    paths: prefix.paths.flatMap((outer) =>
      reading.paths.map((inner) => ({
        template: joinPaths(outer.template, inner.template),
        place: inner.place,
        lostPrefix: outer.lostPrefix ?? inner.lostPrefix,
      })),
    ),
    lost: reading.lost ?? prefix.lost,
  };
}

const routerModel: Model = {
  name: 'koa router',
  get(_m, self, key, place) {
    const state = self.data as RouterState;
    if (key === 'stack') return unknown('spread-or-any', place);
    if (key === 'opts' || key === 'params' || key === 'methods') return unknown('spread-or-any', place);
    // An app may be given a router where it wants a middleware.
    return key === 'router' ? state.self : undefined;
  },
  method: (m, self, key, site) => callRouter(m, self, key, site),
};

function callRouter(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const state = self.data as RouterState;
  if (verbs.has(key)) {
    registerRoute(m, state, [key === 'del' ? 'delete' : key], site);
    return self;
  }
  switch (key) {
    case '[escape]':
      if (site.args[0]?.kind !== 'external') state.escaped ??= site.place;
      return undefinedValue;
    case '[computed]':
      state.escaped ??= site.place;
      return self;
    case 'use':
      registerUse(m, state, site);
      return self;
    case 'register':
      registerWithMethods(m, state, site);
      return self;
    case 'param':
      registerParam(m, state, site);
      return self;
    case 'redirect':
      registerRedirect(m, state, site);
      return self;
    case 'prefix': {
      const prefix = readPrefix(site.args[0] ?? undefinedValue, site.argPlaces[0] ?? site.place);
      state.prefix = under(prefix, state.prefix);
      for (const registration of state.registrations) registration.reading = under(prefix, registration.reading);
      return self;
    }
    case 'routes':
    case 'middleware':
      return native(dispatchModel, dispatchOf(state), site.place);
    case 'allowedMethods':
      // Answers 405 and 501 for the framework.
      return native(passingModel, undefined, site.place);
    case 'route':
    case 'url':
    case 'match':
    case 'host':
      return unknown('spread-or-any', site.place);
    default:
      return undefined;
  }
}

function dispatchOf(state: RouterState): Dispatch {
  return new Dispatch(state, () => {
    state.mounted = true;
  });
}

/** The router that a dispatching middleware belongs to. */
export function dispatched(value: Value): RouterState | undefined {
  return value.kind === 'native' && value.data instanceof Dispatch ? (value.data.router as RouterState) : undefined;
}

/** `router.routes()`: where it is called by hand, its routes are served wherever that happens. */
const dispatchModel: Model = {
  name: 'koa dispatch',
  get: (_m, self, key) => (key === 'router' ? ((self.data as Dispatch).router as RouterState).self : undefined),
  call(m, self, site) {
    chainOf(site.args[0])?.collector.openExits('catch-all-or-proxy', site.place);
    m.spend();
    return (self.data as Dispatch) && passOn(m, site);
  },
};

/** A middleware that only hands on. */
export const passingModel: Model = { name: 'koa passing', call: (m, _self, site) => passOn(m, site) };

/** Arguments as handlers; lists are flattened. */
export function handlersOf(m: Machine, state: RouterState, site: CallSite, from: number): Used[] {
  const flat: Used[] = [];
  const conditional = isConditional(m, state);
  const push = (value: Value, place: Place): void => {
    if (value.kind !== 'array') {
      if (!isEmpty(value)) flat.push({ value, place, conditional });
      return;
    }
    for (const item of value.items) push(item, place);
    if (value.rest) flat.push({ value: value.rest, place, conditional });
  };
  for (const [index, value] of site.args.entries()) if (index >= from) push(value, site.argPlaces[index] ?? site.place);
  if (site.open) flat.push({ value: unknown('spread-or-any', site.place), place: site.place, conditional });
  return flat;
}

/** Whether a value names paths rather than being a handler. */
function isPath(value: Value | undefined): boolean {
  if (!value) return false;
  if (value.kind === 'array') return value.items.length > 0 && value.items.every(isPath);
  return members(value).every(
    (member) =>
      (member.kind === 'literal' && typeof member.value === 'string') ||
      member.kind === 'template' ||
      (member.kind === 'unknown' && member.shape?.kind === 'string') ||
      (member.kind === 'external' && member.package === ':regexp'),
  );
}

/** `router.get([name,] path, …handlers)`. */
export function registerRoute(
  m: Machine,
  state: RouterState,
  methods: readonly string[],
  site: CallSite,
  extra: Pick<Registration, 'statuses'> = {},
): void {
  const named = site.args.length > 2 && isPath(site.args[0]) && isPath(site.args[1]);
  const at = named ? 1 : 0;
  const path = site.args[at];
  if (!path) {
    if (site.open) state.escaped ??= site.place;
    return;
  }
  const pathPlace = site.argPlaces[at] ?? site.place;
  // A route without a path answers every path below its router.
  const pathless = !isPath(path) && isHandler(path);
  add(state, site, {
    kind: 'route',
    methods,
    reading: pathless ? { paths: [{ template: '/{*}' }] } : readPaths(path, pathPlace),
    handlers: handlersOf(m, state, site, pathless ? at : at + 1),
    pathPlace,
    conditional: isConditional(m, state),
    ...extra,
  });
}

function isHandler(value: Value): boolean {
  return value.kind === 'function' || value.kind === 'native';
}

function add(state: RouterState, site: CallSite, registration: Omit<Registration, 'place'>): void {
  // In a chain all calls begin where the chain does; each registration begins at its own word.
  const place = { ...site.place, start: site.namePlace.start };
  const reading = registration.kind === 'param' ? registration.reading : under(state.prefix, registration.reading);
  state.registrations.push({ ...registration, reading, place });
}

function registerUse(m: Machine, state: RouterState, site: CallSite): void {
  const withPath = isPath(site.args[0]) || (site.args[0]?.kind === 'unknown' && site.args.length > 1);
  const pathPlace = site.argPlaces[0] ?? site.place;
  const handlers = handlersOf(m, state, site, withPath ? 1 : 0);
  for (const handler of handlers) for (const member of members(handler.value)) markMounted(m, member);
  add(state, site, {
    kind: 'use',
    methods: [],
    reading: withPath ? readPrefix(site.args[0]!, pathPlace) : { paths: [{ template: '' }] },
    handlers,
    pathPlace,
    conditional: isConditional(m, state),
  });
}

/** `router.register(path, methods, middleware)`. */
function registerWithMethods(m: Machine, state: RouterState, site: CallSite): void {
  const [path, methods] = site.args;
  if (!path) return;
  const names = methods?.kind === 'array' ? methods.items.map(textOf) : methods ? members(methods).map(textOf) : [];
  const known = names.filter((name) => name !== undefined).map((name) => name.toLowerCase());
  if (known.length < names.length || known.length === 0) state.escaped ??= site.place;
  const args = [path, ...site.args.slice(2, 3)];
  const places = [site.argPlaces[0] ?? site.place, site.argPlaces[2] ?? site.place];
  registerRoute(m, state, known, { ...site, args, argPlaces: places, open: false });
}

function registerParam(m: Machine, state: RouterState, site: CallSite): void {
  const name = textOf(site.args[0]);
  if (name === undefined) return;
  add(state, site, {
    kind: 'param',
    methods: [],
    reading: { paths: [] },
    handlers: handlersOf(m, state, site, 1),
    pathPlace: site.place,
    conditional: false,
    name,
  });
}

/** `router.redirect(source, destination, code)`. */
function registerRedirect(m: Machine, state: RouterState, site: CallSite): void {
  const [source, , code] = site.args;
  if (!source) return;
  const handler = native(
    {
      name: 'redirect',
      call(machine, _self, inner) {
        const chain = chainOf(inner.args[0]);
        if (!chain) return undefinedValue;
        setStatus(machine, chain, code ?? literal(301), code ? (site.argPlaces[2] ?? site.place) : site.namePlace);
        setHeader(chain, literal('location'), undefined, site.place);
        return undefinedValue;
      },
    },
    undefined,
    site.place,
  );
  const place = site.argPlaces[0] ?? site.place;
  registerRoute(m, state, ['all'], { ...site, args: [source, handler], argPlaces: [place, site.place], open: false });
}
