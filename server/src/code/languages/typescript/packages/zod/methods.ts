// Owns what a zod schema does when a method of it is called: other schemas, or parsing.
// It must not know how schemas are first made.

import type { Place } from '../../../../../base/place.ts';
import { stringShape } from '../../../../../shape/shape.ts';
import { Flow } from '../../flow.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type Model,
  type NativeValue,
  native,
  nativeFunction,
  objectOf,
  someBoolean,
  someString,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { check, errorObject, issueList, mayThrow } from '../validators/check.ts';
import { constantOf } from '../validators/constants.ts';
import { demanded, enumMember, fieldsAsObject, objectMethod, schemaFor } from '../validators/objects.ts';
import { resultOf, resultOfGiven } from '../validators/results.ts';
import { checkScalar } from '../validators/scalars.ts';
import { DescribedSchema, type Schema, schemaOf, unknownSchema } from '../validators/schema.ts';

export const zodModel: Model = {
  name: 'zod schema',
  stable: true,
  get: (_m, self, key, place) => memberOf(schemaIn(self), key, place),
  method: (m, self, key, site) => callSchema(m, self, key, site),
};

/** A value that stands for a zod schema. */
export function zodSchema(schema: Schema, place?: Place): Value {
  return native(zodModel, new DescribedSchema(schema), place ?? schema.place);
}

function schemaIn(self: NativeValue): Schema {
  return (self.data as DescribedSchema).schema;
}

function memberOf(schema: Schema, key: string, place: Place): Value | undefined {
  const { body } = schema;
  if (key === 'shape') return fieldsAsObject(schema, zodSchema, place);
  if (key === 'element' && body.kind === 'array') return zodSchema(body.items);
  if (key === 'options' && body.kind === 'union')
    return { kind: 'array', items: body.options.map((option) => zodSchema(option)) };
  if (key === 'description') return someString();
  if (key === '_def' || key === 'def' || key === '_zod') return unknown('spread-or-any', place);
  if (key === '_type' || key === '_output' || key === '_input') return undefinedValue;
  return enumMember(schema, key);
}

/** Methods that only add words or checks of the code's own: the form stays. */
const transparent = new Set([
  'refine',
  'superRefine',
  'refinement',
  'describe',
  'meta',
  'openapi',
  'brand',
  'readonly',
  'register',
  'clone',
  'overwrite',
  'strictCreate',
  'with',
  'annotate',
  'label',
  'title',
  'example',
  'examples',
]);

