// Owns Nest's HTTP exceptions: their statuses, what they answer with, and which of them extends which.
// It must not know filters.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  isEmpty,
  literal,
  nativeFunction,
  numberOf,
  type ObjectValue,
  objectOf,
  someNumber,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** Exception classes with their status and the text that they describe themselves with (`@nestjs/common`, exceptions). */
const exceptions: Readonly<Record<string, readonly [number, string]>> = {
  BadRequestException: [400, 'Bad Request'],
  UnauthorizedException: [401, 'Unauthorized'],
  ForbiddenException: [403, 'Forbidden'],
  NotFoundException: [404, 'Not Found'],
  MethodNotAllowedException: [405, 'Method Not Allowed'],
  NotAcceptableException: [406, 'Not Acceptable'],
  RequestTimeoutException: [408, 'Request Timeout'],
  ConflictException: [409, 'Conflict'],
  GoneException: [410, 'Gone'],
  PreconditionFailedException: [412, 'Precondition Failed'],
  PayloadTooLargeException: [413, 'Payload Too Large'],
  UnsupportedMediaTypeException: [415, 'Unsupported Media Type'],
  ImATeapotException: [418, "I'm a teapot"],
  MisdirectedException: [421, 'Misdirected'],
  UnprocessableEntityException: [422, 'Unprocessable Entity'],
  InternalServerErrorException: [500, 'Internal Server Error'],
  NotImplementedException: [501, 'Not Implemented'],
  BadGatewayException: [502, 'Bad Gateway'],
  ServiceUnavailableException: [503, 'Service Unavailable'],
  GatewayTimeoutException: [504, 'Gateway Timeout'],
  HttpVersionNotSupportedException: [505, 'HTTP Version Not Supported'],
};

/** Whether a class of the package is an exception with a status. */
export function isExceptionName(name: string | undefined): boolean {
  return name === 'HttpException' || name === 'IntrinsicException' || (name !== undefined && name in exceptions);
}

const common = '@nestjs/common';
const classNamed = (name: string): ExternalValue => ({ kind: 'external', package: common, path: [name] });

/** What an exception class extends. */
export function extendedException(cls: ExternalValue): ExternalValue | undefined {
  const name = cls.path.at(-1);
  if (name === 'HttpException') return classNamed('IntrinsicException');
  if (name === 'IntrinsicException') return { kind: 'external', package: ':language', path: ['Error'] };
  return isExceptionName(name) ? classNamed('HttpException') : undefined;
}

const statusKey = 'status';
const responseKey = 'response';

/** `new NotFoundException(…)`, also as the part of a subclass that `super(…)` makes. */
export function createException(m: Machine, cls: ExternalValue, site: CallSite): Value {
  const name = cls.path.at(-1) ?? 'HttpException';
  const [first, second] = site.args;
  if (name === 'HttpException') {
    const response = first ?? unknown('spread-or-any', site.place);
    return exception(m, cls, response, second ?? unknown('spread-or-any', site.place), site.place);
  }
  const [status, description] = exceptions[name] ?? [500, 'Internal Server Error'];
  return exception(m, cls, bodyFrom(m, first, second, status, description, site.place), literal(status), site.place);
}

/** An exception that the framework itself throws. */
export function frameworkException(m: Machine, name: string, message: Value | undefined, place: Place): Value {
  const args = message ? [message] : [];
  return createException(m, classNamed(name), {
    args,
    open: false,
    place,
    argPlaces: args.map(() => place),
    namePlace: place,
    frame: m.globals,
  });
}

/** The exception for a status, as the framework's pipes choose it. */
export function exceptionOfStatus(m: Machine, status: number, message: Value | undefined, place: Place): Value {
  const name = Object.keys(exceptions).find((key) => exceptions[key]![0] === status);
  if (name) return frameworkException(m, name, message, place);
  return exception(m, classNamed('HttpException'), message ?? someString(), literal(status), place);
}

