// Owns zod's exports: how schemas are made, by every way in which the package is imported, and its types.
// It must not know requests; parsing is `methods.ts`.

import type { Place } from '../../../../../base/place.ts';
import {
  booleanShape,
  neverShape,
  nullShape,
  numberShape,
  type Shape,
  stringShape,
  unknownShape,
} from '../../../../../shape/shape.ts';
import type { Machine } from '../../machine.ts';
import { typedValue } from '../../typed-values.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  type PackageModel,
  shaped,
  someString,
  type TypeReference,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { shapeOfConstants } from '../json-schema.ts';
import { objectSchema, schemaFor } from '../validators/objects.ts';
import { resultOf } from '../validators/results.ts';
import { formats, isFormat } from '../validators/scalars.ts';
import { type ScalarShape, type Schema, scalar, schemaOf, unknownSchema } from '../validators/schema.ts';
import { inputShape, outputShape } from '../validators/shapes.ts';
import { mapped, parse, tried, zodCheck, zodError, zodModel, zodSchema } from './methods.ts';

/** The way from zod's own namespace, whatever the import was called. */
function nameIn(path: readonly string[]): readonly string[] {
  return path.filter((part) => !part.startsWith('/') && part !== 'z' && part !== 'default' && part !== 'iso');
}

/** Members that are schemas without being called, or that only name things. */
function memberOf(external: ExternalValue): Value | undefined {
  const name = nameIn(external.path);
  const [first, second] = name;
  if (first === 'ZodIssueCode' && second !== undefined) return literal(second);
  // Whoever gives it has added an issue before, so that the value goes nowhere.
  return first === 'NEVER' ? shaped(neverShape) : undefined;
}

export const zodPackage: PackageModel = {
  packages: ['zod', '@hono/zod-openapi', 'zod-openapi', '@asteasolutions/zod-to-openapi'],
  member: (_m, external) => memberOf(external),
  call(m, external, site) {
    const name = nameIn(external.path);
    const [first, second] = name;
    if (first === undefined) return undefined;
    if (first === 'coerce' && second !== undefined) return made(coerced(second, site.place), site);
    if (name.length > 1) return undefined;
    return helper(m, first, site) ?? made(constructed(m, first, site, external), site);
  },
  construct(_m, external, site) {
    const last = external.path.at(-1);
    return last === 'ZodError' || last === 'ZodRealError' ? zodError(site.place) : undefined;
  },
  type: (m, path, args) => shapeOfType(m, nameIn(path), args),
  instance(m, path, args) {
    const [name] = nameIn(path);
    if (name !== 'infer' && name !== 'output' && name !== 'TypeOf') return undefined;
    const schema = schemaOfType(m, args);
    return schema ? resultOf(m, schema) : undefined;
  },
};

function made(schema: Schema | undefined, site: CallSite): Value | undefined {
  return schema ? zodSchema(schema, site.place) : undefined;
}

function schemaOfType(m: Machine, args: readonly TypeReference[]): Schema | undefined {
  const [argument] = args;
  const value = argument ? typedValue(m, argument) : undefined;
  return value ? schemaOf(value) : undefined;
}

function shapeOfType(m: Machine, name: readonly string[], args: readonly TypeReference[]): Shape | undefined {
  const [type] = name;
  if (type !== 'infer' && type !== 'output' && type !== 'TypeOf' && type !== 'input') return undefined;
  const schema = schemaOfType(m, args);
  if (!schema) return undefined;
  return type === 'input' ? inputShape(schema) : outputShape(schema);
}

/** Functions that take a schema first: zod mini's, and v4's at the top of the package. */
function helper(m: Machine, name: string, site: CallSite): Value | undefined {
  const [first, second] = site.args;
  if (/^(format|prettify|treeify|flatten)Error$/.test(name))
    return name === 'prettifyError' ? someString() : unknown('spread-or-any', site.place);
  if (['config', 'setErrorMap', 'extendZodWithOpenApi', 'registry', 'locales', 'getErrorMap'].includes(name))
    return undefinedValue;
  if (name === 'toJSONSchema') return undefined;
  if (checks.has(name)) return zodCheck(name, site);
  const schema = schemaOf(first);
  if (!schema || !first) return undefined;
  const parsed = parse(m, schema, name, site, second);
  if (parsed) return parsed;
  if (!chained.has(name)) return undefined;
  const rest: CallSite = { ...site, args: site.args.slice(1), argPlaces: site.argPlaces.slice(1) };
  return first.kind === 'native' ? zodModel.method?.(m, first, name, rest) : undefined;
}

