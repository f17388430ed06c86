// Owns the errors of restify: which status and body each of them carries.
// It must not know how they are answered.

import type { Place } from '../../../../base/place.ts';
import { isError } from '../assertions.ts';
import type { Machine } from '../machine.ts';
import { namedStatuses } from '../packages/errors.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  native,
  numberOf,
  type ObjectValue,
  objectOf,
  type PackageModel,
  someString,
  textOf,
  type Value,
} from '../value.ts';

/** Errors of restify's own beside those that are called as statuses are (restify-errors). */
const ownStatuses: Readonly<Record<string, number>> = {
  BadDigest: 400,
  BadMethod: 405,
  Internal: 500,
  InvalidArgument: 409,
  InvalidContent: 400,
  InvalidCredentials: 401,
  InvalidHeader: 400,
  InvalidVersion: 400,
  MissingParameter: 409,
  NotAuthorized: 403,
  RequestExpired: 400,
  RequestThrottled: 429,
  ResourceNotFound: 404,
  WrongAccept: 406,
  UnsupportedHttpVersion: 505,
  RequestEntityTooLarge: 413,
  RequesturiTooLong: 414,
  RequestedRangeNotSatisfiable: 416,
  ExpectationFailed: 417,
};

function statusNamed(name: string): number | undefined {
  const bare = name.replace(/Error$/, '');
  return ownStatuses[bare] ?? namedStatuses[bare] ?? namedStatuses[name];
}

function makeError(m: Machine, pkg: string, name: string, status: number, code: string, site: CallSite): ObjectValue {
  const cls: ExternalValue = { kind: 'external', package: pkg, path: [name] };
  // The message may follow a cause or options.
  const message = site.args.find((one) => one.kind !== 'object' || isError(m, one)) ?? literal('');
  const text = textOf(message) === undefined || site.args.length > 1 ? someString() : message;
  const error = objectOf(
    {
      name: literal(name),
      message: text,
      statusCode: literal(status),
      restCode: literal(code),
      body: objectOf({ code: literal(code), message: text }),
    },
    site.place,
    cls,
  );
  return { ...error, places: new Map() };
}

/** `makeConstructor(name, { statusCode, restCode })`: a class of errors. */
function constructorNamed(m: Machine, pkg: string, site: CallSite): Value | undefined {
  const name = textOf(site.args[0]);
  if (name === undefined) return undefined;
  const full = name.endsWith('Error') ? name : `${name}Error`;
  const defaults = site.args[1];
  const field = (key: string): Value | undefined =>
    defaults?.kind === 'object' ? m.get(defaults, key, site.place) : undefined;
  const status = numberOf(field('statusCode')) ?? 500;
  const code = textOf(field('restCode')) ?? full.replace(/Error$/, '');
  const construct = (machine: Machine, inner: CallSite): Value => makeError(machine, pkg, full, status, code, inner);
  return native(
    {
      name: 'restify error class',
      construct: (machine, _self, inner) => construct(machine, inner),
      call: (machine, _self, inner) => construct(machine, inner),
    },
    undefined,
    site.place,
  );
}

/** `HttpError` and `RestError` say in their options what they are. */
function general(m: Machine, pkg: string, name: string, site: CallSite): Value {
  const options = site.args.find((one) => one.kind === 'object' && !isError(m, one));
  const field = (key: string): Value | undefined => (options ? m.get(options, key, site.place) : undefined);
  const status = numberOf(field('statusCode')) ?? 500;
  return makeError(m, pkg, name, status, textOf(field('restCode')) ?? textOf(field('code')) ?? 'Error', site);
}

function errorFrom(m: Machine, external: ExternalValue, site: CallSite): Value | undefined {
  const last = external.path.at(-1) ?? '';
  if (last === 'HttpError' || last === 'RestError') return general(m, external.package, last, site);
  if (!last.endsWith('Error')) return undefined;
  const status = statusNamed(last);
  const code = last === 'InternalServerError' ? 'InternalServer' : last.replace(/Error$/, '');
  return status === undefined ? undefined : makeError(m, external.package, last, status, code, site);
}

/** `new errors.NotFoundError('none')`. */
export const restifyErrorPackage: PackageModel = {
  packages: ['restify-errors'],
  construct: errorFrom,
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'makeConstructor') return constructorNamed(m, external.package, site);
    if (last === 'makeErrFromCode') {
      const status = numberOf(site.args[0]);
      const name = Object.entries(namedStatuses).find(([, code]) => code === status)?.[0];
      if (status === undefined || name === undefined) return undefined;
      return makeError(m, external.package, `${name}Error`, status, name, { ...site, args: site.args.slice(1) });
    }
    return errorFrom(m, external, site);
  },
};

/** `restify.NotFoundError` and `restify.errors.NotFoundError`, as versions before the fifth had them. */
export function oldError(m: Machine, external: ExternalValue, site: CallSite): Value | undefined {
  return errorFrom(m, { ...external, package: 'restify-errors' }, site);
}

/** What leaves of an error. */
export function bodyOf(m: Machine, error: Value, place: Place): Value | undefined {
  if (error.kind !== 'object' || error.cls?.kind !== 'external' || error.cls.package !== 'restify-errors')
    return undefined;
  // What a listener has put on the error says what it is as JSON.
  return error.props.has('toJSON') ? error : m.get(error, 'body', place);
}