function exception(m: Machine, cls: ExternalValue, response: Value, status: Value, place: Place): ObjectValue {
  const given = response.kind === 'object' ? m.get(response, 'message', place) : response;
  // Only a text becomes the message; a list or an object leaves it to the name of the class.
  const message = isText(given) ? given : someString();
  return {
    kind: 'object',
    cls,
    place,
    places: new Map(),
    born: m.arm,
    props: new Map<string, { value: Value }>([
      [responseKey, { value: response }],
      [statusKey, { value: status }],
      ['message', { value: message }],
      ['name', { value: literal(cls.path.at(-1) ?? '') }],
    ]),
  };
}

function isText(value: Value): boolean {
  if (value.kind === 'union') return value.members.every(isText);
  return textOf(value) !== undefined || value.kind === 'template';
}

/** `HttpException.createBody`: texts and lists get a frame, objects are sent as they are. */
function bodyFrom(
  m: Machine,
  first: Value | undefined,
  second: Value | undefined,
  status: number,
  description: string,
  place: Place,
): Value {
  const described =
    second?.kind === 'object'
      ? m.get(second, 'description', place)
      : second && !isEmpty(second)
        ? second
        : literal(description);
  const error = isEmpty(described) ? literal(description) : described;
  if (!first || isEmpty(first)) return objectOf({ message: error, statusCode: literal(status) }, place);
  switch (first.kind) {
    case 'object':
      return first;
    case 'literal':
    case 'template':
    case 'array':
      return objectOf({ message: first, error, statusCode: literal(status) }, place);
    case 'unknown':
      if (first.shape?.kind === 'string' || first.shape?.kind === 'array')
        return objectOf({ message: first, error, statusCode: literal(status) }, place);
      return unknown('spread-or-any', place);
    case 'union':
      return first.members.every((member) => member.kind === 'literal' || member.kind === 'template')
        ? objectOf({ message: first, error, statusCode: literal(status) }, place)
        : unknown('spread-or-any', place);
    default:
      return unknown('spread-or-any', place);
  }
}

/** The status that an exception carries; undefined when it is no HTTP exception. */
export function statusOfException(m: Machine, value: Value, place: Place): Value | undefined {
  const own = m.get(value, 'getStatus', place);
  if (own.kind === 'function' || own.kind === 'native') return m.call(own, emptyCall(m, place), value);
  return undefined;
}

/** The body that the default filter sends for an exception. */
export function bodyOfException(m: Machine, value: Value, status: Value, place: Place): Value {
  const own = m.get(value, 'getResponse', place);
  const response =
    own.kind === 'function' || own.kind === 'native' ? m.call(own, emptyCall(m, place), value) : undefinedValue;
  if (response.kind === 'object' || response.kind === 'array' || response.kind === 'typed') return response;
  const isPlain =
    response.kind === 'literal' ||
    response.kind === 'template' ||
    (response.kind === 'unknown' && response.shape?.kind === 'string');
  return isPlain ? objectOf({ statusCode: status, message: response }, place) : response;
}

const emptyCall = (m: Machine, place: Place): CallSite => ({
  args: [],
  open: false,
  place,
  argPlaces: [],
  namePlace: place,
  frame: m.globals,
});

/** The methods of an exception. */
export function memberOfException(m: Machine, key: string, self: Value, place: Place): Value | undefined {
  const field = (name: string): Value => {
    const held = self.kind === 'object' ? self.props.get(name) : undefined;
    return held ? m.force(held) : unknown('spread-or-any', place);
  };
  switch (key) {
    case 'getStatus':
      return nativeFunction(key, () => {
        const status = field(statusKey);
        return numberOf(status) === undefined && status.kind === 'unknown' && !status.shape ? someNumber() : status;
      });
    case 'getResponse':
      return nativeFunction(key, () => field(responseKey));
    case 'initMessage':
    case 'initName':
    case 'initCause':
      return nativeFunction(key, () => undefinedValue);
    case 'message':
    case 'name':
      return someString();
    case 'stack':
      return someString();
    case 'cause':
      return unknown('spread-or-any', place);
    default:
      return undefined;
  }
}
