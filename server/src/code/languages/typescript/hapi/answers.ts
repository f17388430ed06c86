// Owns hapi's answers: `h`, the response objects that it makes, and what leaves of a value that a handler returns.
// It must not know in which order a request runs through extensions.

import type { Place } from '../../../../base/place.ts';
import type { CurrentSink } from '../current-sink.ts';
import { mediaTypeOf } from '../express/response.ts';
import { addHeader, headersIn, headerText } from '../headers.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type ImpliedTypes, impliedType, sentAs } from '../sent-body.ts';
import {
  type CallSite,
  type Cell,
  isEmpty,
  type LiteralValue,
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  nullValue,
  someString,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import type { ServerView } from './servers.ts';

/** The state of one response object; cells, so that branches keep theirs apart. */
export interface ResponseData {
  readonly source: Cell;
  readonly sourcePlace: Place | undefined;
  readonly status: Cell;
  readonly type: Cell;
  readonly headers: Cell;
  readonly takeover: Cell;
  readonly places: WeakMap<Value, Place>;
  readonly place: Place;
  readonly sink: CurrentSink;
}

/** What `h` carries. */
export interface ToolkitData {
  readonly sink: CurrentSink;
  view?: ServerView;
  bind?: Value;
  request?: NativeValue;
  /** Set when `h` went where nobody can follow. */
  readonly escaped: Cell;
}

/** `h`. */
export function createToolkit(sink: CurrentSink): NativeValue {
  sink.target.headersModelled = true;
  return native(toolkitModel, { sink, escaped: { value: literal(false) } } satisfies ToolkitData);
}

/** The values that say what becomes of the request, and answer nothing. */
const signal: Model = { name: 'hapi signal' };
const signals: Readonly<Record<string, Value>> = {
  continue: native(signal, 'continue'),
  abandon: native(signal, 'abandon'),
  close: native(signal, 'close'),
};

/** Whether a value says that the request goes on. */
export function goesOn(value: Value): boolean {
  return value.kind === 'native' && value.model === signal && value.data === 'continue';
}

/** What `h.authenticated` and `h.unauthenticated` give. */
export const credentialsModel: Model = { name: 'hapi credentials' };

export const toolkitModel: Model = {
  name: 'hapi toolkit',
  get(_m, self, key, place) {
    const data = self.data as ToolkitData;
    const found = signals[key];
    if (found) return found;
    if (key === 'request') return data.request;
    if (key === 'context') return data.bind ?? unknown('dependency-injection', place);
    if (key === 'realm') return unknown('spread-or-any', place);
    const decorated = data.view?.core.decorations.toolkit.get(key);
    if (decorated) return decorated;
    return methods.has(key) ? nativeFunction(key, (m, site) => callToolkit(m, self, key, site)) : undefined;
  },
  method: (m, self, key, site) => callToolkit(m, self, key, site),
};

const methods = new Set([
  'response',
  'redirect',
  'view',
  'file',
  'proxy',
  'entity',
  'state',
  'unstate',
  'authenticated',
  'unauthenticated',
]);

function callToolkit(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const data = self.data as ToolkitData;
  const [first] = site.args;
  const decorated = data.view?.core.decorations.toolkit.get(key);
  if (decorated) return m.call(decorated, site, self);
  switch (key) {
    case '[escape]':
      m.write(data.escaped, literal(true));
      if (first?.kind === 'external') data.sink.target.answeredByLibrary('unreadable-exit', site.place);
      else data.sink.target.openExits('unreadable-exit', site.place);
      return undefinedValue;
    case 'response':
      // A response that is given again stays the one that it is.
      if (first && responseOf(first)) return first;
      return createResponse(data.sink, first ?? nullValue, site.namePlace, site.argPlaces[0]);
    case 'redirect': {
      const response = createResponse(data.sink, nullValue, site.namePlace, undefined);
      const state = response.data as ResponseData;
      setStatus(m, state, literal(302), site.namePlace);
      addHeader(m, state.headers, { name: 'location', place: site.place });
      return response;
    }
    case 'view':
    case 'file': {
      const response = createResponse(data.sink, unknown('custom-serializer', site.place), site.namePlace, undefined);
      if (key === 'view') (response.data as ResponseData).type.value = literal('text/html');
      return response;
    }
    case 'proxy':
      data.sink.target.openExits('catch-all-or-proxy', site.place);
      return unknown('catch-all-or-proxy', site.place);
    case 'authenticated':
      return native(credentialsModel, undefined, site.place);
    case 'unauthenticated':
      return first && !isEmpty(first) ? native(credentialsModel, { error: first }, site.place) : undefinedValue;
    case 'entity':
    case 'state':
    case 'unstate':
      return undefinedValue;
    default:
      return undefined;
  }
}

/** A response object over a value. */
export function createResponse(
  sink: CurrentSink,
  source: Value,
  place: Place,
  sourcePlace: Place | undefined,
): NativeValue {
  const data: ResponseData = {
    source: { value: source },
    sourcePlace,
    status: { value: undefined },
    type: { value: undefined },
    headers: { value: undefined },
    takeover: { value: literal(false) },
    places: new WeakMap(),
    place,
    sink,
  };
  return native(responseModel, data, place);
}

/** The state of a response object. */
export function responseOf(value: Value | undefined): ResponseData | undefined {
  return value?.kind === 'native' && value.model === responseModel ? (value.data as ResponseData) : undefined;
}

function setStatus(m: Machine, data: ResponseData, value: Value, place: Place): void {
  // Each value is copied, so that one constant which several places set keeps a place for each of them.
  const copies = members(value).map((member) => ({ ...member }));
  for (const copy of copies) data.places.set(copy, place);
  m.write(data.status, copies.length === 1 ? copies[0]! : { kind: 'union', members: copies });
}

const responseModel: Model = {
  name: 'hapi response',
  get(m, self, key, place) {
    const data = self.data as ResponseData;
    switch (key) {
      case 'statusCode':
        return statusIn(data);
      case 'source':
        return m.force(data.source);
      case 'isBoom':
      case 'then':
        return undefinedValue;
      case 'variety':
      case 'contentType':
        return someString();
      case 'headers':
      case 'settings':
      case 'request':
      case 'app':
      case 'plugins':
        return unknown('spread-or-any', place);
      default:
        return chaining.has(key)
          ? nativeFunction(key, (machine, site) => callResponse(machine, self, key, site))
          : undefined;
    }
  },
  set(m, self, key, value, place) {
    const data = self.data as ResponseData;
    if (key === 'source') m.write(data.source, value);
    else if (key === 'statusCode') setStatus(m, data, value, place);
    else return false;
    return true;
  },
  method: (m, self, key, site) => callResponse(m, self, key, site),
};

const chaining = new Set([
  'code',
  'status',
  'type',
  'header',
  'created',
  'location',
  'redirect',
  'permanent',
  'temporary',
  'rewritable',
  'takeover',
  'message',
  'charset',
  'encoding',
  'compressed',
  'etag',
  'ttl',
  'state',
  'unstate',
  'vary',
  'spaces',
  'space',
  'suffix',
  'replacer',
  'escape',
  'bytes',
  'passThrough',
  'hold',
  'send',
]);

function callResponse(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const data = self.data as ResponseData;
  const [first, second] = site.args;
  const place = site.argPlaces[0] ?? site.place;
  switch (key) {
    case '[escape]':
      if (site.args[0]?.kind !== 'external') data.sink.target.openExits('unreadable-exit', site.place);
      return undefinedValue;
    case 'code':
    case 'status':
      setStatus(m, data, first ?? undefinedValue, place);
      return self;
    case 'type': {
      const text = textOf(first);
      m.write(data.type, text === undefined ? (first ?? undefinedValue) : literal(mediaTypeOf(text)));
      return self;
    }
    case 'header': {
      const name = textOf(first)?.toLowerCase();
      if (name === undefined) data.sink.target.openHeaders('spread-or-any', site.place);
      else if (name === 'content-type') {
        const text = textOf(second);
        m.write(data.type, text === undefined ? (second ?? undefinedValue) : literal(mediaTypeOf(text)));
      } else addHeader(m, data.headers, { name, place, value: headerText(second) });
      return self;
    }
    case 'created':
      setStatus(m, data, literal(201), site.namePlace);
      addHeader(m, data.headers, { name: 'location', place: site.place });
      return self;
    case 'redirect':
    case 'location':
      if (key === 'redirect') setStatus(m, data, literal(302), site.namePlace);
      addHeader(m, data.headers, { name: 'location', place: site.place });
      return self;
    case 'permanent':
    case 'temporary':
    case 'rewritable': {
      const yes = truth(first ?? literal(true)) !== false;
      const rewritable = key === 'rewritable' ? yes : undefined;
      setStatus(m, data, literal(redirected(statusIn(data), key, yes, rewritable)), site.namePlace);
      return self;
    }
    case 'takeover':
      m.write(data.takeover, literal(true));
      return self;
    case 'etag':
      addHeader(m, data.headers, { name: 'etag', place: site.place });
      return self;
    default:
      return chaining.has(key) ? self : undefined;
  }
}

/** `permanent`, `temporary` and `rewritable` choose among 301, 302, 307 and 308. */
function redirected(status: Value, key: string, yes: boolean, rewritable: boolean | undefined): number {
  const now = status.kind === 'literal' && typeof status.value === 'number' ? status.value : 302;
  const permanent = key === 'permanent' ? yes : key === 'temporary' ? !yes : now === 301 || now === 308;
  const keeps = rewritable === undefined ? now === 307 || now === 308 : !rewritable;
  if (permanent) return keeps ? 308 : 301;
  return keeps ? 307 : 302;
}

/** The status as it reads: what was set, else 204 for nothing and 200 for anything. */
export function statusIn(data: ResponseData): Value {
  const set = data.status.value;
  if (set && !isEmpty(set)) return set;
  const parts = members(data.source.value ?? nullValue);
  return literal(parts.every(isEmpty) ? 204 : 200);
}

/** Whether a response ends the request where it is returned. */
export function takesOver(value: Value): boolean {
  const data = responseOf(value);
  return data !== undefined && truth(data.takeover.value ?? literal(false)) !== false;
}

/** Tells the answer that leaves: a response object, or a plain value. */
export function tell(m: Machine, sink: CurrentSink, value: Value, place: Place, bodyPlace: Place | undefined): void {
  const data = responseOf(value);
  const source = data ? m.force(data.source) : value;
  const parts = members(source);
  const some = parts.filter((part) => !isEmpty(part));
  const body: Value | undefined =
    some.length === 0 ? undefined : some.length === 1 ? some[0]! : { kind: 'union', members: some };
  const set = data?.status.value;
  const explicit = set && !isEmpty(set) ? set : undefined;
  const named = data ? textOf(data.type.value) : undefined;
  const at = data?.place ?? place;
  const unset = statusesOf(parts);
  const statuses = explicit ? members(explicit).flatMap((one) => (isEmpty(one) ? unset : [one])) : unset;
  for (const status of statuses) {
    const empty = body === undefined || unset.some((one) => one === status && one.value === 204);
    const mediaType = empty ? undefined : (named ?? impliedType(some, implied));
    sink.target.exit({
      status,
      statusPlace: data?.places.get(status),
      place: at,
      mediaType,
      ...(empty ? { empty: true } : { body: sentAs(body, mediaType), bodyPlace: data?.sourcePlace ?? bodyPlace }),
      headers: data ? headersIn(data.headers) : [],
    });
  }
}

function statusesOf(parts: readonly Value[]): LiteralValue[] {
  const none = parts.some((part) => part.kind === 'literal' && part.value === null);
  const some = parts.some((part) => !isEmpty(part));
  return [...(some ? [literal(200)] : []), ...(none || !some ? [literal(204)] : [])];
}

/** The media type that hapi chooses: texts are HTML, buffers and streams are bytes, the rest is JSON. */
const implied: ImpliedTypes = { text: () => 'text/html', data: 'application/json' };
