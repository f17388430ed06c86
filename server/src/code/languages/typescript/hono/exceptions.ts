// Owns `HTTPException`: the error that carries a status or a whole response.
// It must not know how it is answered.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  isEmpty,
  literal,
  nativeFunction,
  type ObjectValue,
  objectOf,
  someString,
  undefinedValue,
  type Value,
} from '../value.ts';
import { createResponse, responseOf } from '../web/response.ts';

const exceptionClass: ExternalValue = { kind: 'external', package: 'hono', path: ['/http-exception', 'HTTPException'] };

/** `new HTTPException(status, { res, message, cause })`. */
export function httpException(m: Machine, site: CallSite): ObjectValue {
  const [status = literal(500), options] = site.args;
  const field = (key: string): Value => (options?.kind === 'object' ? m.get(options, key, site.place) : undefinedValue);
  const [message, res] = [field('message'), field('res')];
  const known = isEmpty(message) ? literal('') : message;
  const own = responseOf(res) ? res : undefined;
  const response = nativeFunction('getResponse', (machine, inner) =>
    answerOf(machine, own, status, known, inner.place),
  );
  const fields: Record<string, Value> = {
    status,
    message: known,
    res,
    cause: field('cause'),
    name: literal('Error'),
    getResponse: response,
    ...(own ? { '[[response]]': own } : {}),
  };
  return {
    kind: 'object',
    cls: exceptionClass,
    place: site.place,
    places: new Map(),
    props: new Map(Object.entries(fields).map(([key, value]) => [key, { value }])),
  };
}

/** What the exception is answered with when nobody changes it: its own response, else its message as a text. */
function answerOf(m: Machine, own: Value | undefined, status: Value, message: Value, place: Place): Value {
  return own ?? createResponse(m, { status, place, body: message, mediaType: 'text/plain' });
}

/** An exception that may be thrown here, while the present path goes on. */
export function mayRefuse(m: Machine, status: number, place: Place, message: Value = someString()): void {
  const type = message.kind === 'object' ? 'application/json' : 'text/plain';
  const res = createResponse(m, { status: literal(status), place, body: message, mediaType: type });
  const value = httpException(m, {
    args: [literal(status), objectOf({ res })],
    open: false,
    place,
    argPlaces: [place],
    namePlace: place,
    frame: m.globals,
  });
  m.thrown.push({ value, place, via: [...m.steps], absent: [], cause: m.chain?.handled });
}
