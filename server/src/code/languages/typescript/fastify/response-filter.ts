// Owns what the response schemas of a route do to its answers: what they do not name never leaves, and the rest is written as they say.
// It must not know how schemas are written, nor how requests are checked.

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
import { opened } from '../installed/openings.ts';
import type { Machine } from '../machine.ts';
import { shapeOfJsonSchema } from '../packages/json-schema.ts';
import { isEmpty, undefinedValue, type Value } from '../value.ts';
import { type InstanceState, schemaNamed } from './instances.ts';

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
  const schema = isEmpty(options) ? undefinedValue : opened(m, m.get(options, 'schema', place));
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
  const given = resolveShape(body);
  const left = written(given, resolveShape(schema), body, depth, loose);
  return given.stated === undefined || left === body ? left : { ...left, stated: given.stated };
}

type Resolved = ReturnType<typeof resolveShape>;

function written(given: Resolved, stated: Resolved, body: Shape, depth: number, loose: boolean): Shape {
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

function filteredObject(given: Resolved, stated: ObjectShape, body: Shape, depth: number, loose: boolean): Shape {
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
    // It throws where a demanded field is absent, so that whatever leaves has it.
    else if (field.required === true) fields.push(field);
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
