// Owns the intersection of two shapes: what a value that satisfies both schemas looks like. Where it cannot be said exactly,
// the answer is wider, never narrower. It must not know schemas.

import type {
  AdditionalFields,
  ArrayShape,
  Field,
  NumberShape,
  ObjectShape,
  Shape,
  StringShape,
} from '../../shape/shape.ts';
import { neverShape, resolveShape, union, unknownShape } from '../../shape/shape.ts';

/** Intersections of intersections deeper than this are recursive schemas that never settle. */
const deepest = 12;
/** Alternatives multiply; past this many they tell nobody anything. */
const mostAlternatives = 64;

/** The values that are in both shapes. */
export function intersect(a: Shape, b: Shape, depth = 0): Shape {
  if (a === b) return a;
  if (depth > deepest) return unknownShape('schema too deep to merge', a.origin);
  if (a.kind === 'unknown') return a.reason === undefined ? b : keepUnknown(a, b);
  if (b.kind === 'unknown') return b.reason === undefined ? a : keepUnknown(b, a);
  if (a.kind === 'never' || b.kind === 'never') return neverShape;
  if (a.kind === 'reference' && b.kind === 'reference' && a.resolve === b.resolve) return a;
  const left = resolveShape(a);
  const right = resolveShape(b);
  if (left !== a || right !== b) return intersect(left, right, depth + 1);
  if (left.kind === 'union' || right.kind === 'union') return distribute(left, right, depth);
  return intersectPlain(left, right, depth);
}

/** An unreadable branch may add anything to the other, except to what an object's own fields are. */
function keepUnknown(unknown: Shape & { kind: 'unknown' }, known: Shape): Shape {
  const resolved = resolveShape(known);
  if (resolved.kind !== 'object') return unknown;
  const fields = new Map([...resolved.fields].map(([name, field]) => [name, loosened(field)]));
  return { ...resolved, fields, additional: 'unknown', reason: unknown.reason };
}

const loosened = (field: Field): Field => ({ ...field, required: field.required === true ? true : undefined });

function distribute(a: Shape, b: Shape, depth: number): Shape {
  const left = a.kind === 'union' ? a.members : [a];
  const right = b.kind === 'union' ? b.members : [b];
  if (left.length * right.length > mostAlternatives) return unknownShape('too many alternatives', a.origin);
  return union(
    left.flatMap((one) => right.map((other) => intersect(one, other, depth + 1))),
    a.origin ?? b.origin,
  );
}

function intersectPlain(a: Shape, b: Shape, depth: number): Shape {
  if (a.kind === 'number' && b.kind === 'number') return intersectNumbers(a, b);
  if (a.kind !== b.kind) return neverShape;
  if (a.kind === 'string') return intersectStrings(a, b as StringShape);
  if (a.kind === 'array') return intersectArrays(a, b as ArrayShape, depth);
  if (a.kind === 'object') return intersectObjects(a, b as ObjectShape, depth);
  if (a.kind === 'boolean' && b.kind === 'boolean' && a.value !== undefined && b.value !== undefined) {
    return a.value === b.value ? a : neverShape;
  }
  return a.kind === 'boolean' && a.value === undefined ? b : a;
}

function intersectNumbers(a: NumberShape, b: NumberShape): Shape {
  const values = common(a.values, b.values);
  if (values?.length === 0) return neverShape;
  return {
    kind: 'number',
    origin: a.origin ?? b.origin,
    integer: a.integer || b.integer,
    values,
    minimum: larger(a.minimum, b.minimum),
    exclusiveMinimum: larger(a.exclusiveMinimum, b.exclusiveMinimum),
    maximum: smaller(a.maximum, b.maximum),
    exclusiveMaximum: smaller(a.exclusiveMaximum, b.exclusiveMaximum),
    multipleOf: a.multipleOf ?? b.multipleOf,
    format: a.format ?? b.format,
  };
}

function intersectStrings(a: StringShape, b: StringShape): Shape {
  const values = common(a.values, b.values);
  if (values?.length === 0) return neverShape;
  return {
    kind: 'string',
    origin: a.origin ?? b.origin,
    values,
    format: a.format ?? b.format,
    // Two patterns cannot be written as one; the first is kept, which is wider.
    pattern: a.pattern ?? b.pattern,
    minLength: larger(a.minLength, b.minLength),
    maxLength: smaller(a.maxLength, b.maxLength),
  };
}

function intersectArrays(a: ArrayShape, b: ArrayShape, depth: number): Shape {
  return {
    kind: 'array',
    origin: a.origin ?? b.origin,
    items: intersect(a.items, b.items, depth + 1),
    minItems: larger(a.minItems, b.minItems),
    maxItems: smaller(a.maxItems, b.maxItems),
    uniqueItems: a.uniqueItems ?? b.uniqueItems,
  };
}

function intersectObjects(a: ObjectShape, b: ObjectShape, depth: number): Shape {
  const fields = new Map<string, Field>();
  for (const [name, field] of a.fields) {
    const other = b.fields.get(name);
    fields.set(name, other ? intersectFields(field, other, depth) : fieldOfOne(field, b, depth));
  }
  for (const [name, field] of b.fields) {
    if (!fields.has(name)) fields.set(name, fieldOfOne(field, a, depth));
  }
  const values = a.values && b.values ? intersect(a.values, b.values, depth + 1) : (a.values ?? b.values);
  return {
    kind: 'object',
    origin: a.origin ?? b.origin,
    fields,
    values,
    ...additionalOf(a, b),
  };
}

/** A field that only one side names must satisfy what the other says of all others. */
function fieldOfOne(field: Field, other: ObjectShape, depth: number): Field {
  return other.values ? { ...field, shape: intersect(field.shape, other.values, depth + 1) } : field;
}

function intersectFields(a: Field, b: Field, depth: number): Field {
  // The side that describes the value says more about where the field stands than the one that only requires it.
  const origin = a.shape.kind === 'unknown' ? (b.origin ?? a.origin) : (a.origin ?? b.origin);
  return {
    name: a.name,
    origin,
    shape: intersect(a.shape, b.shape, depth + 1),
    required: a.required === true || b.required === true ? true : a.required === undefined ? undefined : b.required,
    readOnly: a.readOnly ?? b.readOnly,
    writeOnly: a.writeOnly ?? b.writeOnly,
    deprecated: a.deprecated ?? b.deprecated,
    default: a.default ?? b.default,
  };
}

function additionalOf(a: ObjectShape, b: ObjectShape): { additional: AdditionalFields; reason?: string } {
  if (a.additional === 'none' || b.additional === 'none') {
    const closed = a.additional === 'none' ? a : b;
    const other = closed === a ? b : a;
    // Read strictly, a closed branch forbids the fields of the others; no author of `allOf` means that.
    const extended = [...other.fields.keys()].some((name) => !closed.fields.has(name));
    const sure = !extended || other.additional === 'none';
    return sure ? { additional: 'none' } : { additional: 'unknown', reason: 'allOf of a closed schema' };
  }
  if (a.additional === 'unknown') return { additional: 'unknown', reason: a.reason };
  if (b.additional === 'unknown') return { additional: 'unknown', reason: b.reason };
  return { additional: 'allowed' };
}

function common<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined {
  if (!a || !b) return a ?? b;
  return a.filter((value) => b.includes(value));
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
