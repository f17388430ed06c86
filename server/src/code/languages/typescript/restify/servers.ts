// Owns restify's registrations: what servers and routers are told to serve, in order.
// It must not run handlers; it records them.

import type { Place } from '../../../../base/place.ts';
import type { AbstainReason } from '../../../model.ts';
import { isConditional } from '../arms.ts';
import type { Machine } from '../machine.ts';
import { joinPaths, type PathReading, type PathTemplate, readPaths } from '../paths.ts';
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

/** A function with the place where it is named. */
export interface Placed {
  readonly value: Value;
  readonly place: Place;
}

/** One registration: `pre` and `use` stand before the routes. */
export interface Registration {
  readonly kind: 'route' | 'pre' | 'use' | 'param';
  readonly method: string;
  readonly reading: PathReading;
  readonly handlers: readonly Placed[];
  readonly place: Place;
  readonly pathPlace: Place;
  readonly conditional: boolean;
  /** For `param`: the parameter's name. */
  readonly name?: string;
}

/** A server, or a router whose routes are applied to one. */
export interface ServerState {
  readonly kind: 'server' | 'router';
  readonly place: Place;
  /** The branch in which it was made: what is registered there depends on no condition that the app itself does not depend on. */
  readonly born: number;
  readonly registrations: Registration[];
  /** Who is told of errors before they leave, by the event. */
  readonly listeners: (Placed & { readonly event: string })[];
  /** Whether errors are given another form by something that cannot be read. */
  formatted: boolean;
  applied: boolean;
  /** What the server was told of the writing of bodies, by the media type. */
  readonly formatters?: Value;
  /** The groups of a router that are open while it is told its routes: their prefixes and middlewares. */
  readonly groups: Group[];
  open?: { readonly reason: AbstainReason; readonly place: Place };
}

/** `router.group(prefix, …middlewares, (router) => …)` (restify-router). */
interface Group {
  readonly prefix: Value;
  readonly handlers: readonly Placed[];
}

const states = new WeakMap<Machine, ServerState[]>();

/** Every server and router that a run has made. */
export function restifyStates(m: Machine): readonly ServerState[] {
  return states.get(m) ?? [];
}

/** `restify.createServer()` and `new Router()`. */
export function createState(m: Machine, kind: ServerState['kind'], place: Place, formatters?: Value): NativeValue {
  const state: ServerState = {
    kind,
    place,
    born: m.arm,
    registrations: [],
    listeners: [],
    formatted: false,
    applied: false,
    formatters,
    groups: [],
  };
  states.set(m, [...(states.get(m) ?? []), state]);
  return native(serverModel, state, place);
}

/** The server or router behind a value. */
export function stateOf(value: Value | undefined): ServerState | undefined {
  return value?.kind === 'native' && value.model === serverModel ? (value.data as ServerState) : undefined;
}

const verbs: Readonly<Record<string, string>> = {
  get: 'get',
  post: 'post',
  put: 'put',
  patch: 'patch',
  del: 'delete',
  delete: 'delete',
  head: 'head',
  opts: 'options',
  options: 'options',
  all: 'all',
};

/** Events of the server itself; any other name is that of an error. */
const ownEvents = /^(after|pre|routed|close|error|connection|listening|clientError|upgrade|connect|redirect|audit.*)$/;

const serverModel: Model = {
  name: 'restify server',
  get: (_m, _self, key, place) =>
    ['url', 'name', 'log', 'server', 'router', 'address', 'versions'].includes(key)
      ? unknown('spread-or-any', place)
      : undefined,
  method(m, self, key, site) {
    const state = self.data as ServerState;
    const verb = verbs[key];
    if (verb !== undefined) return registerRoute(m, self, verb, site);
    switch (key) {
      case 'use':
      case 'pre':
      case 'first':
        add(m, state, site, { kind: key === 'use' ? 'use' : 'pre', handlers: handlersFrom(site, 0) });
        return self;
      case 'group':
        return state.kind === 'router' ? group(m, self, site) : undefined;
      case 'param':
        add(m, state, site, { kind: 'param', handlers: handlersFrom(site, 1), name: textOf(site.args[0]) });
        return self;
      case 'on':
      case 'once':
        listen(state, site);
        return self;
      case 'add':
        applyTo(m, state, stateOf(site.args[1]), site.args[0], site);
        return self;
      case 'applyRoutes':
        applyTo(m, stateOf(site.args[0]), state, site.args[1], site);
        return self;
      case '[escape]':
        if (site.args[0]?.kind !== 'external') state.open ??= { reason: 'dependency-injection', place: site.place };
        return undefinedValue;
      case '[computed]':
        state.open ??= { reason: 'dynamic-method', place: site.place };
        return self;
      default:
        return ['listen', 'close', 'emit', 'address', 'acceptable', 'inflightRequests', 'toString'].includes(key)
          ? unknown('spread-or-any', site.place)
          : undefined;
    }
  },
};

