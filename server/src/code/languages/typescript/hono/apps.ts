// Owns Hono's applications: what they are told to serve, in order, with their base paths and error handlers.
// It must not run handlers; it records them.

import type { Place } from '../../../../base/place.ts';
import type { RouteDocumentation } from '../../../model.ts';
import { isConditional } from '../arms.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { joinPaths, type PathReading, readPaths } from '../paths.ts';
import {
  type CallSite,
  isEmpty,
  type Model,
  type NativeValue,
  native,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { openapi } from './openapi.ts';

export interface Handler {
  readonly value: Value;
  readonly place: Place;
}

/** One thing that an app was told, in order. */
export interface Entry {
  readonly kind: 'route' | 'use' | 'app';
  /** Lower case; `all` for every method. */
  readonly methods: readonly string[];
  /** Below the app's own base path, which is in it. */
  readonly reading: PathReading;
  readonly handlers: readonly Handler[];
  readonly place: Place;
  readonly pathPlace: Place;
  readonly conditional: boolean;
  /** For `app`: the app whose routes are copied. */
  readonly app?: AppState;
  readonly documentation?: RouteDocumentation;
}

export interface AppState {
  readonly place: Place;
  /** The branch in which it was made: what is registered there depends on no condition that the app itself does not depend on. */
  readonly born: number;
  readonly self: NativeValue;
  readonly base: PathReading;
  /** Shared by an app and its `basePath` copies. */
  readonly entries: Entry[];
  readonly options: Value | undefined;
  /** Known by a parameter's type or name alone. */
  readonly loose: boolean;
  errorHandler?: Handler;
  notFound?: Handler;
  defaultHook?: Value;
  parent?: AppState;
  mounted: boolean;
  /** The path of the last registration, which a registration without one takes up. */
  last?: { readonly value: Value; readonly place: Place };
  escaped?: Place;
}

const apps = new WeakMap<Machine, AppState[]>();

/** Every application that a run has made, `basePath` copies aside. */
export function appsOf(m: Machine): readonly AppState[] {
  return apps.get(m) ?? [];
}

/** `new Hono()`. */
export function createApp(m: Machine, options: Value | undefined, place: Place, loose = false): NativeValue {
  const state = createState(m, { options, place, loose, base: { paths: [{ template: '' }] }, entries: [] });
  const hook = options?.kind === 'object' ? m.get(options, 'defaultHook', place) : undefinedValue;
  if (!isEmpty(hook) && hook.kind !== 'unknown') state.defaultHook = hook;
  const list = apps.get(m) ?? [];
  list.push(state);
  apps.set(m, list);
  return state.self;
}

function createState(
  m: Machine,
  facts: Pick<AppState, 'options' | 'place' | 'loose' | 'base' | 'entries'> & Partial<AppState>,
): AppState {
  const self = native(appModel, undefined, facts.place);
  const state: AppState = { mounted: false, born: m.arm, ...facts, self };
  Object.assign(self, { data: state });
  m.spend();
  return state;
}

/** The application behind a value: itself, or an instance of a class that extends it. */
export function appOf(m: Machine, value: Value | undefined): AppState | undefined {
  if (value?.kind === 'native') return value.model === appModel ? (value.data as AppState) : undefined;
  const parent = value?.kind === 'object' ? value.props.get('[[parent]]') : undefined;
  return parent ? appOf(m, m.force(parent)) : undefined;
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'query', 'all']);

const appModel: Model = {
  name: 'hono app',
  get(_m, self, key, place) {
    const state = self.data as AppState;
    if (key === 'routes') return unknown('spread-or-any', place);
    if (key === 'openAPIRegistry') return native(registryModel, undefined, place);
    if (key === 'fetch' || key === 'request')
      return native({ name: 'hono fetch', call: () => undefined }, state, place);
    if (key === 'onError' || key === 'notFound' || key === 'openapi' || key === 'route' || verbs.has(key))
      return undefined;
    return undefined;
  },
  method: (m, self, key, site) => callApp(m, self, key, site),
};

/** What is registered for the document alone. */
const registryModel: Model = {
  name: 'openapi registry',
  method: (_m, _self, _key, site) => site.args.at(-1) ?? undefinedValue,
};

