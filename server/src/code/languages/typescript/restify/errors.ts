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

/** Errors that restify has of its own (restify-errors, `lib/restErrors.js`). */
const restStatuses: Readonly<Record<string, number>> = {
  BadDigest: 400,
  BadMethod: 405,
  ConnectTimeout: 408,
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
};

/** Statuses that Node names (`http.STATUS_CODES`, of all its versions) beside those that every package of errors has. */
const furtherStatuses: Readonly<Record<string, number>> = {
  InternalServer: 500,
  ProxyAuthenticationRequired: 407,
  RequestEntityTooLarge: 413,
  RequesturiTooLarge: 414,
  RequesturiTooLong: 414,
  UriTooLong: 414,
  RangeNotSatisfiable: 416,
  RequestedRangeNotSatisfiable: 416,
  ExpectationFailed: 417,
  RequestHeaderFieldsTooLarge: 431,
  UnavailableForLegalReasons: 451,
  HttpVersionNotSupported: 505,
  UnsupportedHttpVersion: 505,
  VariantAlsoNegotiates: 506,
  InsufficientStorage: 507,
  LoopDetected: 508,
  BandwidthLimitExceeded: 509,
  NotExtended: 510,
  NetworkAuthenticationRequired: 511,
};

function statusNamed(name: string): number | undefined {
  const bare = name.replace(/Error$/, '');
  return restStatuses[bare] ?? furtherStatuses[bare] ?? namedStatuses[bare];
}

/** `new BadRequestError([cause | options], message, ...what is put into it)`. */
function makeError(
  m: Machine,
  pkg: string,
  name: string,
  usualStatus: number,
  usualCode: string,
  site: CallSite,
): ObjectValue {
  const cls: ExternalValue = { kind: 'external', package: pkg, path: [name] };
  const [first] = site.args;
  const caused = first !== undefined && isError(m, first);
  const options = first?.kind === 'object' && !caused ? first : undefined;
  const told = (key: string): Value | undefined => options && m.get(options, key, site.place);
  const status = numberOf(told('statusCode')) ?? usualStatus;
  // Errors of REST are told their code by another name than those of HTTP.
  const http =
    name === 'HttpError' || (statusNamed(name) !== undefined && !(name.replace(/Error$/, '') in restStatuses));
  const code = textOf(told(http ? 'code' : 'restCode')) ?? usualCode;
  const [message = literal(''), ...put] = site.args.slice(options || caused ? 1 : 0);
  const text = textOf(message) === undefined || put.length > 0 || caused ? someString() : message;
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

function errorFrom(m: Machine, external: ExternalValue, site: CallSite): Value | undefined {
  const last = external.path.at(-1) ?? '';
  // These say in their options what they are.
  if (last === 'HttpError' || last === 'RestError') return makeError(m, external.package, last, 500, 'Error', site);
  if (!last.endsWith('Error')) return undefined;
  const status = statusNamed(last);
  return status === undefined
    ? undefined
    : makeError(m, external.package, last, status, last.replace(/Error$/, ''), site);
}

/** `new errors.NotFoundError('none')`. */
export const restifyErrorPackage: PackageModel = {
  packages: ['restify-errors'],
  construct: errorFrom,
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'makeConstructor') return constructorNamed(m, external.package, site);
    if (last === 'makeErrFromCode' || last === 'codeToHttpError') {
      const status = numberOf(site.args[0]);
      const all = Object.entries({ ...furtherStatuses, ...namedStatuses });
      const name = all.find(([, code]) => code === status)?.[0].replace(/Error$/, '');
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
  if (error.kind !== 'object' || !isRestifyError(error)) return undefined;
  // What a listener has put on the error says what it is as JSON.
  return error.props.has('toJSON') ? error : m.get(error, 'body', place);
}

/** Whether an error is made of one of these classes, or of a class that extends one. */
function isRestifyError({ cls }: ObjectValue): boolean {
  let current: Value | undefined = cls;
  while (current?.kind === 'class') current = current.parent;
  return current?.kind === 'external' && current.package === 'restify-errors';
}
