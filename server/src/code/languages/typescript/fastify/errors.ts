// Owns the errors that Fastify and its packages make: which status and code they carry.
// It must not know how they are answered.

import type { Place } from '../../../../base/place.ts';
import { provenAbsent } from '../absences.ts';
import type { Machine } from '../machine.ts';
import { namedStatuses } from '../packages/errors.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  type Model,
  native,
  numberOf,
  type ObjectValue,
  type PackageModel,
  someString,
  textOf,
  type Value,
} from '../value.ts';

/** `notFound` to `NotFound`, for the names of statuses that `@fastify/sensible` offers in camel case. */
export function statusNamed(key: string): number | undefined {
  return namedStatuses[key.charAt(0).toUpperCase() + key.slice(1)];
}

/** An error as the framework makes it. */
export function frameworkError(
  status: number,
  code: string,
  place: Place,
  facts: Readonly<Record<string, Value>> = {},
): ObjectValue {
  const cls: ExternalValue = { kind: 'external', package: ':language', path: ['Error'] };
  const fields: Record<string, Value> = {
    statusCode: literal(status),
    code: literal(code),
    message: someString(),
    name: literal('FastifyError'),
    ...facts,
  };
  return {
    kind: 'object',
    cls,
    place,
    places: new Map(),
    props: new Map(Object.entries(fields).map(([key, value]) => [key, { value }])),
  };
}

/** Records that an error may be thrown here, while the present path goes on. */
export function mayThrow(m: Machine, value: Value, place: Place): void {
  m.thrown.push({ value, place, via: [...m.steps], absent: provenAbsent(m), status: m.statusNow?.() });
}

/** An `http-errors` error by the name that `@fastify/sensible` gives its maker. */
export function httpErrorOf(m: Machine, key: string, site: CallSite): Value | undefined {
  const model = m.model('http-errors');
  const name =
    key === 'createError' || key === 'getHttpError' ? 'createError' : key.charAt(0).toUpperCase() + key.slice(1);
  return model?.call?.(m, { kind: 'external', package: 'http-errors', path: [name] }, site);
}

/** `instance.httpErrors`. */
export const httpErrors: Value = native(
  {
    name: 'httpErrors',
    get: (_m, _self, key) =>
      key.endsWith('Error') && key !== 'createError'
        ? { kind: 'external', package: 'http-errors', path: [key] }
        : undefined,
    method: (m, _self, key, site) => httpErrorOf(m, key, site),
  } satisfies Model,
  undefined,
);

const classPath = '[[class]]';

/** `createError(code, message, status)` of `@fastify/error`: a class, kept as an external value so that `instanceof` can tell it. */
export const fastifyErrorPackage: PackageModel = {
  packages: ['@fastify/error', 'fastify-error'],
  call(_m, external, site) {
    if (external.path[0] === classPath) return errorOfClass(external, site);
    const code = textOf(site.args[0]);
    if (code === undefined) return undefined;
    const status = site.args[2] === undefined ? 500 : numberOf(site.args[2]);
    return {
      kind: 'external',
      package: external.package,
      path: [classPath, String(status ?? ''), code],
      place: site.place,
    };
  },
  construct(_m, external, site) {
    return external.path[0] === classPath ? errorOfClass(external, site) : undefined;
  },
};

function errorOfClass(external: ExternalValue, site: CallSite): Value {
  const [, status = '', code = ''] = external.path;
  const error = frameworkError(Number(status), code, site.place);
  if (status === '') error.props.delete('statusCode');
  return { ...error, cls: external };
}

/** Whether a value is an error, so that sending it means throwing it. */
export function isErrorValue(value: Value): boolean {
  if (value.kind === 'unknown') return value.caught === true;
  if (value.kind !== 'object') return false;
  let current: Value | undefined = value.cls;
  for (let hops = 0; current && hops < 12; hops++) {
    if (current.kind === 'external')
      return (
        current.package === ':language' ||
        current.path.some((part) => /Error$/.test(part)) ||
        current.path[0] === classPath
      );
    if (current.kind === 'native') return current.model.name === 'Error';
    current = current.kind === 'class' ? current.parent : undefined;
  }
  return false;
}
