// Owns the packages that make HTTP errors: what status their errors carry.
// It must not know how a framework answers them.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  isEmpty,
  literal,
  numberOf,
  type ObjectValue,
  type PackageModel,
  someBoolean,
  type Value,
} from '../value.ts';

/** Reason phrases to statuses, as `http-errors` and Boom name their constructors (RFC 9110, section 15). */
export const namedStatuses: Readonly<Record<string, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  PaymentRequired: 402,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  RequestTimeout: 408,
  Conflict: 409,
  Gone: 410,
  LengthRequired: 411,
  PreconditionFailed: 412,
  PayloadTooLarge: 413,
  UnsupportedMediaType: 415,
  ImATeapot: 418,
  MisdirectedRequest: 421,
  UnprocessableEntity: 422,
  Locked: 423,
  FailedDependency: 424,
  TooEarly: 425,
  UpgradeRequired: 426,
  PreconditionRequired: 428,
  TooManyRequests: 429,
  InternalServerError: 500,
  NotImplemented: 501,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
};

function httpError(
  pkg: string,
  status: number,
  message: Value | undefined,
  extra: Value | undefined,
  place: Place,
): Value {
  const cls: ExternalValue = { kind: 'external', package: pkg, path: ['HttpError'] };
  const error: ObjectValue = { kind: 'object', cls, place, places: new Map(), props: new Map() };
  error.props.set('status', { value: literal(status) });
  error.props.set('statusCode', { value: literal(status) });
  error.props.set('message', { value: message ?? literal('') });
  error.props.set('name', { value: literal(nameOfStatus(status)) });
  error.props.set('expose', { value: literal(status < 500) });
  if (extra?.kind === 'object') for (const [key, cell] of extra.props) error.props.set(key, cell);
  return error;
}

function nameOfStatus(status: number): string {
  const name = Object.entries(namedStatuses).find(([, code]) => code === status)?.[0] ?? 'Http';
  return name.endsWith('Error') ? name : `${name}Error`;
}

const httpErrors: PackageModel = {
  packages: ['http-errors', '@fastify/sensible/http-errors'],
  call(_m, external, site) {
    const last = external.path.at(-1);
    const named = last === undefined ? undefined : namedStatuses[last];
    if (named !== undefined) return httpError(external.package, named, site.args[0], site.args[1], site.place);
    if (last !== undefined && last !== 'default' && last !== 'createError') return undefined;
    const status = numberOf(site.args.find((argument) => numberOf(argument) !== undefined));
    const message = site.args.find(
      (argument) => argument.kind === 'template' || (argument.kind === 'literal' && typeof argument.value === 'string'),
    );
    const extra = site.args.find((argument) => argument.kind === 'object');
    const known = site.args.length === 0 ? 500 : status;
    return known === undefined ? undefined : httpError(external.package, known, message, extra, site.place);
  },
  construct(m, external, site) {
    return httpErrors.call!(m, external, site);
  },
};

const boomNames: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries({
    ...namedStatuses,
    EntityTooLarge: 413,
    BadData: 422,
    Teapot: 418,
    ServerUnavailable: 503,
    Internal: 500,
    BadImplementation: 500,
    ClientTimeout: 408,
  }).map(([name, status]) => [name.charAt(0).toLowerCase() + name.slice(1), status]),
);

/** An error that knows its answer. What a failure of the service says of itself stays inside. */
export function boomError(pkg: string, status: number, message: Value | undefined, place: Place): Value {
  const error = httpError(pkg, status, message, undefined, place);
  if (error.kind !== 'object') return error;
  const payload: ObjectValue = { kind: 'object', props: new Map(), place };
  payload.props.set('statusCode', { value: literal(status) });
  payload.props.set('error', { value: literal(phraseOf(status)) });
  payload.props.set('message', {
    value: status === 500 ? literal(failureText) : (message ?? literal(phraseOf(status))),
  });
  const output: ObjectValue = { kind: 'object', props: new Map(), place };
  output.props.set('statusCode', { value: literal(status) });
  output.props.set('payload', { value: payload });
  error.props.set('isBoom', { value: literal(true) });
  error.props.set('output', { value: output });
  return error;
}

const failureText = 'An internal server error occurred';

/** The reason phrase of a status: `BadRequest` in words. */
function phraseOf(status: number): string {
  if (status === 418) return "I'm a Teapot";
  const name = Object.entries(namedStatuses).find(([, code]) => code === status)?.[0] ?? 'Unknown';
  return name.replace(/([a-z])([A-Z])/g, '$1 $2');
}

/** `boomify(error, { statusCode, message })`: the same error with an answer; one that has an answer keeps it. */
function boomify(m: Machine, pkg: string, site: CallSite): Value | undefined {
  const [error, options] = site.args;
  if (!error) return undefined;
  const given = options?.kind === 'object' ? numberOf(m.get(options, 'statusCode', site.place)) : undefined;
  const isBoom = error.kind === 'object' && error.props.has('isBoom');
  if (isBoom && given === undefined) return error;
  const own = error.kind === 'object' ? m.get(error, 'message', site.place) : undefined;
  const message = options?.kind === 'object' ? m.get(options, 'message', site.place) : undefined;
  const made = boomError(pkg, given ?? 500, message && !isEmpty(message) ? message : own, site.place);
  if (made.kind !== 'object' || error.kind !== 'object') return made;
  return { ...error, props: new Map([...error.props, ...made.props]) };
}

const boom: PackageModel = {
  packages: ['@hapi/boom', 'boom'],
  call(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'boomify') return boomify(m, external.package, site);
    if (last === 'isBoom') {
      const [error] = site.args;
      return error?.kind === 'object' ? literal(error.props.has('isBoom')) : someBoolean();
    }
    const status = last === undefined ? undefined : boomNames[last];
    if (status !== undefined) return boomError(external.package, status, site.args[0], site.place);
    return undefined;
  },
  construct(m, external, site) {
    const options = site.args[1];
    const status = options?.kind === 'object' ? numberOf(m.get(options, 'statusCode', site.place)) : undefined;
    return boomError(external.package, status ?? 500, site.args[0], site.place);
  },
};

/** `http-status-codes` and `http-status`: names to numbers. */
const statusNames: PackageModel = {
  packages: ['http-status-codes', 'http-status'],
  member(_m, external) {
    const last = external.path.at(-1);
    const status = last === undefined ? undefined : (screaming[last] ?? namedStatuses[last]);
    return status === undefined ? undefined : literal(status);
  },
};

const screaming: Readonly<Record<string, number>> = {
  CONTINUE: 100,
  OK: 200,
  CREATED: 201,
  ACCEPTED: 202,
  NON_AUTHORITATIVE_INFORMATION: 203,
  NO_CONTENT: 204,
  RESET_CONTENT: 205,
  PARTIAL_CONTENT: 206,
  MULTI_STATUS: 207,
  MULTIPLE_CHOICES: 300,
  MOVED_PERMANENTLY: 301,
  MOVED_TEMPORARILY: 302,
  FOUND: 302,
  SEE_OTHER: 303,
  NOT_MODIFIED: 304,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
  ...Object.fromEntries(
    Object.entries(namedStatuses).map(([name, status]) => [
      name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase(),
      status,
    ]),
  ),
  REQUEST_TOO_LONG: 413,
  INSUFFICIENT_STORAGE: 507,
};

export const errorPackages: readonly PackageModel[] = [httpErrors, boom, statusNames];
