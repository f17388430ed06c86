// Owns the loading of plugins: finding the function behind a plugin value, its prefix, and running it in its context.
// It must not know what packages do when they are registered; see `package-plugins.ts`.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import type { AbstainReason } from '../../../model.ts';
import { isConditional } from '../arms.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { joinPaths } from '../paths.ts';
import {
  type CallSite,
  isEmpty,
  native,
  nativeFunction,
  objectOf,
  textOf,
  undefinedValue,
  type Value,
} from '../value.ts';
import { createChild, type InstanceState, loadQueue } from './instances.ts';
import { loadPackage } from './package-plugins.ts';
import { readRoutePaths, registerRoute } from './routes.ts';

/** What `fastify-plugin` gives: a function that runs in the context that registers it. */
interface WrappedPlugin {
  readonly inner: Value;
  readonly encapsulated: boolean;
}

const wrapped = {
  name: 'fastify plugin',
  call: (m: Machine, self: Value & { kind: 'native' }, site: CallSite) =>
    m.call((self.data as WrappedPlugin).inner, site),
};

/** `fp(plugin, options)`. */
export function wrapPlugin(m: Machine, site: CallSite): Value {
  const [inner, options] = site.args;
  const encapsulate = options?.kind === 'object' ? m.get(options, 'encapsulate', site.place) : undefinedValue;
  const data: WrappedPlugin = {
    inner: inner ?? undefinedValue,
    encapsulated: encapsulate.kind === 'literal' && encapsulate.value === true,
  };
  return native(wrapped, data, site.place);
}

/** `instance.register(plugin, options)`: the plugin waits until the code that registers it is done, unless that awaits it. */
export function loadPlugin(m: Machine, state: InstanceState, site: CallSite): void {
  const [plugin, options] = site.args;
  if (!plugin) return;
  const conditional = isConditional(m, state);
  const load = () => runPlugin(m, state, plugin, options ?? undefinedValue, site, conditional);
  state.queue.push(() => within(m, state, site, load));
  if (site.node && isAwaited(site.node)) m.apart(() => loadQueue(state));
}

const loads = new WeakMap<Machine, { depth: number; total: number }>();

/** Loads within limits: a plugin that registers itself, or plugins without end, must not keep the machine. */
function within(m: Machine, state: InstanceState, site: CallSite, load: () => void): void {
  const count = loads.get(m) ?? { depth: 0, total: 0 };
  loads.set(m, count);
  if (count.depth >= depthLimit || count.total >= totalLimit) {
    state.open ??= { reason: 'budget', place: site.place };
    return;
  }
  count.depth++;
  count.total++;
  try {
    m.bounded(site.place.file, load);
  } finally {
    count.depth--;
  }
}

const depthLimit = 32;
const totalLimit = 4_000;

function isAwaited(node: ts.Node): boolean {
  let current: ts.Node = node.parent;
  while (
    ts.isPropertyAccessExpression(current) ||
    ts.isCallExpression(current) ||
    ts.isParenthesizedExpression(current)
  )
    current = current.parent;
  return ts.isAwaitExpression(current);
}

/** Runs a plugin in a context of its own, or in the given one when it is wrapped. */
export function runPlugin(
  m: Machine,
  state: InstanceState,
  plugin: Value,
  options: Value,
  site: CallSite,
  conditional: boolean,
  encapsulate = true,
): void {
  for (const value of members(plugin)) {
    switch (value.kind) {
      case 'union':
      case 'literal':
        continue;
      case 'namespace': {
        const inner = m.modules.exportOf(value.module, 'default');
        if (!isEmpty(inner)) runPlugin(m, state, inner, options, site, conditional, encapsulate);
        else state.open ??= { reason: 'unresolved-import', place: site.place };
        continue;
      }
      case 'function':
        runFunction(m, state, value, options, site, conditional, encapsulate);
        continue;
      case 'external':
        loadPackage(m, state, value, optionsOf(m, state, options, site), site);
        continue;
      case 'native': {
        if (value.model === wrapped) {
          const data = value.data as WrappedPlugin;
          runPlugin(m, state, data.inner, options, site, conditional, encapsulate && data.encapsulated);
          continue;
        }
        const inner = value.props.get('default');
        if (inner) runPlugin(m, state, m.force(inner), options, site, conditional, encapsulate);
        else if (value.model.call) runFunction(m, state, value, options, site, conditional, encapsulate);
        continue;
      }
      case 'object': {
        const inner = value.props.get('default');
        if (inner) runPlugin(m, state, m.force(inner), options, site, conditional, encapsulate);
        // A folder of routes may export route options instead of functions.
        else if (value.props.has('handler') && (value.props.has('url') || value.props.has('path'))) {
          registerRoute(m, contextFor(m, state, optionsOf(m, state, options, site), site, conditional), {
            ...site,
            args: [value],
            argPlaces: [site.place],
            node: undefined,
          });
        }
        continue;
      }
      default:
        state.open ??= { reason: value.kind === 'unknown' ? value.reason : 'unresolved-import', place: site.place };
        state.hooksOpen ??= state.open;
    }
  }
}

