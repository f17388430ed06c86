// Owns the web's `Request` of the exchange that runs: its address, headers, cookies and body, and which of their members read what.
// It must not know any one framework, nor what is answered.

import type { Place } from '../../../../base/place.ts';
import type { CurrentSink } from '../current-sink.ts';
import { namedInput, sentInput, wholeInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
import { askMethod, askPath, type Subject } from '../subject.ts';
import {
  type CallSite,
  type InputValue,
  literal,
  type Model,
  type NativeValue,
  native,
  nullValue,
  objectOf,
  someBoolean,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createUrl, type UrlSource, urlText } from './url.ts';

/** What a request native carries. */
export interface WebRequest {
  readonly sink: CurrentSink;
  /** Which request this is. */
  readonly subject: Subject;
}

/** A fresh request. */
export function createWebRequest(sink: CurrentSink, subject: Subject): NativeValue {
  return native(requestModel, { sink, subject } satisfies WebRequest);
}

/** The request behind a value, when it is one. */
export function webRequestOf(value: Value | undefined): WebRequest | undefined {
  return value?.kind === 'native' && value.model === requestModel ? (value.data as WebRequest) : undefined;
}

const requestModel: Model = {
  // Validators take an object of this name apart into its locations.
  name: 'web request',
  get(_m, self, key, place) {
    const { sink } = self.data as WebRequest;
    switch (key) {
      case 'method':
        return askMethod((self.data as WebRequest).subject);
      case 'url':
        return urlText(sourceOf(self.data as WebRequest), place);
      case 'nextUrl':
        return createUrl(sourceOf(self.data as WebRequest), place);
      case 'headers':
        return createHeaders(sink, place);
      case 'cookies':
        return createCookies(sink, place);
      case 'body':
        return native(streamModel, sink, place);
      case 'ip':
      case 'mode':
      case 'credentials':
      case 'cache':
      case 'redirect':
      case 'referrer':
      case 'integrity':
        return someString();
      case 'signal':
      case 'geo':
      case 'page':
      case 'ua':
        return unknown('spread-or-any', place);
      case 'bodyUsed':
        return someBoolean();
      case 'then':
        return undefinedValue;
      default:
        return methods.has(key)
          ? native({ name: key, call: (machine, _own, site) => callRequest(machine, self, key, site) }, undefined)
          : undefined;
    }
  },
  method: (m, self, key, site) => callRequest(m, self, key, site),
  isInstance: (_m, _self, target) =>
    target.kind === 'native' ? target.model.name === 'Request' || undefined : undefined,
};

const locations = ['path', 'query', 'header', 'cookie', 'body', 'form'] as const;
const methods = new Set(['json', 'text', 'formData', 'arrayBuffer', 'blob', 'bytes', 'clone']);

function callRequest(_m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const { sink } = self.data as WebRequest;
  switch (key) {
    case '[escape]':
      for (const location of locations)
        sink.escape(wholeInput(sink, location, site.place), 'request-escapes', site.place);
      return undefinedValue;
    case 'clone':
      return self;
    case 'json':
      return wholeInput(sink, 'body', site.place);
    case 'text':
      return native(rawText, wholeInput(sink, 'body', site.place), site.place);
    case 'formData':
      return native(formModel, sink, site.place);
    case 'arrayBuffer':
    case 'blob':
    case 'bytes':
      sink.escape(wholeInput(sink, 'body', site.place), 'request-escapes', site.place);
      return unknown('request-escapes', site.place);
    default:
      return undefined;
  }
}

function sourceOf({ sink, subject }: WebRequest): UrlSource {
  return { sink, pathname: () => askPath(subject) };
}

/** The body's text: `JSON.parse` makes the body of it, and whoever else takes it may read anything there. */
const rawText: Model = {
  name: 'json-text',
  shape: () => ({ kind: 'string' }),
  truth: () => undefined,
  get: (_m, _self, key, place) => (key === 'length' ? unknown('spread-or-any', place) : undefined),
  method(_m, self, key, site) {
    const whole = self.data as InputValue;
    whole.sink.escape(whole, 'request-escapes', site.place);
    return key === '[escape]' ? undefinedValue : someString();
  },
};

/** The body as a stream. */
const streamModel: Model = {
  name: 'request stream',
  truth: () => undefined,
  method(_m, self, key, site) {
    const sink = self.data as CurrentSink;
    sink.escape(wholeInput(sink, 'body', site.place), 'request-escapes', site.place);
    return key === '[escape]' ? undefinedValue : unknown('request-escapes', site.place);
  },
};

/** The headers of the request that runs. */
export function createHeaders(sink: CurrentSink, place?: Place): NativeValue {
  return native(headersModel, sink, place);
}

const headersModel: Model = {
  name: 'request headers',
  method(_m, self, key, site) {
    const sink = self.data as CurrentSink;
    const name = textOf(site.args[0]);
    const whole = wholeInput(sink, 'header', site.place);
    switch (key) {
      case '[escape]':
        sink.escape(whole, 'request-escapes', site.place);
        return undefinedValue;
      case '[record]':
        return whole;
      case 'entries':
        return self;
      case 'get':
      case 'has': {
        if (name === undefined) {
          sink.escape(whole, 'request-escapes', site.place);
          return unknown('request-escapes', site.place);
        }
        const sent = sentInput(sink, 'header', name, site.argPlaces[0] ?? site.place);
        if (key === 'get') return sent.kind === 'input' ? sent : nullValue;
        return sent.kind === 'input' ? someBoolean() : literal(false);
      }
      case 'set':
      case 'append':
      case 'delete':
        return undefinedValue;
      default:
        sink.escape(whole, 'request-escapes', site.place);
        return undefined;
    }
  },
};

/** The cookies of the request that runs: `get` gives an object with the cookie's value. */
export function createCookies(sink: CurrentSink, place?: Place): NativeValue {
  return native(cookiesModel, sink, place);
}

const cookiesModel: Model = {
  name: 'request cookies',
  method(_m, self, key, site) {
    const sink = self.data as CurrentSink;
    const name = textOf(site.args[0]);
    const whole = wholeInput(sink, 'cookie', site.place);
    switch (key) {
      case '[escape]':
      case 'getAll':
      case 'toString':
        sink.escape(whole, 'request-escapes', site.place);
        return key === 'toString' ? someString() : unknown('request-escapes', site.place);
      case 'get':
      case 'has': {
        if (name === undefined) {
          sink.escape(whole, 'request-escapes', site.place);
          return unknown('request-escapes', site.place);
        }
        const sent = sentInput(sink, 'cookie', name, site.argPlaces[0] ?? site.place);
        if (sent.kind !== 'input') return key === 'get' ? undefinedValue : literal(false);
        return key === 'get' ? native(cookieModel, sent, site.place) : someBoolean();
      }
      case 'set':
      case 'delete':
        return self;
      default:
        return undefined;
    }
  },
};

/** One cookie: it is there or not, and has a name and a value. */
const cookieModel: Model = {
  name: 'cookie',
  truth: () => undefined,
  get: (_m, self, key) => {
    const input = self.data as InputValue;
    if (key === 'value') return input;
    return key === 'name' ? literal(input.name) : undefined;
  },
};

/** A form that the request sends. */
const formModel: Model = {
  name: 'form data',
  method(_m, self, key, site) {
    const sink = self.data as CurrentSink;
    const name = textOf(site.args[0]);
    const whole = wholeInput(sink, 'form', site.place);
    switch (key) {
      case '[escape]':
        sink.escape(whole, 'request-escapes', site.place);
        return undefinedValue;
      case '[record]':
        return whole;
      case 'entries':
        return self;
      case 'get':
      case 'getAll':
      case 'has': {
        if (name === undefined) {
          sink.escape(whole, 'request-escapes', site.place);
          return unknown('request-escapes', site.place);
        }
        const input = namedInput(sink, 'form', name, site.argPlaces[0] ?? site.place);
        if (key === 'has') return someBoolean();
        return key === 'get' ? input : { kind: 'array', items: [], rest: { ...input, name: `${name}[]` } };
      }
      default:
        sink.escape(whole, 'request-escapes', site.place);
        return undefined;
    }
  },
};

/** Headers that the code makes itself: what was written comes out again. */
export function constructHeaders(m: Machine, site: CallSite): Value {
  const [first] = site.args;
  if (first?.kind === 'native' && first.model === headersModel) return first;
  const fields = objectOf({}, site.place);
  if (first?.kind === 'object') {
    for (const [key, cell] of first.props) fields.props.set(key, { value: m.force(cell) });
    if (first.open) fields.open = first.open;
  }
  return native(ownHeadersModel, fields, site.place);
}

const ownHeadersModel: Model = {
  name: 'own headers',
  method(_m, self, key, site) {
    const fields = self.data as Value & { kind: 'object' };
    const name = textOf(site.args[0]);
    switch (key) {
      case '[escape]':
        return undefinedValue;
      case '[entries]':
        return fields;
      case 'set':
      case 'append':
        if (name !== undefined) fields.props.set(name, { value: site.args[1] ?? undefinedValue });
        return undefinedValue;
      case 'delete':
        if (name !== undefined) fields.props.delete(name);
        return undefinedValue;
      default:
        return unknown('spread-or-any', site.place);
    }
  },
  get: (_m, self, key) => (key === '[entries]' ? (self.data as Value) : undefined),
};
