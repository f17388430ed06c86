// Owns the shape that a schema's own keywords describe, apart from those that compose schemas.
// It must not resolve references itself.

import type { Place } from '../../base/place.ts';
import type { Shape } from '../../shape/shape.ts';
import {
  arrayShape,
  booleanShape,
  nullShape,
  numberShape,
  stringShape,
  union,
  unknownShape,
} from '../../shape/shape.ts';
import type { ContractNode } from '../load/contract-node.ts';
import { hasObjectKeywords, readObject } from './object-shape.ts';
import type { SchemaUse, Shapes } from './shapes.ts';

/** The shape of a schema's own keywords; undefined when they say nothing about the value. */
export function ownShape(schema: ContractNode, shapes: Shapes, use: SchemaUse): Shape | undefined {
  const types = typesOf(schema);
  const stated = schema.get('type') ?? schema.get('enum') ?? schema.get('const') ?? schema;
  const origin = stated === schema ? schema.keyPlace : stated.place;
  if (schema.get('$recursiveRef')) return unknownShape('dynamic reference', origin);
  const values = constantsOf(schema);
  if (values && values.length > 0) return constants(schema, values, types, origin);
  if (types.length === 0) return undefined;
  const members = types.map((type) => ofType(type, schema, shapes, origin, use));
  return union(members, origin);
}

/** The types that a schema states, or that its keywords imply. */
function typesOf(schema: ContractNode): string[] {
  const type = schema.get('type');
  if (type?.kind === 'seq') return type.items().flatMap((item) => item.text ?? (item.value === null ? 'null' : []));
  if (type?.text !== undefined) return [type.text];
  if (type && type.value === null) return ['null'];
  if (hasObjectKeywords(schema)) return ['object'];
  return schema.get('items') || schema.get('prefixItems') ? ['array'] : [];
}

function ofType(type: string, schema: ContractNode, shapes: Shapes, origin: Place, use: SchemaUse): Shape {
  switch (type) {
    case 'string':
      return stringShape(origin, {
        format: schema.string('format'),
        pattern: schema.string('pattern'),
        minLength: count(schema, 'minLength'),
        maxLength: count(schema, 'maxLength'),
      });
    case 'file':
      return stringShape(origin, { format: 'binary' });
    case 'integer':
    case 'number':
      return numberOf(schema, type === 'integer', origin);
    case 'boolean':
      return booleanShape(origin);
    case 'null':
      return nullShape(origin);
    case 'array':
      return arrayOf(schema, shapes, origin);
    case 'object':
      return readObject(schema, shapes, origin, use);
    default:
      return unknownShape(`unknown type "${type}"`, origin);
  }
}

function numberOf(schema: ContractNode, integer: boolean, origin: Place): Shape {
  const lower = bound(schema, 'minimum', 'exclusiveMinimum');
  const upper = bound(schema, 'maximum', 'exclusiveMaximum');
  return numberShape(origin, {
    integer,
    format: schema.string('format'),
    multipleOf: number(schema, 'multipleOf'),
    minimum: lower.inclusive,
    exclusiveMinimum: lower.exclusive,
    maximum: upper.inclusive,
    exclusiveMaximum: upper.exclusive,
  });
}

/** Up to 3.0 the exclusive keyword is a flag on the inclusive one; from 3.1 on it is a bound of its own. */
function bound(schema: ContractNode, inclusive: string, exclusive: string): { inclusive?: number; exclusive?: number } {
  const limit = number(schema, inclusive);
  const flag = schema.get(exclusive)?.value;
  if (flag === true) return { exclusive: limit };
  return { inclusive: limit, exclusive: typeof flag === 'number' ? flag : undefined };
}

function arrayOf(schema: ContractNode, shapes: Shapes, origin: Place): Shape {
  const items = schema.get('items');
  const first = schema.get('prefixItems')?.items() ?? (items?.kind === 'seq' ? items.items() : []);
  const rest = items?.kind === 'seq' ? schema.get('additionalItems') : items;
  // A tuple's positions are not told apart: any item may be any of them.
  const members = first.map((item) => shapes.of(item));
  const restShape = shapes.of(rest);
  const item = members.length === 0 || restShape.kind === 'unknown' ? restShape : union([...members, restShape]);
  return arrayShape(item, origin, {
    minItems: count(schema, 'minItems'),
    maxItems: count(schema, 'maxItems'),
    uniqueItems: schema.get('uniqueItems')?.value === true ? true : undefined,
  });
}

function constantsOf(schema: ContractNode): ContractNode[] | undefined {
  const constant = schema.get('const');
  if (constant) return [constant];
  const values = schema.get('enum');
  return values?.kind === 'seq' ? values.items() : undefined;
}

/**
 * The shape of an enumeration. YAML reads `1` and `true` as no strings, so under a stated type the values are taken as that
 * type where their text allows it; where it does not, the type alone is said, which is wider.
 */
function constants(
  schema: ContractNode,
  values: readonly ContractNode[],
  types: readonly string[],
  origin: Place,
): Shape {
  const strings: string[] = [];
  const numbers: number[] = [];
  const members: Shape[] = [];
  const only = types.filter((type) => type !== 'null');
  const stated = only.length === 1 ? only[0] : undefined;
  for (const node of values) {
    const value = node.value;
    if (value === undefined) members.push(unknownShape('enumerated object', node.place));
    else if (value === null) members.push(nullShape(node.place));
    else if (stated === 'string') strings.push(node.text!);
    else if (stated === 'integer' || stated === 'number') {
      if (Number.isFinite(Number(value))) numbers.push(Number(value));
      else members.push(numberShape(origin, { integer: stated === 'integer' }));
    } else if (typeof value === 'string') strings.push(value);
    else if (typeof value === 'number') numbers.push(value);
    else members.push(booleanShape(node.place, value));
  }
  if (strings.length > 0)
    members.push(stringShape(origin, { values: distinct(strings), format: schema.string('format') }));
  if (numbers.length > 0) {
    members.push(numberShape(origin, { integer: numbers.every(Number.isInteger), values: distinct(numbers) }));
  }
  const flags = members.filter((member) => member.kind === 'boolean');
  const both = flags.some((flag) => flag.value === true) && flags.some((flag) => flag.value === false);
  const plain = both ? [...members.filter((member) => member.kind !== 'boolean'), booleanShape(origin)] : members;
  // A null type beside an enumeration without null allows nothing more, but its author meant it to.
  if (types.includes('null')) plain.push(nullShape(origin));
  return union(plain, origin);
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

function number(schema: ContractNode, key: string): number | undefined {
  const value = schema.get(key)?.value;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function count(schema: ContractNode, key: string): number | undefined {
  const value = number(schema, key);
  return value !== undefined && value >= 0 ? value : undefined;
}
