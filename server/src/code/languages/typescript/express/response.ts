// Owns Express's response: which calls set its state and which ones send.
// It must not know registrations or requests.

import type { Place } from '../../../../base/place.ts';
import type { CurrentSink } from '../current-sink.ts';
import type { SentResponse } from '../facts.ts';
import { addHeader, dropHeader, headersIn, headerText } from '../headers.ts';
import { join, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type ImpliedTypes, impliedType, sentAs } from '../sent-body.ts';
import {
  type CallSite,
  type Cell,
  literal,
  type Model,
  type NativeValue,
  native,
  numberOf,
  someBoolean,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** The state of a response along the present path; cells, so that branches keep theirs apart. */
export interface ResponseData {
  readonly sink: CurrentSink;
  readonly status: Cell;
  readonly statusPlace: { place?: Place };
  readonly mediaType: Cell;
  readonly sent: Cell;
  readonly headers: Cell;
  /** Whether something was written already, so that an end without a body is no empty answer. */
  readonly streamed: Cell;
}

/** A fresh response. */
export function createResponse(sink: CurrentSink, place?: Place): NativeValue {
  const data: ResponseData = {
    sink,
    status: { value: undefined },
    statusPlace: {},
    mediaType: { value: undefined },
    sent: { value: literal(false) },
    headers: { value: undefined },
    streamed: { value: undefined },
  };
  sink.target.headersModelled = true;
  const response = native(responseModel, data, place);
  // Middlewares that nobody reads may fill the locals too.
  response.props.set('locals', {
    value: { kind: 'object', props: new Map(), open: { reason: 'dependency-injection' } },
  });
  return response;
}

/** The status and type that a response has at the moment. */
export function responseState(response: NativeValue): { status: Value | undefined; mediaType: Value | undefined } {
  const data = response.data as ResponseData;
  return { status: data.status.value, mediaType: data.mediaType.value };
}

/** A response as it stands when an error mapper gets it: with the status that was set before the error. */
export function createFailedResponse(sink: CurrentSink, status: Value | undefined): NativeValue {
  const response = createResponse(sink);
  (response.data as ResponseData).status.value = status;
  return response;
}

/** Puts a response back where a link that may have answered is known to have passed on instead. */
export function restoreUnsent(
  m: Machine,
  response: NativeValue,
  state: { status: Value | undefined; mediaType: Value | undefined },
): void {
  const data = response.data as ResponseData;
  if (!data.sent.value || truth(data.sent.value) === false) return;
  m.write(data.sent, literal(false));
  m.write(data.status, state.status ?? undefinedValue);
  m.write(data.mediaType, state.mediaType ?? undefinedValue);
}

/** Statuses of which Express sends no body, whatever it is given. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

const chaining = new Set(['flushHeaders', 'setTimeout', 'on', 'once']);

/** Calls that set one header each, whatever their arguments. */
const namedHeaders: Readonly<Record<string, string>> = {
  vary: 'vary',
  links: 'link',
  cookie: 'set-cookie',
  clearCookie: 'set-cookie',
  attachment: 'content-disposition',
  location: 'location',
};

const responseModel: Model = {
  name: 'response',
  get(_m, self, key) {
    const data = self.data as ResponseData;
    if (key === 'statusCode') return withoutUndefined(data.status.value ?? undefinedValue);
    if (key === 'headersSent' || key === 'writableEnded') return data.sent.value;
    return undefined;
  },
  set(m, self, key, value, place) {
    if (key === 'statusCode') setStatus(m, self.data as ResponseData, value, place);
    return key === 'statusCode' || key === 'statusMessage';
  },
  method(m, self, key, site) {
    return callResponse(m, self, key, site);
  },
  piped(_m, self, site) {
    // The answer begins when data flows, after the present turn: until then somebody may still answer an error.
    tell(self.data as ResponseData, site, undefined, undefined, undefined, 'other');
    return self;
  },
};

function callResponse(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const data = self.data as ResponseData;
  const [first, second] = site.args;
  switch (key) {
    case '[escape]':
      if (first?.kind === 'external') data.sink.target.answeredByLibrary('unreadable-exit', site.place, first.package);
      else data.sink.target.openExits('unreadable-exit', site.place);
      // Whoever a handler gives the response to may write a body into it, as `stream.pipe(response)` does.
      if (data.sink.target.stage.kind === 'handler') m.write(data.streamed, literal(true));
      return undefinedValue;
    case 'status':
    case 'code':
      setStatus(
        m,
        data,
        first ? knownStatus(first, site.place) : unknown('unreadable-exit', site.place),
        site.argPlaces[0] ?? site.place,
      );
      return self;
    case 'writeHead':
      setStatus(m, data, first ?? undefinedValue, site.argPlaces[0] ?? site.place);
      for (const argument of site.args.slice(1)) readHeaders(m, data, argument, site);
      return self;
    case 'json':
    case 'jsonp':
      return sendJson(m, self, site);
    case 'send':
      return sendAny(m, self, site);
    case 'end':
      send(m, data, site, first && first.kind !== 'function' ? first : undefined, site.argPlaces[0], undefined);
      return self;
    case 'sendStatus':
      setStatus(m, data, first ?? undefinedValue, site.argPlaces[0] ?? site.place);
      if (bodiless.has(numberOf(first ?? undefinedValue) ?? 0)) send(m, data, site, undefined, undefined, undefined);
      else send(m, data, site, undefined, undefined, 'text/plain', 'other');
      return self;
    case 'redirect':
      if (second) setStatus(m, data, first!, site.argPlaces[0] ?? site.place);
      else setStatus(m, data, literal(302), site.namePlace);
      addHeader(m, data.headers, { name: 'location', place: site.place });
      send(m, data, site, undefined, undefined, undefined, 'other');
      return undefinedValue;
    case 'render':
      send(m, data, site, undefined, undefined, 'text/html', 'other');
      data.sink.target.openExits('custom-serializer', site.place);
      return undefinedValue;
    case 'sendFile':
    case 'download':
      send(m, data, site, undefined, undefined, undefined, 'other');
      return undefinedValue;
    case 'write':
      m.write(data.streamed, literal(true));
      // The first part sends the status and the headers with it.
      send(m, data, site, undefined, undefined, undefined, 'other');
      return someBoolean();
    case 'format':
      formatAnswer(m, data, site);
      return self;
    case 'type':
    case 'contentType': {
      const name = textOf(first);
      if (name) m.write(data.mediaType, literal(mediaTypeOf(name)));
      return self;
    }
    case 'set':
    case 'header':
    case 'setHeader':
    case 'append':
      setHeader(m, data, site);
      return self;
    case 'removeHeader':
      dropHeader(m, data.headers, (textOf(first) ?? '').toLowerCase());
      return self;
    case 'getHeader':
    case 'get':
      return m.lost('spread-or-any', site.node ?? site.frame.module.source);
    default: {
      const header = Object.hasOwn(namedHeaders, key) ? namedHeaders[key] : undefined;
      if (header) addHeader(m, data.headers, { name: header, place: site.place });
      return header || chaining.has(key) ? self : undefined;
    }
  }
}

/** `format({ 'application/json': () => …, default: () => … })`: one of the functions answers, with its type set. */
function formatAnswer(m: Machine, data: ResponseData, site: CallSite): void {
  const [choices] = site.args;
  if (choices?.kind !== 'object' || choices.open || choices.props.size === 0) {
    data.sink.target.openExits('custom-serializer', site.place);
    return;
  }
  const arms = [...choices.props].map(([type, cell]) => () => {
    if (type !== 'default') m.write(data.mediaType, literal(mediaTypeOf(type)));
    return m.call(m.force(cell), { ...site, args: [], argPlaces: [], open: true, node: undefined });
  });
  m.choose(arms);
}

/**
 * A status that is undefined on the present path is one that we failed to follow: nobody sends it on purpose, and Node refuses it
 * (ERR_HTTP_INVALID_STATUS_CODE). Among others it stands for a path that is none.
 */
function knownStatus(value: Value, place: Place): Value {
  const set = members(value).filter((one) => !isUndefined(one));
  if (set.length === 0) return unknown('unreadable-exit', place);
  return set.length === members(value).length ? value : join(set);
}

function isUndefined(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined;
}

function setStatus(m: Machine, data: ResponseData, value: Value, place: Place): void {
  m.write(data.status, value);
  data.statusPlace.place = place;
}

function setHeader(m: Machine, data: ResponseData, site: CallSite): void {
  const [name, value] = site.args;
  if (name?.kind === 'object') {
    readHeaders(m, data, name, site);
    return;
  }
  const text = textOf(name)?.toLowerCase();
  if (text === undefined) {
    data.sink.target.openHeaders('spread-or-any', site.place);
    return;
  }
  if (text === 'content-type') {
    const type = textOf(value);
    m.write(data.mediaType, type === undefined ? (value ?? undefinedValue) : literal(mediaTypeOf(type)));
  } else addHeader(m, data.headers, { name: text, place: site.argPlaces[0] ?? site.place, value: headerText(value) });
}

function readHeaders(m: Machine, data: ResponseData, value: Value, site: CallSite): void {
  if (value.kind !== 'object') return;
  if (value.open) data.sink.target.openHeaders(value.open.reason, site.place);
  for (const [key, cell] of value.props) {
    const name = key.toLowerCase();
    const given = m.force(cell);
    const type = name === 'content-type' ? textOf(given) : undefined;
    if (type !== undefined) m.write(data.mediaType, literal(mediaTypeOf(type)));
    else addHeader(m, data.headers, { name, place: value.places?.get(key) ?? site.place, value: headerText(given) });
  }
}

function sendJson(m: Machine, self: NativeValue, site: CallSite): Value {
  const data = self.data as ResponseData;
  // Express 4 still takes `res.json(status, body)`.
  const old = site.args.length === 2 && site.args[0]?.kind === 'literal' && typeof site.args[0].value === 'number';
  if (old) setStatus(m, data, site.args[0]!, site.argPlaces[0] ?? site.place);
  const at = old ? 1 : 0;
  send(m, data, site, site.args[at], site.argPlaces[at], 'application/json');
  return self;
}

function sendAny(m: Machine, self: NativeValue, site: CallSite): Value {
  const data = self.data as ResponseData;
  const [body, second] = site.args;
  if (body?.kind === 'literal' && typeof body.value === 'number' && second) {
    setStatus(m, data, body, site.argPlaces[0] ?? site.place);
    send(m, data, site, second, site.argPlaces[1], impliedType(members(second), implied));
    return self;
  }
  send(m, data, site, body, site.argPlaces[0], body && impliedType(members(body), implied));
  return self;
}

/** What `send` makes of a body (Express, "res.send"): texts are HTML, objects and arrays are JSON. */
const implied: ImpliedTypes = { text: () => 'text/html', data: 'application/json' };

function send(
  m: Machine,
  data: ResponseData,
  site: CallSite,
  body: Value | undefined,
  bodyPlace: Place | undefined,
  type: string | undefined,
  sends: 'body' | 'other' = 'body',
): void {
  if (data.sent.value && truth(data.sent.value) === true) return;
  tell(data, site, body, bodyPlace, type, sends);
  m.write(data.sent, literal(true));
}

/** Tells of an answer as it stands now. */
function tell(
  data: ResponseData,
  site: CallSite,
  body: Value | undefined,
  bodyPlace: Place | undefined,
  type: string | undefined,
  sends: 'body' | 'other',
): void {
  const status = data.status.value ?? undefinedValue;
  const explicit =
    data.mediaType.value && textOf(data.mediaType.value) === undefined && truth(data.mediaType.value) === false
      ? undefined
      : data.mediaType.value;
  const mediaType = explicit ? textOf(explicit) : type;
  const sent: SentResponse = {
    status: withoutUndefined(status),
    statusPlace: status.kind === 'literal' && status.value === undefined ? undefined : data.statusPlace.place,
    place: site.namePlace,
    mediaType,
    body: body && sentAs(body, mediaType),
    bodyPlace: body ? bodyPlace : undefined,
    headers: headersIn(data.headers),
    empty: leavesEmpty(data, body, sends),
  };
  data.sink.target.exit(sent);
}

/**
 * Whether `end()`, `send()` or `json()` was given nothing; what files, views and redirects send is their own. A value that is computed and
 * comes out as undefined here may be something else at run time.
 */
function leavesEmpty(data: ResponseData, body: Value | undefined, sends: 'body' | 'other'): boolean | undefined {
  if (sends === 'other' || body) return undefined;
  return isUndefined(data.streamed.value ?? undefinedValue) || undefined;
}

/** After a branch that did not set a status the default applies. */
function withoutUndefined(status: Value): Value {
  if (status.kind === 'literal' && status.value === undefined) return literal(200);
  if (status.kind !== 'union') return status;
  return join(
    status.members.map((member) => (member.kind === 'literal' && member.value === undefined ? literal(200) : member)),
  );
}

const shorthands: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  txt: 'text/plain',
  xml: 'application/xml',
  csv: 'text/csv',
  pdf: 'application/pdf',
  yaml: 'text/yaml',
  png: 'image/png',
  bin: 'application/octet-stream',
};

/** The base media type of a `type()` shorthand or a Content-Type value. */
export function mediaTypeOf(text: string): string {
  const base = text.split(';')[0]!.trim().toLowerCase();
  return base.includes('/') ? base : (shorthands[base.replace(/^\./, '')] ?? base);
}
