// Owns the writing of a shape as JSON Schema in the words of OpenAPI 3.0, for what a fix adds to a contract.
// It must not know where the schema goes; the recipe that writes it speaks the document's own dialect.

import { resolveShape, type Shape } from '../../shape/shape.ts';

export type PlainJson = string | number | boolean | null | readonly PlainJson[] | { readonly [key: string]: PlainJson };
export type PlainSchema = { readonly [key: string]: PlainJson };

/** Deeper than this a skeleton helps nobody, and recursive shapes have to end somewhere. */
const deepest = 6;

/** The schema of a shape; undefined when nothing is known that would be worth writing. */
export function schemaOf(shape: Shape | undefined, depth = 0): PlainSchema | undefined {
  if (!shape || depth > deepest) return undefined;
  const plain = resolveShape(shape);
  switch (plain.kind) {
    case 'unknown':
    case 'never':
    case 'null':
      return undefined;
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return present({
        type: plain.integer ? 'integer' : 'number',
        enum: plain.values,
        minimum: plain.minimum,
        maximum: plain.maximum,
      });
    case 'string':
      return present({
        type: 'string',
        format: plain.format,
        enum: isProse(plain.values) ? undefined : plain.values,
        pattern: plain.pattern,
        minLength: plain.minLength,
        maxLength: plain.maxLength,
      });
    case 'array':
      return { type: 'array', items: schemaOf(plain.items, depth + 1) ?? {} };
    case 'object': {
      const fields = [...plain.fields.values()].filter((field) => resolveShape(field.shape).kind !== 'never');
      const required = fields.filter((field) => field.required === true).map((field) => field.name);
      const properties = Object.fromEntries(
        fields.map((field) => [field.name, schemaOf(field.shape, depth + 1) ?? {}]),
      );
      return present({
        type: 'object',
        required: required.length > 0 ? required : undefined,
        properties: fields.length > 0 ? properties : undefined,
        additionalProperties: plain.values ? (schemaOf(plain.values, depth + 1) ?? {}) : undefined,
      });
    }
    case 'union':
      return unionSchema(plain.members, depth);
  }
}

function unionSchema(members: readonly Shape[], depth: number): PlainSchema | undefined {
  const nullable = members.some((member) => resolveShape(member).kind === 'null');
  const rest = members.map((member) => resolveShape(member)).filter((member) => member.kind !== 'null');
  const written = rest.map((member) => schemaOf(member, depth + 1));
  if (written.length === 0 || written.some((schema) => schema === undefined)) return undefined;
  const schemas = joined(distinct(written.filter((schema) => schema !== undefined)));
  const [only] = schemas;
  const schema: PlainSchema = schemas.length === 1 && only ? only : { oneOf: schemas };
  return nullable ? { ...schema, nullable: true } : schema;
}

/** Sentences are for people: a contract that lists them is broken by the next one that is put better. */
function isProse(values: readonly string[] | undefined): boolean {
  return values?.some((value) => /\S\s+\S/.test(value)) === true;
}

/** Alternatives that list values of one type, as one list; a type that holds for all of its values takes them in. */
function joined(schemas: readonly PlainSchema[]): PlainSchema[] {
  const lists = schemas.filter((schema) => Object.keys(schema).join() === 'type,enum');
  return schemas.flatMap((schema) => {
    if (!lists.includes(schema)) return [schema];
    const whole = schemas.some((one) => one.type === schema.type && Object.keys(one).length === 1);
    const alike = lists.filter((one) => one.type === schema.type);
    if (whole || alike[0] !== schema) return [];
    const values = alike.flatMap((one) => (Array.isArray(one.enum) ? (one.enum as readonly PlainJson[]) : []));
    return [{ type: schema.type!, enum: [...new Set(values)] }];
  });
}

function distinct(schemas: readonly PlainSchema[]): PlainSchema[] {
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
}

function present(entries: Readonly<Record<string, PlainJson | undefined>>): PlainSchema {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, PlainJson] => entry[1] !== undefined),
  );
}
