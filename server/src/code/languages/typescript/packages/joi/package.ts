// Owns Joi's exports and its validation, and the middlewares that are made of Joi schemas.
// It must not know how methods change a schema.

import type { Place } from '../../../../../base/place.ts';
import { stringShape } from '../../../../../shape/shape.ts';
import { classNames } from '../../classes.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  type PackageModel,
  someBoolean,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { check, errorObject, issueList, mayThrow } from '../validators/check.ts';
import { fail, partsOf, validating } from '../validators/middlewares.ts';
import { resultOf } from '../validators/results.ts';
import { DescribedSchema, type Schema } from '../validators/schema.ts';
import { compile, joiMethod, makeJoi, withOptions } from './schemas.ts';

const joiModel: Model = {
  name: 'joi schema',
  method: (m, self, key, site) => callSchema(m, (self.data as DescribedSchema).schema, key, site),
};

function joiSchema(schema: Schema, place: Place): NativeValue {
  return native(joiModel, new DescribedSchema(schema), place);
}

function callSchema(m: Machine, schema: Schema, key: string, site: CallSite): Value | undefined {
  const [first, second] = site.args;
  switch (key) {
    case '[escape]':
      return undefinedValue;
    case 'validate':
      return validated(
        m,
        withOptions(m, schema, second),
        first,
        site,
        site.args.find((argument) => argument.kind === 'function'),
      );
    case 'validateAsync':
    case 'attempt':
      return attempted(m, withOptions(m, schema, second), first, site);
    case 'describe':
    case 'extract':
      return unknown('spread-or-any', site.place);
    default: {
      const next = joiMethod(m, schema, key, site);
      return next ? joiSchema(next, site.place) : undefined;
    }
  }
}

/** `validate` gives `{ value, error }`; before version 16 it took a callback. */
function validated(m: Machine, schema: Schema, input: Value | undefined, site: CallSite, callback?: Value): Value {
  check(m, schema, input ?? undefinedValue, site.place);
  const value = resultOf(m, schema);
  const error = validationError('joi', site.place);
  if (callback)
    return m.choose(
      [
        [error, value],
        [undefinedValue, value],
      ].map((args) => () => m.call(callback, { ...site, args, argPlaces: [] })),
    );
  return objectOf({ value, error: join([error, undefinedValue]), warning: undefinedValue }, site.place);
}

function attempted(m: Machine, schema: Schema, input: Value | undefined, site: CallSite): Value {
  mayThrow(m, check(m, schema, input ?? undefinedValue, site.place), validationError('joi', site.place), site.place);
  return resultOf(m, schema);
}

/** Joi's own error; `isJoi` is how much code tells it from others. */
export function validationError(
  packageName: string,
  place: Place,
  fields: Readonly<Record<string, Value>> = {},
): Value {
  return errorObject(
    packageName,
    'ValidationError',
    { details: issueList({ type: stringShape() }), isJoi: literal(true), ...fields },
    place,
  );
}

/** The way from Joi itself, whatever the import was called. */
function nameIn(path: readonly string[]): readonly string[] {
  return path.filter((part) => part !== 'default' && part !== 'Joi' && !part.startsWith('/'));
}

export const joiPackage: PackageModel = {
  packages: ['joi', '@hapi/joi', 'joi-oid'],
  call: (m, external, site) => callJoi(m, external, site),
  construct: (_m, external, site) =>
    external.path.at(-1) === 'ValidationError' ? validationError('joi', site.place) : undefined,
};

function callJoi(m: Machine, external: ExternalValue, site: CallSite): Value | undefined {
  const [name, more] = nameIn(external.path);
  if (name === undefined || more !== undefined) return undefined;
  const [first, second, third] = site.args;
  switch (name) {
    case 'extend':
    case 'defaults':
      return { kind: 'external', package: external.package, path: ['default'], place: site.place };
    case 'validate':
      return validated(
        m,
        withOptions(m, compile(m, second, site.place), third),
        first,
        site,
        site.args.find((argument) => argument.kind === 'function'),
      );
    case 'attempt':
    case 'assert':
      return attempted(m, compile(m, second, site.place), first, site);
    case 'ref':
    case 'expression':
    case 'in':
      return unknown('spread-or-any', site.place);
    case 'isSchema':
    case 'isError':
      return someBoolean();
    default: {
      const schema = makeJoi(m, name, site);
      return schema ? joiSchema(schema, site.place) : undefined;
    }
  }
}

