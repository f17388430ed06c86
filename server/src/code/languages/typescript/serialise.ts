// Owns serialisation: the shape of the JSON that a value becomes.
// It must not know frameworks; natives say their shape through their models.

import {
  arrayShape,
  booleanShape,
  type Field,
  neverShape,
  nullShape,
  numberShape,
  objectShape,
  resolveShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../../shape/shape.ts';
import { classMember, emptySite, nativeParent } from './classes.ts';
import { everyItem, members } from './join.ts';
import type { Machine } from './machine.ts';
import { hasUnknown, shapeFromTypes } from './type-answers.ts';
import type { ObjectValue, Value } from './value.ts';

const depthLimit = 10;

/** What `JSON.stringify` makes of a value, as a shape. `undefined` and functions become `never`: they vanish. */
export function shapeOfValue(m: Machine, value: Value, depth = 0): Shape {
  if (depth > depthLimit) return unknownShape('budget');
  switch (value.kind) {
    case 'literal':
      return value.someFalsy ? unknownShape('spread-or-any', value.place) : shapeOfLiteral(value);
    case 'template':
      return stringShape(value.place);
    case 'unknown':
      if (value.shape && !hasUnknown(value.shape)) return value.shape;
      return shapeFromTypes(m, value) ?? value.shape ?? unknownShape(value.reason, value.place);
    case 'typed': {
      const shape = m.types.shapeOf(value.type);
      return hasUnknown(shape) ? (shapeFromTypes(m, value) ?? shape) : shape;
    }
    case 'union':
      return union(value.members.map((member) => shapeOfValue(m, member, depth + 1)));
    case 'array': {
      const items = everyItem(value).map((item) => shapeOfItem(m, item, depth + 1));
      const list = arrayShape(union(items), value.place);
      return value.stated ? { ...list, stated: value.stated } : list;
    }
    case 'object':
      return shapeOfObject(m, value, depth);
    case 'function':
    case 'class':
      return neverShape;
    case 'native':
      return value.model.shape?.(m, value) ?? unknownShape('spread-or-any', value.place);
    case 'input':
      return unknownShape('request-escapes', value.place);
    case 'external':
      // A regular expression has no fields of its own that are enumerable.
      if (value.package === ':regexp') return objectShape([], 'none', value.place);
      return shapeFromTypes(m, value) ?? unknownShape('unresolved-import', value.place);
    case 'namespace':
      return unknownShape('spread-or-any');
  }
}

/** An item of a list: what would vanish from an object becomes null here (ECMAScript, 25.5.2.6 SerializeJSONArray). */
function shapeOfItem(m: Machine, value: Value, depth: number): Shape {
  const shape = shapeOfValue(m, value, depth);
  const absent = members(value).find(
    (member) =>
      member.kind === 'function' ||
      member.kind === 'class' ||
      (member.kind === 'literal' && member.value === undefined),
  );
  return absent ? union([shape, nullShape(absent.kind === 'literal' ? absent.place : undefined)]) : shape;
}

function shapeOfLiteral(value: Value & { kind: 'literal' }): Shape {
  const constant = value.value;
  if (constant === null) return nullShape(value.place);
  switch (typeof constant) {
    case 'string':
      return stringShape(value.place, { values: [constant] });
    case 'number':
      // `NaN` and the infinities become null.
      if (!Number.isFinite(constant)) return nullShape(value.place);
      return numberShape(value.place, { values: [constant], integer: Number.isInteger(constant) });
    case 'boolean':
      return booleanShape(value.place, constant);
    case 'bigint':
      // `JSON.stringify` refuses it: what is sent depends on how the service turns it into something else.
      return unknownShape('custom-serializer', value.place);
    default:
      return neverShape;
  }
}

function shapeOfObject(m: Machine, value: ObjectValue, depth: number): Shape {
  const converted =
    value.props.get('toJSON')?.value ??
    (value.cls?.kind === 'class' ? classMember(m, value.cls, 'toJSON', value) : undefined);
  if (converted?.kind === 'function') {
    const own = converted.self || value.cls ? converted : { ...converted, self: value };
    return shapeOfValue(m, m.call(own, emptySite(converted.node, converted.frame)), depth + 1);
  }
  if (converted?.kind === 'unknown' && converted.shape === undefined && value.props.has('toJSON'))
    return unknownShape('custom-serializer', value.place);
  if (isError(value)) return unknownShape('spread-or-any', value.place);
  const alternatives = toldApart(m, value, depth);
  if (alternatives) return union(alternatives.map((one) => shapeOfObject(m, one, depth)));
  const fields = new Map<string, Field>();
  let open = value.open;
  for (const part of value.base ?? []) {
    const base = resolveShape(shapeOfValue(m, part, depth + 1));
    if (base.kind !== 'object') open ??= { reason: 'spread-or-any', place: value.place };
    else {
      for (const [name, field] of base.fields) fields.set(name, field);
      if (base.additional !== 'none') open ??= { reason: 'spread-or-any', place: value.place };
    }
  }
  for (const [name, cell] of value.props) {
    if (name === nativeParent || name.startsWith('#')) continue;
    const held = m.force(cell);
    const shape = shapeOfValue(m, held, depth + 1);
    const optional = members(held).some((member) => member.kind === 'literal' && member.value === undefined);
    if (shape.kind === 'never') {
      fields.delete(name);
      continue;
    }
    const sure = !optional && !mayBeUndefined(held);
    fields.set(name, {
      name,
      shape,
      required: sure ? true : optional ? false : undefined,
      origin: value.places?.get(name),
    });
  }
  return objectShape(fields.values(), open ? 'unknown' : 'none', value.place, { reason: open?.reason });
}

/** More alternatives than these are not told apart: their fields are taken one by one. */
const mostAlternatives = 16;

/**
 * The objects that one object is, where fields of it vary together and one of them says by a constant which they are: what a spread of
 * `{ kind: 'card', … } | { kind: 'bank', … }` leaves. Undefined where nothing tells them apart.
 */
function toldApart(m: Machine, value: ObjectValue, depth: number): ObjectValue[] | undefined {
  const varying = new Map<object, [string, readonly Value[]][]>();
  for (const [name, cell] of value.props) {
    const held = m.force(cell);
    if (held.kind !== 'union' || !held.parts || held.parts.values.length > mostAlternatives) continue;
    varying.set(held.parts.of, [...(varying.get(held.parts.of) ?? []), [name, held.parts.values]]);
  }
  for (const fields of varying.values()) {
    if (fields.length < 2 || !fields.some(([, values]) => areTags(m, values, depth))) continue;
    return fields[0]![1].map((_, index) => {
      const props = new Map(value.props);
      for (const [name, values] of fields) props.set(name, { value: values[index] });
      return { ...value, props };
    });
  }
  return undefined;
}

/** Whether each of these is one text, and they are not all the same. */
function areTags(m: Machine, values: readonly Value[], depth: number): boolean {
  const texts = values.map((value) => {
    const shape = resolveShape(shapeOfValue(m, value, depth + 1));
    return shape.kind === 'string' && shape.values?.length === 1 ? shape.values[0] : undefined;
  });
  return !texts.includes(undefined) && new Set(texts).size > 1;
}

/** An unknown value may be undefined, and then its field vanishes; that cannot be told from here. */
function mayBeUndefined(value: Value): boolean {
  if (value.kind === 'union') return value.members.some(mayBeUndefined);
  if (value.kind === 'literal') return !!value.someFalsy;
  return value.kind === 'input' || (value.kind === 'unknown' && (!!value.maybe || (!value.shape && !value.truthy)));
}

function isError(value: ObjectValue): boolean {
  let current: Value | undefined = value.cls;
  for (let hops = 0; current && hops < 12; hops++) {
    // What a library's error serialises to differs by its version.
    if (current.kind === 'external') return current.package === ':language' || /Error$/.test(current.path.at(-1) ?? '');
    if (current.kind === 'native') return current.model.name === 'Error';
    current = current.kind === 'class' ? current.parent : undefined;
  }
  return false;
}