function runFunction(
  m: Machine,
  state: InstanceState,
  fn: Value,
  given: Value,
  site: CallSite,
  conditional: boolean,
  encapsulate: boolean,
): void {
  const options = optionsOf(m, state, given, site);
  const context = encapsulate ? contextFor(m, state, options, site, conditional) : state;
  const waiting = context.queue;
  context.queue = [];
  const done = nativeFunction('done', () => undefinedValue);
  const args = [context.self, isEmpty(options) ? objectOf({}) : options, done];
  const call: CallSite = {
    args,
    open: false,
    place: site.place,
    argPlaces: args.map(() => site.place),
    namePlace: site.namePlace,
    frame: site.frame,
  };
  m.apart(() => m.catching(() => m.call(fn, call, context.self)));
  loadQueue(context);
  context.queue = waiting;
}

/** Options may be made by a function of the instance. */
function optionsOf(m: Machine, state: InstanceState, options: Value, site: CallSite): Value {
  if (options.kind !== 'function') return options;
  return m.call(options, {
    args: [state.self],
    open: false,
    place: site.place,
    argPlaces: [site.place],
    namePlace: site.place,
    frame: site.frame,
  });
}

function contextFor(
  m: Machine,
  state: InstanceState,
  options: Value,
  site: CallSite,
  conditional: boolean,
): InstanceState {
  const { template, lost, place } = readPrefix(m, options, site);
  const prefix = template === '' ? state.prefix : joinPaths(state.prefix, template);
  const mounts =
    template === '' && !lost
      ? state.mounts
      : [...state.mounts, { place: place ?? site.place, what: `registers it under ${template || '/'}` }];
  return createChild(m, state, site.place, {
    prefix: prefix === '/' ? '' : prefix,
    lost: state.lost ?? lost,
    mounts,
    conditional: state.conditional || conditional,
  });
}

/** The prefix among a plugin's options. Options that an outer caller gives are taken to hold none unless they say so. */
export function readPrefix(
  m: Machine,
  options: Value,
  site: CallSite,
): { template: string; lost?: AbstainReason; place?: Place } {
  if (isEmpty(options)) return { template: '' };
  if (options.kind === 'unknown')
    return options.reason === 'dependency-injection'
      ? { template: '' }
      : { template: '', lost: reasonFor(options.reason) };
  const value = m.get(options, 'prefix', site.place);
  const known = members(value).filter((member) => !isEmpty(member));
  if (known.length === 0) return { template: '' };
  // A constant beside something unknown is its default.
  const text = known.find((member) => textOf(member) !== undefined);
  if (text) {
    const template = readRoutePaths(text, site.place).paths.at(-1)?.template ?? '';
    return { template: template === '/' ? '' : template, place: text.kind === 'literal' ? text.place : undefined };
  }
  const [first] = known;
  if (first?.kind === 'template') {
    const read = readRoutePaths(first, site.place).paths[0];
    return read ? { template: read.template, lost: read.lostPrefix } : { template: '', lost: 'unresolved-prefix' };
  }
  if (first?.kind === 'unknown' && (first.reason === 'dependency-injection' || options.kind === 'typed'))
    return { template: '' };
  return { template: '', lost: reasonFor(first?.kind === 'unknown' ? first.reason : 'unresolved-prefix') };
}

function reasonFor(reason: AbstainReason): AbstainReason {
  return reason === 'environment-dependent' ? reason : 'unresolved-prefix';
}
