// Owns JSON Schema as it is written in code: object literals, spreads, constants and TypeBox's results become shapes.
// It must not know who uses a schema or what a failure of it means.

import type { Place } from '../../../../base/place.ts';
import {
  type AdditionalFields,
  arrayShape,
  booleanShape,
  type Field,
  neverShape,
  nullShape,
  numberShape,
  objectShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../../../shape/shape.ts';
import type { Machine } from '../machine.ts';
import { type ObjectValue, textOf, type Value } from '../value.ts';
import { fluentSchemaOf } from './fluent-json-schema.ts';
import { constantOf } from './validators/constants.ts';
import { merge } from './validators/merge.ts';
import { schemaOf } from './validators/schema.ts';
import { inputShape } from './validators/shapes.ts';

/** The hidden property by which TypeBox marks a schema as one that may be left out of an object. */
export const optionalMark = '[[optional]]';

interface Context {
  readonly m: Machine;
  readonly root: Value;
  readonly resolveRef: ((id: string) => Value | undefined) | undefined;
  /** Shapes of what `$ref` names, so that recursive schemas stay finite. */
  readonly referred: Map<string, Shape>;
}

const depthLimit = 40;

/**
 * The shape that a JSON Schema accepts. `value` may be an object literal (spreads included), a boolean, a TypeBox schema or
 * the schema of a validator library. `resolveRef` answers references that do not begin with `#`; parts that cannot be read
 * are unknown. Never throws.
 */
export function shapeOfJsonSchema(m: Machine, value: Value, resolveRef?: (id: string) => Value | undefined): Shape {
  return shapeIn({ m, root: value, resolveRef, referred: new Map() }, value, 0);
}

function shapeIn(context: Context, value: Value, depth: number): Shape {
  if (depth > depthLimit) return unknownShape('budget');
  const schema = schemaOf(value);
  if (schema) return inputShape(schema);
  const built = fluentSchemaOf(value);
  if (built) return shapeOfObject(context, built, depth);
  switch (value.kind) {
    case 'literal':
      if (value.value === false) return neverShape;
      return unknownShape(undefined, value.place);
    case 'union':
      // A schema that is chosen at run time: only what all choices agree on would be certain.
      return unknownShape('environment-dependent');
    case 'object':
      return shapeOfObject(context, value, depth);
    case 'unknown':
      return unknownShape(value.reason, value.place);
    case 'external':
      return unknownShape('unresolved-import', value.place);
    default:
      return unknownShape('spread-or-any');
  }
}

function shapeOfObject(context: Context, value: ObjectValue, depth: number): Shape {
  const { m } = context;
  const get = (key: string): Value | undefined => property(m, value, key);
  const reference = textOf(get('$ref'));
  if (reference !== undefined) return referredShape(context, reference, value.place, depth);
  // A spread that cannot be read may add any keyword, so nothing that follows would be certain.
  if (isOpaque(value) && !get('type') && !get('properties')) return unknownShape('spread-or-any', value.place);
  const parts: Shape[] = [];
  const own = ownShape(context, value, get, depth);
  if (own) parts.push(own);
  for (const part of itemsOf(get('allOf'))) parts.push(shapeIn(context, part, depth + 1));
  for (const keyword of ['anyOf', 'oneOf']) {
    const choices = get(keyword);
    if (!choices) continue;
    const options = choices.kind === 'array' && !choices.rest ? choices.items : undefined;
    parts.push(
      options
        ? union(
            options.map((part) => shapeIn(context, part, depth + 1)),
            value.place,
          )
        : unknownShape('spread-or-any', value.place),
    );
  }
  if (get('if') || get('not') || get('dependentSchemas')) parts.push(unknownShape('conditional schema', value.place));
  const shape =
    parts.length === 0
      ? unknownShape(undefined, value.place)
      : parts.length === 1
        ? parts[0]!
        : merge(parts, value.place);
  const nullable = get('nullable');
  return nullable?.kind === 'literal' && nullable.value === true
    ? union([shape, nullShape(value.place)], value.place)
    : shape;
}

/** What the keywords of the schema itself say, or undefined when it has none that state a form. */
function ownShape(
  context: Context,
  value: ObjectValue,
  get: (key: string) => Value | undefined,
  depth: number,
): Shape | undefined {
  const { place } = value;
  const constant = get('const');
  if (constant) return shapeOfConstants([constant], place);
  const choices = get('enum');
  if (choices)
    return choices.kind === 'array' && !choices.rest
      ? shapeOfConstants(choices.items, place)
      : unknownShape('spread-or-any', place);
  const type = get('type');
  const names =
    type?.kind === 'array' ? type.items.map((item) => textOf(item)) : type ? [textOf(type)] : impliedTypes(get);
  if (names.length === 0) return undefined;
  return union(
    names.map((name) => shapeOfType(context, value, name, get, depth)),
    place,
  );
}

function impliedTypes(get: (key: string) => Value | undefined): string[] {
  if (get('properties') || get('required') || get('additionalProperties') || get('patternProperties'))
    return ['object'];
  return get('items') || get('prefixItems') ? ['array'] : [];
}

function shapeOfType(
  context: Context,
  value: ObjectValue,
  name: string | undefined,
  get: (key: string) => Value | undefined,
  depth: number,
): Shape {
  const { place } = value;
  const number = (key: string): number | undefined => {
    const held = get(key);
    return held?.kind === 'literal' && typeof held.value === 'number' ? held.value : undefined;
  };
  const flag = (key: string): boolean => {
    const held = get(key);
    return held?.kind === 'literal' && held.value === true;
  };
  switch (name) {
    case 'string':
      return stringShape(
        place,
        defined({
          format: textOf(get('format')),
          pattern: textOf(get('pattern')),
          minLength: number('minLength'),
          maxLength: number('maxLength'),
        }),
      );
    case 'integer':
    case 'number':
      return numberShape(
        place,
        defined({
          integer: name === 'integer',
          // Draft 4 wrote exclusive bounds as booleans beside the bound.
          minimum: flag('exclusiveMinimum') ? undefined : number('minimum'),
          maximum: flag('exclusiveMaximum') ? undefined : number('maximum'),
          exclusiveMinimum: flag('exclusiveMinimum') ? number('minimum') : number('exclusiveMinimum'),
          exclusiveMaximum: flag('exclusiveMaximum') ? number('maximum') : number('exclusiveMaximum'),
          multipleOf: number('multipleOf'),
          format: textOf(get('format')),
        }),
      );
    case 'boolean':
      return booleanShape(place);
    case 'null':
      return nullShape(place);
    case 'array': {
      const items = get('items');
      const prefix = get('prefixItems');
      const tuple = itemsOf(prefix ?? items);
      const item =
        tuple.length > 0
          ? union(tuple.map((part) => shapeIn(context, part, depth + 1)))
          : items && !prefix
            ? shapeIn(context, items, depth + 1)
            : unknownShape(undefined, place);
      return arrayShape(
        item,
        place,
        defined({
          minItems: number('minItems'),
          maxItems: number('maxItems'),
          uniqueItems: flag('uniqueItems') || undefined,
        }),
      );
    }
    case 'object':
      return objectOfProperties(context, value, get, depth);
    default:
      return unknownShape('spread-or-any', place);
  }
}

function objectOfProperties(
  context: Context,
  value: ObjectValue,
  get: (key: string) => Value | undefined,
  depth: number,
): Shape {
  const { m } = context;
  const properties = get('properties');
  const required = get('required');
  const demanded = new Set(itemsOf(required).map((item) => textOf(item)));
  const certain = (!required && !isOpaque(value)) || (required?.kind === 'array' && !required.rest);
  const fields: Field[] = [];
  let reason = isOpaque(value) ? 'spread-or-any' : undefined;
  if (properties?.kind === 'object') {
    for (const [name, cell] of properties.props) {
      const held = m.force(cell);
      if (held.kind === 'literal' && held.value === undefined) continue;
      fields.push(
        fieldOf(
          context,
          name,
          held,
          properties.places?.get(name),
          demanded.has(name) ? true : certain ? false : undefined,
          depth,
        ),
      );
    }
    if (isOpaque(properties)) reason = 'spread-or-any';
  } else if (properties) reason = 'spread-or-any';
  for (const name of demanded) {
    if (name !== undefined && !fields.some((field) => field.name === name))
      fields.push({ name, shape: unknownShape(), required: true, origin: value.place });
  }
  const rest = get('additionalProperties');
  let additional: AdditionalFields = reason ? 'unknown' : 'allowed';
  let values: Shape | undefined;
  if (rest?.kind === 'literal' && rest.value === false && !reason && !get('patternProperties')) additional = 'none';
  else if (rest && rest.kind !== 'literal') values = shapeIn(context, rest, depth + 1);
  const patterns = get('patternProperties');
  if (patterns?.kind === 'object')
    values = union([
      ...(values ? [values] : []),
      ...[...patterns.props.values()].map((cell) => shapeIn(context, m.force(cell), depth + 1)),
    ]);
  return objectShape(fields, additional, value.place, { values, reason });
}

function fieldOf(
  context: Context,
  name: string,
  held: Value,
  origin: Place | undefined,
  required: boolean | undefined,
  depth: number,
): Field {
  const { m } = context;
  const flag = (key: string): true | undefined => {
    const value = property(m, held, key);
    return value?.kind === 'literal' && value.value === true ? true : undefined;
  };
  const fallback = property(m, held, 'default');
  const constant = fallback ? constantOf(m, fallback) : undefined;
  return defined({
    name,
    shape: shapeIn(context, held, depth + 1),
    required,
    origin,
    readOnly: flag('readOnly'),
    writeOnly: flag('writeOnly'),
    deprecated: flag('deprecated'),
    default: constant?.value,
  }) as Field;
}

/** A `$ref`: within the schema by pointer, else by whoever knows the identifiers. */
function referredShape(context: Context, reference: string, place: Place | undefined, depth: number): Shape {
  const known = context.referred.get(reference);
  if (known) return known;
  const [id = '', fragment = ''] = reference.split('#');
  const target = id === '' ? context.root : (context.resolveRef?.(reference) ?? context.resolveRef?.(id));
  if (!target) return unknownShape('external-ref-unavailable', place);
  const whole = id !== '' && context.resolveRef?.(reference) === target && fragment !== '';
  const found = whole ? target : pointTo(context.m, target, fragment);
  if (!found) return unknownShape('external-ref-unavailable', place);
  let shape: Shape | undefined;
  const lazy: Shape = {
    kind: 'reference',
    name: reference,
    origin: place,
    resolve: () => {
      if (!shape) {
        shape = unknownShape('circular reference');
        shape = shapeIn(id === '' ? context : { ...context, root: target, referred: new Map() }, found, depth + 1);
      }
      return shape;
    },
  };
  context.referred.set(reference, lazy);
  return lazy;
}

function pointTo(m: Machine, value: Value, fragment: string): Value | undefined {
  let current: Value | undefined = value;
  for (const part of fragment.split('/').filter((one) => one !== '')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (current?.kind === 'array') current = current.items[Number(key)];
    else current = current ? property(m, current, key) : undefined;
  }
  return current;
}

/** The shape of a list of constants. */
export function shapeOfConstants(items: readonly Value[], place: Place | undefined): Shape {
  const texts: string[] = [];
  const numbers: number[] = [];
  const others: Shape[] = [];
  for (const item of items) {
    if (item.kind !== 'literal') return unknownShape('spread-or-any', place);
    if (typeof item.value === 'string') texts.push(item.value);
    else if (typeof item.value === 'number') numbers.push(item.value);
    else if (typeof item.value === 'boolean') others.push(booleanShape(place, item.value));
    else if (item.value === null) others.push(nullShape(place));
    else return unknownShape('spread-or-any', place);
  }
  const shapes: Shape[] = [];
  if (texts.length > 0) shapes.push(stringShape(place, { values: texts }));
  if (numbers.length > 0)
    shapes.push(numberShape(place, { values: numbers, integer: numbers.every(Number.isInteger) }));
  return union([...shapes, ...others], place);
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'array' ? value.items : [];
}

/** Whether an object may have keywords that cannot be seen. */
function isOpaque(value: ObjectValue): boolean {
  return !!value.open || (value.base?.length ?? 0) > 0;
}

/** A property that is there; `undefined` counts as absent, as it does for every reader of schemas. */
function property(m: Machine, value: Value, key: string): Value | undefined {
  if (value.kind !== 'object') return undefined;
  const cell = value.props.get(key);
  if (!cell) return undefined;
  const held = m.force(cell);
  return held.kind === 'literal' && held.value === undefined ? undefined : held;
}

function defined<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
