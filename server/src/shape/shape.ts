// Owns the neutral type-shape: what a JSON value can look like, with the place that says so.
// It must not know OpenAPI or a programming language; the contract room and the code room both speak in shapes.

import type { Place } from '../base/place.ts';

/** Where a shape was stated. `origin` is the innermost text (a property's type, a literal in an object), when there is one. */
interface Stated {
  readonly origin?: Place;
  /** Set when only a type says so, which nothing enforces at run time: no difference that rests on it is certain. */
  readonly stated?: 'type';
}

/** Anything: nothing is known, for the reason given. */
export interface UnknownShape extends Stated {
  readonly kind: 'unknown';
  readonly reason?: string;
}

/** No value at all: an impossible branch, or a field that is never serialised. */
export interface NeverShape extends Stated {
  readonly kind: 'never';
}

export interface NullShape extends Stated {
  readonly kind: 'null';
}

export interface BooleanShape extends Stated {
  readonly kind: 'boolean';
  /** Present when only this one value occurs. */
  readonly value?: boolean;
}

export interface NumberShape extends Stated {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly values?: readonly number[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly format?: string;
}

export interface StringShape extends Stated {
  readonly kind: 'string';
  readonly values?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface ArrayShape extends Stated {
  readonly kind: 'array';
  readonly items: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

/** What is known of the fields that an object does not name. */
export type AdditionalFields =
  /** No other field occurs (a literal in code; `additionalProperties: false`). */
  | 'none'
  /** Other fields are allowed and nothing says that they occur (JSON Schema's default; a structural type). */
  | 'allowed'
  /** Other fields may well be there and cannot be enumerated (a spread, a row, an index signature over unknown). */
  | 'unknown';

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  /** `true`: always present. `false`: may be absent. `undefined`: cannot be told. */
  readonly required: boolean | undefined;
  /** The field's name in the text. */
  readonly origin?: Place;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: boolean;
  /** A constant default; `undefined` when there is none. */
  readonly default?: unknown;
}

export interface ObjectShape extends Stated {
  readonly kind: 'object';
  readonly fields: ReadonlyMap<string, Field>;
  readonly additional: AdditionalFields;
  /** The shape of every unnamed field, for maps (`additionalProperties: {…}`, `Record<string, T>`). */
  readonly values?: Shape;
  /** Why `additional` is `unknown`. */
  readonly reason?: string;
}

/** One of several. Never nested directly in another union; never has one member (see {@link union}). */
export interface UnionShape extends Stated {
  readonly kind: 'union';
  readonly members: readonly Shape[];
}

/** A named shape looked up on demand, so that recursive types stay finite. */
export interface ReferenceShape extends Stated {
  readonly kind: 'reference';
  readonly name: string;
  readonly resolve: () => Shape;
}

export type Shape =
  | UnknownShape
  | NeverShape
  | NullShape
  | BooleanShape
  | NumberShape
  | StringShape
  | ArrayShape
  | ObjectShape
  | UnionShape
  | ReferenceShape;

export const unknownShape = (reason?: string, origin?: Place): UnknownShape => ({ kind: 'unknown', reason, origin });
export const neverShape: NeverShape = { kind: 'never' };
export const nullShape = (origin?: Place): NullShape => ({ kind: 'null', origin });
export const booleanShape = (origin?: Place, value?: boolean): BooleanShape => ({ kind: 'boolean', value, origin });
export const stringShape = (origin?: Place, facts: Omit<StringShape, 'kind' | 'origin'> = {}): StringShape => ({
  kind: 'string',
  origin,
  ...facts,
});
export const numberShape = (
  origin?: Place,
  facts: Partial<Omit<NumberShape, 'kind' | 'origin'>> = {},
): NumberShape => ({ kind: 'number', integer: false, origin, ...facts });
export const arrayShape = (
  items: Shape,
  origin?: Place,
  facts: Omit<ArrayShape, 'kind' | 'origin' | 'items'> = {},
): ArrayShape => ({
  kind: 'array',
  items,
  origin,
  ...facts,
});
export const objectShape = (
  fields: Iterable<Field>,
  additional: AdditionalFields,
  origin?: Place,
  facts: Pick<ObjectShape, 'values' | 'reason'> = {},
): ObjectShape => ({
  kind: 'object',
  fields: new Map([...fields].map((field) => [field.name, field])),
  additional,
  origin,
  ...facts,
});

/** Joins shapes into the smallest union: nested unions are flattened, `never` vanishes, equal scalars without facts are merged. */
export function union(members: readonly Shape[], origin?: Place): Shape {
  const flat: Shape[] = [];
  for (const member of members) {
    if (member.kind === 'never') continue;
    for (const part of member.kind === 'union' ? member.members : [member]) {
      if (!flat.some((seen) => same(seen, part))) flat.push(part);
    }
  }
  if (flat.length === 0) return neverShape;
  if (flat.length === 1) return flat[0]!;
  return { kind: 'union', members: flat, origin };
}

/** Follows references to the shape itself; a chain that never ends is unknown. */
export function resolveShape(shape: Shape): Exclude<Shape, ReferenceShape> {
  let current = shape;
  for (let hops = 0; hops < 32; hops++) {
    if (current.kind !== 'reference') return current;
    current = current.resolve();
  }
  return { kind: 'unknown', reason: 'circular reference', origin: shape.origin };
}

/** The alternatives of a shape, references followed one level: a union's members, or the shape alone. */
export function alternatives(shape: Shape): Exclude<Shape, ReferenceShape | UnionShape>[] {
  const resolved = resolveShape(shape);
  if (resolved.kind !== 'union') return [resolved];
  return resolved.members.flatMap((member) => alternatives(member));
}

function same(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'null':
    case 'never':
    case 'unknown':
      return true;
    case 'boolean':
      return a.value === (b as BooleanShape).value;
    case 'number': {
      const other = b as NumberShape;
      return (
        a.integer === other.integer &&
        equalLists(a.values, other.values) &&
        a.minimum === other.minimum &&
        a.maximum === other.maximum &&
        a.exclusiveMinimum === other.exclusiveMinimum &&
        a.exclusiveMaximum === other.exclusiveMaximum &&
        a.multipleOf === other.multipleOf &&
        a.format === other.format
      );
    }
    case 'string': {
      const other = b as StringShape;
      return (
        equalLists(a.values, other.values) &&
        a.format === other.format &&
        a.pattern === other.pattern &&
        a.minLength === other.minLength &&
        a.maxLength === other.maxLength
      );
    }
    case 'reference':
      return a.name === (b as ReferenceShape).name && a.resolve === (b as ReferenceShape).resolve;
    default:
      return false;
  }
}

function equalLists(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  return a.every((item, index) => item === b[index]);
}