function callApp(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const state = self.data as AppState;
  const [first, second] = site.args;
  if (verbs.has(key)) {
    register(m, state, [key], site);
    return self;
  }
  switch (key) {
    case '[escape]':
      if (site.args[0]?.kind !== 'external') state.escaped ??= site.place;
      return undefinedValue;
    case '[computed]':
      state.escaped ??= site.place;
      return self;
    case 'on':
      registerOn(m, state, site);
      return self;
    case 'use':
      registerUse(m, state, site);
      return self;
    case 'route':
      registerApp(m, state, site);
      return self;
    case 'basePath':
      return basePath(m, state, first ?? undefinedValue, site).self;
    case 'onError':
      if (first)
        for (const one of sharing(state)) one.errorHandler = { value: first, place: site.argPlaces[0] ?? site.place };
      return self;
    case 'notFound':
      if (first)
        for (const one of sharing(state)) one.notFound = { value: first, place: site.argPlaces[0] ?? site.place };
      return self;
    case 'mount':
      registerMount(m, state, site);
      return self;
    case 'openapi':
      openapi(m, state, site);
      return self;
    case 'openapiRoutes':
      for (const item of first?.kind === 'array' ? first.items : []) {
        const field = (name: string) => m.get(item, name, site.place);
        const args = [field('route'), field('handler'), field('hook')];
        openapi(m, state, { ...site, args, argPlaces: args.map(() => site.place) });
      }
      if (first?.kind !== 'array' || first.rest) state.escaped ??= site.place;
      return self;
    case 'doc':
    case 'doc31': {
      // The document itself: no operation of the API.
      const args = first ? [first, native({ name: 'hono document' }, undefined, site.place)] : [];
      register(m, state, ['get'], { ...site, args, argPlaces: [site.argPlaces[0] ?? site.place, site.place] });
      return self;
    }
    case 'fetch':
    case 'request':
    case 'fire':
    case 'getOpenAPIDocument':
    case 'getOpenAPI31Document':
      return unknown('spread-or-any', second && 'place' in second ? second.place : site.place);
    default:
      return undefined;
  }
}

/** An app and, for a copy that `basePath` made, those that it was made of: whichever of them is served, it serves the same routes. */
function sharing(state: AppState): AppState[] {
  const { parent } = state;
  return parent && parent.entries === state.entries ? [state, ...sharing(parent)] : [state];
}

/** A base path below which an app registers; its routes are the app's. */
function basePath(m: Machine, state: AppState, value: Value, site: CallSite): AppState {
  const reading = readPrefix(value, site.argPlaces[0] ?? site.place);
  const copy = createState(m, { ...state, base: under(state.base, reading), mounted: true, parent: state });
  return copy;
}

/** A prefix that cannot be read still leaves the routes below it. */
export function readPrefix(value: Value, place: Place): PathReading {
  const reading = readHonoPaths(value, place);
  return reading.paths.length > 0
    ? reading
    : { paths: [{ template: '', lostPrefix: reading.lost ?? 'unresolved-prefix' }] };
}

