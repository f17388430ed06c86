// Owns Fastify instances: the tree of encapsulation contexts with what each of them is told to serve, hook and decorate.
// It must not run handlers or resolve plugins; it records registrations and puts plugins into the loading queue.

import type { Place } from '../../../../base/place.ts';
import type { AbstainReason, Step } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type Cell,
  literal,
  type Model,
  members,
  type NativeValue,
  native,
  nativeFunction,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { httpErrors } from './errors.ts';
import { authHook, quiet } from './hooks.ts';
import { loadPlugin } from './plugins.ts';
import { type RouteRegistration, registerRoute, registerShorthand, shorthands } from './routes.ts';

/** A hook as it was added, with the instance that it was added to. */
export interface Hook {
  readonly name: string;
  readonly value: Value;
  readonly place: Place;
  readonly owner: InstanceState;
  /** How many routes of the run were registered before. */
  readonly order?: number;
}

export interface Opening {
  readonly reason: AbstainReason;
  readonly place: Place;
}

/** One encapsulation context. */
export interface InstanceState {
  /** `app`: made by the package. `loose`: known by its type alone, so that its prefix is not known. `child`: made for a plugin. */
  readonly kind: 'app' | 'loose' | 'child';
  readonly place: Place;
  readonly parent: InstanceState | undefined;
  readonly self: NativeValue;
  /** The prefix of every route, those of outer contexts included. */
  readonly prefix: string;
  /** Why the beginning of the prefix is not known. */
  readonly lost?: AbstainReason;
  readonly mounts: readonly Step[];
  readonly conditional: boolean;
  /** Hooks that apply here: the outer ones as they were when the context was made, then its own. */
  readonly hooks: Hook[];
  readonly routes: RouteRegistration[];
  readonly children: InstanceState[];
  /** Plugins that wait to be loaded. */
  queue: (() => void)[];
  readonly schemas: Map<string, Value>;
  readonly requestDecorators: Map<string, Cell>;
  readonly replyDecorators: Map<string, Cell>;
  /** The options of the package's call. */
  readonly options: Value | undefined;
  errorHandler?: { readonly value: Value; readonly place: Place };
  notFoundHandler?: { readonly value: Value; readonly place: Place };
  schemaErrorFormatter?: Value;
  /** Set when the context serialises answers in a way of its own. */
  serializer?: Place;
  /** Routes may be registered in a way that cannot be followed. */
  open?: Opening;
  /** Hooks may be added in a way that cannot be followed. */
  hooksOpen?: Opening;
}

const instances = new WeakMap<Machine, InstanceState[]>();
/** Files that a folder of plugins holds and that its loader leaves out: nothing in them is served. */
const leftOut = new WeakMap<Machine, Set<string>>();

/** Whether a loader has seen a file and not loaded it. */
export function isLeftOut(m: Machine, file: string): boolean {
  return leftOut.get(m)?.has(file) ?? false;
}

/** Remembers a file that a loader has seen and not loaded. */
export function leaveOut(m: Machine, file: string): void {
  const files = leftOut.get(m) ?? new Set();
  leftOut.set(m, files.add(file));
}

/** Every instance that a run has made without a parent. */
function topOf(m: Machine): InstanceState[] {
  const list = instances.get(m) ?? [];
  instances.set(m, list);
  return list;
}

function createState(
  kind: InstanceState['kind'],
  place: Place,
  parent: InstanceState | undefined,
  facts: Partial<InstanceState> = {},
): InstanceState {
  const state: InstanceState = {
    kind,
    place,
    parent,
    self: native(instanceModel, undefined, place),
    prefix: parent?.prefix ?? '',
    lost: parent?.lost,
    mounts: parent?.mounts ?? [],
    conditional: parent?.conditional ?? false,
    hooks: [...(parent?.hooks ?? [])],
    routes: [],
    children: [],
    queue: [],
    schemas: new Map(),
    requestDecorators: new Map(),
    replyDecorators: new Map(),
    options: parent?.options,
    hooksOpen: parent?.hooksOpen,
    ...facts,
  };
  // The native points at its state and the state at its native.
  Object.assign(state.self, { data: state });
  return state;
}

