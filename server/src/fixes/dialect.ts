// Owns the differences between the schemas of Swagger 2.0, OpenAPI 3.0 and 3.1, for schemas that a fix writes.
// It must not know where a schema goes.

import type { Plain } from '../contract/edit/write.ts';

type PlainMap = { readonly [key: string]: Plain | undefined };

/**
 * The schema in the words of a specification's version. It may come with `nullable: true` or with `type: [x, 'null']`:
 * 3.1 and later write the list of types, 3.0 writes `nullable`, 2.0 knows only the extension `x-nullable`.
 */
export function inDialect(schema: Plain | undefined, specification: string): Plain | undefined {
  if (schema === undefined || schema === null || typeof schema !== 'object') return schema;
  if (Array.isArray(schema)) return schema.map((item) => inDialect(item, specification) ?? null);
  const written: Record<string, Plain | undefined> = {};
  const { types, nullable } = typesOf(schema as PlainMap);
  for (const [key, value] of Object.entries(schema as PlainMap)) {
    if (key === 'nullable' || key === 'x-nullable') continue;
    if (key === 'type') Object.assign(written, typeEntries(types, nullable, specification));
    else if (key === 'const' && !speaksLists(specification)) written.enum = [value ?? null];
    else if (key === 'properties') written[key] = eachValue(value, specification);
    else if (key === 'enum' || key === 'default' || key === 'example') written[key] = value;
    else written[key] = inDialect(value, specification);
  }
  if (nullable && types.length === 0) Object.assign(written, nullEntry(specification));
  return written;
}

const speaksLists = (specification: string): boolean => !['2.0', '3.0'].includes(specification);

function nullEntry(specification: string): PlainMap {
  if (specification === '2.0') return { 'x-nullable': true };
  return specification === '3.0' ? { nullable: true } : {};
}

function typesOf(schema: PlainMap): { readonly types: readonly string[]; readonly nullable: boolean } {
  const said = schema.type;
  const all = (Array.isArray(said) ? said : said === undefined ? [] : [said]).filter(
    (type) => typeof type === 'string',
  );
  const nullable = schema.nullable === true || schema['x-nullable'] === true || all.includes('null');
  return { types: all.filter((type) => type !== 'null'), nullable };
}

function typeEntries(types: readonly string[], nullable: boolean, specification: string): PlainMap {
  if (speaksLists(specification)) {
    const list = nullable ? [...types, 'null'] : types;
    return { type: list.length === 1 ? list[0] : list };
  }
  const extra = nullable ? nullEntry(specification) : {};
  // Before 3.1 there is no schema for several types in one word; anything goes is the only true statement left.
  return types.length === 1 ? { type: types[0], ...extra } : { ...extra };
}

/** Maps a schema's properties, whose names are no keywords. */
function eachValue(value: Plain | undefined, specification: string): Plain | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value as PlainMap).map(([name, schema]) => [name, inDialect(schema, specification)]),
  );
}
