// Owns Hono's context: how answers are made, and what middlewares keep in it.
// It must not know registrations or in which order middlewares run.

import type { Place } from '../../../../base/place.ts';
import { mediaTypeOf } from '../express/response.ts';
import { headerText, type SetHeader } from '../headers.ts';
import { join, members } from '../join.ts';
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
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createResponse, type ResponseParts, readHeaders, readInit, responseOf } from '../web/response.ts';
import { answered, type HonoChain } from './answer.ts';
import { environment, requestModel } from './request.ts';

/** What a context carries. */
export interface ContextData {
  readonly chain: HonoChain;
  readonly request: NativeValue;
  /** `c.status(…)`. */
  readonly status: Cell;
  /** `c.set(key, value)`, in an object that others may fill as well. */
  readonly variables: Value;
  /** Answers as the app does for what is not found. */
  readonly notFound: (m: Machine, context: NativeValue, place: Place) => Value;
}

/** The context of one request. */
export function createContext(chain: HonoChain, notFound: ContextData['notFound']): NativeValue {
  const data: ContextData = {
    chain,
    request: native(requestModel, chain),
    status: { value: undefined },
    variables: { kind: 'object', props: new Map(), open: { reason: 'dependency-injection' } },
    notFound,
  };
  return native(contextModel, data);
}

/** The data of a context, when a value is one. */
export function contextOf(value: Value | undefined): ContextData | undefined {
  return value?.kind === 'native' && value.model === contextModel ? (value.data as ContextData) : undefined;
}

const methods = new Set([
  'json',
  'text',
  'html',
  'body',
  'newResponse',
  'redirect',
  'notFound',
  'render',
  'status',
  'header',
  'set',
  'get',
  'setRenderer',
  'setLayout',
  'getLayout',
]);

export const contextModel: Model = {
  name: 'hono context',
  get(m, self, key, place) {
    const data = self.data as ContextData;
    const { answers } = data.chain;
    switch (key) {
      case 'req':
        return data.request;
      case 'env':
        return environment(place);
      case 'var':
        return data.variables;
      case 'res':
        return answers.part(
          (answer) => answer.response ?? createResponse(m, { status: literal(200), place, body: undefined }),
        );
      case 'error':
        return answers.part((answer) => answer.error ?? undefinedValue);
      case 'finalized':
        return answers.part((answer) => literal(answer.response !== undefined));
      case 'executionCtx':
      case 'event':
        return unknown('environment-dependent', place);
      case 'then':
        return undefinedValue;
      default:
        return methods.has(key)
          ? nativeFunction(key, (machine, site) => callContext(machine, self, key, site))
          : unknown('dependency-injection', place);
    }
  },
  set(m, self, key, value) {
    if (key !== 'res') return false;
    const { chain } = self.data as ContextData;
    const { answers } = chain;
    const own = answers.list().map((_, index) => answers.own(value, index));
    answers.update((answer, index) => {
      const [response] = members(own[index]!);
      if (response?.kind === 'native' && responseOf(response)) return answered(answer, response);
      return isEmpty(own[index]!) ? { ...answer, response: undefined } : { ...answer, lost: true, response: undefined };
    });
    if (answers.list().some((answer) => answer.lost)) chain.collector.openExits('unreadable-exit');
    m.spend();
    return true;
  },
  method: (m, self, key, site) => callContext(m, self, key, site),
};