/** An instance made by the package's call. */
export function createInstance(m: Machine, options: Value | undefined, place: Place): Value {
  const state = createState('app', place, undefined, { options });
  topOf(m).push(state);
  return state.self;
}

/** An instance that is known by a parameter's type or name alone. */
export function createLooseInstance(m: Machine, place: Place): Value {
  const state = createState('loose', place, undefined);
  topOf(m).push(state);
  return state.self;
}

/** The context of a plugin. */
export function createChild(parent: InstanceState, place: Place, facts: Partial<InstanceState>): InstanceState {
  const child = createState('child', place, parent, facts);
  parent.children.push(child);
  return child;
}

/** The instance behind a value, when it is one. */
export function instanceOf(value: Value | undefined): InstanceState | undefined {
  return value?.kind === 'native' && value.model === instanceModel ? (value.data as InstanceState) : undefined;
}

/** Loads every plugin that waits, in the order of registration. */
export function loadQueue(state: InstanceState): void {
  for (let next = state.queue.shift(); next; next = state.queue.shift()) next();
}

/** Loads what waits in all instances: an app's plugins are loaded when it gets ready, after the code that registers them. */
export function settleInstances(m: Machine): void {
  const list = topOf(m);
  for (let index = 0; index < list.length; index++) {
    const state = list[index]!;
    if (state.queue.length > 0) m.bounded(state.place.file, () => loadQueue(state));
  }
}

/** A context with all that are inside of it, outermost first. */
export function contextsOf(state: InstanceState): InstanceState[] {
  return [state, ...state.children.flatMap(contextsOf)];
}

/** The outermost context around one. */
export function outermost(context: InstanceState): InstanceState {
  let current = context;
  while (current.parent) current = current.parent;
  return current;
}

/** The apps. One that is made at the same place several times is one app: the call that registered most stands for it. */
export function fastifyInstances(m: Machine): InstanceState[] {
  settleInstances(m);
  const byPlace = new Map<string, InstanceState>();
  for (const state of topOf(m)) {
    if (state.kind !== 'app') continue;
    const key = `${state.place.file}:${state.place.start}`;
    const known = byPlace.get(key);
    if (!known || routeCount(state) > routeCount(known)) byPlace.set(key, state);
  }
  return [...byPlace.values()];
}

function routeCount(state: InstanceState): number {
  return contextsOf(state).reduce((sum, context) => sum + context.routes.length, 0);
}

/** Instances that nothing is known to make, of which at least one registration belongs to no app. */
export function looseInstances(m: Machine): InstanceState[] {
  settleInstances(m);
  const placesOf = (states: readonly InstanceState[]) =>
    states.flatMap(contextsOf).flatMap((context) => context.routes.map((route) => placeKey(route.place)));
  const served = new Set(placesOf(topOf(m).filter((state) => state.kind === 'app')));
  const loose: InstanceState[] = [];
  for (const state of topOf(m)) {
    if (state.kind !== 'loose' || isLeftOut(m, state.place.file)) continue;
    for (const context of contextsOf(state)) {
      const own = context.routes.filter((route) => !served.has(placeKey(route.place)));
      for (const route of own) served.add(placeKey(route.place));
      context.routes.splice(0, context.routes.length, ...own);
    }
    if (routeCount(state) > 0) loose.push(state);
  }
  return loose;
}

function placeKey(place: Place): string {
  return `${place.file}:${place.start}`;
}

/** Whether a file belongs to a package that is built on Fastify alone. */
export function isFastifyPackage(m: Machine, file: string): boolean {
  const folder = m.resolver.packageFolder(file);
  const read = folder === undefined ? undefined : m.files.read(`${folder}/package.json`);
  return read !== undefined && 'text' in read && /"fastify"\s*:/.test(read.text) && !/"express"\s*:/.test(read.text);
}

