// Owns Joi's schemas: how they are made and what each method adds.
// It must not know validation or middlewares.

import type { Place } from '../../../../../base/place.ts';
import { booleanShape, neverShape, numberShape, stringShape, union, unknownShape } from '../../../../../shape/shape.ts';
import type { Machine } from '../../machine.ts';
import { type CallSite, isOpaque, textOf, type Value } from '../../value.ts';
import { shapeOfConstants } from '../json-schema.ts';
import { constantOf } from '../validators/constants.ts';
import { checkScalar } from '../validators/scalars.ts';
import {
  type ScalarShape,
  type Schema,
  type SchemaField,
  scalar,
  schemaOf,
  unknownSchema,
} from '../validators/schema.ts';
import { ofArrays, ofObjects } from './containers.ts';

/** Fields may be left out unless a schema says otherwise (Joi, "any.required()"). */
const optional = { optional: true } as const;

/** The schema that a call on Joi itself makes. */
export function makeJoi(m: Machine, name: string, site: CallSite): Schema | undefined {
  const { place } = site;
  switch (name) {
    case 'string':
      return scalar(stringShape(place), place, optional);
    case 'number':
      return scalar(numberShape(place), place, { ...optional, coerces: 'number' });
    case 'boolean':
    case 'bool':
      return scalar(booleanShape(place), place, { ...optional, coerces: 'boolean' });
    case 'date':
      return {
        body: { kind: 'scalar', shape: stringShape(place), output: stringShape(place, { format: 'date-time' }) },
        place,
        ...optional,
        coerces: 'date',
      };
    case 'any':
      return scalar(unknownShape(undefined, place), place, optional);
    case 'object':
      return site.args.length === 0
        ? { body: { kind: 'object', fields: new Map(), additional: 'allowed', strips: false }, place, ...optional }
        : { ...compile(m, site.args[0], place), place };
    case 'array':
      return {
        body: { kind: 'array', items: scalar(unknownShape(undefined, place), place, optional) },
        place,
        ...optional,
      };
    case 'alternatives':
    case 'alt':
      return site.args.length > 0 ? alternatives(m, site) : { ...unknownSchema('alternatives', place), ...optional };
    case 'binary':
    case 'func':
    case 'function':
    case 'symbol':
    case 'link':
    case 'lazy':
      return { ...unknownSchema('no form in JSON', place), ...optional };
    case 'valid':
    case 'equal':
    case 'allow':
    case 'required':
    case 'optional':
    case 'forbidden':
    case 'when':
    case 'exist':
      return joiMethod(m, scalar(unknownShape(undefined, place), place, optional), name, site);
    case 'compile':
      return compile(m, site.args[0], place);
    default:
      return undefined;
  }
}

/** What Joi makes of a value where it expects a schema: objects of schemas, lists of alternatives, constants. */
export function compile(m: Machine, value: Value | undefined, place: Place): Schema {
  const own = schemaOf(value);
  if (own) return own;
  if (value?.kind === 'object') {
    const fields = new Map<string, SchemaField>();
    for (const [name, cell] of value.props) {
      const origin = value.places?.get(name);
      const held = m.force(cell);
      if (held.kind === 'literal' && held.value === undefined) continue;
      fields.set(name, { schema: compile(m, held, origin ?? place), origin });
    }
    const lost = !!value.open || (value.base?.length ?? 0) > 0;
    return {
      body: {
        kind: 'object',
        fields,
        additional: lost ? 'unknown' : 'none',
        reason: lost ? 'spread-or-any' : undefined,
        strips: false,
      },
      place: value.place ?? place,
      ...optional,
    };
  }
  if (value?.kind === 'array' && !value.rest)
    return {
      body: { kind: 'union', options: value.items.map((item) => ({ ...compile(m, item, place), optional: false })) },
      place,
      ...optional,
    };
  if (value?.kind === 'literal') return { ...constantsOf([value], place), ...optional };
  return unknownSchema(value && isOpaque(value) ? 'unresolved-import' : 'spread-or-any', place);
}

function alternatives(m: Machine, site: CallSite): Schema {
  const items = site.args.flatMap((argument) =>
    argument.kind === 'array' && !argument.rest ? argument.items : [argument],
  );
  // Alternatives are optional as a whole; an alternative's own optionality does not matter.
  const options = items.map((item): Schema => ({ ...compile(m, item, site.place), optional: false }));
  return { body: { kind: 'union', options }, place: site.place, ...optional };
}

function constantsOf(items: readonly Value[], place: Place): Schema {
  const shape = shapeOfConstants(items, place);
  if (shape.kind !== 'union') return scalar(shape as ScalarShape, place);
  return {
    body: { kind: 'union', options: shape.members.map((member) => scalar(member as ScalarShape, place)) },
    place,
    optional: false,
  };
}

/** Joi's names for checks that zod names otherwise. */
const renamed: Readonly<Record<string, string>> = {
  integer: 'int',
  greater: 'gt',
  less: 'lt',
  multiple: 'multipleOf',
  pattern: 'regex',
  uri: 'url',
  guid: 'uuid',
  isoDate: 'datetime',
  token: 'cuid',
  alphanum: 'cuid',
};

