// Owns writing a normal form as JSON Schema 2020-12 down to a few levels. What lies deeper accepts everything on both sides, so
// that a value which tells two such schemas apart tells the whole ones apart as long as it stops there too.
// It must not know values or validators.

import type { JsonSchema } from '../../contract/lint/json-schema.ts';
import type { Polarity } from '../changes/row.ts';
import type { Part } from '../schema/flatten.ts';
import { readOnlyMark } from '../schema/marks.ts';
import { additionalOf, type NormalSchema, type NormalSchemas, partsFor } from '../schema/normal.ts';

/** The schema as data, to the given depth. */
export function localSchema(
  schema: NormalSchema,
  schemas: NormalSchemas,
  polarity: Polarity,
  depth: number,
): JsonSchema {
  if (schema.never) return false;
  if (schema.unreadable) return true;
  const below = (parts: readonly Part[]): JsonSchema =>
    parts.length === 0 || depth === 0
      ? !parts.some((part) => part.node.value === false)
      : localSchema(schemas.of(parts), schemas, polarity, depth - 1);
  const data: { [keyword: string]: unknown } = {};
  if (schema.types) data.type = [...schema.types.value];
  if (schema.values) data.enum = [...schema.values.value.values()].map(({ value }) => value);
  for (const [name, { value }] of schema.bounds) {
    const exclusive = value.exclusive ? (name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum') : name;
    data[exclusive] = value.value;
  }
  const also: JsonSchema[] = [];
  for (const pattern of schema.patterns.keys()) also.push({ pattern });
  for (const format of schema.formats.keys()) also.push({ format });
  for (const multipleOf of schema.multiples.keys()) also.push({ multipleOf });
  if (schema.unique) data.uniqueItems = true;
  addObject(data, schema, schemas, polarity, below);
  if (schema.prefix.length > 0) data.prefixItems = schema.prefix.map(below);
  if (schema.items.length > 0) data.items = below(schema.items);
  for (const keyword of ['contains', 'propertyNames', 'not'] as const) {
    const parts = schema.schemas.get(keyword);
    if (parts && depth > 0) data[keyword] = below(parts);
  }
  if (depth > 0) {
    for (const { kind, branches, orNull } of schema.groups) {
      const options = branches.map((branch) => below([branch]));
      also.push({ [kind]: orNull ? [...options, { type: 'null' }] : options });
    }
  }
  if (also.length > 0) data.allOf = also;
  return data;
}

function addObject(
  data: { [keyword: string]: unknown },
  schema: NormalSchema,
  schemas: NormalSchemas,
  polarity: Polarity,
  below: (parts: readonly Part[]) => JsonSchema,
): void {
  const hidden = (name: string): boolean => {
    const parts = partsFor(schema, name);
    return parts.length > 0 && schemas.of(parts).annotations.has(readOnlyMark[polarity]);
  };
  const properties: [string, JsonSchema][] = schema.propertyNames.map((name) => [
    name,
    hidden(name) ? true : below(partsFor(schema, name)),
  ]);
  if (properties.length > 0) data.properties = Object.fromEntries(properties.filter(([name]) => name !== '__proto__'));
  const required = [...schema.required.keys()].filter((name) => !hidden(name));
  if (required.length > 0) data.required = required;
  const rest = additionalOf(schema);
  if (rest.length > 0 && schema.patternNames.length === 0) data.additionalProperties = below(rest);
  if (schema.dependentRequired.size > 0) {
    data.dependentRequired = Object.fromEntries(
      [...schema.dependentRequired].map(([name, node]) => [name, node.items().flatMap((item) => item.text ?? [])]),
    );
  }
}
