// Owns Express's request: which member reads which part of it.
// It must not know registrations or responses.

import type { ReadLocation } from '../../../model.ts';
import type { CurrentSink } from '../current-sink.ts';
import { callIncoming } from '../incoming-stream.ts';
import { namedInput, sentInput, wholeInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
import { askMethod, askPath, type Subject } from '../subject.ts';
import {
  type CallSite,
  type Model,
  type NativeValue,
  nativeFunction,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { withQuery } from '../web/url.ts';

/** What a request native carries. */
export interface RequestData {
  readonly sink: CurrentSink;
  /** Which body location the route's parser fills. */
  readonly body: 'body' | 'form';
  /** Which request this is. */
  readonly subject: Subject;
}

const wholes: Readonly<Record<string, ReadLocation>> = {
  params: 'path',
  query: 'query',
  headers: 'header',
  cookies: 'cookie',
  signedCookies: 'cookie',
};

/** Members that say something of the transport and never read a declared part of the request. */
const plain = new Set([
  'baseUrl',
  'hostname',
  'host',
  'ip',
  'ips',
  'protocol',
  'secure',
  'fresh',
  'stale',
  'xhr',
  'subdomains',
  'httpVersion',
  'id',
]);

/** Members that say which request this is. */
const subjectKeys = new Set(['method', 'path', 'originalUrl', 'url']);

export const requestModel: Model = {
  name: 'request',
  get(m, self, key, place) {
    const location = wholes[key];
    const data = self.data as RequestData;
    if (location) return wholeInput(data.sink, location, place);
    if (key === 'body') return wholeInput(data.sink, data.body, place);
    if (subjectKeys.has(key)) return partOfSubject(data, key);
    if (plain.has(key)) return someString();
    if (key === 'app' || key === 'res' || key === 'socket' || key === 'connection' || key === 'log')
      return unknown('spread-or-any', place);
    if (key === 'file' || key === 'files') {
      (self.data as RequestData).sink.target.open('form', 'request-escapes', place);
      (self.data as RequestData).sink.target.open('body', 'request-escapes', place);
      return unknown('spread-or-any', place);
    }
    return requestFunction(m, self, key);
  },
  method(m, self, key, site) {
    if (key === '[escape]') {
      const generic = site.args[0]?.kind === 'external' ? 'request' : undefined;
      (self.data as RequestData).sink.target.openReads('request-escapes', site.place, undefined, generic);
      return undefinedValue;
    }
    return callRequest(m, self, key, site);
  },
};

/** The method and the path, as far as the route's template says them. Inside of a router the path is what follows its mount. */
function partOfSubject({ subject, sink }: RequestData, key: string): Value {
  const { stage } = sink.target;
  if (key === 'method') return askMethod(subject);
  const relative = key !== 'originalUrl' && stage.level !== 'app';
  const path = relative ? someString() : askPath(subject);
  return key === 'path' ? path : withQuery(path, { sink });
}

function requestFunction(_m: Machine, self: NativeValue, key: string): Value | undefined {
  if (key === 'get' || key === 'header' || key === 'param')
    return nativeFunction(key, (machine, site) => callRequest(machine, self, key, site));
  return undefined;
}

function callRequest(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const name = textOf(site.args[0]);
  const { sink } = self.data as RequestData;
  switch (key) {
    case 'get':
    case 'header':
      if (name === undefined) {
        sink.target.open('header', 'request-escapes', site.place);
        return unknown('request-escapes', site.place);
      }
      return sentInput(sink, 'header', name, site.argPlaces[0] ?? site.place);
    case 'param':
      return name === undefined
        ? unknown('request-escapes', site.place)
        : namedInput(sink, 'path', name, site.argPlaces[0] ?? site.place);
    case 'is':
    case 'accepts':
    case 'acceptsEncodings':
    case 'acceptsLanguages':
      return someString();
    case 'isAuthenticated':
      return unknown('spread-or-any', site.place);
    case 'logIn':
    case 'login':
    case 'logOut':
    case 'logout':
    case 'flash':
      return undefinedValue;
    default: {
      const taken = callIncoming(m, key, site);
      if (taken === 'taking') sink.target.open('body', 'request-escapes', site.place);
      return taken && self;
    }
  }
}
