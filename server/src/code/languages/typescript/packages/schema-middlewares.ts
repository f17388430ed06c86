// Owns packages of middlewares that take zod schemas, and what turns zod's errors into others.
// It must not know how schemas are made.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { type CallSite, type PackageModel, someString, type Value } from '../value.ts';
import { errorObject } from './validators/check.ts';
import { partsOf, validating } from './validators/middlewares.ts';
import { objectSchema, schemaFor } from './validators/objects.ts';
import { type Schema, schemaOf } from './validators/schema.ts';

/** A schema, or an object of schemas that the package wraps. */
function read(m: Machine, value: Value, place: Place): Schema {
  return value.kind === 'object' && !schemaOf(value)
    ? objectSchema(m, value, place, 'allowed', true)
    : schemaFor(value, place);
}

function wholeRequest(m: Machine, site: CallSite, keep: boolean): Value | undefined {
  const parts = partsOf(m, site.args[0], (value, place) => read(m, value, place), site.place);
  return parts && validating('zod middleware', parts, { status: 400 }, site.place, keep);
}

function onePart(m: Machine, part: string, site: CallSite, keep: boolean): Value | undefined {
  const [schema] = site.args;
  return (
    schema &&
    validating('zod middleware', [{ part, schema: read(m, schema, site.place) }], { status: 400 }, site.place, keep)
  );
}

const suffixes: Readonly<Record<string, string>> = { Body: 'body', Query: 'query', Params: 'params' };

/** zod-express-middleware: `validate…` leaves the request as it is, `process…` puts the result in its place. */
const zodExpressMiddleware: PackageModel = {
  packages: ['zod-express-middleware', '@nashamri/zod-express-middleware'],
  call(m, external, site) {
    const name = external.path.at(-1) ?? '';
    const [, verb, suffix] = /^(validate|process)Request(\w*)$/.exec(name) ?? [];
    if (verb === undefined) return undefined;
    const keep = verb === 'validate';
    return suffix === '' || suffix === undefined
      ? wholeRequest(m, site, keep)
      : suffixes[suffix]
        ? onePart(m, suffixes[suffix], site, keep)
        : undefined;
  },
};

/** express-zod-safe: `validate({ body, query, params })`. */
const expressZodSafe: PackageModel = {
  packages: ['express-zod-safe'],
  call(m, external, site) {
    const last = external.path.at(-1);
    return last === undefined || last === 'default' || last === 'validate' ? wholeRequest(m, site, false) : undefined;
  },
};

/** zod-validation-error makes an error with a readable message of zod's. */
const zodValidationError: PackageModel = {
  packages: ['zod-validation-error'],
  call(_m, external, site) {
    const name = external.path.at(-1) ?? '';
    return /^(from|to)/.test(name)
      ? errorObject('zod-validation-error', 'ValidationError', { message: someString() }, site.place)
      : undefined;
  },
};

export const schemaMiddlewarePackages: readonly PackageModel[] = [
  zodExpressMiddleware,
  expressZodSafe,
  zodValidationError,
];
