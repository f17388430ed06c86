// Owns the repair that gives a schema another type, without the keywords that say nothing of it.
// It must not know the rule that offers it.

import type { EditResult } from '../contract/edit/insert.ts';
import { schemaOrder } from '../contract/edit/order.ts';
import { entryOf, type Outline, type OutlineMap, plainOf } from '../contract/edit/outline.ts';
import { removeKey, setValue } from '../contract/edit/replace.ts';
import type { Plain } from '../contract/edit/write.ts';
import { inDialect } from './dialect.ts';
import { inSteps, mapOf, type Recipe, refusable, specificationOf } from './recipe.ts';

/** The keywords that are about one type only (JSON Schema validation, section 6). */
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  string: ['minLength', 'maxLength', 'pattern'],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems', 'collectionFormat'],
};

/** What must hold of the new type and cannot be guessed: these schemas are rewritten by a person. */
const structural = ['properties', 'additionalProperties', 'allOf', 'anyOf', 'oneOf', 'enum', 'const', '$ref'];

/** Data: `file`, `pointer` (the schema) and `schema`, which has a plain `type` and maybe `format`, `nullable` and `items`. */
export const setType: Recipe = {
  id: 'set-type',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline, node: schema } = mapOf(data, read, 'schema');
      const wanted = data.map('schema') ?? {};
      const type = typeof wanted.type === 'string' ? wanted.type : undefined;
      if (type === undefined || type === 'object') return { refused: 'such a schema is written by hand' };
      const hindrance = structural.find((keyword) => entryOf(schema, keyword));
      if (hindrance !== undefined) return { refused: `the schema has "${hindrance}", which belongs to its type` };

      const specification = specificationOf(outline, data);
      const nullable = wanted.nullable === true || allowsNull(schema);
      const written = inDialect({ type: nullable ? [type, 'null'] : type }, specification);
      const statedType = (written as { readonly type?: Plain }).type!;
      const known = plainOf(entryOf(schema, 'type')?.value);
      const format = plainOf(entryOf(schema, 'format')?.value);
      const same = JSON.stringify(known) === JSON.stringify(statedType);
      return inSteps(file, read, [
        (now) => (same ? undefined : setValue(now, pointer, 'type', statedType, schemaOrder)),
        ...foreign(schema, type).map((keyword) => (now: Outline) => removeKey(now, pointer, keyword)),
        (now) => withFormat(now, pointer, format, wanted.format),
        (now) =>
          type === 'array' && !entryOf(schema, 'items')
            ? setValue(now, pointer, 'items', inDialect(wanted.items ?? {}, specification) ?? {}, schemaOrder)
            : undefined,
      ]);
    }),
};

function withFormat(
  outline: Outline,
  pointer: string,
  known: unknown,
  format: Plain | undefined,
): EditResult | undefined {
  if (known === format) return undefined;
  if (typeof format === 'string') return setValue(outline, pointer, 'format', format, schemaOrder);
  return known === undefined ? undefined : removeKey(outline, pointer, 'format');
}

/** The keywords of a schema that say nothing of a type, and the values that it would refuse. */
function foreign(schema: OutlineMap, type: string): readonly string[] {
  const kind = type === 'integer' ? 'number' : type;
  const keywords = Object.entries(keywordsOf).flatMap(([owner, words]) => (owner === kind ? [] : words));
  const values = ['default', 'example'].filter((keyword) => {
    const entry = entryOf(schema, keyword);
    return entry !== undefined && !isOfType(plainOf(entry.value), type);
  });
  return [...keywords.filter((keyword) => entryOf(schema, keyword)), ...values];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return type === 'array' ? Array.isArray(value) : typeof value === type;
}

function allowsNull(schema: OutlineMap): boolean {
  const type = plainOf(entryOf(schema, 'type')?.value);
  const flags = ['nullable', 'x-nullable'].map((key) => plainOf(entryOf(schema, key)?.value));
  return flags.includes(true) || (Array.isArray(type) && type.includes('null'));
}
