// Owns what it means that a schema is applied to values of the request: every input that is reached is told, and a failure may follow.
// It must not know any one library.

import type { Place } from '../../../../../base/place.ts';
import {
  arrayShape,
  objectShape,
  resolveShape,
  type Shape,
  stringShape,
  unknownShape,
} from '../../../../../shape/shape.ts';
import { CurrentSink } from '../../current-sink.ts';
import type { Machine } from '../../machine.ts';
import { unseenException } from '../../unseen.ts';
import {
  type ExternalValue,
  type InputValue,
  literal,
  type ObjectValue,
  shaped,
  undefinedValue,
  type Value,
} from '../../value.ts';
import type { Schema } from './schema.ts';
import { fallbackOf, flatten, inputShape, isOptional } from './shapes.ts';

/** What a schema met: parts of the request, something that cannot be seen, or only values of the code's own. */
export type Met = 'inputs' | 'unseen' | 'own';

/** Tells every part of the request among `value` that the schema checks it. */
export function check(m: Machine, schema: Schema, value: Value, place: Place): Met {
  switch (value.kind) {
    case 'input':
      checkInput(value, (text) => inputShape(schema, text), place, schema);
      return value.in === 'path' && takesAnyText(inputShape(schema, true)) ? 'own' : 'inputs';
    case 'union':
      return strongest(value.members.map((member) => check(m, schema, member, place)));
    case 'object':
      return checkParts(
        m,
        schema,
        value,
        (name) => {
          const cell = value.props.get(name);
          if (cell) return m.force(cell);
          // Fields that were copied from the request one by one are still the request's.
          return value.base?.some((one) => one.kind === 'input') ? m.get(value, name, place) : undefined;
        },
        place,
      );
    case 'native':
      if (value.model.name !== 'request') return 'unseen';
      return checkParts(m, schema, value, (name) => m.get(value, name, place), place);
    case 'unknown':
    case 'external':
    case 'typed':
      return 'unseen';
    default:
      return 'own';
  }
}

/** Whether a shape takes whatever a path may have in its place, which is some text and never none. */
function takesAnyText(demanded: Shape): boolean {
  const shape = resolveShape(demanded);
  if (shape.kind === 'object') return [...shape.fields.values()].every((field) => takesAnyText(field.shape));
  if (shape.kind !== 'string') return false;
  const { values, format, pattern, maxLength, minLength = 0 } = shape;
  return !values && !format && !pattern && maxLength === undefined && minLength <= 1;
}

/** Tells one input that a shape is demanded of it. */
export function checkInput(input: InputValue, shapeFor: (text: boolean) => Shape, place: Place, schema?: Schema): void {
  const text = input.in !== 'body';
  const shape = shapeFor(text);
  if (input.name === '') {
    const { kind } = resolveShape(shape);
    // A body that must not be there is no body that is accepted.
    if (kind === 'never') return;
    if (kind === 'unknown') {
      input.sink.escape(input, 'spread-or-any', place);
      return;
    }
    input.sink.validate(input, text && input.in !== 'form' ? flatten(shape) : shape, place);
    return;
  }
  input.sink.validate(input, shape, place);
  if (!schema) return;
  const optional = isOptional(schema);
  const fallback = fallbackOf(schema);
  if (fallback || optional === true) input.sink.defaultTo(input, fallback?.value, place);
  else if (optional === false) demand(input, place);
}

/** Absence of the input is rejected. */
export function demand(input: InputValue, place: Place): void {
  if (input.sink instanceof CurrentSink) input.sink.target.requiredAt([input], place);
}

function checkParts(
  m: Machine,
  schema: Schema,
  whole: Value,
  part: (name: string) => Value | undefined,
  place: Place,
): Met {
  const met: Met[] = [];
  for (const { body } of objectsOf(schema)) {
    for (const [name, field] of body.fields) {
      const value = part(name);
      if (value) met.push(check(m, field.schema, value, place));
    }
  }
  if (whole.kind === 'object') {
    if (whole.open) met.push('unseen');
    // Values beside the named fields may still be inputs that fail the whole.
    if (met.length === 0) for (const cell of whole.props.values()) if (cell.value?.kind === 'input') met.push('unseen');
  }
  return strongest(met);
}

/** The objects that a schema is made of, wrappers taken off. */
function objectsOf(schema: Schema, depth = 0): (Schema & { readonly body: Schema['body'] & { kind: 'object' } })[] {
  if (depth > 12) return [];
  const { body } = schema;
  switch (body.kind) {
    case 'object':
      return [{ ...schema, body }];
    case 'mapped':
    case 'prepared':
      return objectsOf(body.inner, depth + 1);
    case 'pipe':
      return objectsOf(body.first, depth + 1);
    case 'intersection':
      return body.parts.flatMap((part) => objectsOf(part, depth + 1));
    case 'lazy': {
      const target = body.resolve();
      return target ? objectsOf(target, depth + 1) : [];
    }
    default:
      return [];
  }
}

function strongest(met: readonly Met[]): Met {
  if (met.includes('inputs')) return 'inputs';
  return met.includes('unseen') ? 'unseen' : 'own';
}

/** Says that the present call may throw: the library's error for bad input, something unknown for what cannot be seen. */
export function mayThrow(m: Machine, met: Met, error: Value, place: Place): void {
  if (met === 'own') return;
  const value = met === 'inputs' ? error : unseenException(place, []);
  m.thrown.push({ value, place, via: [...m.steps], absent: [] });
}

/** No library of validation gives its errors a status: that is for whoever answers them. */
const noStatus = { status: undefinedValue, statusCode: undefinedValue };

/** A library's error object. Members that are not listed are unknown rather than absent, except for a status. */
export function errorObject(
  packageName: string,
  name: string,
  fields: Readonly<Record<string, Value>>,
  place: Place,
): ObjectValue {
  const cls: ExternalValue = { kind: 'external', package: packageName, path: [name] };
  const props = Object.entries({ name: literal(name), message: shaped(stringShape()), ...noStatus, ...fields }).map(
    ([key, value]) => [key, { value }] as const,
  );
  return {
    kind: 'object',
    cls,
    place,
    places: new Map(),
    props: new Map(props),
    open: { reason: 'spread-or-any', place },
  };
}

/** A list of what a library reports: objects with a message and a path. */
export function issueList(extra: Readonly<Record<string, Shape>> = {}): Value {
  const issue = objectShape(
    [
      { name: 'message', shape: stringShape(), required: true },
      { name: 'path', shape: arrayShape(unknownShape()), required: true },
      ...Object.entries(extra).map(([name, shape]) => ({ name, shape, required: true as const })),
    ],
    'unknown',
    undefined,
    { reason: 'spread-or-any' },
  );
  return { kind: 'array', items: [], rest: shaped(issue, true) };
}

/** Whether a shape says anything of the value itself. */
export const isStated = (shape: Shape): boolean => resolveShape(shape).kind !== 'unknown';
