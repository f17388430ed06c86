// Owns the shape of object schemas: properties, required, and what is said of other fields.
// It must not know composition.

import type { Place } from '../../base/place.ts';
import type { AdditionalFields, Field, Shape } from '../../shape/shape.ts';
import { objectShape, unknownShape } from '../../shape/shape.ts';
import type { ContractNode } from '../load/contract-node.ts';
import type { SchemaUse, Shapes } from './shapes.ts';

/** Whether a schema without a type is plainly meant as an object. */
export function hasObjectKeywords(schema: ContractNode): boolean {
  if (schema.get('properties')?.kind === 'map' || schema.get('required')?.kind === 'seq') return true;
  const additional = schema.get('additionalProperties');
  return additional?.kind === 'map' || additional?.value === false || schema.get('patternProperties')?.kind === 'map';
}

/** Keywords that may demand fields on conditions which are not followed here. */
const conditions = ['not', 'if', 'dependentRequired', 'dependentSchemas', 'dependencies'];

/** The shape of a schema whose type is (or may be) `object`. */
export function readObject(schema: ContractNode, shapes: Shapes, origin: Place, use: SchemaUse): Shape {
  const required = requiredOf(schema);
  // Where conditions may demand a field, whether it can be absent is not known.
  const optional = conditions.some((keyword) => schema.get(keyword)) ? undefined : false;
  const fields = new Map<string, Field>();
  const properties = schema.get('properties');
  for (const property of properties?.kind === 'map' ? properties.entries() : []) {
    fields.set(property.token, {
      name: property.token,
      shape: shapes.of(property),
      required: required.has(property.token) ? true : optional,
      origin: property.keyPlace,
      readOnly: shapes.flag(property, 'readOnly'),
      writeOnly: shapes.flag(property, 'writeOnly'),
      deprecated: shapes.flag(property, 'deprecated'),
      default: shapes.defaultOf(property),
    });
  }
  for (const [name, node] of required) {
    if (!fields.has(name)) fields.set(name, { name, shape: unknownShape(), required: true, origin: node.place });
  }
  return objectShape(fields.values(), ...additionalOf(schema, shapes, origin, use));
}

function requiredOf(schema: ContractNode): Map<string, ContractNode> {
  const list = schema.get('required');
  if (list?.kind !== 'seq') return new Map();
  return new Map(list.items().flatMap((item) => (item.text === undefined ? [] : [[item.text, item] as const])));
}

function additionalOf(
  schema: ContractNode,
  shapes: Shapes,
  origin: Place,
  use: SchemaUse,
): [AdditionalFields, Place, { values?: Shape; reason?: string }] {
  if (schema.get('discriminator') && !use.branch && !schema.get('oneOf') && !schema.get('anyOf')) {
    // The value is one of the schemas that extend this one, each with fields of its own.
    return ['unknown', origin, { reason: 'discriminator' }];
  }
  if (schema.get('patternProperties')?.kind === 'map') return ['unknown', origin, { reason: 'patternProperties' }];
  const additional = schema.get('additionalProperties');
  if (additional?.value === false) return ['none', origin, {}];
  if (additional?.kind === 'map' && additional.entries().length > 0)
    return ['allowed', origin, { values: shapes.of(additional) }];
  return ['allowed', origin, {}];
}
