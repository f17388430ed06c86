// Owns what rows of every library have in common: the values of columns, lists of rows, options that say what is fetched, failures.
// It must not know any one library.

import type { Place } from '../../../../base/place.ts';
import { numberShape, type Shape, stringShape, unknownShape } from '../../../../shape/shape.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { escapeValue } from '../unknown-calls.ts';
import {
  type ArrayValue,
  type CallSite,
  type ExternalValue,
  isEmpty,
  literal,
  type Model,
  native,
  type ObjectValue,
  shaped,
  someNumber,
  someString,
  truth,
  type UnknownValue,
  unknown,
  type Value,
} from '../value.ts';

/** A list of which every item is the given row. */
export const listOf = (row: Value, place?: Place): ArrayValue => ({ kind: 'array', items: [], rest: row, place });

/** A value that is there, though nothing is known of it. */
export const something = (reason = 'spread-or-any', origin?: Place): UnknownValue =>
  shaped(unknownShape(reason, origin));

/** A value with a shape, of which the presence cannot be told: a document may lack what its schema does not demand. */
export const perhaps = (shape: Shape): UnknownValue => ({ ...shaped(shape), maybe: true });

/** A row of which not even the columns are known. */
export const someRow = (place?: Place): UnknownValue => ({ ...unknown('spread-or-any', place), truthy: true });

/** A date, as a database driver gives it. */
export function dateValue(m: Machine, site: CallSite): Value {
  const made = m.globals.cells.get('Date');
  return made ? m.construct(m.force(made), { ...site, args: [], argPlaces: [] }) : someString();
}

const decimal: Model = {
  name: 'Decimal',
  // `toJSON` of decimal.js, and so of Prisma, gives a text.
  shape: (_m, self) => stringShape(self.place),
  method: (_m, self, key) => {
    if (key === 'toNumber' || key === 'valueOf' || key === 'precision' || key === 'sd' || key === 'decimalPlaces')
      return key === 'valueOf' ? someString() : someNumber();
    if (/^(to[A-Z]\w*)$/.test(key)) return someString();
    if (/^(is[A-Z]\w*|eq|equals|gt|gte|lt|lte|greaterThan\w*|lessThan\w*)$/.test(key)) return undefined;
    return native(decimal, undefined, self.place);
  },
};

/** A number of decimal.js: a text once it is JSON. */
export const decimalValue = (place?: Place): Value => native(decimal, undefined, place);

/** A count, as databases give it. */
export const someCount = (): Value => shaped(numberShape(undefined, { integer: true, minimum: 0 }));

/** The options of a call: an object of which all fields are seen, `none` when there are none, `lost` when some cannot be seen. */
export function optionsOf(value: Value | undefined): ObjectValue | 'none' | 'lost' {
  if (!value || isEmpty(value)) return 'none';
  if (value.kind !== 'object' || value.open || value.base?.some((part) => part.kind !== 'object')) return 'lost';
  return value;
}

/** One option by name: its value, or undefined when it is not given. */
export function option(m: Machine, options: ObjectValue | 'none' | 'lost', name: string): Value | undefined {
  if (typeof options === 'string') return undefined;
  const cell = options.props.get(name);
  const value = cell && m.force(cell);
  return !value || (value.kind === 'literal' && value.value === undefined) ? undefined : value;
}

/** Whether a switch such as `{ name: true }` is on; undefined when it may be either. */
export function isOn(value: Value): boolean | undefined {
  return truth(value);
}

/** The parts of the request among a call's arguments go where they cannot be followed. */
export function escapeArguments(m: Machine, site: CallSite): void {
  for (const [index, argument] of site.args.entries()) escapeValue(m, argument, site.argPlaces[index] ?? site.place, 0);
}

/** Says that the present call may throw. */
export function mayThrow(m: Machine, error: Value, place: Place): void {
  m.thrown.push({ value: error, place, via: [...m.steps], absent: [] });
}

/** An error of a library, with the fields that handlers tell errors apart by. */
export function libraryError(
  packageName: string,
  path: readonly string[],
  fields: Readonly<Record<string, Value>>,
  place: Place,
): ObjectValue {
  const cls: ExternalValue = { kind: 'external', package: packageName, path };
  const all = { name: literal(path.at(-1) ?? ''), message: someString(), stack: someString(), ...fields };
  return {
    kind: 'object',
    cls,
    place,
    props: new Map(Object.entries(all).map(([key, value]) => [key, { value }])),
  };
}

/** Gives an answer for each alternative of an argument, joined by the caller. */
export const alternativesOf = (value: Value | undefined): readonly Value[] | undefined =>
  value && value.kind === 'union' ? members(value) : undefined;
