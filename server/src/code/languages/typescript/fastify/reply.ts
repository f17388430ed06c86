// Owns Fastify's reply: which calls set its state and which ones send.
// It must not know registrations or in which order a request runs through hooks.

import type { Place } from '../../../../base/place.ts';
import { resolveShape, type Shape, unknownShape } from '../../../../shape/shape.ts';
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
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  shaped,
  someNumber,
  someString,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { httpErrorOf, isErrorValue, mayThrow, statusNamed } from './errors.ts';
import { quiet } from './hooks.ts';
import type { InstanceState } from './instances.ts';
import { createRawResponse } from './raw-response.ts';

/** What a route says of its answers. */
export interface AnswerRules {
  readonly instance: InstanceState;
  /** The shape that leaves with a status, given the shape that the code sends. */
  readonly filter: (status: number | undefined, body: Shape) => Shape;
  /** Set when answers are serialised in a way that is not followed. */
  readonly custom: boolean;
  /** Answers what the not-found handler answers. */
  readonly notFound: (m: Machine, reply: NativeValue, place: Place) => void;
}

/** The state of a reply along the present path; cells, so that branches keep theirs apart. */
export interface ReplyData {
  readonly exchange: CurrentSink;
  readonly status: Cell;
  readonly mediaType: Cell;
  readonly sent: Cell;
  readonly headers: Cell;
  readonly custom: Cell;
  /** Where each status value was set. */
  readonly places: WeakMap<Value, Place>;
  /** The state in which the present hook or handler began, to which sending goes back: what follows belongs to other paths. */
  baseline: { status: Value | undefined; mediaType: Value | undefined };
  /** Whether the reply went where it cannot be followed, so that what comes back may have been sent there. */
  readonly escaped: Cell;
  /** Whether the handler has taken the answer over, so that only the response below can send it. */
  readonly hijacked: Cell;
  rules?: AnswerRules;
}

/** A fresh reply. */
export function createReply(exchange: CurrentSink, rules?: AnswerRules): NativeValue {
  const data: ReplyData = {
    exchange,
    status: { value: undefined },
    mediaType: { value: undefined },
    sent: { value: literal(false) },
    headers: { value: undefined },
    custom: { value: undefined },
    places: new WeakMap(),
    baseline: { status: undefined, mediaType: undefined },
    escaped: { value: undefined },
    hijacked: { value: literal(false) },
    rules,
  };
  exchange.target.headersModelled = true;
  return native(replyModel, data);
}

const chaining = new Set([
  'removeHeader',
  'serializer',
  'vary',
  'cacheControl',
  'preventCache',
  'revalidate',
  'staticCache',
  'stale',
  'maxAge',
  'setCookie',
  'cookie',
  'clearCookie',
  'trailer',
  'removeTrailer',
  'writeEarlyHints',
  'setSession',
  'flash',
]);
const answers = new Set([
  'code',
  'status',
  'send',
  'redirect',
  'header',
  'headers',
  'type',
  'callNotFound',
  'hijack',
  'view',
  'viewAsync',
  'sendFile',
  'download',
  'html',
  'from',
  'sse',
  'getHeader',
  'hasHeader',
  'getHeaders',
  'getResponseTime',
  'jwtSign',
  'unsignCookie',
  'getDecorator',
  'generateCsrf',
  'serialize',
  'serializeInput',
  'getSerializationFunction',
  'compileSerializationSchema',
  'getHttpError',
]);

export const replyModel: Model = {
  name: 'reply',
  get(_m, self, key, place) {
    const data = self.data as ReplyData;
    if (key === 'statusCode') return data.status.value ?? literal(200);
    if (key === 'sent') return data.sent.value;
    if (key === 'log') return quiet;
    if (key === 'raw' || key === 'res') return createRawResponse(data, place);
    if (key === 'server') return data.rules?.instance.self ?? unknown('dependency-injection', place);
    if (key === 'elapsedTime') return someNumber();
    if (key === 'then') return undefinedValue;
    if (answers.has(key) || chaining.has(key) || statusNamed(key) !== undefined)
      return nativeFunction(key, (m, site) => callReply(m, self, key, site));
    return unknown('dependency-injection', place);
  },
  set(m, self, key, value, place) {
    if (key === 'statusCode') setStatus(m, self.data as ReplyData, value, place);
    if (key === 'sent') m.write((self.data as ReplyData).sent, value);
    return key === 'statusCode' || key === 'sent';
  },
  method: (m, self, key, site) => callReply(m, self, key, site),
};

