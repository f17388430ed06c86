// Owns Koa's applications and what composes middlewares: what is used, in order, and what a mount takes away.
// It must not run anything; it records.

import type { Place } from '../../../../base/place.ts';
import { isConditional } from '../arms.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type PathReading, readPaths } from '../paths.ts';
import {
  type CallSite,
  type Cell,
  type Model,
  type NativeValue,
  native,
  objectOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { callComposed } from './compose.ts';

/** Something that was used. */
export interface Used {
  readonly value: Value;
  readonly place: Place;
  readonly conditional: boolean;
}

/** One application. */
export interface AppState {
  readonly place: Place;
  /** The branch in which it was made: what is registered there depends on no condition that the app itself does not depend on. */
  readonly born: number;
  readonly self: NativeValue;
  readonly used: Used[];
  /** `app.context.x = …`. */
  readonly context: NativeValue;
  mounted: boolean;
  /** Whether a package formats uncaught errors. */
  formatted: boolean;
  /** Where the app went to somebody who may add routes. */
  escaped?: Place;
}

const apps = new WeakMap<Machine, AppState[]>();

/** Every application that a run has made. */
export function appsOf(m: Machine): readonly AppState[] {
  return apps.get(m) ?? [];
}

/** `new Koa()`. An app that `standsIn` for one that a caller may give has whatever error handler that one has. */
export function createApp(m: Machine, place: Place, standsIn = false): NativeValue {
  const self = native(appModel, undefined, place);
  const context = native({ name: 'koa prototype' }, undefined, place);
  const state: AppState = { place, born: m.arm, self, used: [], context, mounted: false, formatted: standsIn };
  Object.assign(self, { data: state });
  const list = apps.get(m) ?? [];
  list.push(state);
  apps.set(m, list);
  return self;
}

/** The application behind a value: itself, or an instance of a class that extends it. */
export function appOf(m: Machine, value: Value | undefined): AppState | undefined {
  if (value?.kind === 'native') return value.model === appModel ? (value.data as AppState) : undefined;
  const parent = value?.kind === 'object' ? value.props.get('[[parent]]') : undefined;
  return parent ? appOf(m, m.force(parent)) : undefined;
}

/** Whether what nobody catches is answered in a form of the app's own: through a package, or by `app.context.onerror = …`. */
export function formatsErrors({ formatted, context }: AppState): boolean {
  return formatted || context.props.has('onerror');
}

const quiet = new Set([
  'on',
  'once',
  'off',
  'emit',
  'listen',
  'addListener',
  'removeAllListeners',
  'toJSON',
  'inspect',
]);

const appModel: Model = {
  name: 'koa app',
  get(_m, self, key, place) {
    const state = self.data as AppState;
    if (key === 'context') return state.context;
    if (key === 'middleware') return { kind: 'array', items: state.used.map((one) => one.value) };
    if (key === 'request' || key === 'response') return native({ name: 'koa prototype' }, undefined, place);
    if (key === 'env') return unknown('environment-dependent', place);
    return undefined;
  },
  method(m, self, key, site) {
    const state = self.data as AppState;
    if (key === 'use') {
      for (const [index, value] of site.args.entries()) use(m, state, value, site.argPlaces[index] ?? site.place);
      if (site.open) state.escaped ??= site.place;
      return self;
    }
    if (key === 'callback') return native(callbackModel, state, site.place);
    if (key === '[escape]') {
      // A package that takes the app (a server, a socket library) adds no routes of the contract.
      if (site.args[0]?.kind !== 'external') state.escaped ??= site.place;
      return undefinedValue;
    }
    if (key === 'createContext') return unknown('dependency-injection', site.place);
    return quiet.has(key) ? self : undefined;
  },
};

/** What a server is given. */
const callbackModel: Model = { name: 'koa callback', call: () => undefinedValue, method: () => undefinedValue };

function use(m: Machine, state: AppState, value: Value, place: Place): void {
  for (const member of members(value)) markMounted(m, member);
  state.used.push({ value, place, conditional: isConditional(m, state) });
}

/** Whoever is used by another is no app of its own. */
export function markMounted(m: Machine, value: Value, depth = 0): void {
  const app = appOf(m, value);
  if (app) app.mounted = true;
  if (value.kind !== 'native' || depth > 8) return;
  if (value.data instanceof Composed) for (const part of value.data.parts) markMounted(m, part.value, depth + 1);
  else if (value.data instanceof Mount) markMounted(m, value.data.target, depth + 1);
  else if (value.data instanceof Dispatch) value.data.mark();
}

/** Several middlewares as one (`koa-compose`). */
export class Composed {
  constructor(readonly parts: readonly { readonly value: Value; readonly place: Place }[]) {}
}

/** An app or middleware below a path (`koa-mount`). */
export class Mount {
  constructor(
    readonly path: PathReading,
    readonly target: Value,
  ) {}
}

/** The middleware of a router (`router.routes()`). `mark` says that it is used. */
export class Dispatch {
  constructor(
    readonly router: object,
    readonly mark: () => void,
  ) {}
}

const composedModel: Model = {
  name: 'koa composed',
  call: (m, self, site) => callComposed(m, (self.data as Composed).parts, site),
};

/** `compose([a, b])`. */
export function compose(m: Machine, site: CallSite): Value {
  const parts: { value: Value; place: Place }[] = [];
  const add = (value: Value, place: Place): void => {
    if (value.kind !== 'array') {
      parts.push({ value, place: 'place' in value && value.place ? value.place : place });
      return;
    }
    for (const item of value.items) add(item, place);
    if (value.rest) parts.push({ value: value.rest, place });
  };
  for (const [index, value] of site.args.entries()) add(value, site.argPlaces[index] ?? site.place);
  m.spend();
  return native(composedModel, new Composed(parts), site.place);
}

const mountModel: Model = {
  name: 'koa mount',
  call: (m, self, site) => callComposed(m, [{ value: (self.data as Mount).target, place: site.place }], site),
};

/** `mount(path, app)` or `mount(app)`. */
export function mount(m: Machine, site: CallSite): Value {
  const [first, second] = site.args;
  if (!first) return undefinedValue;
  const path: PathReading = second ? readPaths(first, site.argPlaces[0] ?? site.place) : { paths: [{ template: '' }] };
  const target = second ?? first;
  m.spend();
  return native(mountModel, new Mount(path, target), site.place);
}

/** The fields that an app adds to each context. */
export function additionsOf(state: AppState): ReadonlyMap<string, Cell> {
  return state.context.props;
}

/** The options of a constructor, as an object. */
export function optionsOf(value: Value | undefined): Value {
  return value?.kind === 'object' ? value : objectOf({});
}
