// Owns the web's `URL` and `URLSearchParams` of a request: which of their members read the query, and what is known of the rest.
// It must not know any one framework.

import type { Place } from '../../../../base/place.ts';
import { callTextMethod } from '../builtins/text.ts';
import type { InputSink } from '../input-sink.ts';
import { namedInput, wholeInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type InputValue,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  shaped,
  someBoolean,
  someNumber,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** Where an address came from. */
export interface UrlSource {
  /** Where the query was asked for. */
  readonly place?: Place;
  /** Told what is read of the query; undefined for addresses of the code's own. */
  readonly sink?: InputSink;
  /** The path, as far as it is known. */
  readonly pathname?: () => Value;
}

/** A request's address as text (`request.url`), which becomes a URL with its query or is cut into parts. */
export function urlText(source: UrlSource, place?: Place): NativeValue {
  return native(urlTextModel, source, place);
}

const urlTextModel: Model = {
  name: 'url text',
  shape: () => ({ kind: 'string' }),
  method(m, self, key, site) {
    const { sink, pathname } = self.data as UrlSource;
    switch (key) {
      case '[escape]':
        return undefinedValue;
      case 'toString':
      case 'trim':
        return self;
      case 'split':
        // What follows the question mark is the query.
        return textOf(site.args[0]) === '?' && sink
          ? { kind: 'array', items: [pathname?.() ?? someString(), native(queryText, self.data, site.place)] }
          : { kind: 'array', items: [], rest: someString() };
      case 'includes':
      case 'startsWith':
      case 'endsWith': {
        const path = pathname?.();
        const answer = path && key === 'startsWith' ? callTextMethod(m, path, key, site) : undefined;
        return answer?.kind === 'literal' ? answer : someBoolean();
      }
      default:
        return someString();
    }
  },
};

/** The text behind the question mark. */
const queryText: Model = {
  name: 'query text',
  shape: () => ({ kind: 'string' }),
  truth: () => undefined,
  method: (_m, self, key) => (key === '[escape]' ? undefinedValue : key === 'slice' ? self : someString()),
};

/** A path as a text of the framework's own, with the query behind it: who makes an address of it reads the query there. */
export function withQuery(path: Value, source: UrlSource): Value {
  const parts = path.kind === 'template' ? path.parts : [path.kind === 'literal' ? String(path.value) : path];
  return { kind: 'template', parts: [...parts, native(queryText, source, source.place)] };
}

/** `new URL(text, base)`: a request's address keeps its query, other addresses have none of the request's. */
export function constructUrl(_m: Machine, site: CallSite): Value {
  return native(urlModel, sourceOf(site.args[0]) ?? ({} satisfies UrlSource), site.place);
}

/** The request's address that a value is, or that is a part of a text. */
function sourceOf(value: Value | undefined, depth = 0): UrlSource | undefined {
  if (!value || depth > 4) return undefined;
  const parts = value.kind === 'template' ? value.parts : value.kind === 'union' ? value.members : [];
  for (const part of parts) {
    const source = typeof part === 'string' ? undefined : sourceOf(part, depth + 1);
    if (source) return source;
  }
  const isAddress = value.kind === 'native' && [urlTextModel, urlModel, queryText].includes(value.model);
  return isAddress ? (value.data as UrlSource) : undefined;
}

/** A request's address as an object (`request.nextUrl`). */
export function createUrl(source: UrlSource, place?: Place): NativeValue {
  return native(urlModel, source, place);
}

const urlModel: Model = {
  name: 'URL',
  shape: () => ({ kind: 'string', format: 'uri' }),
  get(_m, self, key, place) {
    const source = self.data as UrlSource;
    if (key === 'searchParams') return native(searchModel, { ...source, place } satisfies UrlSource, place);
    if (key === 'pathname') return source.pathname?.() ?? someString();
    if (key === 'search') return source.sink ? native(queryText, source, place) : someString();
    if (key === 'href') return urlText(source, place);
    if (key === 'locale' || key === 'basePath') return someString();
    return ['origin', 'protocol', 'host', 'hostname', 'port', 'hash', 'username', 'password'].includes(key)
      ? someString()
      : undefined;
  },
  method(_m, self, key, site) {
    if (key === '[escape]') return undefinedValue;
    if (key === 'toString' || key === 'toJSON') return urlText(self.data as UrlSource, site.place);
    return key === 'clone' ? self : undefined;
  },
};

/** `new URLSearchParams(x)`: over a request's query it is that query. */
export function constructSearchParams(_m: Machine, site: CallSite): Value {
  const [first] = site.args;
  const given =
    first?.kind === 'native' && (first.model === queryText || first.model === searchModel)
      ? (first.data as UrlSource)
      : first?.kind === 'input' && first.in === 'query' && first.name === ''
        ? { sink: first.sink }
        : {};
  return native(searchModel, { ...given, place: site.place } satisfies UrlSource, site.place);
}

const searchModel: Model = {
  name: 'search params',
  shape: () => ({ kind: 'object', fields: new Map(), additional: 'none' }),
  get: (_m, _self, key) => (key === 'size' ? someNumber(true) : undefined),
  items(_m, self) {
    const { sink, place } = self.data as UrlSource;
    return sink && place && entryList(wholeInput(sink, 'query', place), place);
  },
  method(m, self, key, site) {
    const { sink } = self.data as UrlSource;
    const name = textOf(site.args[0]);
    switch (key) {
      case '[escape]':
        if (sink) sink.escape(wholeInput(sink, 'query', site.place), 'request-escapes', site.place);
        return undefinedValue;
      // `Object.fromEntries(searchParams)` is the query as an object.
      case '[record]':
        return sink && wholeInput(sink, 'query', site.place);
      case 'get':
      case 'getAll':
      case 'has':
        return readOne(m, sink, key, name, site);
      case 'entries':
        return self;
      case 'forEach':
        return sink ? forEach(m, wholeInput(sink, 'query', site.place), site) : undefinedValue;
      case 'keys':
      case 'values':
        if (sink) sink.escape(wholeInput(sink, 'query', site.place), 'request-escapes', site.place);
        return { kind: 'array', items: [], rest: someString() };
      case 'toString':
        if (sink) sink.escape(wholeInput(sink, 'query', site.place), 'request-escapes', site.place);
        return someString();
      case 'set':
      case 'append':
      case 'delete':
      case 'sort':
        return undefinedValue;
      default:
        return undefined;
    }
  },
};

function readOne(
  _m: Machine,
  sink: InputSink | undefined,
  key: string,
  name: string | undefined,
  site: CallSite,
): Value {
  if (!sink)
    return key === 'has'
      ? someBoolean()
      : key === 'get'
        ? someString()
        : shaped({ kind: 'array', items: { kind: 'string' } });
  const place = site.argPlaces[0] ?? site.place;
  if (name === undefined) {
    sink.escape(wholeInput(sink, 'query', site.place), 'request-escapes', site.place);
    return unknown('request-escapes', site.place);
  }
  const input = namedInput(sink, 'query', name, place);
  if (key === 'has') return someBoolean();
  return key === 'get' ? input : { kind: 'array', items: [], rest: { ...input, name: `${name}[]` } };
}

/** The names and values of a whole location, of which each stands for any. */
function entryList(whole: InputValue, place: Place): Value {
  return { kind: 'array', items: [], rest: { kind: 'array', items: [anyKey(whole, place), anyValue(whole, place)] } };
}

function forEach(m: Machine, whole: InputValue, site: CallSite): Value {
  const [callback] = site.args;
  if (callback)
    m.call(callback, {
      ...site,
      args: [anyValue(whole, site.place), anyKey(whole, site.place)],
      argPlaces: [site.place, site.place],
    });
  return undefinedValue;
}

/** Any name of a location: what is written under it takes over the whole location (`out[key] = value`). */
export const anyKeyModel: Model = {
  name: 'any key',
  shape: () => ({ kind: 'string' }),
  truth: () => undefined,
  method: (_m, _self, key) => (key === '[escape]' ? undefinedValue : someString()),
};

const anyValueModel: Model = {
  name: 'any value',
  shape: () => ({ kind: 'string' }),
  truth: () => undefined,
  method(_m, self, key, site) {
    const whole = self.data as InputValue;
    // A loop over all names knows none of this operation's own.
    whole.sink.escape(whole, 'request-escapes', site.place, true);
    return key === '[escape]' ? undefinedValue : someString();
  },
};

const anyKey = (whole: InputValue, place: Place): Value => native(anyKeyModel, whole, place);
const anyValue = (whole: InputValue, place: Place): Value => native(anyValueModel, whole, place);

/** The global constructors. */
export const urlConstructors: Readonly<Record<string, Value>> = {
  URL: native(
    {
      name: 'URL constructor',
      construct: (m, _self, site) => constructUrl(m, site),
      get: (_m, _self, key) =>
        key === 'canParse'
          ? nativeFunction(key, () => someBoolean())
          : key === 'parse'
            ? nativeFunction(key, constructUrl)
            : undefined,
    },
    undefined,
  ),
  URLSearchParams: native(
    { name: 'URLSearchParams constructor', construct: (m, _self, site) => constructSearchParams(m, site) },
    undefined,
  ),
};
