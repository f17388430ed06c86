// Owns Koa's context: the request and the answer in one object, with what applications and middlewares add to it.
// It must not know registrations or in which order middlewares run.

import type { Place } from '../../../../base/place.ts';
import { isPartlyConstant, sentInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
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
  objectOf,
  someBoolean,
  someString,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { injected, type KoaChain, lose, setBody, setHeader, setStatus, setType, statusIn } from './answer.ts';
import { assertValue, throwError } from './errors.ts';
import { callRequest, incomingModel, requestMember, requestMethods, requestModel } from './request.ts';

/** What a context carries. */
export interface ContextData {
  readonly chain: KoaChain;
  /** What the app adds to every context (`app.context.x = …`), outermost app first. */
  readonly additions: readonly ReadonlyMap<string, Cell>[];
  readonly app: Value | undefined;
  readonly request: NativeValue;
  readonly response: NativeValue;
}

/** The context of one request. */
export function createContext(
  chain: KoaChain,
  app: Value | undefined,
  additions: ContextData['additions'],
): NativeValue {
  const request = native(requestModel, chain);
  const response = native(responseModel, chain);
  const data: ContextData = { chain, additions, app, request, response };
  const context = native(contextModel, data);
  request.props.set('[[context]]', { value: context });
  // Middlewares that nobody reads may fill the state too.
  const state = objectOf({});
  if (state.kind === 'object')
    context.props.set('state', { value: { ...state, open: { reason: 'dependency-injection' } } });
  return context;
}

/** The chain behind a context, for middlewares that packages bring. */
export function chainOf(value: Value | undefined): KoaChain | undefined {
  return value?.kind === 'native' && value.model === contextModel ? (value.data as ContextData).chain : undefined;
}

const answering = new Set(['status', 'body', 'type', 'message', 'length', 'lastModified', 'etag']);

export const contextModel: Model = {
  name: 'koa context',
  get(m, self, key, place) {
    const { chain, additions, app, request, response } = self.data as ContextData;
    switch (key) {
      case 'request':
        return request;
      case 'response':
        return response;
      case 'req':
        return native(incomingModel, chain, place);
      case 'res':
        return native(outgoingModel, chain, place);
      case 'app':
        return app ?? injected(place);
      case 'cookies':
        return native(cookiesModel, chain, place);
      case 'assert':
        return native(assertModel, chain, place);
      case 'respond':
        return literal(true);
      case 'then':
        return undefinedValue;
      case 'ctx':
        return self;
      default:
        break;
    }
    if (answering.has(key) || key === 'headerSent' || key === 'writable') return answerMember(m, chain, key);
    const member = requestMember(chain, key, place);
    if (member) return member;
    for (const added of additions) {
      const cell = added.get(key);
      if (cell) return m.force(cell);
    }
    if (contextMethods.has(key)) return nativeFunction(key, (machine, site) => callContext(machine, self, key, site));
    // Whatever else there is comes from a middleware that was not followed.
    return injected(place);
  },
  set(m, self, key, value, place) {
    return setAnswer(m, (self.data as ContextData).chain, key, value, place);
  },
  method: (m, self, key, site) => callContext(m, self, key, site),
};

function answerMember(_m: Machine, chain: KoaChain, key: string): Value {
  const { answers } = chain;
  if (key === 'status') return answers.part(statusIn);
  if (key === 'body') return answers.part((answer) => answer.body ?? undefinedValue);
  if (key === 'headerSent') return literal(false);
  if (key === 'writable') return literal(true);
  return someString();
}

/** A member of the answer is set; false where the member is none of the answer's. */
function setAnswer(m: Machine, chain: KoaChain, key: string, value: Value, place: Place): boolean {
  switch (key) {
    case 'status':
      setStatus(m, chain, value, 'place' in value && value.place?.file === place.file ? value.place : place);
      return true;
    case 'body':
      setBody(m, chain, value, placeOfBody(value) ?? place);
      return true;
    case 'type':
      setType(chain, value);
      return true;
    case 'etag':
    case 'lastModified':
    case 'length': {
      const names: Record<string, string> = { etag: 'etag', lastModified: 'last-modified', length: 'content-length' };
      setHeader(chain, literal(names[key]!), undefined, place);
      return true;
    }
    case 'message':
      return true;
    case 'respond':
      // The handler answers below the framework, where nothing is followed.
      if (truth(value) !== true) lose(chain, place);
      return true;
    default:
      return false;
  }
}

/** Where a body is written out; a variable's value may be written anywhere. */
function placeOfBody(value: Value): Place | undefined {
  return value.kind === 'object' || value.kind === 'array' ? value.place : undefined;
}

const contextMethods = new Set([
  'throw',
  'assert',
  'set',
  'append',
  'remove',
  'has',
  'redirect',
  'attachment',
  'vary',
  'back',
  'flushHeaders',
  'onerror',
  'render',
  'inspect',
  'toJSON',
]);

function callContext(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const { chain, additions } = self.data as ContextData;
  if (requestMethods.has(key)) return callRequest(chain, key, site);
  switch (key) {
    case '[escape]':
      chain.collector.openReads('request-escapes', site.place);
      lose(chain, site.place);
      return undefinedValue;
    case 'throw':
      throwError(m, site);
      return undefinedValue;
    case 'assert':
      assertValue(m, site);
      return undefinedValue;
    default:
      break;
  }
  const added = additions.map((map) => map.get(key)).find((cell) => cell !== undefined);
  if (added) return m.call(m.force(added), site, self);
  return callAnswer(m, chain, key, site);
}

/** A method of the answer. */
function callAnswer(m: Machine, chain: KoaChain, key: string, site: CallSite): Value | undefined {
  const [first, second] = site.args;
  const place = site.argPlaces[0] ?? site.place;
  switch (key) {
    case 'set':
    case 'append':
      if (first?.kind === 'object')
        for (const [name, cell] of first.props)
          setHeader(chain, literal(name), m.force(cell), first.places?.get(name) ?? place);
      else setHeader(chain, first, second, place);
      return undefinedValue;
    case 'redirect':
    case 'back': {
      // A redirecting status that was set before stays (Koa, "ctx.redirect").
      const explicit = chain.answers.part((answer) =>
        literal([300, 301, 302, 303, 305, 307, 308].includes(numberOf(answer.status) ?? 0)),
      );
      if (truth(explicit) !== true) setStatus(m, chain, literal(302), site.namePlace);
      setHeader(chain, literal('location'), first, site.place);
      chain.answers.update((answer) => ({ ...answer, body: undefined, bodyPlace: undefined }));
      return undefinedValue;
    }
    case 'attachment':
      setHeader(chain, literal('content-disposition'), undefined, site.place);
      return undefinedValue;
    case 'render':
      // A view: the body is a page.
      setBody(m, chain, someString(), site.namePlace);
      setType(chain, literal('html'));
      return undefinedValue;
    case 'remove':
      chain.answers.update((answer) => ({
        ...answer,
        headers: answer.headers.filter((header) => header.name !== textOf(first)?.toLowerCase()),
      }));
      return undefinedValue;
    case 'has':
      return someBoolean();
    case 'vary':
    case 'flushHeaders':
    case 'onerror':
      return undefinedValue;
    default:
      return undefined;
  }
}

/** `ctx.response`. */
export const responseModel: Model = {
  name: 'koa response',
  get(m, self, key) {
    const chain = self.data as KoaChain;
    if (answering.has(key) || key === 'headerSent') return answerMember(m, chain, key);
    if (key === 'header' || key === 'headers') return unknown('spread-or-any');
    return contextMethods.has(key)
      ? nativeFunction(key, (machine, site) => callAnswer(machine, chain, key, site))
      : undefined;
  },
  set: (m, self, key, value, place) => setAnswer(m, self.data as KoaChain, key, value, place),
  method(m, self, key, site) {
    const chain = self.data as KoaChain;
    if (key === 'get') return someString();
    if (key === '[escape]') {
      lose(chain, site.place);
      return undefinedValue;
    }
    return callAnswer(m, chain, key, site);
  },
};

/** Node's response below the context's: what is written there is not followed, but for the state that both share. */
const outgoingModel: Model = {
  name: 'outgoing message',
  get(m, self, key) {
    if (key === 'statusCode') return answerMember(m, self.data as KoaChain, 'status');
    return key === 'headersSent' || key === 'writableEnded' ? literal(false) : undefined;
  },
  set(m, self, key, value, place) {
    if (key === 'statusCode') setStatus(m, self.data as KoaChain, value, place);
    return key === 'statusCode' || key === 'statusMessage';
  },
  method(_m, self, key, site) {
    const chain = self.data as KoaChain;
    if (key === 'setHeader') setHeader(chain, site.args[0], site.args[1], site.place);
    else if (['write', 'end', 'writeHead', 'pipe', '[escape]'].includes(key)) lose(chain, site.place);
    return self;
  },
};

const cookiesModel: Model = {
  name: 'cookies',
  method(_m, self, key, site) {
    const chain = self.data as KoaChain;
    const name = textOf(site.args[0]);
    if (key === 'get') {
      if (name !== undefined) return sentInput(chain.sink, 'cookie', name, site.argPlaces[0] ?? site.place);
      const generic = isPartlyConstant(site.args[0]) ? 'request' : undefined;
      chain.collector.open('cookie', 'request-escapes', site.place, undefined, generic);
      return unknown('request-escapes', site.place);
    }
    if (key === 'set') setHeader(chain, literal('set-cookie'), undefined, site.place);
    return key === 'set' || key === '[escape]' ? undefinedValue : undefined;
  },
};

/** `ctx.assert`, with its comparisons (http-assert): the status follows the compared values. */
const assertModel: Model = {
  name: 'assert',
  call(m, _self, site) {
    assertValue(m, site);
    return undefinedValue;
  },
  method(m, _self, key, site) {
    if (key === '[escape]') return undefinedValue;
    if (key === 'ok') assertValue(m, site);
    else {
      const rest = { ...site, args: site.args.slice(2), argPlaces: site.argPlaces.slice(2) };
      assertValue(m, {
        ...rest,
        args: [someBoolean(), ...rest.args],
        argPlaces: [site.place, ...rest.argPlaces],
      });
    }
    return undefinedValue;
  },
};

/** Whether a value that a middleware gives is nothing at all. */
export const isNothing = (value: Value | undefined): boolean => value === undefined || isEmpty(value);