// Middlewares ------------------------------------------------------------------------------------------------------------

const segments: Readonly<Record<string, string>> = {
  BODY: 'body',
  QUERY: 'query',
  PARAMS: 'params',
  HEADERS: 'headers',
  COOKIES: 'cookies',
  SIGNEDCOOKIES: 'signedCookies',
};

function celebrateError(place: Place): Value {
  return errorObject(
    'celebrate',
    'CelebrateError',
    { message: literal('Validation failed'), details: unknown('spread-or-any', place) },
    place,
  );
}

/** celebrate checks segments with Joi and hands a CelebrateError on, which its `errors()` answers with 400. */
export const celebratePackage: PackageModel = {
  packages: ['celebrate'],
  member(_m, external) {
    const [first, second] = nameIn(external.path);
    return first === 'Segments' && second !== undefined && segments[second] ? literal(segments[second]) : undefined;
  },
  call(m, external, site) {
    if (external.path.includes('Joi')) return callJoi(m, external, site);
    switch (external.path.at(-1)) {
      case 'celebrate':
        return celebrated(m, site.args[0], site);
      case 'celebrator':
        return nativeFunction('celebrator', (machine, inner) => celebrated(machine, inner.args[0], inner));
      case 'errors':
        return answeringErrors(site);
      case 'isCelebrateError': {
        const names = site.args[0] ? classNames(site.args[0]) : [];
        return site.args[0]?.kind === 'object' ? literal(names.includes('CelebrateError')) : someBoolean();
      }
      default:
        return undefined;
    }
  },
};

function celebrated(m: Machine, parts: Value | undefined, site: CallSite): Value | undefined {
  const read = partsOf(m, parts, (value, place) => compile(m, value, place), site.place);
  return read && validating('celebrate', read, { error: celebrateError }, site.place);
}

function answeringErrors(site: CallSite): Value {
  const options = site.args[0];
  const status = options?.kind === 'object' ? options.props.get('statusCode')?.value : undefined;
  const code = status?.kind === 'literal' && typeof status.value === 'number' ? status.value : 400;
  return native(
    {
      name: 'error mapper',
      call(m, _self, inner) {
        const [error, request, , next] = inner.args;
        const isOurs = error !== undefined && classNames(error).includes('CelebrateError');
        if (!isOurs)
          return next
            ? m.call(next, { ...inner, args: error ? [error] : [], argPlaces: [site.place] })
            : undefinedValue;
        fail(m, { ...inner, args: request ? [request] : [], place: site.place }, { status: code });
        return undefinedValue;
      },
    },
    undefined,
    site.place,
  );
}

/** express-validation hands on an error that carries its status. */
export const expressValidationPackage: PackageModel = {
  packages: ['express-validation'],
  call(m, external, site) {
    if (external.path.includes('Joi')) return callJoi(m, external, site);
    const last = external.path.at(-1);
    if (last !== undefined && last !== 'validate' && last !== 'default') return undefined;
    const read = partsOf(m, site.args[0], (value, place) => compile(m, value, place), site.place);
    const error = (place: Place): Value =>
      validationError('express-validation', place, { statusCode: literal(400), status: literal(400) });
    return read && validating('express-validation', read, { error }, site.place);
  },
};

const validatorParts: Readonly<Record<string, string>> = {
  body: 'body',
  query: 'query',
  params: 'params',
  headers: 'headers',
  fields: 'body',
};

/** express-joi-validation: `createValidator().body(schema)`. */
export const expressJoiValidationPackage: PackageModel = {
  packages: ['express-joi-validation'],
  call(_m, external, site) {
    if (external.path.at(-1) !== 'createValidator') return undefined;
    const [options] = site.args;
    const passes = options?.kind === 'object' ? options.props.get('passError')?.value : undefined;
    const passing = passes?.kind === 'literal' && passes.value === true;
    const failure = passing
      ? {
          error: (place: Place) =>
            objectOf({ type: unknown('spread-or-any'), error: validationError('joi', place) }, place),
        }
      : { status: 400 };
    return objectOf(
      Object.fromEntries(
        Object.entries(validatorParts).map(([key, part]) => [
          key,
          nativeFunction(key, (machine, inner) =>
            validating(
              'express-joi-validation',
              [{ part, schema: compile(machine, inner.args[0], inner.place) }],
              failure,
              inner.place,
            ),
          ),
        ]),
      ),
      site.place,
    );
  },
};
