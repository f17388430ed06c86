// Owns objects of schemas, by zod's names: their fields as written, and the methods that make one object of others.
// It must not know scalars or parsing.

import type { Place } from '../../../../../base/place.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { type CallSite, literal, objectOf, type Value } from '../../value.ts';
import { type Schema, type SchemaField, schemaOf, unknownSchema } from './schema.ts';

type ObjectBody = Schema['body'] & { readonly kind: 'object' };

/** How a library marks schemas, so that what this file makes is of the right kind. */
export type Wrap = (schema: Schema, place: Place) => Value;

/** The schema of an object literal of schemas. A getter is read late, since that is how a schema names itself. */
export function objectSchema(
  m: Machine,
  shape: Value | undefined,
  place: Place,
  additional: 'none' | 'allowed',
  strips: boolean,
): Schema {
  const fields = new Map<string, SchemaField>();
  if (shape === undefined) return { body: { kind: 'object', fields, additional, strips }, place, optional: false };
  const lost = readFields(m, shape, fields, place);
  const body: ObjectBody = {
    kind: 'object',
    fields,
    additional: lost ? 'unknown' : additional,
    reason: lost ? 'spread-or-any' : undefined,
    strips,
  };
  return { body, place, optional: false };
}

/** Reads the fields of an object literal; true when there may be more than can be seen. */
function readFields(m: Machine, shape: Value, fields: Map<string, SchemaField>, place: Place): boolean {
  const own = schemaOf(shape);
  if (own?.body.kind === 'object') {
    for (const [name, field] of own.body.fields) fields.set(name, field);
    return own.body.additional === 'unknown';
  }
  if (shape.kind !== 'object') return true;
  for (const [name, cell] of shape.props) {
    const origin = shape.places?.get(name);
    if (cell.value === undefined && cell.lazy) {
      const resolve = (): Schema | undefined => schemaOf(m.force(cell));
      fields.set(name, {
        schema: { body: { kind: 'lazy', resolve }, place: origin ?? place, optional: undefined },
        origin,
      });
      continue;
    }
    const value = m.force(cell);
    if (value.kind === 'literal' && value.value === undefined) continue;
    fields.set(name, { schema: schemaFor(value, origin ?? place), origin });
  }
  return !!shape.open || (shape.base?.length ?? 0) > 0;
}

/** The schema that a value is; one that is chosen at run time is unknown. */
export function schemaFor(value: Value | undefined, place: Place): Schema {
  const own = schemaOf(value);
  if (own) return own;
  if (value?.kind === 'union') return unknownSchema('environment-dependent', place);
  return unknownSchema(value?.kind === 'unknown' ? value.reason : 'spread-or-any', place);
}

