// Owns Fastify instances: the tree of encapsulation contexts with what each of them is told to serve, hook and decorate.
// It must not run handlers or resolve plugins; it records registrations and puts plugins into the loading queue.

import type { Place } from '../../../../base/place.ts';
import type { AbstainReason, Step } from '../../../model.ts';
import type { RouterState } from '../contract-driven/routers.ts';
import type { Machine } from '../machine.ts';
import { type Cell, type NativeValue, native, type Value } from '../value.ts';
import { instanceModel } from './instance-model.ts';
import type { RouteRegistration } from './routes.ts';

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
  /** The branch in which it was made: what is registered there depends on no condition that the app itself does not depend on. */
  readonly born: number;
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
  /** On the outermost context: parsers were added or removed somewhere below, beside the framework's own. */
  ownParsers?: boolean;
  /** Handlers that a contract's operations name, registered in this context. */
  operationRouter?: RouterState;
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
  m: Machine,
  kind: InstanceState['kind'],
  place: Place,
  parent: InstanceState | undefined,
  facts: Partial<InstanceState> = {},
): InstanceState {
  const state: InstanceState = {
    kind,
    place,
    born: m.arm,
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
  const state = createState(m, 'app', place, undefined, { options });
  topOf(m).push(state);
  return state.self;
}

/** An instance that is known by a parameter's type or name alone. */
export function createLooseInstance(m: Machine, place: Place): Value {
  const state = createState(m, 'loose', place, undefined);
  topOf(m).push(state);
  return state.self;
}

/** The context of a plugin. */
export function createChild(
  m: Machine,
  parent: InstanceState,
  place: Place,
  facts: Partial<InstanceState>,
): InstanceState {
  const child = createState(m, 'child', place, parent, facts);
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
  return withoutCopies(m, [...byPlace.values()]);
}

/**
 * Two apps that register the very same routes are one service that is started twice, as a test's setup does; the one that listens
 * stands for both.
 */
function withoutCopies(m: Machine, states: readonly InstanceState[]): InstanceState[] {
  const byRoutes = new Map<string, InstanceState>();
  for (const state of states) {
    const places = contextsOf(state).flatMap((context) =>
      context.routes.map((route) => `${context.prefix} ${placeKey(route.place)}`),
    );
    const key = places.length === 0 ? placeKey(state.place) : places.sort().join('\n');
    const known = byRoutes.get(key);
    if (!known || (!listens(m, known) && listens(m, state))) byRoutes.set(key, state);
  }
  return [...byRoutes.values()];
}

function listens(m: Machine, state: InstanceState): boolean {
  return /\.listen\(/.test(m.modules.module(state.place.file)?.source.text ?? '');
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

/** A schema that this or an outer context has been given. */
export function schemaNamed(state: InstanceState, id: string): Value | undefined {
  const name = id.replace(/#.*$/, '');
  for (let current: InstanceState | undefined = state; current; current = current.parent) {
    const schema = current.schemas.get(id) ?? current.schemas.get(name) ?? current.schemas.get(`${name}#`);
    if (schema) return schema;
  }
  return undefined;
}