/** Whether a file that names a parameter so means a Fastify instance by it. */
export function looksLikeFastify(text: string, name: string): boolean {
  if (name === 'fastify') return true;
  if (/['"](?:fastify|fastify-plugin|@fastify\/[\w-]+)['"]|\bFastify(?:Instance|Plugin|Request|Reply)/.test(text))
    return true;
  if (/['"]express['"]/.test(text)) return false;
  const escaped = name.replace(/[^\w]/g, '\\$&');
  return new RegExp(
    `\\b${escaped}\\.(?:addHook|decorate|decorateRequest|setErrorHandler|addSchema|register)\\(|\\b${escaped}\\.route\\(\\s*\\{|\\breply\\.(?:send|code)\\(`,
  ).test(text);
}

/** A property that this or an outer context holds: a decorator, or what the code has set. */
function decoratorOf(m: Machine, state: InstanceState, key: string): Value | undefined {
  for (let current: InstanceState | undefined = state; current; current = current.parent) {
    const cell = current.self.props.get(key);
    if (cell) return m.force(cell);
  }
  return undefined;
}

const transports = new Set([
  'listen',
  'inject',
  'close',
  'printRoutes',
  'printPlugins',
  'addresses',
  'lookup',
  'swagger',
  'getDefaultRoute',
  'hasRoute',
  'findRoute',
  'hasPlugin',
  'hasContentTypeParser',
  'removeContentTypeParser',
  'removeAllContentTypeParsers',
]);
const silent = new Set([
  'addContentTypeParser',
  'setValidatorCompiler',
  'setSchemaController',
  'addConstraintStrategy',
  'setGenReqId',
  'addHttpMethod',
  'setChildLoggerFactory',
  'setDefaultRoute',
  'enableHooks',
]);

export const instanceModel: Model = {
  name: 'fastify',
  get(m, self, key, place) {
    const state = self.data as InstanceState;
    const decorated = decoratorOf(m, state, key);
    if (decorated) return decorated;
    if (key === 'prefix') return state.lost ? unknown('unresolved-prefix', place) : literal(state.prefix);
    if (key === 'httpErrors') return httpErrors;
    if (key === 'log') return quiet;
    if (key === 'verifyBearerAuth') return authHook('bearer', place);
    if (key === 'basicAuth') return authHook('basic', place);
    if (key === 'then') return undefinedValue;
    if (isMethod(key)) return nativeFunction(key, (machine, site) => callInstance(machine, self, key, site));
    // What a package decorates an instance with is there, and nothing more is known of it.
    return { kind: 'unknown', reason: 'dependency-injection', place, truthy: true };
  },
  method(m, self, key, site) {
    return callInstance(m, self, key, site);
  },
};

const others = new Set([
  'route',
  'register',
  'addHook',
  'decorate',
  'decorateRequest',
  'decorateReply',
  'hasDecorator',
  'hasRequestDecorator',
  'hasReplyDecorator',
  'getDecorator',
  'setErrorHandler',
  'setNotFoundHandler',
  'setSerializerCompiler',
  'setReplySerializer',
  'setSchemaErrorFormatter',
  'addSchema',
  'getSchema',
  'getSchemas',
  'withTypeProvider',
  'after',
  'ready',
  'auth',
  'assert',
]);

function isMethod(key: string): boolean {
  return others.has(key) || silent.has(key) || transports.has(key) || shorthands.has(key);
}

function callInstance(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const state = self.data as InstanceState;
  if (key === '[escape]') {
    // A package that takes the instance (a test client, a documentation page, a monitor) adds no routes of the contract.
    if (site.args[0]?.kind !== 'external') state.open ??= { reason: 'dependency-injection', place: site.place };
    return undefinedValue;
  }
  if (key === '[computed]') {
    state.open ??= { reason: 'dynamic-method', place: site.place };
    return self;
  }
  if (key === 'then' || key === 'catch' || key === 'finally') return undefined;
  const decorated = isMethod(key) ? undefined : decoratorOf(m, state, key);
  if (decorated) return m.call(decorated, site, self);
  if (shorthands.has(key)) {
    registerShorthand(m, state, key, site);
    return self;
  }
  const [first, second] = site.args;
  const firstPlace = site.argPlaces[0] ?? site.place;
  switch (key) {
    case 'route':
      registerRoute(m, state, site);
      return self;
    case 'register':
      loadPlugin(m, state, site);
      return self;
    case 'addHook':
      addHook(state, first, second, site.argPlaces[1] ?? site.place);
      return self;
    case 'decorate':
    case 'decorateRequest':
    case 'decorateReply':
      decorate(m, state, key, site);
      return self;
    case 'getDecorator':
      return (first && decoratorOf(m, state, textOf(first) ?? '')) ?? unknown('dependency-injection', site.place);
    case 'setErrorHandler':
      if (first) state.errorHandler = { value: first, place: firstPlace };
      return self;
    case 'setNotFoundHandler': {
      const handler = second ?? first;
      if (handler) state.notFoundHandler = { value: handler, place: site.argPlaces.at(-1) ?? site.place };
      return self;
    }
    case 'setSchemaErrorFormatter':
      state.schemaErrorFormatter = first;
      return self;
    case 'setSerializerCompiler':
    case 'setReplySerializer':
      // The compilers of the type providers strip unknown fields, as the package's own does.
      if (first?.kind !== 'external' || key === 'setReplySerializer') state.serializer = firstPlace;
      return self;
    case 'addSchema': {
      const id = first ? textOf(m.get(first, '$id', site.place)) : undefined;
      if (first && id !== undefined) state.schemas.set(id, first);
      return self;
    }
    case 'getSchema':
      return (first && schemaNamed(state, textOf(first) ?? '')) ?? unknown('external-ref-unavailable', site.place);
    case 'withTypeProvider':
      return self;
    case 'after':
    case 'ready':
      return waitFor(m, state, key, site);
    case 'auth':
      return authHook('functions', site.place, site.args);
    case 'assert':
      return undefinedValue;
    default:
      break;
  }
  if (silent.has(key)) return self;
  if (key.startsWith('has') || key.startsWith('remove') || transports.has(key)) {
    return unknown('spread-or-any', site.place);
  }
  return undefined;
}

function addHook(state: InstanceState, name: Value | undefined, value: Value | undefined, place: Place): void {
  const text = textOf(name);
  if (text === undefined || !value) {
    state.hooksOpen ??= { reason: 'dynamic-method', place };
    return;
  }
  state.hooks.push({ name: text, value, place, owner: state });
}

function decorate(m: Machine, state: InstanceState, key: string, site: CallSite): void {
  const name = textOf(site.args[0]);
  if (name === undefined) return;
  const value = site.args[1] ?? undefinedValue;
  const target =
    key === 'decorate' ? state.self.props : key === 'decorateRequest' ? state.requestDecorators : state.replyDecorators;
  const getter = value.kind === 'object' ? value.props.get('getter') : undefined;
  // A request's decorator is a first value, which hooks replace before the handler sees it.
  const known =
    key === 'decorateRequest' && value.kind === 'literal' ? unknown('dependency-injection', site.place) : value;
  const inner: CallSite = { ...site, args: [], argPlaces: [] };
  target.set(
    name,
    getter
      ? { value: undefined, lazy: () => m.apart(() => m.call(m.force(getter), inner, state.self)) }
      : { value: known },
  );
}

/** A schema that this or an outer context has been given. */
export function schemaNamed(state: InstanceState, id: string): Value | undefined {
  const name = id.replace(/#.*$/, '');
  for (let current: InstanceState | undefined = state; current; current = current.parent) {
    const schema = current.schemas.get(id) ?? current.schemas.get(name) ?? current.schemas.get(`${name}#`);
    if (schema) return schema;
  }
  return undefined;
}

/** `after` and `ready` with a callback wait in the queue; without one they are awaited, and the queue is loaded now. */
function waitFor(m: Machine, state: InstanceState, key: string, site: CallSite): Value {
  const [callback] = site.args;
  if (!callback || callback.kind === 'literal') {
    m.apart(() => loadQueue(state));
    return state.self;
  }
  const done = nativeFunction('done', () => undefinedValue);
  const args = key === 'after' ? [undefinedValue, state.self, done] : [undefinedValue, done];
  const call = () => {
    for (const member of members(callback))
      m.apart(() =>
        m.catching(() => m.call(member, { ...site, args, argPlaces: args.map(() => site.place) }, state.self)),
      );
  };
  state.queue.push(call);
  return state.self;
}

export type { RouteRegistration };
