// Owns yup: its schemas, which cast before they check, and its validation.
// It must not know middlewares.

import type { Place } from '../../../../base/place.ts';
import { booleanShape, numberShape, stringShape, unknownShape } from '../../../../shape/shape.ts';
import type { Machine } from '../machine.ts';
import { typedValue } from '../typed-values.ts';
import {
  type CallSite,
  isEmpty,
  type Model,
  native,
  type PackageModel,
  someBoolean,
  someString,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { shapeOfConstants } from './json-schema.ts';
import { check, errorObject, issueList, mayThrow } from './validators/check.ts';
import { constantOf } from './validators/constants.ts';
import { fieldsAsObject, objectMethod, objectSchema, schemaFor } from './validators/objects.ts';
import { resultOf } from './validators/results.ts';
import { checkScalar } from './validators/scalars.ts';
import { DescribedSchema, type ScalarShape, type Schema, scalar, schemaOf } from './validators/schema.ts';
import { outputShape } from './validators/shapes.ts';

const yupModel: Model = {
  name: 'yup schema',
  get: (_m, self, key, place) =>
    key === 'fields' ? fieldsAsObject((self.data as DescribedSchema).schema, yupSchema, place) : undefined,
  method: (m, self, key, site) => callSchema(m, (self.data as DescribedSchema).schema, key, site),
};

function yupSchema(schema: Schema, place: Place): Value {
  return native(yupModel, new DescribedSchema(schema), place);
}

export const yupPackage: PackageModel = {
  packages: ['yup'],
  call(m, external, site) {
    const [name, more] = external.path.filter((part) => part !== 'default' && part !== 'yup' && part !== 'Yup');
    if (name === undefined || more !== undefined) return undefined;
    const schema = made(m, name, site);
    return schema && yupSchema(schema, site.place);
  },
  construct: (_m, external, site) =>
    external.path.at(-1) === 'ValidationError' ? validationError(site.place) : undefined,
  type(m, path, args) {
    const name = path.at(-1);
    const value =
      (name === 'InferType' || name === 'Asserts') && args[0] ? schemaOf(typedValue(m, args[0])) : undefined;
    return value && outputShape(value);
  },
};

function made(m: Machine, name: string, site: CallSite): Schema | undefined {
  const { place } = site;
  const [first] = site.args;
  const facts = { optional: true } as const;
  switch (name) {
    case 'string':
      return scalar(stringShape(place), place, { ...facts, coerces: 'string' });
    case 'number':
      return scalar(numberShape(place), place, { ...facts, coerces: 'number' });
    case 'boolean':
    case 'bool':
      return scalar(booleanShape(place), place, { ...facts, coerces: 'boolean' });
    case 'date':
      return {
        body: { kind: 'scalar', shape: stringShape(place), output: stringShape(place, { format: 'date-time' }) },
        place,
        ...facts,
        coerces: 'date',
      };
    case 'mixed':
      return scalar(unknownShape(undefined, place), place, facts);
    case 'array':
      return { body: { kind: 'array', items: schemaFor(first, place) }, place, ...facts };
    case 'tuple':
      return {
        body: { kind: 'array', items: { body: { kind: 'unknown', reason: 'a tuple' }, optional: undefined } },
        place,
        ...facts,
      };
    case 'object':
      // An absent object becomes one of its fields' defaults, and those are checked: absence may be rejected.
      return { ...objectSchema(m, first, place, 'allowed', false), optional: undefined };
    case 'lazy':
      return { body: { kind: 'unknown', reason: 'a schema made at run time' }, place, optional: undefined };
    default:
      return undefined;
  }
}

/** Yup's names for checks that zod names otherwise. */
const renamed: Readonly<Record<string, string>> = {
  matches: 'regex',
  integer: 'int',
  moreThan: 'gt',
  lessThan: 'lt',
  lowercase: 'trim',
  uppercase: 'trim',
};

function callSchema(m: Machine, schema: Schema, key: string, site: CallSite): Value | undefined {
  const [first] = site.args;
  switch (key) {
    case '[escape]':
      return undefinedValue;
    case 'validate':
    case 'validateSync':
      mayThrow(m, check(m, schema, first ?? undefinedValue, site.place), validationError(site.place), site.place);
      return resultOf(m, schema);
    case 'isValid':
    case 'isValidSync':
      check(m, schema, first ?? undefinedValue, site.place);
      return someBoolean();
    case 'cast':
      return resultOf(m, schema);
    case 'validateAt':
    case 'validateSyncAt':
    case 'describe':
      return unknown('spread-or-any', site.place);
    default:
      return yupSchema(changed(m, schema, key, site), site.place);
  }
}

function changed(m: Machine, schema: Schema, key: string, site: CallSite): Schema {
  const { place } = site;
  const [first] = site.args;
  switch (key) {
    case 'required':
      return { ...schema, optional: false, nullable: false, place };
    case 'defined':
      return { ...schema, optional: false, place };
    case 'optional':
    case 'notRequired':
      return { ...schema, optional: true, nullable: key === 'notRequired' || schema.nullable, place };
    case 'nullable':
      return { ...schema, nullable: !(first?.kind === 'literal' && first.value === false), place };
    case 'nonNullable':
      return { ...schema, nullable: false };
    case 'default':
      return { ...schema, fallback: first ? (constantOf(m, first) ?? {}) : {}, place };
    case 'oneOf':
    case 'equals':
      return oneOf(schema, first, place);
    case 'of':
      return schema.body.kind === 'array'
        ? { ...schema, body: { ...schema.body, items: schemaFor(first, place) }, place }
        : schema;
    case 'shape':
      return objectMethod(m, schema, 'extend', site) ?? schema;
    case 'noUnknown':
      return objectMethod(m, schema, 'strict', site) ?? schema;
    case 'concat':
      return objectMethod(m, schema, 'extend', site) ?? { ...schema, refined: true };
    case 'strict':
      return { ...schema, coerces: undefined };
    case 'when':
      return { ...schema, optional: undefined, refined: true };
    case 'label':
    case 'meta':
    case 'typeError':
    case 'strip':
    case 'stripUnknown':
      return schema;
    case 'transform':
    case 'ensure':
      return {
        ...schema,
        body: { kind: 'prepared', inner: schema, given: () => unknown('spread-or-any', place) },
        place,
      };
    default:
      return (
        objectMethod(m, schema, key, site) ??
        checkScalar(schema, renamed[key] ?? key, site) ?? { ...schema, refined: true }
      );
  }
}

function oneOf(schema: Schema, list: Value | undefined, place: Place): Schema {
  const items = list?.kind === 'array' && !list.rest ? list.items : undefined;
  if (!items || items.some((item) => item.kind !== 'literal'))
    return { ...schema, body: { kind: 'unknown', reason: 'spread-or-any' }, place };
  const isNothing = (item: Value): boolean => isEmpty(item);
  const shape = shapeOfConstants(
    items.filter((item) => !isNothing(item)),
    place,
  );
  const nullable = schema.nullable || items.some((item) => item.kind === 'literal' && item.value === null);
  return {
    ...schema,
    nullable,
    place,
    coerces: undefined,
    body:
      shape.kind === 'union'
        ? { kind: 'unknown', reason: 'mixed constants' }
        : { kind: 'scalar', shape: shape as ScalarShape },
  };
}

function validationError(place: Place): Value {
  return errorObject(
    'yup',
    'ValidationError',
    {
      errors: { kind: 'array', items: [], rest: someString() },
      inner: issueList(),
      path: someString(),
    },
    place,
  );
}
