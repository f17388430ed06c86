// Owns what `server.route` is given: methods, paths in hapi's syntax, options and the handler.
// It must not know what a request runs through.

import type { Place } from '../../../../base/place.ts';
import type { AbstainReason } from '../../../model.ts';
import { isConditional } from '../arms.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type PathReading, readPaths } from '../paths.ts';
import { type CallSite, isEmpty, textOf, undefinedValue, type Value } from '../value.ts';
import type { ServerView } from './servers.ts';

/** One registration. */
export interface HapiRoute {
  readonly methods: readonly string[];
  readonly reading: PathReading;
  readonly options: Value;
  readonly handler: Value;
  readonly handlerPlace: Place;
  readonly place: Place;
  readonly pathPlace: Place;
  readonly conditional: boolean;
  readonly view: ServerView;
  readonly lost?: AbstainReason;
}

/** Reads one route; undefined when nothing of it is known. */
export function readRoute(m: Machine, view: ServerView, spec: Value, site: CallSite): HapiRoute | undefined {
  if (spec.kind !== 'object' && spec.kind !== 'native' && spec.kind !== 'namespace') return undefined;
  const place = (spec.kind === 'object' ? spec.place : undefined) ?? site.place;
  const field = (key: string): Value => m.get(spec, key, place);
  const placeOf = (key: string): Place | undefined => {
    const value = field(key);
    const own = 'place' in value ? value.place : undefined;
    return own ?? (spec.kind === 'object' ? spec.places?.get(key) : undefined);
  };
  const path = field('path');
  const pathPlace = placeOf('path') ?? place;
  const options = optionsOf(m, isEmpty(field('options')) ? field('config') : field('options'), view, site);
  const own = field('handler');
  const handler = isEmpty(own) && !isEmpty(options) ? m.get(options, 'handler', place) : own;
  const { methods, lost } = readMethods(field('method'));
  const reading = hapiPaths(path, pathPlace);
  if (reading.paths.length === 0 || methods.length === 0) return undefined;
  const lostPrefix = view.lost ?? lost;
  return {
    methods,
    reading,
    options,
    handler,
    handlerPlace: ('place' in handler ? handler.place : undefined) ?? placeOf('handler') ?? place,
    place,
    pathPlace,
    conditional: view.conditional || isConditional(m, view.core),
    view,
    ...(lostPrefix ? { lost: lostPrefix } : {}),
  };
}

/** Options may be a function of the server. */
function optionsOf(m: Machine, value: Value, view: ServerView, site: CallSite): Value {
  if (value.kind !== 'function') return value;
  const args = [view.self];
  return m.call(value, { ...site, args, argPlaces: [site.place], open: false }, view.bind);
}

function readMethods(value: Value): { readonly methods: string[]; readonly lost?: AbstainReason } {
  const items = value.kind === 'array' ? value.items : members(value);
  const texts = items.flatMap((item) => (item.kind === 'array' ? item.items : [item])).map((item) => textOf(item));
  const methods = texts.flatMap((text) => (text === undefined ? [] : [text === '*' ? 'all' : text.toLowerCase()]));
  return texts.includes(undefined) ? { methods, lost: 'dynamic-method' } : { methods };
}

/** Paths in hapi's syntax: `{name?}` may be absent at the end, `{name*}` takes the rest. */
export function hapiPaths(value: Value, place: Place): PathReading {
  return readPaths(rewritten(value), place);
}

function rewritten(value: Value): Value {
  if (value.kind === 'literal' && typeof value.value === 'string') return { ...value, value: inBraces(value.value) };
  if (value.kind === 'template')
    return { ...value, parts: value.parts.map((part) => (typeof part === 'string' ? inBraces(part) : part)) };
  if (value.kind === 'union') return { ...value, members: value.members.map(rewritten), parts: undefined };
  return isEmpty(value) ? undefinedValue : value;
}

function inBraces(path: string): string {
  return path.replace(/\{\w+\*\d*\}/g, '*').replace(/\/\{(\w+)\?\}/g, '/:$1?');
}
