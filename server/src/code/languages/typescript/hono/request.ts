// Owns Hono's request (`c.req`): which member reads which part of it.
// It must not know answers or registrations.

import type { Place } from '../../../../base/place.ts';
import type { ReadLocation } from '../../../model.ts';
import { namedInput, sentInput, wholeInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
import { isOpenEnded, methodText, pathText } from '../subject.ts';
import {
  type CallSite,
  type InputValue,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { createWebRequest } from '../web/request.ts';
import type { HonoChain } from './answer.ts';

/** The targets of validators, with what they look at. */
export const targets: Readonly<Record<string, ReadLocation>> = {
  json: 'body',
  form: 'form',
  query: 'query',
  param: 'path',
  header: 'header',
  cookie: 'cookie',
};

/** Where the data that a validator let through is kept. */
export const validKey = (target: string): string => `[[valid ${target}]]`;

const methods = new Set([
  'param',
  'query',
  'queries',
  'header',
  'json',
  'text',
  'parseBody',
  'formData',
  'arrayBuffer',
  'blob',
  'valid',
  'addValidatedData',
  'cookie',
]);

export const requestModel: Model = {
  name: 'hono request',
  get(_m, self, key, place) {
    const chain = self.data as HonoChain;
    switch (key) {
      case 'raw':
        return createWebRequest(chain.sink, { path: chain.route.path, method: chain.route.method, asked: false });
      case 'method':
        return methodText(chain.route.method);
      case 'path':
        return isOpenEnded(chain.route.path ?? '') ? someString() : pathText(chain.route.path);
      case 'routePath':
      case 'url':
        return someString();
      case 'headers':
        return wholeInput(chain.sink, 'header', place);
      case 'body':
        chain.collector.open('body', 'request-escapes', place);
        return unknown('request-escapes', place);
      default:
        return methods.has(key)
          ? nativeFunction(key, (machine, site) => callRequest(machine, self, key, site))
          : unknown('spread-or-any', place);
    }
  },
  method: (m, self, key, site) => callRequest(m, self, key, site),
};

function callRequest(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const chain = self.data as HonoChain;
  const [first] = site.args;
  const place = site.argPlaces[0] ?? site.place;
  switch (key) {
    case '[escape]':
      chain.collector.openReads('request-escapes', site.place);
      return undefinedValue;
    case 'param':
      return read(chain, 'path', first, site);
    case 'query':
    case 'queries':
      return read(chain, 'query', first, site);
    case 'header':
      return read(chain, 'header', first, site);
    case 'cookie':
      return read(chain, 'cookie', first, site);
    case 'json': {
      const input = wholeInput(chain.sink, 'body', site.place);
      declare(m, input, site);
      return input;
    }
    case 'parseBody':
      return wholeInput(chain.sink, 'form', site.place);
    case 'formData':
      return native(formModel, chain, site.place);
    case 'valid': {
      const target = textOf(first);
      const cell = target === undefined ? undefined : self.props.get(validKey(target));
      return cell ? m.force(cell) : unknown('dependency-injection', place);
    }
    case 'addValidatedData': {
      const target = textOf(first);
      if (target !== undefined) keepValid(m, self, target, site.args[1] ?? undefinedValue);
      return undefinedValue;
    }
    case 'text':
    case 'arrayBuffer':
    case 'blob':
      chain.collector.open('body', 'request-escapes', site.place);
      return key === 'text' ? someString() : unknown('request-escapes', site.place);
    default:
      return undefined;
  }
}

function read(chain: HonoChain, location: ReadLocation, name: Value | undefined, site: CallSite): Value {
  if (!name) return wholeInput(chain.sink, location, site.place);
  const text = textOf(name);
  if (text !== undefined) return sentInput(chain.sink, location, text, site.argPlaces[0] ?? site.place);
  chain.collector.open(location, 'request-escapes', site.place);
  return unknown('request-escapes', site.place);
}

/** `c.req.json<T>()` says of the body what nothing enforces. */
function declare(m: Machine, input: InputValue, site: CallSite): void {
  const type = site.node?.typeArguments?.[0];
  if (type) input.sink.declare(input, m.types.shapeOf({ node: type, frame: site.frame }), site.place);
}

/** Keeps what a validator let through. */
export function keepValid(m: Machine, request: NativeValue, target: string, value: Value): void {
  const key = validKey(target);
  const cell = request.props.get(key) ?? { value: undefined };
  request.props.set(key, cell);
  m.write(cell, value);
}

/** `await c.req.formData()`. */
const formModel: Model = {
  name: 'form data',
  method(_m, self, key, site) {
    const chain = self.data as HonoChain;
    const name = textOf(site.args[0]);
    if ((key === 'get' || key === 'getAll' || key === 'has') && name !== undefined)
      return namedInput(chain.sink, 'form', name, site.argPlaces[0] ?? site.place);
    chain.collector.open('form', 'request-escapes', site.place);
    return key === '[escape]' ? undefinedValue : undefined;
  },
};

/** A request's environment: what the platform binds to it. */
export const environment = (place: Place): Value => {
  const bound = objectOf({}, place);
  return bound.kind === 'object' ? { ...bound, open: { reason: 'environment-dependent', place } } : bound;
};