function callContext(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const data = self.data as ContextData;
  const [first, second] = site.args;
  switch (key) {
    case '[escape]':
      data.chain.collector.openReads('request-escapes', site.place);
      data.chain.collector.openExits('unreadable-exit', site.place);
      return undefinedValue;
    case 'json':
      return respond(m, data, site, first ?? undefinedValue, 'application/json');
    case 'text':
      return respond(m, data, site, first ?? literal(''), 'text/plain');
    case 'html':
    case 'render':
      return respond(m, data, key === 'html' ? site : { ...site, args: site.args.slice(0, 1) }, first, 'text/html');
    case 'body':
    case 'newResponse':
      return respond(m, data, site, first, undefined);
    case 'redirect':
      return createResponse(m, {
        status: second && !isEmpty(second) ? second : literal(302),
        statusPlace: second && !isEmpty(second) ? site.argPlaces[1] : undefined,
        place: site.namePlace,
        headers: [...extraHeaders(data), { name: 'location', place: site.place }],
      });
    case 'notFound':
      return data.notFound(m, self, site.namePlace);
    case 'status':
      m.write(data.status, placed(first ?? undefinedValue, site.argPlaces[0] ?? site.place));
      return undefinedValue;
    case 'header':
      setHeader(data.chain, first, second, site);
      return undefinedValue;
    case 'set': {
      const name = textOf(first);
      if (name !== undefined && data.variables.kind === 'object') keep(m, data.variables.props, name, second);
      return undefinedValue;
    }
    case 'get': {
      const name = textOf(first);
      return name === undefined ? unknown('dependency-injection', site.place) : m.get(data.variables, name, site.place);
    }
    case 'setRenderer':
    case 'setLayout':
    case 'getLayout':
      return undefinedValue;
    default:
      return undefined;
  }
}

/** A status with the place where it is set, for the response that takes it later. */
function placed(value: Value, place: Place): Value {
  return value.kind === 'literal' ? { ...value, place } : value;
}

function keep(m: Machine, props: Map<string, Cell>, name: string, value: Value | undefined): void {
  const cell = props.get(name) ?? { value: undefined };
  props.set(name, cell);
  m.write(cell, value ?? undefinedValue);
}

/** `c.json(body, status, headers)` and its kin; the second argument may be `{ status, headers }`. */
function respond(
  m: Machine,
  data: ContextData,
  site: CallSite,
  body: Value | undefined,
  implied: string | undefined,
): NativeValue {
  const [, second, third] = site.args;
  const at = site.argPlaces[1] ?? site.place;
  const isInit = second !== undefined && (second.kind === 'object' || responseOf(second) !== undefined);
  const init = isInit ? readInit(m, second, at) : {};
  const given = !isInit && second && !isEmpty(second) ? second : undefined;
  const named = third ? readHeaders(m, third, site.argPlaces[2] ?? site.place) : { headers: [] };
  const pending = data.status.value && !isEmpty(data.status.value) ? withoutUndefined(data.status.value) : undefined;
  const own = pending && 'place' in pending ? pending.place : undefined;
  const status = given ?? init.status ?? pending ?? literal(200);
  const parts: ResponseParts = {
    status,
    statusPlace: given ? at : (init.statusPlace ?? (init.status ? undefined : own)),
    place: site.namePlace,
    body: body && !isEmpty(body) ? body : implied === 'application/json' && body ? body : undefined,
    bodyPlace: site.argPlaces[0],
    mediaType: named.mediaType ?? init.mediaType ?? implied ?? typeSet(data.chain),
    headers: [...(init.headers ?? []), ...named.headers],
  };
  return createResponse(m, parts);
}

/** After a branch that set no status the default applies. */
function withoutUndefined(status: Value): Value {
  return status.kind === 'union' ? join(status.members.map((one) => (isEmpty(one) ? literal(200) : one))) : status;
}

const typeName = 'content-type';

/** `c.header('Content-Type', …)` names the type of what is sent as it is. */
function typeSet(chain: HonoChain): string | undefined {
  for (const answer of chain.answers.list()) {
    const header = answer.headers.find((one) => one.name === typeName);
    if (header?.value !== undefined) return mediaTypeOf(header.value);
  }
  return undefined;
}

function extraHeaders(data: ContextData): readonly SetHeader[] {
  return data.chain.answers.list().flatMap((answer) => answer.headers.filter((header) => header.name !== typeName));
}

function setHeader(chain: HonoChain, name: Value | undefined, value: Value | undefined, site: CallSite): void {
  const text = textOf(name)?.toLowerCase();
  if (text === undefined) {
    chain.collector.openHeaders('spread-or-any', site.place);
    return;
  }
  const header: SetHeader = { name: text, place: site.argPlaces[0] ?? site.place, value: headerText(value) };
  chain.answers.update((answer) => ({
    ...answer,
    headers: [...answer.headers.filter((other) => other.name !== text), ...(value ? [header] : [])],
  }));
}