function callReply(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const data = self.data as ReplyData;
  const [first, second] = site.args;
  const firstPlace = site.argPlaces[0] ?? site.place;
  switch (key) {
    case '[escape]':
      m.write(data.escaped, literal(true));
      if (site.args[0]?.kind === 'external') data.exchange.target.answeredByLibrary('unreadable-exit', site.place);
      else data.exchange.target.openExits('unreadable-exit', site.place);
      return undefinedValue;
    case 'then':
    case 'catch':
    case 'finally':
      return undefined;
    case 'code':
    case 'status':
      setStatus(m, data, first ?? undefinedValue, firstPlace);
      return self;
    case 'send':
      sendPayload(m, self, first ?? undefinedValue, site.namePlace, first ? firstPlace : undefined, !first);
      return self;
    case 'redirect':
      redirect(m, data, site);
      return self;
    case 'header':
      setHeader(m, data, first, second, firstPlace);
      return self;
    case 'headers':
      if (first?.kind !== 'object' || first.open) data.exchange.target.openHeaders('spread-or-any', site.place);
      if (first?.kind === 'object')
        for (const [name, cell] of first.props)
          setHeader(m, data, literal(name), m.force(cell), first.places?.get(name) ?? firstPlace);
      return self;
    case 'type': {
      const text = textOf(first);
      m.write(data.mediaType, text === undefined ? (first ?? undefinedValue) : literal(mediaTypeOf(text)));
      return self;
    }
    case 'callNotFound':
      if (data.rules) data.rules.notFound(m, self, site.place);
      return self;
    case 'hijack':
      m.write(data.hijacked, literal(true));
      m.write(data.sent, literal(true));
      return self;
    case 'view':
    case 'html':
      send(m, data, { body: undefined, place: site.namePlace, mediaType: 'text/html' });
      return self;
    case 'sendFile':
    case 'download':
      send(m, data, { body: undefined, place: site.namePlace });
      return self;
    case 'from':
    case 'sse':
      data.exchange.target.openExits(key === 'from' ? 'catch-all-or-proxy' : 'custom-serializer', site.place);
      m.write(data.sent, literal(true));
      return self;
    case 'serializer':
      m.write(data.custom, literal(true));
      return self;
    case 'getHttpError':
      return httpErrorOf(m, key, site);
    case 'getHeader':
    case 'unsignCookie':
    case 'getHeaders':
    case 'jwtSign':
    case 'generateCsrf':
    case 'serialize':
    case 'viewAsync':
      return someString();
    case 'getDecorator':
      return m.get(self, textOf(first) ?? '', site.place);
    default:
      break;
  }
  const status = statusNamed(key);
  if (status !== undefined) {
    const error = httpErrorOf(m, key, site);
    if (error) sendPayload(m, self, error, site.namePlace, site.place);
    return self;
  }
  return chaining.has(key) ? self : undefined;
}

/** Sets the status of the present path. */
export function setStatus(m: Machine, data: ReplyData, value: Value, place: Place): void {
  // Each value is copied, so that one constant which several places set keeps a place for each of them.
  const copies = members(value).map((member) => ({ ...member }));
  for (const copy of copies) data.places.set(copy, place);
  m.write(data.status, copies.length === 1 ? copies[0]! : { kind: 'union', members: copies });
}

/** Sets one header of the present path. */
export function setHeader(
  m: Machine,
  data: ReplyData,
  name: Value | undefined,
  value: Value | undefined,
  place: Place,
): void {
  const text = textOf(name)?.toLowerCase();
  if (text === undefined) {
    data.exchange.target.openHeaders('spread-or-any', place);
    return;
  }
  if (text === 'content-type') {
    const type = textOf(value);
    m.write(data.mediaType, type === undefined ? (value ?? undefinedValue) : literal(mediaTypeOf(type)));
    return;
  }
  addHeader(m, data.headers, { name: text, place, value: headerText(value) });
}