/** Mini's checks, which `schema.check(…)` takes. */
const checks = new Set([
  'minLength',
  'maxLength',
  'length',
  'regex',
  'minimum',
  'maximum',
  'gt',
  'gte',
  'lt',
  'lte',
  'positive',
  'negative',
  'nonnegative',
  'nonpositive',
  'multipleOf',
  'trim',
  'toLowerCase',
  'toUpperCase',
]);

/** Mini's spellings of methods. */
const chained = new Set([
  'optional',
  'nullable',
  'nullish',
  'nonoptional',
  '_default',
  'prefault',
  'catch',
  'pipe',
  'extend',
  'safeExtend',
  'merge',
  'pick',
  'omit',
  'partial',
  'required',
  'catchall',
  'keyof',
  'readonly',
  'describe',
  'refine',
]);

function coerced(name: string, place: Place): Schema | undefined {
  switch (name) {
    case 'string':
      return scalar(stringShape(place), place, { coerces: 'string', coercesAll: true, optional: undefined });
    case 'number':
      return scalar(numberShape(place), place, { coerces: 'number', coercesAll: true });
    case 'bigint':
      return scalar(numberShape(place, { integer: true }), place, { coerces: 'number', coercesAll: true });
    case 'boolean':
      // Every value is true or false to JavaScript, so nothing is ever rejected.
      return { ...taking(unknownShape('converted from anything', place), booleanShape(place), place), optional: true };
    case 'date':
      return {
        ...taking(stringShape(place), stringShape(place, { format: 'date-time' }), place),
        coerces: 'date',
        coercesAll: true,
      };
    default:
      return undefined;
  }
}

function taking(shape: ScalarShape, output: Shape, place: Place): Schema {
  return { body: { kind: 'scalar', shape, output }, place, optional: false };
}

