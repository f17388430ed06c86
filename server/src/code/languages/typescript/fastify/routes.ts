// Owns reading Fastify's route registrations: the shorthand methods and `route`, with their options and type arguments.
// It must not decide what a request runs through; it records.

import type { Place } from '../../../../base/place.ts';
import type { AbstainReason } from '../../../model.ts';
import { isConditional } from '../arms.ts';
import { everyItem, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type PathReading, readPaths } from '../paths.ts';
import {
  type CallSite,
  isEmpty,
  literal,
  type ObjectValue,
  type TypeReference,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import type { InstanceState } from './instances.ts';

export const shorthands: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'all',
  'trace',
  'search',
  'propfind',
  'proppatch',
  'mkcol',
  'copy',
  'move',
  'lock',
  'unlock',
  'mkcalendar',
  'report',
]);

export interface RouteRegistration {
  /** Lower case. */
  readonly methods: readonly string[];
  readonly reading: PathReading;
  readonly options: Value;
  readonly handler: Value;
  readonly handlerPlace: Place;
  readonly place: Place;
  readonly pathPlace: Place;
  readonly conditional: boolean;
  /** The type argument of the registration, `{ Body, Querystring, … }`. */
  readonly types?: TypeReference;
  /** Position among all registrations of the run. */
  readonly order: number;
}

let nextOrder = 0;

/** How many routes have been registered, for what applies to later ones only. */
export const routesSoFar = (): number => nextOrder;

/** `instance.get(path, [options], handler)`. */
export function registerShorthand(m: Machine, state: InstanceState, method: string, site: CallSite): void {
  const [path, second, third] = site.args;
  if (!path) {
    if (site.open) state.open ??= { reason: 'spread-or-any', place: site.place };
    return;
  }
  const callable = second !== undefined && third === undefined && isCallable(second);
  const options = callable ? undefinedValue : (second ?? undefinedValue);
  const handler = callable ? second : third;
  const at = callable ? 1 : third ? 2 : 1;
  record(m, state, site, {
    methods: [method],
    path,
    pathPlace: site.argPlaces[0] ?? site.place,
    options,
    handler,
    handlerPlace: site.argPlaces[at] ?? site.place,
  });
}

/** `instance.route({ method, url, handler, … })`. */
export function registerRoute(m: Machine, state: InstanceState, site: CallSite): void {
  const [given] = site.args;
  for (const options of given ? members(given) : []) {
    if (options.kind === 'unknown' || options.kind === 'external') {
      state.open ??= { reason: options.kind === 'unknown' ? options.reason : 'unresolved-import', place: site.place };
      continue;
    }
    const { methods, lost } = readMethods(m, m.get(options, 'method', site.place));
    if (lost) state.open ??= { reason: lost, place: site.place };
    const url = m.get(options, 'url', site.place);
    const path = isEmpty(url) ? m.get(options, 'path', site.place) : url;
    const pathPlace = fieldPlace(options, isEmpty(url) ? 'path' : 'url') ?? site.place;
    record(m, state, site, {
      methods,
      path,
      pathPlace,
      options,
      handler: undefined,
      handlerPlace: fieldPlace(options, 'handler') ?? site.place,
    });
  }
}

interface Reading {
  readonly methods: readonly string[];
  readonly path: Value;
  readonly pathPlace: Place;
  readonly options: Value;
  readonly handler: Value | undefined;
  readonly handlerPlace: Place;
}

function record(m: Machine, state: InstanceState, site: CallSite, read: Reading): void {
  const reading = readRoutePaths(read.path, read.pathPlace);
  if (reading.lost) state.open ??= { reason: reading.lost, place: read.pathPlace };
  const options = afterRouteHooks(m, state, site, read);
  const argument = site.node?.typeArguments?.[0];
  state.routes.push({
    methods: read.methods,
    reading,
    options,
    handler: read.handler ?? m.get(options, 'handler', site.place),
    handlerPlace: read.handlerPlace,
    place: site.place,
    pathPlace: read.pathPlace,
    conditional: isConditional(m, state),
    types: argument ? { node: argument, frame: site.frame } : undefined,
    order: nextOrder++,
  });
}

/** `onRoute` hooks may change the options of a route: they are run on a copy. */
function afterRouteHooks(m: Machine, state: InstanceState, site: CallSite, read: Reading): Value {
  const hooks = state.hooks.filter((hook) => hook.name === 'onRoute' && hook.value.kind === 'function');
  if (hooks.length === 0) return read.options;
  const given: ObjectValue = read.options.kind === 'object' ? read.options : { kind: 'object', props: new Map() };
  const path = textOf(read.path);
  const copy: ObjectValue = { ...given, props: new Map(given.props) };
  const url =
    path === undefined || state.lost ? unknown('dynamic-path', read.pathPlace) : literal(`${state.prefix}${path}`);
  const facts: Record<string, Value> = {
    method:
      read.methods.length === 1
        ? literal(read.methods[0]!.toUpperCase())
        : { kind: 'array', items: read.methods.map((method) => literal(method.toUpperCase())) },
    url,
    path: url,
    routePath: read.path,
    prefix: literal(state.prefix),
    ...(read.handler ? { handler: read.handler } : {}),
  };
  for (const [key, value] of Object.entries(facts)) copy.props.set(key, { value });
  for (const hook of hooks) {
    m.apart(() =>
      m.catching(() =>
        m.call(
          hook.value,
          { ...site, args: [copy], argPlaces: [site.place], place: hook.place, namePlace: hook.place },
          state.self,
        ),
      ),
    );
  }
  return copy;
}

/** Paths in the router's syntax, where two colons stand for one that is meant literally. */
export function readRoutePaths(value: Value, place: Place): PathReading {
  const guarded = guardColons(value);
  const reading = readPaths(guarded, place);
  return {
    ...reading,
    paths: reading.paths.map((path) => ({ ...path, template: path.template.replaceAll(colon, ':') })),
  };
}

const colon = '\u0001';

function guardColons(value: Value): Value {
  if (value.kind === 'literal' && typeof value.value === 'string')
    return { ...value, value: value.value.replaceAll('::', colon) };
  if (value.kind === 'union') return { ...value, members: value.members.map(guardColons) };
  return value;
}

function readMethods(m: Machine, value: Value): { methods: string[]; lost?: AbstainReason } {
  const methods: string[] = [];
  let lost: AbstainReason | undefined;
  const list = value.kind === 'array' ? everyItem(value) : members(value);
  for (const item of list.flatMap((one) => (one.kind === 'array' ? one.items : members(one)))) {
    const text = textOf(item);
    if (text === undefined)
      lost = item.kind === 'unknown' && item.reason === 'environment-dependent' ? item.reason : 'dynamic-method';
    else if (!methods.includes(text.toLowerCase())) methods.push(text.toLowerCase());
  }
  m.spend();
  return { methods, lost };
}

/** Whether an argument stands for a handler rather than for options. */
function isCallable(value: Value): boolean {
  switch (value.kind) {
    case 'function':
    case 'unknown':
    case 'external':
    case 'native':
    case 'class':
      return true;
    case 'union':
      return value.members.some(isCallable);
    default:
      return false;
  }
}

/** Where a field of an options object is written. */
export function fieldPlace(options: Value, key: string): Place | undefined {
  if (options.kind !== 'object') return undefined;
  const value = options.props.get(key)?.value;
  return (value && 'place' in value ? value.place : undefined) ?? options.places?.get(key);
}