/** `redirect(url, code)` since version 5, `redirect(code, url)` before; without a code the one that was set, else 302. */
function redirect(m: Machine, data: ReplyData, site: CallSite): void {
  const isCode = (value: Value | undefined) => value?.kind === 'literal' && typeof value.value === 'number';
  const at = isCode(site.args[0])
    ? 0
    : site.args[1] && !isEmpty(site.args[1])
      ? textOf(site.args[1]) !== undefined || site.args[1].kind === 'template'
        ? 0
        : 1
      : -1;
  if (at >= 0) setStatus(m, data, site.args[at]!, site.argPlaces[at] ?? site.place);
  else if (!data.status.value || isEmpty(data.status.value)) setStatus(m, data, literal(302), site.namePlace);
  addHeader(m, data.headers, { name: 'location', place: site.place });
  send(m, data, { body: undefined, place: site.namePlace, plain: true });
}

/** Sends a payload as `send` and a handler's return do: an error is thrown, anything else becomes the answer. */
export function sendPayload(
  m: Machine,
  reply: NativeValue,
  payload: Value,
  place: Place,
  bodyPlace: Place | undefined,
  explicit = false,
): void {
  const data = reply.data as ReplyData;
  if (truth(data.sent.value ?? literal(false)) === true) return;
  const parts = members(payload);
  const errors = parts.filter(isErrorValue);
  for (const error of errors) mayThrow(m, error, bodyPlace ?? place);
  const rest = parts.filter((part) => !isErrorValue(part));
  if (rest.length === 0) {
    settle(m, data);
    return;
  }
  const body: Value = rest.length === 1 ? rest[0]! : { kind: 'union', members: rest };
  const empty = rest.every(isEmpty);
  send(m, data, {
    body: empty ? undefined : body,
    place,
    bodyPlace: empty ? undefined : bodyPlace,
    mediaType: empty ? undefined : impliedType(rest, implied),
    empty: empty && explicit,
  });
}

/** The media type that `send` chooses: texts are plain, buffers and streams are what they are, the rest is JSON. */
const implied: ImpliedTypes = { text: () => 'text/plain', data: 'application/json' };

interface Sending {
  readonly body: Value | undefined;
  readonly place: Place;
  readonly bodyPlace?: Place;
  readonly mediaType?: string;
  /** Whether it is known that nothing is sent. */
  readonly empty?: boolean;
  /** Whether no schema of the route applies. */
  readonly plain?: boolean;
}

/** Records an answer with the state of the present path. */
export function send(m: Machine, data: ReplyData, sending: Sending): void {
  if (truth(data.sent.value ?? literal(false)) === true) return;
  const explicit = members(data.mediaType.value ?? undefinedValue).filter((value) => !isEmpty(value));
  const mediaType = explicit.length === 0 ? sending.mediaType : explicit.length === 1 ? textOf(explicit[0]) : undefined;
  for (const value of members(data.status.value ?? undefinedValue)) {
    const status = isEmpty(value) ? literal(200) : value;
    const number = status.kind === 'literal' ? Number(status.value) : undefined;
    const body = bodyOf(m, data, sending, number, mediaType);
    data.exchange.target.exit({
      status,
      statusPlace: data.places.get(value),
      place: sending.place,
      mediaType: mediaType ?? (sending.body && isStructured(body) ? 'application/json' : undefined),
      body,
      bodyPlace: sending.bodyPlace,
      headers: headersIn(data.headers),
      ...(sending.empty ? { empty: true } : {}),
    });
  }
  settle(m, data);
}

/** Whether a body is an object or a list by what a schema says of it. */
function isStructured(body: Value | undefined): boolean {
  const shape = body?.kind === 'unknown' && body.shape ? resolveShape(body.shape) : undefined;
  return shape?.kind === 'object' || shape?.kind === 'array';
}

function bodyOf(
  m: Machine,
  data: ReplyData,
  sending: Sending,
  status: number | undefined,
  mediaType: string | undefined,
): Value | undefined {
  const { body } = sending;
  if (!body || sending.plain) return body;
  const { rules } = data;
  if (rules?.custom || (data.custom.value && !isEmpty(data.custom.value)))
    return shaped(unknownShape('custom-serializer', sending.bodyPlace));
  const sent = sentAs(body, mediaType);
  if (sent !== body) return sent;
  if (!rules || (mediaType !== undefined && !mediaType.includes('json'))) return body;
  return shaped(rules.filter(status, m.types.shapeOfValue(body)));
}

/** The present path has answered; the state goes back, so that paths which go on are not told its status. */
function settle(m: Machine, data: ReplyData): void {
  m.write(data.sent, literal(true));
  m.write(data.status, data.baseline.status ?? undefinedValue);
  m.write(data.mediaType, data.baseline.mediaType ?? undefinedValue);
}
