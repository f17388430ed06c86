// Owns what a route's schema does to requests at run time: those that fail it are refused. What it does to answers has a file of its own.
// It must not know how schemas are written; `packages/json-schema.ts` reads them.

import type { Place } from '../../../../base/place.ts';
import { objectShape, resolveShape, type Shape } from '../../../../shape/shape.ts';
import type { AbstainReason, ReadLocation } from '../../../model.ts';
import { wholeInput } from '../inputs.ts';
import { opened } from '../installed/openings.ts';
import type { Machine } from '../machine.ts';
import { shapeOfJsonSchema } from '../packages/json-schema.ts';
import { isEmpty, literal, type ObjectValue, objectOf, truth, undefinedValue, unknown, type Value } from '../value.ts';
import { frameworkError, mayThrow } from './errors.ts';
import { type InstanceState, schemaNamed } from './instances.ts';
import type { RequestData } from './request.ts';
import { fieldPlace } from './routes.ts';

const parts: readonly {
  readonly keys: readonly string[];
  readonly location: ReadLocation;
  readonly context: string;
}[] = [
  { keys: ['params'], location: 'path', context: 'params' },
  { keys: ['body'], location: 'body', context: 'body' },
  { keys: ['querystring', 'query'], location: 'query', context: 'querystring' },
  { keys: ['headers'], location: 'header', context: 'headers' },
];

/** Checks a request against a route's schema, as the framework does between `preValidation` and `preHandler`. */
export function validateRequest(
  m: Machine,
  data: RequestData,
  instance: InstanceState,
  options: Value,
  place: Place,
): void {
  const schema = opened(m, m.get(options, 'schema', place));
  if (isEmpty(schema)) return;
  const { target } = data.exchange;
  if (schema.kind !== 'object') {
    const reason = reasonOf(schema);
    target.openReads(reason, place, 'schema');
    target.openExits(reason, place, 'schema');
    return;
  }
  const attach = m.get(options, 'attachValidation', place);
  const failures: { place: Place; context: string }[] = [];
  for (const { keys, location, context } of parts) {
    const key = keys.find((name) => !isEmpty(m.get(schema, name, place)));
    if (key === undefined) continue;
    const value = m.get(schema, key, place);
    const at = fieldPlace(schema, key) ?? place;
    const shape = lenient(
      m,
      instance,
      shapeOfJsonSchema(m, spelledOut(value), (id) => schemaNamed(instance, id)),
    );
    const resolved = resolveShape(shape);
    const whole = wholeInput(data.sink, location === 'body' ? data.body : location, at);
    if (resolved.kind === 'unknown') {
      target.open(whole.in, reasonOf(value), at, 'schema');
      if (value.kind !== 'object' || resolved.reason !== undefined) target.openExits(reasonOf(value), at, 'schema');
      continue;
    }
    whole.sink.validate(whole, shape, at);
    if (canFail(shape, location)) failures.push({ place: at, context });
  }
  const [first] = failures;
  if (!first || (attach.kind === 'literal' && truth(attach) === true)) return;
  mayThrow(m, validationError(m, instance, options, first.context, first.place), first.place);
}

function reasonOf(value: Value): AbstainReason {
  if (value.kind === 'unknown') return value.reason;
  return value.kind === 'external' ? 'unresolved-import' : 'spread-or-any';
}