function callSchema(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined {
  const schema = schemaIn(self);
  if (key === '[escape]') return undefinedValue;
  const parsed = parse(m, schema, key, site, site.args[0]);
  if (parsed) return parsed;
  const made = objectMethod(m, schema, key, site) ?? checkScalar(schema, key, site) ?? wrapped(m, schema, key, site);
  if (made) return zodSchema(made, site.place);
  if (key === 'isOptional' || key === 'isNullable') return someBoolean();
  // A method that is not known leaves a form that is not known either; anything else may have become of it.
  return schema.body.kind === 'unknown' ? self : undefined;
}

/** A check of zod mini, to be applied to a schema. */
class MiniCheck {
  constructor(
    readonly name: string,
    readonly site: CallSite,
  ) {}
}

export function zodCheck(name: string, site: CallSite): Value {
  return native({ name: 'zod check' }, new MiniCheck(name, site), site.place);
}

function applyCheck(schema: Schema, argument: Value): Schema {
  const held = argument.kind === 'native' ? argument.data : undefined;
  const applied = held instanceof MiniCheck ? checkScalar(schema, held.name, held.site) : undefined;
  return applied ?? { ...schema, refined: true };
}

/** Wrappers that every schema has. */
function wrapped(m: Machine, schema: Schema, key: string, site: CallSite): Schema | undefined {
  const [first] = site.args;
  const { place } = site;
  if (key === 'check') return site.args.reduce((current, argument) => applyCheck(current, argument), schema);
  if (transparent.has(key)) return { ...schema, refined: schema.refined || key.toLowerCase().includes('refine') };
  switch (key) {
    case 'optional':
    case 'exactOptional':
      return { ...schema, optional: true, place };
    case 'nullable':
      return { ...schema, nullable: true, place };
    case 'nullish':
      return { ...schema, optional: true, nullable: true, place };
    case 'nonoptional':
      return demanded(schema);
    case 'unwrap':
    case 'removeDefault':
    case 'innerType':
    case 'sourceType':
    case 'unbox':
      return unwrapped(schema);
    case 'default':
    case 'prefault':
    case '_default':
      return { ...schema, optional: false, fallback: fallbackFrom(m, first, site), place };
    case 'catch':
      return caught(schema, first ? fallbackFrom(m, first, site) : {}, place);
    case 'array':
      return { body: { kind: 'array', items: schema }, place, optional: false };
    case 'or':
      return { body: { kind: 'union', options: [schema, schemaFor(first, place)] }, place, optional: false };
    case 'and':
      return { body: { kind: 'intersection', parts: [schema, schemaFor(first, place)] }, place, optional: false };
    case 'pipe':
      return schemaOf(first)
        ? { body: { kind: 'pipe', first: schema, second: schemaFor(first, place) }, place, optional: false }
        : undefined;
    case 'transform':
      return mapped(m, schema, first, site);
    case 'promise':
      return schema;
    case 'extract':
    case 'exclude':
      return chosenValues(schema, key === 'extract', first, place);
    case 'rest':
      return schema;
    default:
      return undefined;
  }
}

function unwrapped(schema: Schema): Schema {
  const { body } = schema;
  if (schema.optional === false && !schema.nullable && !schema.fallback) {
    if (body.kind === 'mapped' || body.kind === 'prepared') return body.inner;
    if (body.kind === 'array') return body.items;
    if (body.kind === 'pipe') return body.first;
  }
  return { ...schema, optional: false, nullable: false, fallback: undefined };
}

/** `.catch(x)` takes whatever comes. */
function caught(schema: Schema, fallback: Schema['fallback'], place: Place): Schema {
  const anything = unknownSchema('whatever fails is replaced', place);
  return { body: { kind: 'pipe', first: anything, second: schema }, place, optional: false, fallback };
}

function fallbackFrom(m: Machine, value: Value | undefined, site: CallSite): { readonly value?: unknown } {
  if (!value) return {};
  const given = value.kind === 'function' ? tried(m, value, [], site) : value;
  return constantOf(m, given) ?? {};
}

/** Calls a callback for its result alone; nothing that it does or throws counts. */
export function tried(m: Machine, callback: Value, args: readonly Value[], site: CallSite): Value {
  let result: Value = undefinedValue;
  m.isolated(() => {
    m.catching(() => {
      m.fork([
        () => {
          result = m.call(callback, { ...site, args, argPlaces: args.map(() => site.place), open: false });
          return Flow.Next;
        },
        () => Flow.Next,
      ]);
    });
  });
  return result;
}

/** A transformation, run when its result is asked for. */
export function mapped(m: Machine, inner: Schema, callback: Value | undefined, site: CallSite): Schema {
  let result: Value | undefined;
  let running = false;
  const output = (): Value => {
    if (result) return result;
    if (!callback || running) return unknown('spread-or-any', site.place);
    running = true;
    result = tried(m, callback, [resultOf(m, inner), unknown('spread-or-any', site.place)], site);
    running = false;
    return result;
  };
  return { body: { kind: 'mapped', inner, output }, place: site.place, optional: false };
}

function chosenValues(schema: Schema, keep: boolean, names: Value | undefined, place: Place): Schema | undefined {
  const { body } = schema;
  if (body.kind !== 'scalar' || body.shape.kind !== 'string' || !body.shape.values) return undefined;
  if (names?.kind !== 'array' || names.rest)
    return { ...schema, body: { kind: 'scalar', shape: stringShape(place) }, place };
  const wanted = new Set(names.items.map((item) => (item.kind === 'literal' ? item.value : undefined)));
  const values = body.shape.values.filter((value) => wanted.has(value) === keep);
  return { ...schema, body: { kind: 'scalar', shape: { ...body.shape, values, origin: place } }, place };
}

/** Parsing in its spellings; undefined when the method is another one. */
export function parse(
  m: Machine,
  schema: Schema,
  key: string,
  site: CallSite,
  input: Value | undefined,
): Value | undefined {
  switch (key) {
    case 'parse':
    case 'parseAsync':
    case 'decode':
    case 'decodeAsync': {
      const met = check(m, schema, input ?? undefinedValue, site.place);
      mayThrow(m, met, zodError(site.place), site.place);
      return resultOfGiven(m, schema, input);
    }
    case 'safeParse':
    case 'safeParseAsync':
    case 'spa':
    case 'safeDecode':
    case 'safeDecodeAsync':
      check(m, schema, input ?? undefinedValue, site.place);
      return objectOf(
        {
          success: someBoolean(),
          data: resultOfGiven(m, schema, input),
          error: join([zodError(site.place), undefinedValue]),
        },
        site.place,
      );
    default:
      return undefined;
  }
}

/** What zod throws or hands back for bad input. */
export function zodError(place: Place): Value {
  const text = nativeFunction('toString', () => someString());
  return errorObject(
    'zod',
    'ZodError',
    { issues: issueList({ code: stringShape() }), errors: issueList({ code: stringShape() }), toString: text },
    place,
  );
}
