// Owns restify's response: which calls set its state and which ones send.
// It must not know registrations or who runs before whom.

import type { Place } from '../../../../base/place.ts';
import { provenAbsent } from '../absences.ts';
import { isError } from '../assertions.ts';
import type { CurrentSink } from '../current-sink.ts';
import { mediaTypeOf } from '../express/response.ts';
import { addHeader, headersIn, headerText } from '../headers.ts';
import { statusOfError } from '../http-run.ts';
import type { Machine } from '../machine.ts';
import { sentAs } from '../sent-body.ts';
import {
  type CallSite,
  type Cell,
  isEmpty,
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  numberOf,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { bodyOf } from './errors.ts';
import { formatted } from './formatters.ts';

/** The state of an answer along the present path; cells, so that branches keep theirs apart. */
export interface ResponseData {
  readonly sink: CurrentSink;
  readonly status: Cell;
  readonly statusPlace: Cell;
  readonly type: Cell;
  readonly headers: Cell;
  /** Functions that write bodies, by the media type. */
  readonly formatters?: Value;
}

/** A fresh response. */
export function createResponse(sink: CurrentSink, formatters?: Value): NativeValue {
  sink.target.headersModelled = true;
  const data: ResponseData = {
    sink,
    status: { value: undefined },
    statusPlace: { value: undefined },
    type: { value: undefined },
    headers: { value: undefined },
    formatters,
  };
  return native(responseModel, data);
}

const placeModel: Model = { name: 'restify status place' };

const methods = new Set(['send', 'json', 'sendRaw', 'end', 'status', 'header', 'setHeader', 'set', 'redirect']);
const chaining = new Set([
  'cache',
  'noCache',
  'charSet',
  'link',
  'once',
  'on',
  'removeHeader',
  'flushHeaders',
  'toString',
]);

const responseModel: Model = {
  name: 'restify response',
  get(_m, self, key, place) {
    const data = self.data as ResponseData;
    if (key === 'statusCode') return data.status.value ?? literal(200);
    if (key === 'headersSent' || key === 'finished') return literal(false);
    if (key === 'contentType') return someString();
    return methods.has(key) || chaining.has(key)
      ? nativeFunction(key, (m, site) => call(m, self, key, site))
      : unknown('dependency-injection', place);
  },
  set(m, self, key, value, place) {
    const data = self.data as ResponseData;
    if (key === 'statusCode') setStatus(m, data, value, place);
    else if (key === 'contentType') setType(m, data, value);
    else return false;
    return true;
  },
  method: (m, self, key, site) => call(m, self, key, site),
};

function call(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const data = self.data as ResponseData;
  const [first, second] = site.args;
  switch (key) {
    case '[escape]':
      if (first?.kind === 'external') data.sink.target.answeredByLibrary('unreadable-exit', site.place);
      else data.sink.target.openExits('unreadable-exit', site.place);
      return undefinedValue;
    case 'status':
    case 'writeHead':
      setStatus(m, data, first ?? undefinedValue, site.argPlaces[0] ?? site.place);
      if (key === 'writeHead') setHeaders(m, data, site.args.at(-1), site.place);
      return self;
    case 'header':
    case 'setHeader':
      if (!second) return someString();
      setHeader(m, data, first, second, site.argPlaces[0] ?? site.place);
      return self;
    case 'set':
      if (first?.kind === 'object') setHeaders(m, data, first, site.place);
      else setHeader(m, data, first, second, site.place);
      return self;
    case 'send':
    case 'json':
      send(m, data, site);
      return self;
    case 'sendRaw':
    case 'end':
      send(m, data, site, key === 'end' ? 'end' : 'raw');
      return self;
    case 'redirect':
      redirect(m, data, site);
      return self;
    case 'write':
    case 'pipe':
      data.sink.target.openExits('custom-serializer', site.place);
      return self;
    default:
      return chaining.has(key) ? self : undefined;
  }
}

function setStatus(m: Machine, data: ResponseData, value: Value, place: Place): void {
  m.write(data.status, value);
  m.write(data.statusPlace, native(placeModel, place, place));
}

function setType(m: Machine, data: ResponseData, value: Value): void {
  const text = textOf(value);
  m.write(data.type, text === undefined ? value : literal(mediaTypeOf(text)));
}

function setHeader(
  m: Machine,
  data: ResponseData,
  name: Value | undefined,
  value: Value | undefined,
  place: Place,
): void {
  const text = textOf(name)?.toLowerCase();
  if (text === undefined) data.sink.target.openHeaders('spread-or-any', place);
  else if (text === 'content-type') setType(m, data, value ?? undefinedValue);
  else addHeader(m, data.headers, { name: text, place, value: headerText(value) });
}

/** Headers in an object; anything else is none. */
function setHeaders(m: Machine, data: ResponseData, given: Value | undefined, place: Place): void {
  if (given?.kind !== 'object') return;
  for (const [name, cell] of given.props) setHeader(m, data, literal(name), m.force(cell), place);
  if (given.open) data.sink.target.openHeaders('spread-or-any', place);
}

/** Statuses whose answers have no body, whatever is sent with them. */
const bodiless: ReadonlySet<number | undefined> = new Set([204, 304]);

/** Whether an argument in front of others is what is sent, and no status. */
const isData = ({ kind }: Value): boolean => kind === 'object' || kind === 'array' || kind === 'template';

/** `send([status], [body], [headers])`; a number alone is a status, and an error is thrown. */
function send(m: Machine, data: ResponseData, site: CallSite, how: 'formatted' | 'raw' | 'end' = 'formatted'): void {
  const [first] = site.args;
  const leads = first !== undefined && site.args.length > 1 && !isData(first) && textOf(first) === undefined;
  const hasStatus = how !== 'end' && first !== undefined && (numberOf(first) !== undefined || leads);
  const at = hasStatus ? 1 : 0;
  const body = site.args[at];
  if (body && isError(m, body)) {
    sendError(m, data, site, at);
    return;
  }
  if (how !== 'end') setHeaders(m, data, site.args[at + 1], site.place);
  const given = data.status.value;
  const status = at === 1 ? first! : given && !isEmpty(given) ? given : literal(200);
  const held = data.statusPlace.value;
  const set = given && !isEmpty(given) && held?.kind === 'native' ? (held.data as Place) : undefined;
  const sent = bodiless.has(numberOf(status)) || !body || isEmpty(body) || body.kind === 'function' ? undefined : body;
  const type = textOf(data.type.value) ?? (how === 'formatted' ? 'application/json' : undefined);
  const form = (value: Value): Value =>
    how === 'formatted' && type !== undefined
      ? formatted(m, data.formatters, type, value, site.place)
      : sentAs(value, type);
  data.sink.target.exit({
    status,
    statusPlace: at === 1 ? site.argPlaces[0] : set,
    place: site.namePlace,
    mediaType: sent && type,
    ...(sent ? { body: form(sent), bodyPlace: site.argPlaces[at] } : { empty: true }),
    headers: headersIn(data.headers),
  });
}

/** An error that is sent says its own status, whatever was set before; nobody who listens to errors is told. */
function sendError(m: Machine, data: ResponseData, site: CallSite, at: number): void {
  const error = site.args[at]!;
  const place = site.argPlaces[at] ?? site.place;
  const body = bodyOf(m, error, place);
  const own = statusOfError(m, error, place);
  const status = at === 1 ? site.args[0] : own === undefined ? undefined : literal(own);
  if (body && status) {
    setHeaders(m, data, site.args[at + 1], site.place);
    data.sink.target.exit({
      status,
      statusPlace: at === 1 ? site.argPlaces[0] : place,
      place: site.namePlace,
      mediaType: 'application/json',
      body: formatted(m, data.formatters, 'application/json', body, place),
      bodyPlace: place,
      headers: headersIn(data.headers),
    });
    return;
  }
  m.thrown.push({
    value: error,
    place,
    via: [...m.steps],
    absent: provenAbsent(m),
    status: at === 1 ? site.args[0] : data.status.value,
    handed: true,
  });
}

/** `redirect(url, next)`, `redirect(status, url, next)`, `redirect(options, next)`. */
function redirect(m: Machine, data: ResponseData, site: CallSite): void {
  const [first] = site.args;
  const options = first?.kind === 'object' ? first : undefined;
  const permanent = options ? m.get(options, 'permanent', site.place) : undefinedValue;
  const status =
    numberOf(first) !== undefined
      ? first!
      : literal(permanent.kind === 'literal' && permanent.value === true ? 301 : 302);
  addHeader(m, data.headers, { name: 'location', place: site.place });
  data.sink.target.exit({
    status,
    place: numberOf(first) !== undefined ? (site.argPlaces[0] ?? site.place) : site.namePlace,
    empty: true,
    headers: headersIn(data.headers),
  });
  const next = site.args.at(-1);
  if (next?.kind === 'native' && next.model.name === 'next') m.call(next, { ...site, args: [], argPlaces: [] });
}