/** The schema after a method; undefined when the method makes no schema. */
export function joiMethod(m: Machine, schema: Schema, key: string, site: CallSite): Schema | undefined {
  const { place } = site;
  const [first] = site.args;
  switch (key) {
    case 'required':
    case 'exist':
      return { ...schema, optional: false, fallback: undefined, place };
    case 'optional':
      return { ...schema, optional: true, place };
    case 'forbidden':
      return scalar(neverShape, place, optional);
    case 'allow':
      return allowing(schema, constantArguments(site), place);
    case 'valid':
    case 'equal':
    case 'only':
      return only(schema, constantArguments(site), place);
    case 'default':
      return { ...schema, fallback: site.args.length > 0 && first ? (constantOf(m, first) ?? {}) : {}, place };
    case 'failover':
      return { ...unknownSchema('whatever fails is replaced', place), ...optional };
    case 'when':
      // A condition may make a field required, forbidden or of another form.
      return { ...schema, optional: undefined, refined: true };
    case 'concat':
      return concat(schema, schemaOf(first), place);
    case 'empty':
    case 'alter':
    case 'tailor':
      return { ...schema, refined: true };
    case 'strict':
      return { ...schema, coerces: undefined };
    case 'options':
    case 'prefs':
    case 'preferences':
    case 'settings':
      return withOptions(m, schema, first);
    case 'port':
      return schema.body.kind === 'scalar' && schema.body.shape.kind === 'number'
        ? {
            ...schema,
            body: { kind: 'scalar', shape: { ...schema.body.shape, integer: true, minimum: 0, maximum: 65535 } },
            place,
          }
        : schema;
    case 'try':
      return schema.body.kind === 'unknown' ? alternatives(m, site) : appended(m, schema, site);
    case 'conditional':
      return unknownSchema('conditional schema', place);
    case 'iso':
      return schema.coerces === 'date'
        ? { ...schema, coerces: undefined, body: { kind: 'scalar', shape: stringShape(place) }, place }
        : schema;
    case 'label':
    case 'message':
    case 'messages':
    case 'error':
    case 'description':
    case 'note':
    case 'tag':
    case 'meta':
    case 'example':
    case 'unit':
    case 'id':
    case 'cast':
    case 'raw':
    case 'strip':
    case 'warn':
      return schema;
    default:
      return (
        ofArrays(m, schema, key, site) ??
        ofObjects(m, schema, key, site) ??
        checkScalar(schema, renamed[key] ?? key, site) ?? { ...schema, refined: true }
      );
  }
}

function appended(m: Machine, schema: Schema, site: CallSite): Schema {
  const more = alternatives(m, site);
  if (schema.body.kind !== 'union' || more.body.kind !== 'union') return { ...schema, refined: true };
  return {
    ...schema,
    body: { kind: 'union', options: [...schema.body.options, ...more.body.options] },
    place: site.place,
  };
}

/** The values given to `valid` or `allow`; undefined when one of them cannot be seen. */
function constantArguments(site: CallSite): readonly Value[] | undefined {
  if (site.open) return undefined;
  const items = site.args.flatMap((argument) =>
    argument.kind === 'array' && !argument.rest ? argument.items : [argument],
  );
  return items.every((item) => item.kind === 'literal') ? items : undefined;
}

function allowing(schema: Schema, items: readonly Value[] | undefined, place: Place): Schema {
  if (!items) return { ...schema, also: unknownShape('spread-or-any', place) };
  const isNull = (item: Value): boolean => item.kind === 'literal' && item.value === null;
  const others = items.filter((item) => !isNull(item));
  const also = others.length > 0 ? shapeOfConstants(others, place) : undefined;
  return {
    ...schema,
    place,
    nullable: schema.nullable || items.some(isNull),
    also: also && schema.also ? union([schema.also, also]) : (also ?? schema.also),
  };
}

function only(schema: Schema, items: readonly Value[] | undefined, place: Place): Schema {
  if (!items) return { ...schema, body: { kind: 'unknown', reason: 'spread-or-any' }, place };
  const constants = constantsOf(items, place);
  return { ...schema, body: constants.body, also: undefined, nullable: false, place };
}

function concat(schema: Schema, other: Schema | undefined, place: Place): Schema {
  if (!other) return { ...schema, refined: true };
  const facts = { place, optional: schema.optional === false ? false : other.optional };
  if (schema.body.kind !== 'object' || other.body.kind !== 'object') return { ...schema, ...facts, refined: true };
  const additional =
    schema.body.additional === 'unknown' || other.body.additional === 'unknown' ? 'unknown' : other.body.additional;
  return {
    ...schema,
    ...facts,
    body: { ...other.body, fields: new Map([...schema.body.fields, ...other.body.fields]), additional },
  };
}

/** `allowUnknown`, `stripUnknown` and `presence` as options of a schema or of a validation. */
export function withOptions(m: Machine, schema: Schema, options: Value | undefined): Schema {
  if (options?.kind !== 'object') return schema;
  const option = (name: string): Value | undefined => {
    const cell = options.props.get(name);
    return cell ? m.force(cell) : undefined;
  };
  const isTrue = (value: Value | undefined): boolean =>
    value?.kind === 'object' || (value?.kind === 'literal' && value.value === true);
  let next = schema;
  if (
    next.body.kind === 'object' &&
    (isTrue(option('allowUnknown')) || isTrue(option('stripUnknown'))) &&
    next.body.additional === 'none'
  )
    next = { ...next, body: { ...next.body, additional: 'allowed', strips: isTrue(option('stripUnknown')) } };
  if (textOf(option('presence')) !== undefined && next.body.kind === 'object') {
    // Which fields are optional by themselves and which only by the usual default is not kept apart.
    const fields = new Map(
      [...next.body.fields].map(([name, field]) => [
        name,
        {
          ...field,
          schema: { ...field.schema, optional: field.schema.optional === true ? undefined : field.schema.optional },
        },
      ]),
    );
    next = { ...next, body: { ...next.body, fields } };
  }
  return next;
}
