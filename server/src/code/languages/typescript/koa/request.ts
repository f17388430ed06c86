// Owns Koa's request side: which member of the context or of `ctx.request` reads which part of the request.
// It must not know answers or registrations.

import type { Place } from '../../../../base/place.ts';
import type { ReadLocation } from '../../../model.ts';
import { callIncoming, escapeIncoming } from '../incoming-stream.ts';
import { sentInput, wholeInput } from '../inputs.ts';
import { methodText, pathText } from '../subject.ts';
import {
  type CallSite,
  type Model,
  type NativeValue,
  nativeFunction,
  someBoolean,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createUrl } from '../web/url.ts';
import type { KoaChain } from './answer.ts';

const wholes: Readonly<Record<string, ReadLocation>> = {
  query: 'query',
  headers: 'header',
  header: 'header',
  params: 'path',
};

/** Members that speak of the transport. */
const texts = new Set([
  'host',
  'hostname',
  'origin',
  'href',
  'protocol',
  'ip',
  'charset',
  'type',
  'routerPath',
  '_matchedRoute',
  '_matchedRouteName',
  'routerName',
]);
const flags = new Set(['secure', 'fresh', 'stale', 'idempotent']);

/** A member that the context and its request have in common. */
export function requestMember(chain: KoaChain, key: string, place: Place): Value | undefined {
  const location = wholes[key];
  if (location) return wholeInput(chain.sink, location, place);
  if (texts.has(key)) return someString();
  if (flags.has(key)) return someBoolean();
  switch (key) {
    case 'method':
      return methodText(chain.route.method);
    case 'path':
      return pathOf(chain, false);
    case 'url':
    case 'originalUrl':
      return pathOf(chain, true);
    case 'querystring':
    case 'search':
      chain.collector.open('query', 'request-escapes', place);
      return someString();
    case 'URL':
      return createUrl({ sink: chain.sink, place, pathname: () => pathOf(chain, false) }, place);
    case 'files':
    case 'file':
    case 'parts':
      if (!mayUpload.has(chain)) return undefinedValue;
      chain.collector.open('form', 'request-escapes', place);
      chain.collector.open('body', 'request-escapes', place);
      return unknown('request-escapes', place);
    case 'subdomains':
    case 'ips':
    case 'socket':
    case 'length':
      return unknown('spread-or-any', place);
    default:
      return requestMethods.has(key)
        ? nativeFunction(key, (_machine, site) => callRequest(chain, key, site))
        : undefined;
  }
}

/** Requests of which a parser on the way may have taken files apart; no other one has any. */
const mayUpload = new WeakSet<KoaChain>();

/** Says that a middleware which ran takes forms in parts. */
export function noteUploads(chain: KoaChain): void {
  mayUpload.add(chain);
}

/** The path as whoever runs now sees it: mounts take their prefix away. A template's parameters are texts. */
function pathOf(chain: KoaChain, address: boolean): Value {
  const full = chain.route.path;
  if (full === undefined) return someString();
  const prefix = chain.current?.prefix ?? '';
  if (prefix.includes('{') || !full.startsWith(prefix)) return someString();
  return pathText(full.slice(prefix.length) || '/', address);
}

export const requestMethods: ReadonlySet<string> = new Set([
  'get',
  'is',
  'accepts',
  'acceptsEncodings',
  'acceptsCharsets',
  'acceptsLanguages',
]);

/** A call of one of the request's methods. */
export function callRequest(chain: KoaChain, key: string, site: CallSite): Value {
  if (key !== 'get') return someString();
  const name = textOf(site.args[0]);
  if (name !== undefined) return sentInput(chain.sink, 'header', name, site.argPlaces[0] ?? site.place);
  chain.collector.open('header', 'request-escapes', site.place);
  return unknown('request-escapes', site.place);
}

/** `ctx.request`. It is called `request` so that a validator which is given the whole of it finds its parts. */
export const requestModel: Model = {
  name: 'request',
  get(m, self, key, place) {
    const chain = self.data as KoaChain;
    if (key === 'body') return wholeInput(chain.sink, 'body', place);
    if (key === 'rawBody') {
      chain.collector.open('body', 'request-escapes', place);
      return someString();
    }
    if (key === 'ctx' || key === 'response' || key === 'app' || key === 'req') {
      const context = self.props.get('[[context]]');
      return context ? (key === 'ctx' ? m.force(context) : m.get(m.force(context), key, place)) : undefined;
    }
    return requestMember(chain, key, place) ?? unknown('dependency-injection', place);
  },
  method(_m, self, key, site) {
    const chain = self.data as KoaChain;
    if (key === '[escape]') {
      chain.collector.openReads('request-escapes', site.place);
      return site.args[0] ?? unknown('request-escapes', site.place);
    }
    return requestMethods.has(key) ? callRequest(chain, key, site) : undefined;
  },
};

/** Node's request below the context's. */
export const incomingModel: Model = {
  name: 'incoming message',
  get(_m, self: NativeValue, key, place) {
    const chain = self.data as KoaChain;
    if (key === 'headers') return wholeInput(chain.sink, 'header', place);
    if (key === 'method' || key === 'url') return requestMember(chain, key, place);
    if (key === 'body') return wholeInput(chain.sink, 'body', place);
    return unknown('dependency-injection', place);
  },
  method(m, self, key, site) {
    const { collector } = self.data as KoaChain;
    if (key === '[escape]') escapeIncoming(collector, site);
    else if (callIncoming(m, key, site) !== 'blind') collector.open('body', 'request-escapes', site.place);
    return self;
  },
};