/** Methods of objects; undefined when the method is not one of theirs. */
export function objectMethod(m: Machine, schema: Schema, key: string, site: CallSite): Schema | undefined {
  const { body } = schema;
  if (body.kind !== 'object') return undefined;
  const [first] = site.args;
  const withBody = (facts: Partial<ObjectBody>): Schema => ({
    ...schema,
    place: site.place,
    body: { ...body, ...facts },
  });
  const known = body.additional === 'unknown';
  switch (key) {
    case 'extend':
    case 'safeExtend':
    case 'augment':
    case 'setKey':
    case 'merge': {
      const fields = new Map(body.fields);
      const lost = first === undefined || readFields(m, first, fields, site.place);
      const other = schemaOf(first)?.body;
      // `merge` takes the other's manner with unknown keys (zod v3, "merge").
      const manner = key === 'merge' && other?.kind === 'object' ? other : body;
      const facts = { strips: manner.strips, rest: manner.rest };
      return withBody(
        lost
          ? { ...facts, fields, additional: 'unknown', reason: 'spread-or-any' }
          : { ...facts, fields, additional: known ? 'unknown' : manner.additional },
      );
    }
    case 'strict':
      return withBody({ additional: known ? 'unknown' : 'none', strips: true });
    case 'passthrough':
    case 'loose':
    case 'nonstrict':
      return withBody({ additional: known ? 'unknown' : 'allowed', strips: false });
    case 'strip':
      return withBody({ additional: known ? 'unknown' : 'allowed', strips: true });
    case 'catchall':
      return withBody({ rest: schemaFor(first, site.place), strips: false });
    case 'pick':
    case 'omit': {
      const names = chosen(first);
      if (!names) return withBody({ additional: 'unknown', reason: 'spread-or-any', fields: new Map() });
      return withBody({
        fields: new Map([...body.fields].filter(([name]) => names.has(name) === (key === 'pick'))),
        ...(key === 'pick'
          ? { additional: known && [...names].every((name) => body.fields.has(name)) ? 'allowed' : body.additional }
          : {}),
      });
    }
    case 'partial':
    case 'deepPartial':
    case 'required': {
      const names = first ? chosen(first) : undefined;
      const change = (name: string, field: SchemaField): SchemaField => {
        if (first && !names) return { ...field, schema: { ...field.schema, optional: undefined } };
        if (names && !names.has(name)) return field;
        if (key === 'required') return { ...field, schema: demanded(field.schema) };
        const inner = key === 'deepPartial' ? (objectMethod(m, field.schema, key, site) ?? field.schema) : field.schema;
        return { ...field, schema: { ...inner, optional: true } };
      };
      return withBody({ fields: new Map([...body.fields].map(([name, field]) => [name, change(name, field)])) });
    }
    case 'keyof': {
      const values = [...body.fields.keys()];
      return {
        body: { kind: 'scalar', shape: { kind: 'string', values, origin: site.place } },
        place: site.place,
        optional: false,
      };
    }
    default:
      return undefined;
  }
}

/** A schema without its own permission to be absent. */
export function demanded(schema: Schema): Schema {
  return { ...schema, optional: false, fallback: schema.fallback };
}

/** `{ a: true }`, or a list of names as other libraries have it. */
export function chosen(value: Value | undefined): Set<string> | undefined {
  if (value?.kind === 'object' && !value.open && !value.base?.length) {
    return new Set(
      [...value.props]
        .filter(([, cell]) => cell.value?.kind !== 'literal' || cell.value.value !== false)
        .map(([name]) => name),
    );
  }
  if (value?.kind === 'array' && !value.rest) {
    const names = value.items.map((item) => (item.kind === 'literal' ? String(item.value) : undefined));
    return names.every((name) => name !== undefined) ? new Set(names) : undefined;
  }
  return undefined;
}

/** `schema.shape`: the fields as an object of schemas, which others spread or read from. */
export function fieldsAsObject(schema: Schema, wrap: Wrap, place: Place): Value | undefined {
  const { body } = schema;
  if (body.kind !== 'object') return undefined;
  const object = objectOf(
    Object.fromEntries([...body.fields].map(([name, field]) => [name, wrap(field.schema, field.origin ?? place)])),
    place,
  );
  if (object.kind !== 'object') return undefined;
  const places = new Map(
    [...body.fields].flatMap(([name, field]) => (field.origin ? [[name, field.origin] as const] : [])),
  );
  return { ...object, places, open: body.additional === 'unknown' ? { reason: 'spread-or-any', place } : undefined };
}

/** The constants of an enumeration: as a list, or as an object by name. */
export function enumMember(schema: Schema, key: string): Value | undefined {
  const { body } = schema;
  if (body.kind !== 'scalar' || body.shape.kind !== 'string' || !body.shape.values) return undefined;
  const { values } = body.shape;
  if (key === 'options') return { kind: 'array', items: values.map((value) => literal(value)) };
  if (key === 'enum' || key === 'Enum' || key === 'Values')
    return objectOf(Object.fromEntries(values.map((value) => [value, literal(value)])));
  return key === 'value' ? join(values.map((value) => literal(value))) : undefined;
}
