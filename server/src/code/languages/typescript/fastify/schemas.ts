// Owns what a route's schema does at run time: requests that fail it are refused, answers lose what it does not name.
// It must not know how schemas are written; `packages/json-schema.ts` reads them.

import type { Place } from '../../../../base/place.ts';
import {
  arrayShape,
  booleanShape,
  type Field,
  nullShape,
  numberShape,
  type ObjectShape,
  objectShape,
  resolveShape,
  type Shape,
  stringShape,
  union,
} from '../../../../shape/shape.ts';
import type { AbstainReason, ReadLocation } from '../../../model.ts';
import { wholeInput } from '../inputs.ts';
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
  const schema = m.get(options, 'schema', place);
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
  return opened(shape, 0);
}

function removesAdditional(m: Machine, instance: InstanceState): boolean | undefined {
  const place = instance.place;
  let value: Value = instance.options ?? undefinedValue;
  for (const key of ['ajv', 'customOptions', 'removeAdditional'])
    value = isEmpty(value) ? value : m.get(value, key, place);
  return isEmpty(value) ? true : truth(value);
}

function opened(shape: Shape, depth: number): Shape {
  if (depth > 8) return shape;
  switch (shape.kind) {
    case 'object': {
      const fields = [...shape.fields.values()].map((field) => ({ ...field, shape: opened(field.shape, depth + 1) }));
      return {
        ...objectShape(fields, shape.additional === 'none' ? 'allowed' : shape.additional, shape.origin, {
          values: shape.values,
          reason: shape.reason,
        }),
      };
    }
    case 'array':
      return { ...shape, items: opened(shape.items, depth + 1) };
    case 'union':
      return { ...shape, members: shape.members.map((member) => opened(member, depth + 1)) };
    case 'reference': {
      let made: Shape | undefined;
      return { ...shape, resolve: () => (made ??= opened(shape.resolve(), depth + 1)) };
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

/** What the response schemas of a route do to its answers. */
export interface ResponseFilter {
  /** What leaves with a status when the code sends a body. */
  readonly apply: (status: number | undefined, body: Shape) => Shape;
  /** Whether every schema was read, so that what leaves has the fields that `apply` says and no others. */
  readonly exact: boolean;
}

/** The response schemas of a route as a filter; undefined when it has none. */
export function responseFilter(
  m: Machine,
  instance: InstanceState,
  options: Value,
  place: Place,
): ResponseFilter | undefined {
  const schema = isEmpty(options) ? undefinedValue : m.get(options, 'schema', place);
  if (isEmpty(schema)) return undefined;
  const response = schema.kind === 'object' ? m.get(schema, 'response', place) : schema;
  if (isEmpty(response)) return undefined;
  if (response.kind !== 'object') return { apply: (_status, body) => body, exact: false };
  const shapes = new Map<string, Shape | undefined>();
  for (const key of response.props.keys())
    shapes.set(key, shapeOfResponse(m, instance, m.get(response, key, place), place));
  const exact = !response.open && !response.base?.length && [...shapes.values()].every((shape) => shape !== undefined);
  const loose = keepsUnnamed(m, response, 0);
  const apply = (status: number | undefined, body: Shape): Shape => {
    if (status === undefined) return body;
    const key = [String(status), `${Math.floor(status / 100)}xx`, `${Math.floor(status / 100)}XX`, 'default'].find(
      (name) => response.props.has(name),
    );
    if (key === undefined) return body;
    const stated = shapes.get(key);
    return stated ? filtered(body, stated, 0, loose) : body;
  };
  return { apply, exact };
}

function shapeOfResponse(m: Machine, instance: InstanceState, value: Value, place: Place): Shape | undefined {
  let schema = value;
  const content = value.kind === 'object' ? value.props.get('content') : undefined;
  if (content) {
    const types = m.force(content);
    const first = types.kind === 'object' ? [...types.props].find(([name]) => /json|\*/.test(name))?.[1] : undefined;
    if (!first) return undefined;
    schema = m.get(m.force(first), 'schema', place);
  }
  const shape = shapeOfJsonSchema(m, schema, (id) => schemaNamed(instance, id));
  return resolveShape(shape).kind === 'unknown' ? undefined : shape;
}

/** Whether a schema says somewhere that fields which it does not name are kept. */
function keepsUnnamed(m: Machine, value: Value, depth: number): boolean {
  if (value.kind !== 'object' || depth > 8) return false;
  if (value.open || value.base?.length) return true;
  return [...value.props].some(([key, cell]) => {
    const held = m.force(cell);
    return key === 'additionalProperties' || key === 'patternProperties'
      ? !(held.kind === 'literal' && held.value === false)
      : keepsUnnamed(m, held, depth + 1);
  });
}

/** The body after the serialiser: of an object only the fields that the schema names, each written as the schema says. */
function filtered(body: Shape, schema: Shape, depth: number, loose: boolean): Shape {
  const stated = resolveShape(schema);
  const given = resolveShape(body);
  if (depth > 8) return body;
  switch (stated.kind) {
    case 'object':
      return filteredObject(given, stated, body, depth, loose);
    case 'array':
      if (given.kind === 'array')
        return arrayShape(filtered(given.items, stated.items, depth + 1, loose), given.origin);
      return given.kind === 'unknown' ? stated : body;
    case 'string':
      return scalar(
        given,
        body,
        'string',
        stringShape(body.origin ?? stated.origin, stated.values ? { values: stated.values } : {}),
      );
    case 'number':
      return scalar(given, body, 'number', numberShape(body.origin ?? stated.origin, { integer: stated.integer }));
    case 'boolean':
      return scalar(given, body, 'boolean', booleanShape(body.origin ?? stated.origin));
    case 'union':
      return filteredUnion(given, stated.members, body, depth, loose);
    default:
      return body;
  }
}

/** A scalar is converted to the schema's type; what is known of a value of that type already is kept. */
function scalar(given: Shape, body: Shape, kind: Shape['kind'], converted: Shape): Shape {
  if (given.kind === kind) return body;
  if (given.kind === 'union') return given.members.every((member) => member.kind === kind) ? body : converted;
  return given.kind === 'never' ? body : converted;
}

function filteredUnion(given: Shape, choices: readonly Shape[], body: Shape, depth: number, loose: boolean): Shape {
  const rest = choices.filter((choice) => resolveShape(choice).kind !== 'null');
  const [only] = rest;
  if (rest.length !== 1 || !only) return given.kind === 'unknown' ? union(choices) : body;
  if (given.kind === 'null') return body;
  if (given.kind === 'unknown') return union(choices);
  if (given.kind !== 'union') return filtered(body, only, depth, loose);
  return union(
    given.members.map((member) =>
      member.kind === 'null' ? nullShape(member.origin) : filtered(member, only, depth + 1, loose),
    ),
  );
}

function filteredObject(
  given: ReturnType<typeof resolveShape>,
  stated: ObjectShape,
  body: Shape,
  depth: number,
  loose: boolean,
): Shape {
  if (given.kind === 'union') return union(given.members.map((member) => filtered(member, stated, depth + 1, loose)));
  if (given.kind === 'unknown') {
    const fields = [...stated.fields.values()].map((field) => ({
      ...field,
      required: field.required === true ? true : undefined,
    }));
    return objectShape(
      fields,
      stated.additional === 'unknown' || stated.values ? 'unknown' : 'none',
      given.origin ?? stated.origin,
      { values: stated.values, reason: stated.reason },
    );
  }
  if (given.kind !== 'object') return body;
  const fields: Field[] = [];
  for (const field of stated.fields.values()) {
    const own = given.fields.get(field.name);
    if (own) fields.push({ ...own, shape: filtered(own.shape, field.shape, depth + 1, loose) });
    else if (given.additional === 'unknown')
      fields.push({ ...field, required: field.required === true ? true : undefined });
    // The serialiser writes a default for what is absent.
    else if (field.default !== undefined) fields.push({ ...field, required: true });
  }
  // Fields that the schema does not name leave only when it says that others may.
  const keepsOthers = loose || stated.values !== undefined || stated.additional === 'unknown';
  if (keepsOthers)
    for (const field of given.fields.values()) {
      if (stated.fields.has(field.name)) continue;
      fields.push(stated.values ? { ...field, shape: filtered(field.shape, stated.values, depth + 1, loose) } : field);
    }
  return objectShape(fields, keepsOthers ? given.additional : 'none', given.origin ?? stated.origin, {
    values: keepsOthers ? given.values : undefined,
    reason: keepsOthers ? given.reason : undefined,
  });
}
