// Owns what a schema means as shapes: what it takes (as JSON or as text) and what it gives.
// It must not know any one library.

import type { Place } from '../../../../../base/place.ts';
import {
  arrayShape,
  booleanShape,
  type Field,
  nullShape,
  numberShape,
  type ObjectShape,
  objectShape,
  resolveShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../../../../shape/shape.ts';
import type { Value } from '../../value.ts';
import { merge } from './merge.ts';
import type { Coercion, Schema, SchemaBody } from './schema.ts';

/**
 * `json`: what a body may hold. `text`: what a query, path, header, cookie or form may say, where numbers travel as texts.
 * `output`: what passing values become.
 */
export type Side = 'json' | 'text' | 'output';

const known: Readonly<Record<Side, WeakMap<Schema, Shape>>> = {
  json: new WeakMap(),
  text: new WeakMap(),
  output: new WeakMap(),
};
const underWay = new WeakSet<Schema>();

/** What a schema accepts. */
export function inputShape(schema: Schema, text = false): Shape {
  return shapeOf(schema, text ? 'text' : 'json');
}

/** What a schema gives for what passes. */
export function outputShape(schema: Schema): Shape {
  return shapeOf(schema, 'output');
}

function shapeOf(schema: Schema, side: Side): Shape {
  const cached = known[side].get(schema);
  if (cached) return cached;
  // A schema that contains itself without a lazy step cannot be built by any library; the guard is against hostile text.
  if (underWay.has(schema)) return unknownShape('circular reference', schema.place);
  underWay.add(schema);
  const plain = withCoercion(bodyShape(schema, schema.body, side), schema, side);
  underWay.delete(schema);
  const more = [...(schema.also ? [schema.also] : []), ...(schema.nullable ? [nullShape(schema.place)] : [])];
  const shape = more.length > 0 ? union([plain, ...more], schema.place) : plain;
  known[side].set(schema, shape);
  return shape;
}

/** A library that converts takes more than what it checks afterwards. */
function withCoercion(shape: Shape, schema: Schema, side: Side): Shape {
  if (!schema.coerces || side === 'output') return shape;
  const origin = schema.place;
  const taken = coercedShape(shape, schema.coerces, side, origin);
  return schema.coercesAll && side === 'json' ? union([taken, booleanShape(origin), nullShape(origin)], origin) : taken;
}

function coercedShape(shape: Shape, coercion: Coercion, side: Side, origin: Place | undefined): Shape {
  switch (coercion) {
    case 'number':
      return side === 'text' ? shape : union([shape, stringShape(origin)], origin);
    case 'boolean':
      return side === 'text' ? shape : union([shape, stringShape(origin)], origin);
    case 'date':
      return side === 'text' ? stringShape(origin) : union([stringShape(origin), numberShape(origin)], origin);
    case 'string':
      return side === 'text' ? shape : union([shape, numberShape(origin), booleanShape(origin)], origin);
  }
}

function bodyShape(schema: Schema, body: SchemaBody, side: Side): Shape {
  const origin = schema.place;
  switch (body.kind) {
    case 'scalar':
      return side === 'output' ? (body.output ?? body.shape) : body.shape;
    case 'object':
      return shapeOfFields(schema, body, side);
    case 'array': {
      const items = shapeOf(body.items, side);
      const facts = { minItems: body.minItems, maxItems: body.maxItems, uniqueItems: body.uniqueItems };
      const list = arrayShape(
        items,
        origin,
        Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
      );
      return body.single && side !== 'output' ? union([list, items], origin) : list;
    }
    case 'record': {
      const values = shapeOf(body.values, side);
      const anything = resolveShape(values).kind === 'unknown';
      return objectShape(
        [],
        anything && side === 'output' ? 'unknown' : 'allowed',
        origin,
        anything ? { reason: 'spread-or-any' } : { values },
      );
    }
    case 'union':
      return union(
        body.options.map((option) => shapeOf(option, side)),
        origin,
      );
    case 'intersection':
      return merge(
        body.parts.map((part) => shapeOf(part, side)),
        origin,
      );
    case 'pipe':
      if (side === 'output') return shapeOf(body.second, side);
      return side === 'text' && travelsAsText(body.first, body.second)
        ? shapeOf(body.second, side)
        : shapeOf(body.first, side);
    case 'mapped': {
      if (side === 'output') return shapeOfGiven(body.output());
      const inner = shapeOf(body.inner, side);
      // `z.string().transform(Number)` is how a number is read from a query: texts that are numbers are what it is for.
      return side === 'text' && isText(inner) && resolveShape(shapeOfGiven(body.output())).kind === 'number'
        ? union([inner, numberShape(origin)], origin)
        : inner;
    }
    case 'prepared': {
      const inner = shapeOf(body.inner, side);
      if (side === 'output') return inner;
      const sameKind = side === 'text' && resolveShape(shapeOfGiven(body.given())).kind === resolveShape(inner).kind;
      return sameKind ? inner : unknownShape('prepared by a function', origin);
    }
    case 'lazy': {
      const { resolve } = body;
      return {
        kind: 'reference',
        name: 'lazy',
        origin,
        resolve: () => {
          const target = resolve();
          return target ? shapeOf(target, side) : unknownShape('circular reference', origin);
        },
      };
    }
    case 'unknown':
      return unknownShape(body.reason, origin);
  }
}

function shapeOfFields(schema: Schema, body: SchemaBody & { kind: 'object' }, side: Side): ObjectShape {
  const fields: Field[] = [];
  for (const [name, field] of body.fields) {
    const fallback = side === 'output' ? undefined : fallbackOf(field.schema);
    const absent = isOptional(field.schema, side);
    // A check of the whole object may still demand what each field alone leaves open.
    const optional = absent === true && schema.refined && !fallback ? undefined : absent;
    fields.push({
      name,
      shape: shapeOf(field.schema, side),
      required: optional === undefined ? undefined : !optional,
      origin: field.origin,
      ...(fallback?.value !== undefined ? { default: fallback.value } : {}),
    });
  }
  const values = body.rest ? shapeOf(body.rest, side) : undefined;
  const passes = side === 'output' && !body.strips;
  const additional =
    body.additional === 'unknown' || (passes && body.additional === 'allowed' && !values)
      ? 'unknown'
      : side === 'output'
        ? 'none'
        : body.additional;
  return objectShape(fields, values && additional !== 'unknown' ? 'allowed' : additional, schema.place, {
    values,
    reason: additional === 'unknown' ? (body.reason ?? 'spread-or-any') : undefined,
  });
}

/** Whether what a schema is for may be left out: of the input, or of the result. */
export function isOptional(schema: Schema, side: Side = 'json', depth = 0): boolean | undefined {
  if (depth > 20) return undefined;
  if (schema.fallback) return side !== 'output';
  if (schema.optional !== false) return schema.optional;
  const { body } = schema;
  switch (body.kind) {
    case 'union': {
      const answers = body.options.map((option) => isOptional(option, side, depth + 1));
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
    }
    case 'intersection': {
      const answers = body.parts.map((part) => isOptional(part, side, depth + 1));
      return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
    }
    case 'pipe':
      return isOptional(side === 'output' ? body.second : body.first, side, depth + 1);
    case 'mapped':
      if (side === 'output') return undefined;
      return isOptional(body.inner, side, depth + 1);
    case 'prepared':
      // The function may make something out of nothing.
      return isOptional(body.inner, side, depth + 1) === true ? true : side === 'output' ? false : undefined;
    case 'lazy':
      return false;
    case 'unknown':
      return undefined;
    default:
      return false;
  }
}

/** The default that stands in for what is absent. */
export function fallbackOf(schema: Schema, depth = 0): Schema['fallback'] {
  if (schema.fallback || depth > 20) return schema.fallback;
  const { body } = schema;
  if (body.kind === 'mapped' || body.kind === 'prepared') return fallbackOf(body.inner, depth + 1);
  return body.kind === 'pipe' ? fallbackOf(body.first, depth + 1) : undefined;
}

/** A text that is checked again as a number or truth value: what is accepted in writing is what the second check takes. */
function travelsAsText(first: Schema, second: Schema): boolean {
  const target = resolveShape(shapeOf(second, 'text'));
  if (target.kind !== 'number' && target.kind !== 'boolean') return false;
  const source = first.body.kind === 'mapped' ? first.body.inner : first;
  return isText(shapeOf(source, 'text'));
}

function isText(shape: Shape): boolean {
  return resolveShape(shape).kind === 'string';
}

/** The shape of a callback's result, as far as it is scalar; objects are converted where values are serialised. */
function shapeOfGiven(value: Value): Shape {
  switch (value.kind) {
    case 'unknown':
      return value.shape ?? unknownShape(value.reason);
    case 'literal':
      if (value.value === undefined) return { kind: 'never' };
      if (typeof value.value === 'number') return numberShape();
      return typeof value.value === 'string'
        ? stringShape()
        : typeof value.value === 'boolean'
          ? { kind: 'boolean' }
          : value.value === null
            ? nullShape()
            : unknownShape();
    case 'template':
      return stringShape();
    case 'union':
      return union(value.members.map(shapeOfGiven));
    default:
      return unknownShape('transformed');
  }
}

/**
 * One object for alternatives of objects, where each name has to be told on its own (query, headers): a field is required
 * when every alternative requires it.
 */
export function flatten(shape: Shape): Shape {
  const resolved = resolveShape(shape);
  if (resolved.kind !== 'union') return resolved;
  const parts = resolved.members.map(flatten).filter((part) => part.kind !== 'null' && part.kind !== 'never');
  if (parts.some((part) => part.kind !== 'object')) return resolved;
  const objects = parts as ObjectShape[];
  const fields: Field[] = [];
  for (const name of new Set(objects.flatMap((part) => [...part.fields.keys()]))) {
    const own = objects.map((part) => part.fields.get(name));
    const required = own.every((field) => field?.required === true && field.default === undefined)
      ? true
      : own.some((field) => field?.required === undefined && field)
        ? undefined
        : false;
    const present = own.filter((field): field is Field => field !== undefined);
    fields.push({ name, shape: union(present.map((field) => field.shape)), required, origin: present[0]?.origin });
  }
  const lost = objects.some((part) => part.additional === 'unknown');
  return objectShape(
    fields,
    lost ? 'unknown' : objects.every((part) => part.additional === 'none') ? 'none' : 'allowed',
    resolved.origin,
    lost ? { reason: 'spread-or-any' } : {},
  );
}
