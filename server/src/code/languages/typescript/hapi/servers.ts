// Owns hapi's servers: routes, extension points, authentication and decorations, with what plugins register on them.
// It must not run a request; it records.

import type { Place } from '../../../../base/place.ts';
import type { AbstainReason } from '../../../model.ts';
import { isConditional } from '../arms.ts';
import { everyItem, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { joinPaths } from '../paths.ts';
import {
  type CallSite,
  type Cell,
  isEmpty,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { type HapiRoute, readRoute } from './routes.ts';

/** A function at an extension point of the request's life. */
export interface Extension {
  readonly point: string;
  readonly value: Value;
  readonly place: Place;
  /** Set for one that belongs to a single route. */
  readonly own?: boolean;
}

/** How callers prove themselves, under a name. */
export interface Strategy {
  readonly scheme: string;
  readonly options: Value;
  readonly place: Place;
}

/** What all plugins of one server share. */
export interface ServerCore {
  readonly place: Place;
  /** The branch in which it was made: what is registered there depends on no condition that the app itself does not depend on. */
  readonly born: number;
  readonly options: Value;
  readonly routes: HapiRoute[];
  readonly extensions: Extension[];
  readonly strategies: Map<string, Strategy>;
  /** Schemes of the code's own, by name. */
  readonly schemes: Map<string, Value>;
  readonly decorations: { readonly toolkit: Map<string, Value>; readonly request: Map<string, Value> };
  readonly handlers: Map<string, Value>;
  readonly methods: NativeValue;
  defaultAuth?: Value;
  /** Packages whose plugins nobody has read. */
  readonly unread: { readonly package: string; readonly place: Place }[];
  /** Set for a server that a function is given and that nobody is seen to make. */
  readonly loose: boolean;
  open?: { readonly reason: AbstainReason; readonly place: Place };
}

/** One view of a server: the plugin that has it sees its own prefix. */
export interface ServerView {
  readonly core: ServerCore;
  readonly self: NativeValue;
  readonly prefix: string;
  readonly lost?: AbstainReason;
  readonly conditional: boolean;
  readonly mounts: readonly { readonly place: Place; readonly what: string }[];
  bind?: Value;
}

const cores = new WeakMap<Machine, ServerCore[]>();

/** Every server that a run has made, and those that functions are given. */
export function serversOf(m: Machine): readonly ServerCore[] {
  return cores.get(m) ?? [];
}

/** `Hapi.server(options)`. */
export function createServer(m: Machine, options: Value | undefined, place: Place, loose = false): NativeValue {
  const core: ServerCore = {
    place,
    born: m.arm,
    options: options ?? undefinedValue,
    routes: [],
    extensions: [],
    strategies: new Map(),
    schemes: new Map(),
    decorations: { toolkit: new Map(), request: new Map() },
    handlers: new Map(),
    methods: native({ name: 'hapi methods' }, undefined, place),
    unread: [],
    loose,
  };
  const list = cores.get(m) ?? [];
  list.push(core);
  cores.set(m, list);
  const prefix = loose ? undefined : textOf(at(m, options, ['routes', 'prefix'], place));
  return viewOf(core, { prefix: prefix ?? '', conditional: false, mounts: [] }, place);
}

/** A member of nested options; undefined where one of them is lacking. */
export function at(m: Machine, value: Value | undefined, keys: readonly string[], place: Place): Value {
  let current: Value = value ?? undefinedValue;
  for (const key of keys) current = isEmpty(current) ? undefinedValue : m.get(current, key, place);
  return current;
}

function viewOf(core: ServerCore, facts: Omit<ServerView, 'core' | 'self'>, place: Place): NativeValue {
  const self = native(serverModel, undefined, place);
  Object.assign(self, { data: { core, self, ...facts } satisfies ServerView });
  return self;
}

/** The server behind a value. */
export function serverOf(value: Value | undefined): ServerView | undefined {
  return value?.kind === 'native' && value.model === serverModel ? (value.data as ServerView) : undefined;
}

const quiet = new Set([
  'start',
  'stop',
  'initialize',
  'log',
  'control',
  'event',
  'state',
  'cache',
  'validator',
  'views',
  'dependency',
  'expose',
  'rules',
  'subscription',
  'publish',
  'encoder',
  'decoder',
  'path',
]);

const serverModel: Model = {
  name: 'hapi server',
  get(_m, self, key, place) {
    const view = self.data as ServerView;
    switch (key) {
      case 'methods':
        return view.core.methods;
      case 'auth':
        return native(authModel, view.core, place);
      case 'app':
      case 'plugins':
        return { ...openObject(place) };
      case 'settings':
        return view.core.options;
      case 'realm':
        return objectOf({
          modifiers: objectOf({ route: objectOf({ prefix: { kind: 'literal', value: view.prefix } }) }),
          plugins: openObject(place),
          settings: openObject(place),
        });
      case 'events':
      case 'logger':
      case 'listener':
        return native(quietModel, undefined, place);
      case 'info':
      case 'version':
      case 'type':
      case 'registrations':
      case 'decorations':
        return unknown('spread-or-any', place);
      default:
        return known.has(key) || quiet.has(key)
          ? nativeFunction(key, (machine, site) => callServer(machine, view, key, site))
          : unknown('dependency-injection', place);
    }
  },
  method: (m, self, key, site) => callServer(m, self.data as ServerView, key, site),
};

const known = new Set(['route', 'register', 'ext', 'decorate', 'method', 'bind', 'table', 'lookup', 'match', 'inject']);

/** An object to which anything may have been added. */
export function openObject(place: Place): Value {
  const made = objectOf({}, place);
  return made.kind === 'object' ? { ...made, open: { reason: 'dependency-injection', place } } : made;
}

/** Whatever is called on it changes nothing. */
export const quietModel: Model = {
  name: 'hapi quiet',
  get: () => nativeFunction('quiet', () => undefinedValue),
  method: () => undefinedValue,
};

function callServer(m: Machine, view: ServerView, key: string, site: CallSite): Value | undefined {
  const { core } = view;
  const [first, second, third] = site.args;
  switch (key) {
    case 'route':
      for (const spec of listed(first)) {
        const route = readRoute(m, view, spec, site);
        if (route) core.routes.push(route);
        else core.open ??= { reason: 'dynamic-path', place: site.place };
      }
      if (site.open) core.open ??= { reason: 'dynamic-path', place: site.place };
      return undefinedValue;
    case 'register':
      for (const plugin of listed(first)) register(m, view, plugin, second, site);
      return undefinedValue;
    case 'ext':
      extend(m, core, site);
      return undefinedValue;
    case 'decorate':
      decorate(core, view.self, textOf(first), textOf(second), third);
      return undefinedValue;
    case 'method':
      addMethod(m, core, first, second, site);
      return undefinedValue;
    case 'bind':
      view.bind = first;
      return undefinedValue;
    case 'inject':
    case 'table':
    case 'lookup':
    case 'match':
      return unknown('spread-or-any', site.place);
    case '[escape]':
      // A package that takes the server adds no routes of the contract.
      if (first?.kind !== 'external') core.open ??= { reason: 'dependency-injection', place: site.place };
      return undefinedValue;
    default:
      return quiet.has(key) ? undefinedValue : undefined;
  }
}

/** The items of a list, or the one value. */
export function listed(value: Value | undefined): Value[] {
  if (!value || isEmpty(value)) return [];
  if (value.kind === 'array') return everyItem(value).flatMap((one) => listed(one));
  return [...members(value)].flatMap((one) => (one.kind === 'array' ? listed(one) : [one]));
}

/** `server.register(plugin, { routes: { prefix } })`; options of its own stand in `{ plugin, options, routes }`. */
function register(m: Machine, view: ServerView, item: Value, shared: Value | undefined, site: CallSite): void {
  const { core } = view;
  if (item.kind === 'literal') {
    // A plugin that is named by its file is loaded by whoever composes the server.
    if (typeof item.value === 'string') core.open ??= { reason: 'unresolved-import', place: site.place };
    return;
  }
  if (item.kind === 'external') {
    noteUnread(core, item.package, site.place);
    return;
  }
  if (item.kind === 'unknown' || item.kind === 'typed') {
    const reason = item.kind === 'unknown' ? item.reason : 'unresolved-import';
    core.open ??= { reason, place: site.place };
    return;
  }
  const inner = at(m, item, ['plugin'], site.place);
  const plugin = isEmpty(inner) ? item : inner;
  if (plugin.kind === 'external') {
    noteUnread(core, plugin.package, site.place);
    return;
  }
  const nested = at(m, plugin, ['plugin'], site.place);
  const target = isEmpty(nested) || nested.kind === 'unknown' ? plugin : nested;
  const start = at(m, target, ['register'], site.place);
  const own = item.kind === 'object' && item.props.has('routes') ? at(m, item, ['routes'], site.place) : undefinedValue;
  const routes = isEmpty(own) ? at(m, shared, ['routes'], site.place) : own;
  const added = at(m, routes, ['prefix'], site.place);
  const text = isEmpty(added) ? '' : textOf(added);
  const prefix = joinPaths(view.prefix, text ?? '');
  const place = site.place;
  const self = viewOf(
    core,
    {
      prefix: prefix === '/' ? '' : prefix,
      lost: view.lost ?? (text === undefined ? reasonOf(added) : undefined),
      conditional: view.conditional || isConditional(m, core),
      mounts: text ? [...view.mounts, { place, what: `registers it at ${prefix}` }] : view.mounts,
    },
    place,
  );
  if (start.kind !== 'function' && start.kind !== 'native' && start.kind !== 'union') {
    core.open ??= { reason: 'unresolved-import', place };
    return;
  }
  const options = item.kind === 'object' && item.props.has('options') ? at(m, item, ['options'], place) : objectOf({});
  const args = [self, options];
  m.call(start, { ...site, args, argPlaces: args.map(() => place), open: false }, target);
}

function reasonOf(value: Value): AbstainReason {
  return value.kind === 'unknown' && value.reason === 'environment-dependent' ? value.reason : 'unresolved-prefix';
}

/** Plugins of packages that add nothing to what a request meets. */
const harmless =
  /^(@hapi\/(inert|vision|good|basic|cookie|bell|jwt|nes|scooter|h2o2|yar|iron|catbox[\w-]*|crumb)|blipp|good(-[\w]+)?|hapi-(pino|swagger|auth[\w-]*|and-healthy|require-https|i18n|dev-errors|sentry|graceful-pm2)|inert|vision|h2o2|bell|yar|laabr|disinfect|susie)$/;

function noteUnread(core: ServerCore, name: string, place: Place): void {
  if (!harmless.test(name)) core.unread.push({ package: name, place });
}

/** `server.ext(point, fn)`, `server.ext({ type, method })` and lists of the latter. */
function extend(m: Machine, core: ServerCore, site: CallSite): void {
  const [first, second] = site.args;
  const point = textOf(first);
  if (point !== undefined) {
    for (const value of listed(second)) core.extensions.push({ point, value, place: site.argPlaces[1] ?? site.place });
    return;
  }
  for (const one of listed(first)) {
    const type = textOf(at(m, one, ['type'], site.place));
    for (const value of listed(at(m, one, ['method'], site.place)))
      core.extensions.push({ point: type ?? '', value, place: placeIn(value) ?? site.place });
  }
}

/** Where a value that is no function of the workspace stands. */
export function placeIn(value: Value): Place | undefined {
  return 'place' in value ? value.place : undefined;
}

function decorate(
  core: ServerCore,
  self: NativeValue,
  what: string | undefined,
  name: string | undefined,
  value: Value | undefined,
): void {
  if (name === undefined || !value) return;
  if (what === 'toolkit' || what === 'request') core.decorations[what].set(name, value);
  if (what === 'handler') core.handlers.set(name, value);
  if (what === 'server') self.props.set(name, { value });
}

/** `server.method(name, fn)`: `a.b` is a member of a member. */
function addMethod(
  m: Machine,
  core: ServerCore,
  first: Value | undefined,
  fn: Value | undefined,
  site: CallSite,
): void {
  const name = textOf(first);
  if (name === undefined) {
    for (const one of listed(first)) {
      const own = at(m, one, ['name'], site.place);
      if (textOf(own) !== undefined) addMethod(m, core, own, at(m, one, ['method'], site.place), site);
    }
    return;
  }
  if (!fn) return;
  const path = name.split('.');
  let owner: { readonly props: Map<string, Cell> } = core.methods;
  for (const key of path.slice(0, -1)) {
    const cell = owner.props.get(key);
    const next = cell?.value?.kind === 'native' ? cell.value : native({ name: 'hapi methods' }, undefined, site.place);
    owner.props.set(key, { value: next });
    owner = next;
  }
  owner.props.set(path.at(-1)!, { value: fn });
}

/** `server.auth`. */
const authModel: Model = {
  name: 'hapi auth',
  method(_m, self, key, site) {
    const core = self.data as ServerCore;
    const [first, second, third] = site.args;
    const name = textOf(first);
    switch (key) {
      case 'scheme':
        if (name !== undefined && second) core.schemes.set(name, second);
        return undefinedValue;
      case 'strategy': {
        const scheme = textOf(second);
        const options = third ?? undefinedValue;
        if (name !== undefined) core.strategies.set(name, { scheme: scheme ?? '', options, place: site.place });
        return undefinedValue;
      }
      case 'default':
        core.defaultAuth = first;
        return undefinedValue;
      case '[escape]':
        return undefinedValue;
      default:
        return unknown('dependency-injection', site.place);
    }
  },
};

/** Whether a file belongs to a package that serves with hapi, and with nothing else that has routers. */
export function isHapiPackage(m: Machine, file: string): boolean {
  const folder = m.resolver.packageFolder(file);
  const read = folder === undefined ? undefined : m.files.read(`${folder}/package.json`);
  return (
    read !== undefined &&
    'text' in read &&
    /"(@hapi\/)?hapi"\s*:/.test(read.text) &&
    !/"(express|fastify|koa)"\s*:/.test(read.text)
  );
}