function constructed(m: Machine, name: string, site: CallSite, external: ExternalValue): Schema | undefined {
  const { place } = site;
  const [first, second] = site.args;
  switch (name) {
    case 'string':
      return external.path.includes('iso') ? undefined : scalar(stringShape(place), place);
    case 'number':
    case 'float32':
    case 'float64':
      return scalar(numberShape(place), place);
    case 'int':
    case 'int32':
    case 'uint32':
    case 'bigint':
    case 'int64':
      return scalar(numberShape(place, { integer: true }), place);
    case 'boolean':
      return scalar(booleanShape(place), place);
    case 'stringbool':
      return taking(stringShape(place), booleanShape(place), place);
    case 'date':
      if (external.path.includes('iso')) return scalar(stringShape(place, { format: 'date' }), place);
      // JSON has no dates, so that what passes cannot be said in it.
      return taking(unknownShape('a Date', place), stringShape(place, { format: 'date-time' }), place);
    case 'null':
      return scalar(nullShape(place), place);
    case 'undefined':
    case 'void':
      return scalar(neverShape, place, { optional: true });
    case 'never':
      return scalar(neverShape, place, { optional: true });
    case 'any':
    case 'unknown':
    case 'json':
      return scalar(unknownShape(undefined, place), place, { optional: name !== 'json' });
    case 'enum':
    case 'nativeEnum':
      return scalarOf(constants(m, first), place);
    case 'literal':
      return scalarOf(first?.kind === 'array' ? first.items : first ? [first] : undefined, place);
    case 'templateLiteral':
      return scalar(stringShape(place), place, { refined: true });
    case 'object':
    case 'interface':
    case 'looseInterface':
      return objectSchema(m, first, place, 'allowed', true);
    case 'strictObject':
    case 'strictInterface':
      return objectSchema(m, first, place, 'none', true);
    case 'looseObject':
      return objectSchema(m, first, place, 'allowed', false);
    default:
      return composed(m, name, first, second, site) ?? formatted(name, site);
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
  switch (name) {
    case 'array':
      return { body: { kind: 'array', items: inner }, place, optional: false };
    case 'set':
    case 'map':
    case 'custom':
    case 'instanceof':
    case 'file':
    case 'function':
    case 'symbol':
    case 'codec':
      return unknownSchema('no form in JSON', place);
    case 'nan':
      return scalar(numberShape(place), place);
    case 'tuple':
      return tuple(first, second, place);
    case 'record':
    case 'partialRecord':
    case 'looseRecord':
      return {
        body: second
          ? { kind: 'record', keys: inner, values: schemaFor(second, place) }
          : { kind: 'record', values: inner },
        place,
        optional: false,
      };
    case 'union':
    case 'xor':
    case 'discriminatedUnion':
      return alternatives(name === 'discriminatedUnion' ? second : first, place);
    case 'intersection':
      return { body: { kind: 'intersection', parts: [inner, schemaFor(second, place)] }, place, optional: false };
    case 'optional':
      return { ...inner, optional: true, place };
    case 'nullable':
      return { ...inner, nullable: true, place };
    case 'nullish':
      return { ...inner, optional: true, nullable: true, place };
    case 'promise':
    case 'readonly':
      return inner;
    case 'lazy':
      return { body: { kind: 'lazy', resolve: lazily(m, first, site) }, place, optional: undefined };
    case 'preprocess':
      return {
        body: { kind: 'prepared', inner: schemaFor(second, place), given: preparing(m, first, site) },
        place,
        optional: false,
      };
    case 'pipe':
      return { body: { kind: 'pipe', first: inner, second: schemaFor(second, place) }, place, optional: false };
    case 'transform':
      return mapped(m, unknownSchema('transformed', place), first, site);
    default:
      return undefined;
  }
}

function lazily(m: Machine, callback: Value | undefined, site: CallSite): () => Schema | undefined {
  let target: Schema | undefined;
  let running = false;
  return () => {
    if (target || running || !callback) return target;
    running = true;
    target = schemaOf(tried(m, callback, [], site));
    running = false;
    return target;
  };
}

function preparing(m: Machine, callback: Value | undefined, site: CallSite): () => Value {
  let given: Value | undefined;
  return () => {
    given ??= callback ? tried(m, callback, [someString()], site) : unknown('spread-or-any', site.place);
    return given;
  };
}

function tuple(items: Value | undefined, rest: Value | undefined, place: Place): Schema {
  if (items?.kind !== 'array' || items.rest) return unknownSchema('spread-or-any', place);
  const options = [...items.items, ...(schemaOf(rest) ? [rest!] : [])].map((item) => schemaFor(item, place));
  const count = items.items.length;
  const each: Schema =
    options.length === 1 ? options[0]! : { body: { kind: 'union', options }, place, optional: false };
  return {
    body: { kind: 'array', items: each, minItems: count, maxItems: schemaOf(rest) ? undefined : count },
    place,
    optional: false,
  };
}

function alternatives(items: Value | undefined, place: Place): Schema {
  if (items?.kind !== 'array' || items.rest) return unknownSchema('spread-or-any', place);
  return {
    body: { kind: 'union', options: items.items.map((item) => schemaFor(item, place)) },
    place,
    optional: false,
  };
}

/** The constants of a list, or of an object that is an enumeration. */
function constants(m: Machine, value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === 'array') return value.rest ? undefined : value.items;
  if (value?.kind !== 'object' || value.open || value.base?.length) return undefined;
  return [...value.props.values()].map((cell) => m.force(cell));
}

function scalarOf(items: readonly Value[] | undefined, place: Place): Schema {
  if (!items || items.length === 0) return unknownSchema('spread-or-any', place);
  if (items.some((item) => item.kind === 'literal' && item.value === undefined))
    return unknownSchema('spread-or-any', place);
  const shape = shapeOfConstants(items, place);
  if (shape.kind !== 'union') return scalar(shape as ScalarShape, place);
  return {
    body: { kind: 'union', options: shape.members.map((member) => scalar(member as ScalarShape, place)) },
    place,
    optional: false,
  };
}

/** v4 has formats at the top: `z.email()`, `z.iso.datetime()`. */
function formatted(name: string, site: CallSite): Schema | undefined {
  const { place } = site;
  if (formats[name]) return scalar(stringShape(place, { format: formats[name] }), place);
  if (!isFormat(name) || /^(startsWith|endsWith|includes|lowercase|uppercase)$/.test(name)) return undefined;
  return scalar(stringShape(place), place, { refined: true });
}
