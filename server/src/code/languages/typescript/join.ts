// Owns joining: one value for several alternatives, kept small so that joins stay cheap.
// It must not know the interpreter.

import { numberShape, type Shape, stringShape } from '../../../shape/shape.ts';
import {
  type ArrayValue,
  type ExternalValue,
  type FunctionValue,
  type InputValue,
  type LiteralValue,
  type ObjectValue,
  resultOf,
  shaped,
  type TypedValue,
  type UnknownValue,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

const unionLimit = 12;

/** Joins values; more than a handful of alternatives become unknown, so that joins stay cheap. */
export function join(values: readonly Value[]): Value {
  if (values.length === 1) return values[0]!;
  const flat: Value[] = [];
  for (const value of values) {
    for (const member of value.kind === 'union' ? value.members : [value]) {
      if (flat.some((seen) => sameValue(seen, member))) continue;
      if (flat.length < unionLimit) flat.push(member);
      else if (!mergeInto(flat, member)) return tooMany(values, flat);
    }
  }
  if (flat.length === 0) return undefinedValue;
  // An error that nobody saw is of a class only in the branch that asked for it.
  if (flat.some((value) => isUnseen(value) && !value.instanceOf)) {
    const kept = flat.filter((value) => !isUnseen(value) || !value.instanceOf);
    if (kept.length < flat.length) return kept.length === 1 ? kept[0]! : { kind: 'union', members: kept };
  }
  // A part of the request is there only in the branch that asked for it.
  const asked = flat.filter((value) => value.kind === 'input' && value.given);
  const sure = asked.filter((value) => flat.some((other) => isAlsoUnasked(value, other)));
  if (sure.length > 0) {
    const kept = flat.filter((value) => !sure.includes(value));
    return kept.length === 1 ? kept[0]! : { kind: 'union', members: kept };
  }
  // What a cache may hold is what the code makes where the cache is empty.
  if (flat.some(isMade)) {
    const made = flat.filter((value) => value.kind !== 'unknown' || !value.cached);
    return made.length === 1 ? made[0]! : { kind: 'union', members: made };
  }
  return flat.length === 1 ? flat[0]! : { kind: 'union', members: flat };
}

/** Whether another alternative is the same part of the request where nobody asked for it. */
function isAlsoUnasked(value: Value, other: Value): boolean {
  return (
    value.kind === 'input' && other.kind === 'input' && !other.given && sameValue({ ...value, given: false }, other)
  );
}

const isUnseen = (value: Value): value is UnknownValue => value.kind === 'unknown' && value.caught === true;

/** Whether a value was made by code that was read, and is more than a constant. */
function isMade(value: Value): boolean {
  return value.kind === 'native' || value.kind === 'function' || value.kind === 'object';
}

/** The same part of every alternative of a union. */
export function joinParts(of: object, values: readonly Value[]): Value {
  const joined = join(values);
  return joined.kind === 'union' ? { ...joined, parts: { of, values } } : joined;
}

function tooMany(values: readonly Value[], some: readonly Value[]): Value {
  const scalars = scalarShape(values.flatMap((value) => (value.kind === 'union' ? value.members : [value])));
  return scalars
    ? shaped(scalars)
    : { kind: 'union', members: [...some.slice(0, unionLimit - 1), unknown('spread-or-any')] };
}

/**
 * Takes one record more where there are too many: the one of the same literal that differs in the fewest fields holds either's values from
 * then on. So what an answer's alternatives agree on, such as its status, stays told apart from the rest.
 */
function mergeInto(flat: Value[], record: Value): boolean {
  if (record.kind !== 'object' || !isRecord(record)) return false;
  let best: { readonly at: number; readonly differing: readonly string[] } | undefined;
  for (const [at, other] of flat.entries()) {
    const differing = other.kind === 'object' ? differingFields(other, record) : undefined;
    if (differing && (!best || differing.length < best.differing.length)) best = { at, differing };
  }
  if (!best) return false;
  const kept = flat[best.at] as ObjectValue;
  const props = new Map(kept.props);
  for (const key of best.differing)
    props.set(key, { value: join([kept.props.get(key)!.value!, record.props.get(key)!.value!]), born: kept.born });
  flat[best.at] = { ...kept, props };
  return true;
}

/** A record of plain fields that one literal gave. */
const isRecord = ({ cls, open, base, place, props }: ObjectValue): boolean =>
  !cls && !open && !base?.length && !!place && [...props.values()].every(({ value }) => value !== undefined);

/** The fields in which two records of one literal differ; undefined where they are of different literals or fields. */
function differingFields(a: ObjectValue, b: ObjectValue): readonly string[] | undefined {
  if (!isRecord(a) || a.props.size !== b.props.size || !isSamePlace(a, b)) return undefined;
  const names = [...b.props.keys()];
  if (!names.every((name) => a.props.has(name))) return undefined;
  return names.filter((name) => !sameValue(a.props.get(name)!.value!, b.props.get(name)!.value!, 1));
}

const isSamePlace = (a: ObjectValue, b: ObjectValue): boolean =>
  a.place?.file === b.place?.file && a.place?.start === b.place?.start;

function scalarShape(values: readonly Value[]): Shape | undefined {
  if (values.every((value) => value.kind === 'literal' && typeof value.value === 'string')) return stringShape();
  if (values.every((value) => value.kind === 'literal' && typeof value.value === 'number')) return numberShape();
  return undefined;
}

function sameValue(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'literal':
      return Object.is(a.value, (b as LiteralValue).value) && !!a.someFalsy === !!(b as LiteralValue).someFalsy;
    case 'unknown': {
      const other = b as UnknownValue;
      return (
        a.shape === other.shape &&
        !!a.caught === !!other.caught &&
        !!a.foreign === !!other.foreign &&
        !!a.cached === !!other.cached &&
        !!a.ofUnseen === !!other.ofUnseen &&
        a.instanceOf === other.instanceOf &&
        a.reason === other.reason
      );
    }
    case 'object':
      return sameRecord(a, b as ObjectValue, depth);
    case 'function':
      return (
        a.node === (b as FunctionValue).node &&
        a.frame === (b as FunctionValue).frame &&
        a.self === (b as FunctionValue).self
      );
    case 'external':
      return sameExternal(a, b as ExternalValue);
    case 'input': {
      const other = b as InputValue;
      return a.in === other.in && a.name === other.name && a.sink === other.sink && !a.given === !other.given;
    }
    case 'typed':
      return a.type.node === (b as TypedValue).type.node && a.type.frame === (b as TypedValue).type.frame;
    default:
      return false;
  }
}

/** Results of one function of an installed package are as different as its arguments. */
function sameExternal(a: ExternalValue, b: ExternalValue): boolean {
  if (a.package !== b.package || a.path.join('.') !== b.path.join('.')) return false;
  return a.installed === b.installed || !a.path.includes(resultOf);
}

/** Whatever may stand in a list: the items that are known one by one, and what stands for the others. */
export function everyItem({ items, rest }: ArrayValue): readonly Value[] {
  return rest ? [...items, rest] : items;
}

/** The alternatives of a value. */
export function members(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.members : [value];
}

/** Whether two records are what one literal gave in two turns of a loop, the same in all of their fields. */
function sameRecord(a: ObjectValue, b: ObjectValue, depth: number): boolean {
  if (depth > 3 || a.cls || b.cls || a.open || b.open || a.props.size !== b.props.size) return false;
  if (!a.place || !isSamePlace(a, b)) return false;
  return [...a.props].every(([key, { value }]) => {
    const other = b.props.get(key)?.value;
    return value !== undefined && other !== undefined && sameValue(value, other, depth + 1);
  });
}
