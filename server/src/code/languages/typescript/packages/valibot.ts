// Owns valibot: schemas and actions as functions, pipes, and parsing.
// It must not know middlewares.

import type { Place } from '../../../../base/place.ts';
import {
  booleanShape,
  neverShape,
  nullShape,
  numberShape,
  stringShape,
  unknownShape,
} from '../../../../shape/shape.ts';
import { join } from '../join.ts';
import type { Machine } from '../machine.ts';
import { typedValue } from '../typed-values.ts';
import {
  type CallSite,
  type Model,
  native,
  nativeFunction,
  objectOf,
  type PackageModel,
  someBoolean,
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
import {
  DescribedSchema,
  type ScalarShape,
  type Schema,
  scalar,
  schemaOf,
  unknownSchema,
} from './validators/schema.ts';
import { inputShape, outputShape } from './validators/shapes.ts';
import { mapped, tried } from './zod/methods.ts';

/** An action of a pipe: a check by name, or a transformation. */
class Action {
  constructor(
    readonly name: string,
    readonly site: CallSite,
  ) {}
}

const valibotModel: Model = {
  name: 'valibot schema',
  get: (_m, self, key, place) =>
    key === 'entries' ? fieldsAsObject((self.data as DescribedSchema).schema, valibotSchema, place) : undefined,
  method: (_m, _self, key) => (key === '[escape]' ? undefinedValue : undefined),
};

function valibotSchema(schema: Schema, place: Place): Value {
  return native(valibotModel, new DescribedSchema(schema), place);
}

/** Valibot's actions by zod's names; empty for those that leave the form alone. */
const actions: Readonly<Record<string, string>> = {
  minLength: 'min',
  maxLength: 'max',
  length: 'length',
  nonEmpty: 'nonempty',
  email: 'email',
  rfcEmail: 'email',
  url: 'url',
  uuid: 'uuid',
  isoDate: 'date',
  isoTime: 'time',
  isoTimestamp: 'datetime',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  regex: 'regex',
  integer: 'int',
  minValue: 'min',
  maxValue: 'max',
  gtValue: 'gt',
  ltValue: 'lt',
  multipleOf: 'multipleOf',
  finite: 'finite',
  safeInteger: 'int',
  trim: '',
  toLowerCase: '',
  toUpperCase: '',
  check: '',
  rawCheck: '',
  partialCheck: '',
  forward: '',
  description: '',
  title: '',
  metadata: '',
  brand: '',
  readonly: '',
  startsWith: '',
  endsWith: '',
  includes: '',
  custom: '',
  isoDateTime: '',
  cuid2: '',
  ulid: '',
  nanoid: '',
  digits: '',
  decimal: '',
};

/** Actions that check nothing. */
const wording = new Set(['description', 'title', 'metadata', 'brand', 'readonly']);

const conversions = new Set(['transform', 'rawTransform', 'toNumber', 'toBoolean', 'toDate', 'toString']);

export const valibotPackage: PackageModel = {
  packages: ['valibot'],
  call(m, external, site) {
    const [name, more] = external.path.filter((part) => part !== 'default' && part !== 'v');
    if (name === undefined || more !== undefined) return undefined;
    if (name in actions || conversions.has(name))
      return native({ name: 'valibot action' }, new Action(name, site), site.place);
    const applied = parsing(m, name, site.args[0], site.args[1], site);
    if (applied) return applied;
    const schema = made(m, name, site);
    return schema && valibotSchema(schema, site.place);
  },
  type(m, path, args) {
    const name = path.at(-1);
    const schema = args[0] ? schemaOf(typedValue(m, args[0])) : undefined;
    if (!schema) return undefined;
    if (name === 'InferInput' || name === 'Input') return inputShape(schema);
    return name === 'InferOutput' || name === 'Output' ? outputShape(schema) : undefined;
  },
};

function parsing(
  m: Machine,
  name: string,
  first: Value | undefined,
  input: Value | undefined,
  site: CallSite,
): Value | undefined {
  const schema = schemaOf(first);
  if (!schema) return undefined;
  const given = input ?? undefinedValue;
  switch (name) {
    case 'parse':
    case 'parseAsync':
      mayThrow(m, check(m, schema, given, site.place), valiError(site.place), site.place);
      return resultOf(m, schema);
    case 'safeParse':
    case 'safeParseAsync':
      check(m, schema, given, site.place);
      return objectOf(
        { success: someBoolean(), output: resultOf(m, schema), issues: join([issueList(), undefinedValue]) },
        site.place,
      );
    case 'is':
      check(m, schema, given, site.place);
      return someBoolean();
    case 'assert':
      mayThrow(m, check(m, schema, given, site.place), valiError(site.place), site.place);
      return undefinedValue;
    case 'parser':
      return nativeFunction(name, (machine, inner) => parsing(machine, 'parse', first, inner.args[0], inner));
    case 'safeParser':
      return nativeFunction(name, (machine, inner) => parsing(machine, 'safeParse', first, inner.args[0], inner));
    default:
      return undefined;
  }
}

function valiError(place: Place): Value {
  return errorObject('valibot', 'ValiError', { issues: issueList() }, place);
}

function made(m: Machine, name: string, site: CallSite): Schema | undefined {
  const { place } = site;
  const [first, second] = site.args;
  switch (name) {
    case 'string':
      return scalar(stringShape(place), place);
    case 'number':
      return scalar(numberShape(place), place);
    case 'bigint':
      return scalar(numberShape(place, { integer: true }), place);
    case 'boolean':
      return scalar(booleanShape(place), place);
    case 'null':
    case 'null_':
      return scalar(nullShape(place), place);
    case 'undefined':
    case 'undefined_':
    case 'never':
    case 'void':
    case 'void_':
      return scalar(neverShape, place, { optional: true });
    case 'any':
    case 'unknown':
      return scalar(unknownShape(undefined, place), place, { optional: true });
    case 'picklist':
    case 'enum':
    case 'enum_':
      return constants(m, first, place);
    case 'literal':
      return first ? constants(m, { kind: 'array', items: [first] }, place) : undefined;
    case 'object':
      return objectSchema(m, first, place, 'allowed', true);
    case 'strictObject':
      return objectSchema(m, first, place, 'none', true);
    case 'looseObject':
      return objectSchema(m, first, place, 'allowed', false);
    case 'objectWithRest':
      return objectMethod(m, objectSchema(m, first, place, 'allowed', false), 'catchall', {
        ...site,
        args: site.args.slice(1),
      });
    default:
      return composed(m, name, first, second, site);
  }
}

function composed(
  m: Machine,
  name: string,
  first: Value | undefined,
  second: Value | undefined,
  site: CallSite,
): Schema | undefined {
  const { place } = site;
  const inner = schemaFor(first, place);
  const list = (items: Value | undefined): readonly Schema[] | undefined =>
    items?.kind === 'array' && !items.rest ? items.items.map((item) => schemaFor(item, place)) : undefined;
  const rest: CallSite = { ...site, args: site.args.slice(1), argPlaces: site.argPlaces.slice(1) };
  switch (name) {
    case 'pipe':
    case 'pipeAsync':
      return rest.args.reduce((current, step) => applied(m, current, step, place), inner);
    case 'optional':
    case 'exactOptional':
    case 'undefinedable':
    case 'nullish':
    case 'nullable': {
      const absent = name === 'nullable' ? {} : second ? { fallback: fallbackOf(m, second, site) } : { optional: true };
      return { ...inner, ...absent, nullable: inner.nullable || name === 'nullable' || name === 'nullish', place };
    }
    case 'nonOptional':
      return { ...inner, optional: false };
    case 'fallback':
      return {
        body: { kind: 'pipe', first: unknownSchema('whatever fails is replaced', place), second: inner },
        place,
        optional: false,
        fallback: second ? (constantOf(m, second) ?? {}) : {},
      };
    case 'array':
      return { body: { kind: 'array', items: inner }, place, optional: false };
    case 'record':
      return { body: { kind: 'record', keys: inner, values: schemaFor(second, place) }, place, optional: false };
    case 'union':
    case 'variant': {
      const options = list(name === 'variant' ? second : first);
      return options
        ? { body: { kind: 'union', options }, place, optional: false }
        : unknownSchema('spread-or-any', place);
    }
    case 'intersect': {
      const parts = list(first);
      return parts
        ? { body: { kind: 'intersection', parts }, place, optional: false }
        : unknownSchema('spread-or-any', place);
    }
    case 'partial':
    case 'required':
    case 'pick':
    case 'omit':
      return objectMethod(m, inner, name, rest) ?? unknownSchema('spread-or-any', place);
    case 'lazy':
      return {
        body: { kind: 'lazy', resolve: () => (first ? schemaOf(tried(m, first, [], site)) : undefined) },
        place,
        optional: undefined,
      };
    case 'date':
    case 'instance':
    case 'map':
    case 'set':
    case 'file':
    case 'blob':
    case 'tuple':
    case 'strictTuple':
    case 'looseTuple':
      return unknownSchema('no form in JSON', place);
    default:
      return undefined;
  }
}

function fallbackOf(m: Machine, value: Value, site: CallSite): { readonly value?: unknown } {
  return constantOf(m, value.kind === 'function' ? tried(m, value, [], site) : value) ?? {};
}

/** One step of a pipe: a check, a transformation, or another schema for the result. */
function applied(m: Machine, schema: Schema, step: Value, place: Place): Schema {
  const next = schemaOf(step);
  if (next) return { body: { kind: 'pipe', first: schema, second: next }, place, optional: false };
  const action = step.kind === 'native' ? step.data : undefined;
  if (!(action instanceof Action)) return { ...schema, refined: true };
  if (action.name === 'transform') return mapped(m, schema, action.site.args[0], action.site);
  if (conversions.has(action.name))
    return { body: { kind: 'mapped', inner: schema, output: () => converted(action) }, place, optional: false };
  const name = actions[action.name];
  if (wording.has(action.name)) return schema;
  const checked = name ? checkScalar(schema, name, action.site) : undefined;
  return checked ? { ...checked, place } : { ...schema, refined: true };
}

function converted(action: Action): Value {
  if (action.name === 'toNumber')
    return { kind: 'unknown', reason: 'spread-or-any', shape: numberShape(action.site.place) };
  if (action.name === 'toBoolean')
    return { kind: 'unknown', reason: 'spread-or-any', shape: booleanShape(action.site.place) };
  return unknown('spread-or-any', action.site.place);
}

function constants(m: Machine, value: Value | undefined, place: Place): Schema {
  const items =
    value?.kind === 'array' && !value.rest
      ? value.items
      : value?.kind === 'object' && !value.open
        ? [...value.props.values()].map((cell) => m.force(cell))
        : undefined;
  const shape = items ? shapeOfConstants(items, place) : undefined;
  if (!shape || shape.kind === 'union') return unknownSchema('spread-or-any', place);
  return scalar(shape as ScalarShape, place);
}