/** The error that a failed validation makes; a formatter may make another, which gets the status when it has none. */
function validationError(m: Machine, instance: InstanceState, options: Value, context: string, place: Place): Value {
  const issues: Value = {
    kind: 'array',
    items: [],
    rest: objectOf({
      keyword: unknown('spread-or-any'),
      instancePath: unknown('spread-or-any'),
      message: unknown('spread-or-any'),
    }),
  };
  const facts = { validation: issues, validationContext: literal(context) };
  const own = m.get(options, 'schemaErrorFormatter', place);
  let formatter: Value | undefined = isEmpty(own) ? undefined : own;
  for (let state: InstanceState | undefined = instance; state && !formatter; state = state.parent)
    formatter = state.schemaErrorFormatter;
  if (!formatter && instance.options?.kind === 'object') {
    const rooted = m.get(instance.options, 'schemaErrorFormatter', place);
    if (!isEmpty(rooted)) formatter = rooted;
  }
  if (formatter?.kind !== 'function') return frameworkError(400, 'FST_ERR_VALIDATION', place, facts);
  const made = m.call(formatter, {
    args: [issues, literal(context)],
    open: false,
    place,
    argPlaces: [place, place],
    namePlace: place,
    frame: m.globals,
  });
  if (made.kind !== 'object') return frameworkError(400, 'FST_ERR_VALIDATION', place, facts);
  const error: ObjectValue = { ...made, props: new Map(made.props), place };
  if (isEmpty(m.get(made, 'statusCode', place))) error.props.set('statusCode', { value: literal(400) });
  for (const [key, value] of Object.entries(facts)) error.props.set(key, { value });
  return error;
}

const keywords = [
  'type',
  'properties',
  '$ref',
  'oneOf',
  'anyOf',
  'allOf',
  'enum',
  'const',
  'not',
  'if',
  '$id',
  'required',
  'additionalProperties',
  'patternProperties',
  'items',
];

/** Until version 5 a schema could be written as its properties alone. */
function spelledOut(value: Value): Value {
  if (value.kind !== 'object' || value.open || value.base?.length || value.props.size === 0) return value;
  if (keywords.some((key) => value.props.has(key))) return value;
  if (![...value.props.values()].every((cell) => cell.value?.kind === 'object')) return value;
  return {
    ...value,
    props: new Map([
      ['type', { value: literal('object') }],
      ['properties', { value }],
    ]),
  };
}

/** The default compiler removes what a closed schema does not name, and does not refuse it. */
function lenient(m: Machine, instance: InstanceState, shape: Shape): Shape {
  if (removesAdditional(m, instance) === false) return shape;
  return loosened(shape, 0);
}

function removesAdditional(m: Machine, instance: InstanceState): boolean | undefined {
  const place = instance.place;
  let value: Value = instance.options ?? undefinedValue;
  for (const key of ['ajv', 'customOptions', 'removeAdditional'])
    value = isEmpty(value) ? value : m.get(value, key, place);
  return isEmpty(value) ? true : truth(value);
}

function loosened(shape: Shape, depth: number): Shape {
  if (depth > 8) return shape;
  switch (shape.kind) {
    case 'object': {
      const fields = [...shape.fields.values()].map((field) => ({ ...field, shape: loosened(field.shape, depth + 1) }));
      return {
        ...objectShape(fields, shape.additional === 'none' ? 'allowed' : shape.additional, shape.origin, {
          values: shape.values,
          reason: shape.reason,
        }),
      };
    }
    case 'array':
      return { ...shape, items: loosened(shape.items, depth + 1) };
    case 'union':
      return { ...shape, members: shape.members.map((member) => loosened(member, depth + 1)) };
    case 'reference': {
      let made: Shape | undefined;
      return { ...shape, resolve: () => (made ??= loosened(shape.resolve(), depth + 1)) };
    }
    default:
      return shape;
  }
}

/** Whether some request fails a schema. What is a text anyway fails no schema of a text without bounds. */
function canFail(shape: Shape, location: ReadLocation, depth = 0): boolean {
  const resolved = resolveShape(shape);
  if (depth > 8) return false;
  switch (resolved.kind) {
    case 'object':
      if (location === 'body') return true;
      return [...resolved.fields.values()].some(
        (field) =>
          (location !== 'path' && field.required === true && field.default === undefined) ||
          canFail(field.shape, location, depth + 1),
      );
    case 'number':
    case 'boolean':
    case 'null':
      return true;
    case 'string':
      return (
        location === 'body' ||
        !!(resolved.values ?? resolved.pattern ?? resolved.format ?? resolved.minLength ?? resolved.maxLength)
      );
    case 'array':
      return location === 'body' || canFail(resolved.items, location, depth + 1);
    case 'union':
      return resolved.members.every((member) => canFail(member, location, depth + 1));
    default:
      return false;
  }
}
