// Owns TypeBox: its builders give JSON Schema objects, as they do at run time, and its types are read from those.
// It must not know who uses a schema.

import type { Place } from '../../../../base/place.ts';
import { resolveShape, type Shape } from '../../../../shape/shape.ts';
import type { Machine } from '../machine.ts';
import { typedValue } from '../typed-values.ts';
import {
  type CallSite,
  type Cell,
  literal,
  type ObjectValue,
  objectOf,
  type PackageModel,
  someBoolean,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { optionalMark, shapeOfJsonSchema } from './json-schema.ts';
import { checkInput } from './validators/check.ts';
import { chosen } from './validators/objects.ts';
import { tried } from './zod/methods.ts';

export const typeboxPackage: PackageModel = {
  packages: ['@sinclair/typebox', 'typebox', '@fastify/type-provider-typebox'],
  call(m, external, site) {
    const last = external.path.at(-1);
    if (external.path.some((part) => part === '/value') || external.path.includes('Value'))
      return checked(m, last, site);
    if (external.path.includes('TypeCompiler') || external.path.includes('/compiler'))
      return last === 'Compile' ? compiled(site) : undefined;
    if (last === undefined || external.path.length > 2) return undefined;
    if (external.path.length === 2 && external.path[0] !== 'Type' && external.path[0] !== 't') return undefined;
    return build(m, last, site);
  },
  type(m, path, args) {
    const name = path.at(-1);
    if (name !== 'Static' && name !== 'StaticDecode' && name !== 'StaticEncode') return undefined;
    const value = args[0] ? typedValue(m, args[0]) : undefined;
    return value && isSchema(value) ? shapeOfJsonSchema(m, value) : undefined;
  },
};

function isSchema(value: Value): value is ObjectValue {
  return (
    value.kind === 'object' &&
    (value.props.has('type') ||
      value.props.has('anyOf') ||
      value.props.has('allOf') ||
      value.props.has('const') ||
      value.props.has('$ref') ||
      value.props.has('enum'))
  );
}

/** An object with the options of the call added, as TypeBox adds them. */
function schema(fields: Readonly<Record<string, Value>>, options: Value | undefined, place: Place): ObjectValue {
  const made = objectOf(fields, place) as ObjectValue;
  if (options?.kind === 'object') {
    for (const [key, cell] of options.props) made.props.set(key, cell);
    if (options.open || options.base?.length) made.open = { reason: 'spread-or-any', place };
  }
  return made;
}

const plainTypes: Readonly<Record<string, string>> = {
  String: 'string',
  Number: 'number',
  Integer: 'integer',
  BigInt: 'integer',
  Boolean: 'boolean',
  Null: 'null',
};

function build(m: Machine, name: string, site: CallSite): Value | undefined {
  const { place } = site;
  const [first, second, third] = site.args;
  const type = plainTypes[name];
  if (type) return schema({ type: literal(type) }, first, place);
  switch (name) {
    case 'Any':
    case 'Unknown':
    case 'Unsafe':
    case 'Not':
      return schema({}, first, place);
    case 'RegExp':
      return schema({ type: literal('string') }, second, place);
    case 'TemplateLiteral':
    case 'Date':
    case 'Uint8Array':
      return schema({ type: literal('string') }, undefined, place);
    case 'Literal':
      return schema({ const: first ?? undefinedValue }, second, place);
    case 'Object':
      return objectSchema(m, first, second, place);
    case 'Array':
      return schema({ type: literal('array'), items: first ?? unknown('spread-or-any', place) }, second, place);
    case 'Tuple':
      return schema({ type: literal('array'), items: first ?? unknown('spread-or-any', place) }, second, place);
    case 'Record':
      return schema(
        { type: literal('object'), additionalProperties: second ?? unknown('spread-or-any', place) },
        third,
        place,
      );
    case 'Union':
      return schema({ anyOf: first ?? unknown('spread-or-any', place) }, second, place);
    case 'Intersect':
      return schema({ allOf: first ?? unknown('spread-or-any', place) }, second, place);
    case 'Enum':
      return first?.kind === 'object'
        ? schema(
            { enum: { kind: 'array', items: [...first.props.values()].map((cell) => m.force(cell)) } },
            second,
            place,
          )
        : undefined;
    case 'Optional':
      return first?.kind === 'object' ? marked(first, true) : first;
    case 'Required':
    case 'Partial':
      return first?.kind === 'object' ? withOptional(m, first, name === 'Partial', place) : first;
    case 'Pick':
    case 'Omit':
      return first?.kind === 'object' ? selected(m, first, second, name === 'Pick', third, place) : undefined;
    case 'Composite':
      return composite(m, first, second, place);
    case 'KeyOf':
      return keysOf(m, first, place);
    case 'Readonly':
    case 'ReadonlyOptional':
      return name === 'ReadonlyOptional' && first?.kind === 'object' ? marked(first, true) : first;
    case 'Ref':
      return first?.kind === 'object' ? first : schema({ $ref: first ?? undefinedValue }, second, place);
    case 'Index':
      return first?.kind === 'object' && second?.kind === 'literal'
        ? propertyOf(m, first, String(second.value))
        : undefined;
    case 'Recursive':
      return first ? recursive(m, first, site) : undefined;
    case 'Transform':
      return first;
    default:
      return undefined;
  }
}

function marked(value: ObjectValue, optional: boolean): ObjectValue {
  const props = new Map<string, Cell>(value.props);
  if (optional) props.set(optionalMark, { value: literal(true) });
  else props.delete(optionalMark);
  return { ...value, props };
}

/** `Type.Object`: every property is required unless it is marked. */
function objectSchema(
  m: Machine,
  properties: Value | undefined,
  options: Value | undefined,
  place: Place,
): ObjectValue {
  if (properties?.kind !== 'object')
    return schema({ type: literal('object'), properties: properties ?? objectOf({}) }, options, place);
  const required: Value[] = [];
  for (const [name, cell] of properties.props) {
    const held = m.force(cell);
    if (!(held.kind === 'object' && held.props.has(optionalMark))) required.push(literal(name));
  }
  return schema({ type: literal('object'), properties, required: { kind: 'array', items: required } }, options, place);
}

function propertiesOf(m: Machine, value: ObjectValue): ObjectValue | undefined {
  const cell = value.props.get('properties');
  const held = cell ? m.force(cell) : undefined;
  return held?.kind === 'object' ? held : undefined;
}

function propertyOf(m: Machine, value: ObjectValue, name: string): Value | undefined {
  const cell = propertiesOf(m, value)?.props.get(name);
  return cell && m.force(cell);
}

/** The object again with other properties; its own options stay. */
function rebuilt(m: Machine, value: ObjectValue, properties: ObjectValue, place: Place, options?: Value): ObjectValue {
  const made = objectSchema(m, properties, undefined, place);
  for (const [key, cell] of value.props)
    if (!made.props.has(key) && key !== optionalMark && key !== '$id') made.props.set(key, cell);
  if (options?.kind === 'object') for (const [key, cell] of options.props) made.props.set(key, cell);
  return made;
}

function withOptional(m: Machine, value: ObjectValue, optional: boolean, place: Place): ObjectValue {
  const properties = propertiesOf(m, value);
  if (!properties) return { ...value, open: { reason: 'spread-or-any', place } };
  const props = new Map<string, Cell>();
  for (const [name, cell] of properties.props) {
    const held = m.force(cell);
    props.set(name, { value: held.kind === 'object' ? marked(held, optional) : held });
  }
  return rebuilt(m, value, { ...properties, props }, place);
}

function selected(
  m: Machine,
  value: ObjectValue,
  keys: Value | undefined,
  keep: boolean,
  options: Value | undefined,
  place: Place,
): ObjectValue {
  const properties = propertiesOf(m, value);
  const listed =
    keys?.kind === 'object' && keys.props.has('anyOf')
      ? constantsOf(m, keys)
      : keys?.kind === 'literal'
        ? new Set([String(keys.value)])
        : chosen(keys);
  if (!properties || !listed) return { ...value, open: { reason: 'spread-or-any', place } };
  const props = new Map([...properties.props].filter(([name]) => listed.has(name) === keep));
  return rebuilt(m, value, { ...properties, props }, place, options);
}

function constantsOf(m: Machine, value: Value): Set<string> | undefined {
  const shape: Shape = resolveShape(shapeOfJsonSchema(m, value));
  const parts = shape.kind === 'union' ? shape.members : [shape];
  const names = parts.flatMap((part) => (part.kind === 'string' ? (part.values ?? []) : []));
  return names.length > 0 ? new Set(names) : undefined;
}

function composite(m: Machine, list: Value | undefined, options: Value | undefined, place: Place): Value {
  if (list?.kind !== 'array' || list.rest) return unknown('spread-or-any', place);
  const props = new Map<string, Cell>();
  const places = new Map<string, Place>();
  for (const item of list.items) {
    const properties = item.kind === 'object' ? propertiesOf(m, item) : undefined;
    if (!properties) return schema({ allOf: list }, options, place);
    for (const [name, cell] of properties.props) props.set(name, cell);
    for (const [name, origin] of properties.places ?? []) places.set(name, origin);
  }
  return objectSchema(m, { kind: 'object', props, places, place }, options, place);
}

function keysOf(m: Machine, value: Value | undefined, place: Place): Value {
  const properties = value?.kind === 'object' ? propertiesOf(m, value) : undefined;
  if (!properties) return unknown('spread-or-any', place);
  return schema(
    {
      anyOf: {
        kind: 'array',
        items: [...properties.props.keys()].map((name) => schema({ const: literal(name) }, undefined, place)),
      },
    },
    undefined,
    place,
  );
}

/** `Type.Recursive((This) => …)`: inside, `This` is a reference to the whole. */
function recursive(m: Machine, callback: Value, site: CallSite): Value {
  return tried(m, callback, [schema({ $ref: literal('#') }, undefined, site.place)], site);
}

/** `Value.Check(schema, input)` and its kin. */
function checked(m: Machine, name: string | undefined, site: CallSite): Value | undefined {
  const [first, second] = site.args;
  if (!first || !second) return undefined;
  if (second.kind === 'input' && (name === 'Check' || name === 'Parse' || name === 'Decode' || name === 'Assert')) {
    checkInput(second, () => shapeOfJsonSchema(m, first), site.place);
  }
  if (name === 'Check') return someBoolean();
  return name === 'Errors'
    ? unknown('spread-or-any', site.place)
    : name === 'Cast' ||
        name === 'Convert' ||
        name === 'Default' ||
        name === 'Clean' ||
        name === 'Parse' ||
        name === 'Decode'
      ? second
      : undefined;
}

function compiled(site: CallSite): Value {
  const [held] = site.args;
  const run = (name: string): Value => ({
    kind: 'native',
    model: {
      name,
      call: (m, _self, inner) => checked(m, name, { ...inner, args: [held ?? undefinedValue, ...inner.args] }),
    },
    data: undefined,
    props: new Map(),
  });
  return objectOf({ Check: run('Check'), Errors: run('Errors'), Decode: run('Decode') }, site.place);
}
