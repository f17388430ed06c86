// Owns Fastify's request: which member reads which part of it, and the types that a registration gives to them.
// It must not know registrations or replies.

import type { Place } from '../../../../base/place.ts';
import { resolveShape, type Shape } from '../../../../shape/shape.ts';
import type { ReadLocation } from '../../../model.ts';
import type { CurrentSink } from '../current-sink.ts';
import { callIncoming, escapeIncoming } from '../incoming-stream.ts';
import type { InputSink } from '../input-sink.ts';
import { wholeInput } from '../inputs.ts';
import type { Machine } from '../machine.ts';
import { pathText } from '../subject.ts';
import {
  type CallSite,
  type InputValue,
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  someBoolean,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { withQuery } from '../web/url.ts';
import { frameworkError, mayThrow } from './errors.ts';
import { quiet, refuse } from './hooks.ts';
import type { InstanceState } from './instances.ts';

/** What a request native carries. */
export interface RequestData {
  readonly exchange: CurrentSink;
  readonly sink: TypedSink;
  /** Which body location the route's parser fills. */
  body: 'body' | 'form';
  /** The instance that the route belongs to, once a route is run. */
  instance?: InstanceState;
  /** The route's method in upper case and its path as an OpenAPI template, where both are known. */
  route?: { readonly method?: string; readonly path?: string };
  /** The route's `config`. */
  config?: Value;
}

const wholes: Readonly<Record<string, ReadLocation>> = {
  params: 'path',
  query: 'query',
  headers: 'header',
  cookies: 'cookie',
};
const texts = new Set([
  'id',
  'ip',
  'method',
  'url',
  'originalUrl',
  'hostname',
  'host',
  'protocol',
  'routerPath',
  'routerMethod',
  'port',
]);

/** A sink that also tells which type the code declares for what is read. */
export class TypedSink implements InputSink {
  readonly types = new Map<ReadLocation, { readonly shape: Shape; readonly place: Place }>();

  constructor(private readonly inner: CurrentSink) {}

  read(input: InputValue, place: Place): void {
    this.inner.read(input, place);
    const declared = this.types.get(input.in);
    const resolved = declared && !/[.[]/.test(input.name) ? resolveShape(declared.shape) : undefined;
    if (resolved?.kind !== 'object' || input.in === 'body' || input.in === 'form') return;
    const field = [...resolved.fields.values()].find(
      (one) => (input.in === 'header' ? one.name.toLowerCase() : one.name) === input.name,
    );
    if (field) this.inner.declare(input, field.shape, field.origin ?? declared!.place);
  }
  convert(input: InputValue, shape: Shape, place: Place): void {
    this.inner.convert(input, shape, place);
  }
  defaultTo(input: InputValue, value: unknown, place: Place): void {
    this.inner.defaultTo(input, value, place);
  }
  tolerate(input: InputValue): void {
    this.inner.tolerate(input);
  }
  lacks(input: InputValue): boolean {
    return this.inner.lacks(input);
  }
  escape(input: InputValue, reason: Parameters<InputSink['escape']>[1], place: Place, generic = false): void {
    this.inner.escape(input, reason, place, generic);
  }
  validate(input: InputValue, shape: Shape, place: Place): void {
    this.inner.validate(input, shape, place);
  }
  declare(input: InputValue, shape: Shape, place: Place): void {
    this.inner.declare(input, shape, place);
  }
}

/** A fresh request. */
export function createRequest(exchange: CurrentSink): NativeValue {
  const data: RequestData = { exchange, sink: new TypedSink(exchange), body: 'body' };
  return native(requestModel, data);
}

/** The data of a request value. */
export function requestOf(value: Value | undefined): RequestData | undefined {
  return value?.kind === 'native' && value.model === requestModel ? (value.data as RequestData) : undefined;
}

export const requestModel: Model = {
  name: 'request',
  get(_m, self, key, place) {
    const data = self.data as RequestData;
    const location = wholes[key];
    if (location) return wholeInput(data.sink, location, place);
    if (key === 'body') return wholeInput(data.sink, data.body, place);
    if (texts.has(key)) return textMember(data, key);
    switch (key) {
      case 'log':
        return quiet;
      case 'server':
        return data.instance?.self ?? unknown('dependency-injection', place);
      case 'raw':
      case 'req':
        return native(rawRequest, data, place);
      case 'routeOptions':
      case 'context':
        return objectOf({
          config: data.config ?? objectOf({}),
          url: textMember(data, 'routerPath'),
          method: textMember(data, 'method'),
          schema: unknown('spread-or-any', place),
        });
      case 'routeConfig':
        return data.config ?? objectOf({});
      case 'validationError':
        return unknown('spread-or-any', place);
      case 'is404':
        return someBoolean();
      case 'then':
        return undefinedValue;
      default:
        break;
    }
    if (methods.has(key)) return nativeFunction(key, (machine, site) => callRequest(machine, self, key, site));
    // Hooks of packages set further members (`user`, `session`, `tenant`), of which nothing is known.
    return unknown('dependency-injection', place);
  },
  method(m, self, key, site) {
    if (key === '[escape]') {
      // A package that reports errors or logs takes the request and reads nothing that a contract speaks of.
      const generic = site.args[0]?.kind === 'external' ? 'request' : undefined;
      (self.data as RequestData).exchange.target.openReads('request-escapes', site.place, undefined, generic);
      return undefinedValue;
    }
    return callRequest(m, self, key, site);
  },
};

/** The method is the route's; an address begins as the route's path does and ends in what the caller adds. */
function textMember(data: RequestData, key: string): Value {
  const { method, path } = data.route ?? {};
  if ((key === 'method' || key === 'routerMethod') && method !== undefined) return literal(method);
  if (key === 'url' || key === 'originalUrl') return withQuery(pathText(path), { sink: data.exchange });
  if (path === undefined) return someString();
  return key === 'routerPath' ? literal(patternOf(path)) : someString();
}

/** A template in the router's own syntax. */
function patternOf(path: string): string {
  return path.replaceAll('{*}', '*').replace(/\{([^}]+)\}/g, ':$1');
}

const methods = new Set([
  'jwtVerify',
  'jwtDecode',
  'file',
  'files',
  'parts',
  'saveRequestFiles',
  'formData',
  'isMultipart',
  'multipart',
  'getDecorator',
  'setDecorator',
  'is',
  'type',
  'types',
  'accepts',
  'unsignCookie',
  'getValidationFunction',
  'compileValidationSchema',
  'validateInput',
  'isAuthenticated',
  'isUnauthenticated',
  'logIn',
  'logOut',
  'urlData',
  'vary',
  'forwarded',
  'i18n',
]);

function callRequest(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const data = self.data as RequestData;
  switch (key) {
    case 'jwtVerify': {
      refuse(m, self, 'bearer', site.place, 'FST_JWT_AUTHORIZATION_TOKEN_INVALID');
      const callback = site.args.find(
        (argument) => argument.kind === 'function' || (argument.kind === 'native' && argument.model.name === 'next'),
      );
      if (callback)
        m.call(callback, {
          ...site,
          args: [undefinedValue, unknown('dependency-injection', site.place)],
          argPlaces: [site.place, site.place],
        });
      return { kind: 'unknown', reason: 'dependency-injection', truthy: true, place: site.place };
    }
    case 'file':
    case 'files':
    case 'parts':
    case 'saveRequestFiles':
    case 'formData':
    case 'multipart':
      data.exchange.target.open('form', 'request-escapes', site.place);
      data.exchange.target.open('body', 'request-escapes', site.place);
      return unknown('request-escapes', site.place);
    case 'isMultipart':
    case 'isAuthenticated':
    case 'isUnauthenticated':
      return someBoolean();
    case 'getDecorator':
      return m.get(self, textOf(site.args[0]) ?? '', site.place);
    case 'setDecorator': {
      const name = textOf(site.args[0]);
      if (name !== undefined) self.props.set(name, { value: site.args[1] ?? undefinedValue });
      return undefinedValue;
    }
    case 'validateInput':
      mayThrow(m, frameworkError(400, 'FST_ERR_VALIDATION', site.place), site.place);
      return someBoolean();
    default:
      return methods.has(key) ? unknown('dependency-injection', site.place) : undefined;
  }
}

/** Node's request below Fastify's. */
const rawRequest: Model = {
  name: 'raw request',
  get(_m, self, key, place) {
    const data = self.data as RequestData;
    if (key === 'headers') return wholeInput(data.sink, 'header', place);
    if (texts.has(key) || key === 'httpVersion') return textMember(data, key);
    return unknown('dependency-injection', place);
  },
  method(m, self, key, site) {
    const { target } = (self.data as RequestData).exchange;
    if (key === '[escape]') escapeIncoming(target, site);
    else if (callIncoming(m, key, site) !== 'blind') target.open('body', 'request-escapes', site.place);
    return key === '[escape]' ? undefinedValue : self;
  },
};
