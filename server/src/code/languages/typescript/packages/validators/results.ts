// Owns what a validator hands back: the value of what passed, so that code behind it can be followed.
// It must not know any one library.

import { resolveShape } from '../../../../../shape/shape.ts';
import { everyItem, join, members } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import {
  type ArrayValue,
  type Cell,
  literal,
  nullValue,
  type ObjectValue,
  shaped,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import type { Schema } from './schema.ts';
import { isOptional, outputShape } from './shapes.ts';

/** A fresh value for what a schema gives. Fields are made when they are first read, so that recursive schemas stay finite. */
export function resultOf(m: Machine, schema: Schema, hops = 0): Value {
  const value = bare(m, schema, hops);
  return schema.nullable ? join([value, nullValue]) : value;
}

/**
 * What a schema gives for a value of the code's own: a field that may be left out is there where the value has it, and where the
 * schema takes anything it stays what it was.
 */
export function resultOfGiven(m: Machine, schema: Schema, given: Value | undefined): Value {
  const result = resultOf(m, schema);
  if (!given || schema.nullable) return result;
  if (result.kind === 'array' && schema.body.kind === 'array' && given.kind === 'array') {
    const items = everyItem(given);
    const [first] = items;
    return items.length === 1 ? { ...result, rest: resultOfGiven(m, schema.body.items, first) } : result;
  }
  if (result.kind !== 'object' || schema.body.kind !== 'object' || given.kind !== 'object') return result;
  for (const [name, field] of schema.body.fields) {
    const cell = given.props.get(name);
    if (!cell || isOptional(field.schema, 'output') === false) continue;
    result.props.set(name, {
      value: undefined,
      lazy: () => {
        const own = m.force(cell);
        if (members(own).some((member) => member.kind === 'literal' && member.value === undefined))
          return fieldValue(m, field.schema);
        return takesAnything(field.schema) ? own : resultOfGiven(m, field.schema, own);
      },
    });
  }
  return result;
}

/** Whether whatever comes passes as it is. */
function takesAnything({ body, coerces }: Schema): boolean {
  return body.kind === 'scalar' && !coerces && !body.output && resolveShape(body.shape).kind === 'unknown';
}

function bare(m: Machine, schema: Schema, hops: number): Value {
  const { body } = schema;
  switch (body.kind) {
    case 'object': {
      const props = new Map<string, Cell>();
      const object: ObjectValue = { kind: 'object', props, places: new Map(), place: schema.place };
      for (const [name, field] of body.fields) {
        props.set(name, { value: undefined, lazy: () => fieldValue(m, field.schema) });
        if (field.origin) object.places!.set(name, field.origin);
      }
      if (body.additional === 'unknown' || !body.strips)
        object.open = { reason: body.reason ?? 'spread-or-any', place: schema.place };
      return object;
    }
    case 'array': {
      const list: ArrayValue = { kind: 'array', items: [], rest: resultOf(m, body.items, hops), place: schema.place };
      return list;
    }
    case 'union':
      return join(body.options.map((option) => resultOf(m, option, hops)));
    case 'intersection': {
      const parts = body.parts.map((part) => resultOf(m, part, hops));
      if (!parts.every((part): part is ObjectValue => part.kind === 'object')) return shaped(outputShape(schema));
      const [first, ...rest] = parts;
      if (!first) return unknown('spread-or-any', schema.place);
      for (const part of rest) {
        for (const [name, cell] of part.props) first.props.set(name, cell);
        for (const [name, place] of part.places ?? []) first.places?.set(name, place);
        first.open ??= part.open;
      }
      return first;
    }
    case 'pipe':
      return resultOf(m, body.second, hops);
    case 'mapped':
      return body.output();
    case 'prepared':
      return resultOf(m, body.inner, hops);
    case 'lazy': {
      // A list of what the schema itself says never ends.
      const target = hops < 3 ? body.resolve() : undefined;
      return target ? resultOf(m, target, hops + 1) : unknown('spread-or-any', schema.place);
    }
    case 'unknown':
      return unknown('spread-or-any', schema.place);
    default: {
      const shape = outputShape(schema.nullable ? { ...schema, nullable: false } : schema);
      const plain = resolveShape(shape);
      if (plain.kind === 'unknown' && !plain.reason) return unknown('spread-or-any', schema.place);
      if (plain.kind === 'never') return undefinedValue;
      if (plain.kind === 'null') return nullValue;
      if (plain.kind === 'string' && plain.values?.length === 1) return literal(plain.values[0], schema.place);
      return shaped(shape);
    }
  }
}

function fieldValue(m: Machine, schema: Schema): Value {
  const value = resultOf(m, schema);
  return isOptional(schema, 'output') === true ? join([value, undefinedValue]) : value;
}