/** `server.on('restifyError', (req, res, error, done) => …)`: a listener may give errors another form. */
function listen(state: ServerState, site: CallSite): void {
  const event = textOf(site.args[0]);
  const value = site.args[1];
  if (event !== undefined && ownEvents.test(event)) return;
  if (event === undefined || value?.kind !== 'function') state.formatted = true;
  else state.listeners.push({ event, value, place: site.argPlaces[1] ?? site.place });
}

function add(m: Machine, state: ServerState, site: CallSite, facts: Partial<Registration>): void {
  state.registrations.push({
    kind: 'use',
    method: '',
    reading: { paths: [] },
    handlers: [],
    place: site.place,
    pathPlace: site.place,
    conditional: isConditional(m, state),
    ...facts,
  });
}

/** `server.get(path | { path, … }, …handlers)`. */
function registerRoute(m: Machine, self: NativeValue, method: string, site: CallSite): Value {
  const state = self.data as ServerState;
  const [first = undefinedValue] = site.args;
  const given = first.kind === 'object' ? m.get(first, 'path', site.place) : first;
  const path = first.kind === 'object' && isEmpty(given) ? m.get(first, 'url', site.place) : given;
  const at = first.kind === 'object' ? (first.places?.get('path') ?? site.argPlaces[0]) : site.argPlaces[0];
  const pathPlace = ('place' in path && path.place ? path.place : at) ?? site.place;
  const reading = below(
    state.groups.map(({ prefix }) => prefix),
    readPaths(path, pathPlace),
  );
  if (reading.lost) state.open ??= { reason: reading.lost, place: pathPlace };
  if (site.open) state.open ??= { reason: 'dynamic-path', place: site.place };
  const handlers = [...state.groups.flatMap((one) => one.handlers), ...handlersFrom(site, 1)];
  add(m, state, site, { kind: 'route', method, reading, handlers, pathPlace });
  return self;
}

function handlersFrom(site: CallSite, start: number): Placed[] {
  const found: Placed[] = [];
  const take = (value: Value, place: Place): void => {
    if (value.kind === 'array') {
      for (const item of value.items) take(item, place);
      if (value.rest) take(value.rest, place);
    } else if (value.kind !== 'literal') found.push({ value, place });
  };
  for (const [index, value] of site.args.entries())
    if (index >= start) take(value, site.argPlaces[index] ?? site.place);
  return found;
}

/** The routes that are told within a group have its prefix and run behind its middlewares. */
function group(m: Machine, self: NativeValue, site: CallSite): Value {
  const state = self.data as ServerState;
  const [first = undefinedValue] = site.args;
  const prefix = first.kind === 'object' ? m.get(first, 'path', site.place) : first;
  const handlers = handlersFrom(site, 1);
  const last = handlers.at(-1);
  if (last?.value.kind !== 'function') {
    state.open ??= { reason: 'dependency-injection', place: site.place };
    return undefinedValue;
  }
  state.groups.push({ prefix, handlers: handlers.slice(0, -1) });
  m.call(last.value, { ...site, args: [self], argPlaces: [last.place] });
  state.groups.pop();
  return undefinedValue;
}

/** Paths below prefixes, the outermost first; what is no text is lost. */
function below(prefixes: readonly Value[], reading: PathReading): PathReading {
  const heads = prefixes.map((one) => (isEmpty(one) ? '' : textOf(one)));
  const known = heads.map((head) => head ?? '');
  const lost = heads.includes(undefined) ? { lostPrefix: 'unresolved-prefix' as const } : {};
  const under = (path: PathTemplate): string =>
    known.reduceRight((template, head) => joinPaths(head, template), path.template);
  return { ...reading, paths: reading.paths.map((path) => ({ ...path, template: under(path), ...lost })) };
}

/** A router's routes become its server's, below a prefix and behind the router's own middlewares (restify-router, `applyRoutes`). */
function applyTo(
  m: Machine,
  target: ServerState | undefined,
  router: ServerState | undefined,
  prefix: Value | undefined,
  site: CallSite,
): void {
  if (!target || !router || target === router) return;
  router.applied = true;
  const common = router.registrations.filter(({ kind }) => kind !== 'route').flatMap(({ handlers }) => handlers);
  for (const registration of router.registrations.filter(({ kind }) => kind === 'route'))
    target.registrations.push({
      ...registration,
      reading: below(prefix ? [prefix] : [], registration.reading),
      handlers: [...common, ...registration.handlers],
      conditional: registration.conditional || isConditional(m, target),
    });
  if (router.open) target.open ??= router.open;
  if (prefix && !isEmpty(prefix) && textOf(prefix) === undefined)
    target.open ??= { reason: 'unresolved-prefix', place: site.place };
}
