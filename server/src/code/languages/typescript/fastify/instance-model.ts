// Owns what the members of a Fastify instance do: registering, hooking, decorating, waiting.
// It must not know contexts beyond the one that it is called on.

import type { Place } from '../../../../base/place.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  literal,
  type Model,
  type NativeValue,
  nativeFunction,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { httpErrors } from './errors.ts';
import { authHook, quiet } from './hooks.ts';
import { type InstanceState, loadQueue, outermost, schemaNamed } from './instances.ts';
import { loadPlugin } from './plugins.ts';
import { registerRoute, registerShorthand, shorthands } from './routes.ts';

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
  if (key.endsWith('ContentTypeParser') || key.endsWith('ContentTypeParsers')) outermost(state).ownParsers = true;
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