/** Paths in Hono's syntax: `:id{[0-9]+}` restrains a parameter, `:id?` at the end makes it optional. */
export function readHonoPaths(value: Value, place: Place): PathReading {
  const plain = (one: Value): Value => {
    if (one.kind === 'literal' && typeof one.value === 'string')
      return {
        ...one,
        value: one.value
          .replace(/(:[A-Za-z0-9_-]+)\{(?:[^{}]|\{[^{}]*\})*\}/g, '$1')
          .replace(/:([A-Za-z0-9_]+)-/g, ':$1-'),
      };
    if (one.kind === 'union') return { ...one, members: one.members.map(plain) };
    return one;
  };
  return readPaths(value.kind === 'array' ? { ...value, items: value.items.map(plain) } : plain(value), place);
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

/** Arguments as handlers; what `factory.createHandlers` gives is a list. */
export function handlersOf(site: CallSite, from: number): Handler[] {
  const flat: Handler[] = [];
  const push = (value: Value, place: Place): void => {
    if (value.kind !== 'array') {
      if (!isEmpty(value)) flat.push({ value, place });
      return;
    }
    for (const item of value.items) push(item, 'place' in item && item.place ? item.place : place);
    if (value.rest) flat.push({ value: value.rest, place });
  };
  for (const [index, value] of site.args.entries()) if (index >= from) push(value, site.argPlaces[index] ?? site.place);
  if (site.open) flat.push({ value: unknown('spread-or-any', site.place), place: site.place });
  return flat;
}

function isPath(value: Value | undefined): boolean {
  if (!value) return false;
  if (value.kind === 'array') return value.items.length > 0 && value.items.every(isPath);
  return members(value).every(
    (member) =>
      (member.kind === 'literal' && typeof member.value === 'string') ||
      member.kind === 'template' ||
      (member.kind === 'unknown' && !member.truthy && member.shape?.kind === 'string'),
  );
}

/** Adds an entry below the app's base path. */
export function add(m: Machine, state: AppState, site: CallSite, entry: Omit<Entry, 'conditional' | 'place'>): void {
  // In a chain all calls begin where the chain does; each registration begins at its own word.
  const place = { ...site.place, start: site.namePlace.start };
  state.entries.push({
    ...entry,
    place,
    reading: under(state.base, entry.reading),
    conditional: isConditional(m, state),
  });
}

function register(m: Machine, state: AppState, methods: readonly string[], site: CallSite): void {
  const [first] = site.args;
  if (!first) {
    if (site.open) state.escaped ??= site.place;
    return;
  }
  const withPath = isPath(first) || (site.args.length > 1 && first.kind === 'unknown');
  if (withPath) state.last = { value: first, place: site.argPlaces[0] ?? site.place };
  const pathPlace = withPath ? (site.argPlaces[0] ?? site.place) : (state.last?.place ?? site.place);
  const path = withPath ? first : state.last?.value;
  const handlers = handlersOf(site, withPath ? 1 : 0);
  if (handlers.length === 0) return;
  const reading = path ? readHonoPaths(path, pathPlace) : { paths: [{ template: '' }] };
  add(m, state, site, { kind: 'route', methods, reading, handlers, pathPlace });
}

/** `app.on(methods, paths, …handlers)`. */
function registerOn(m: Machine, state: AppState, site: CallSite): void {
  const [methods, path] = site.args;
  if (!methods || !path) return;
  const names = (methods.kind === 'array' ? methods.items : members(methods)).map((one) => textOf(one)?.toLowerCase());
  const known = names.filter((name) => name !== undefined);
  if (known.length < names.length) state.escaped ??= site.place;
  register(m, state, known, { ...site, args: site.args.slice(1), argPlaces: site.argPlaces.slice(1) });
}

function registerUse(m: Machine, state: AppState, site: CallSite): void {
  const [first] = site.args;
  const withPath = isPath(first);
  const pathPlace = site.argPlaces[0] ?? site.place;
  add(m, state, site, {
    kind: 'use',
    methods: ['all'],
    reading: withPath ? readPrefix(first!, pathPlace) : { paths: [{ template: '/{*}' }] },
    handlers: handlersOf(site, withPath ? 1 : 0),
    pathPlace,
  });
}

/** `app.route(prefix, sub)`. */
function registerApp(m: Machine, state: AppState, site: CallSite): void {
  const [prefix, second] = site.args;
  if (!prefix) return;
  if (!second) {
    state.escaped ??= site.place;
    return;
  }
  const pathPlace = site.argPlaces[0] ?? site.place;
  for (const value of members(second)) {
    const app = appOf(m, value);
    if (!app) {
      state.escaped ??= site.argPlaces[1] ?? site.place;
      continue;
    }
    app.mounted = true;
    app.parent ??= state;
    for (const one of sharing(app)) one.mounted = true;
    const reading = readPrefix(prefix, pathPlace);
    add(m, state, site, { kind: 'app', methods: [], reading, handlers: [], pathPlace, app });
  }
}

/** `app.mount(path, handler)`: another framework answers below the path. */
function registerMount(m: Machine, state: AppState, site: CallSite): void {
  const [path] = site.args;
  if (!path) return;
  const pathPlace = site.argPlaces[0] ?? site.place;
  const below = under(readPrefix(path, pathPlace), { paths: [{ template: '/{*}' }] });
  const handlers = [{ value: unknown('catch-all-or-proxy', site.place), place: site.place }];
  add(m, state, site, { kind: 'route', methods: ['all'], reading: below, handlers, pathPlace });
}
