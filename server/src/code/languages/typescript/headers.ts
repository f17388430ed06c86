// Owns the list of headers that an answer has along the present path, kept in a cell so that branches keep theirs apart.
// It must not know any one framework.

import type { Place } from '../../../base/place.ts';
import { members } from './join.ts';
import type { Machine } from './machine.ts';
import { type Cell, type Model, native, textOf, undefinedValue, type Value } from './value.ts';

/** One header that an answer sets; the name in lower case. */
export interface SetHeader {
  readonly name: string;
  readonly place: Place;
  /** Its value, where that is a constant. */
  readonly value?: string;
  /** Whether only some of the ways that lead here set it. */
  readonly perhaps?: true;
}

const headerList: Model = { name: 'headers' };

/** Every header that may be set along the present path, each name once. */
export function headersIn(cell: Cell): readonly SetHeader[] {
  const lists = members(cell.value ?? undefinedValue).map((value) =>
    value.kind === 'native' ? (value.data as readonly SetHeader[]) : [],
  );
  const first = new Map<string, SetHeader>();
  for (const header of lists.flat()) if (!first.has(header.name)) first.set(header.name, header);
  return [...first.values()].map((header) => {
    const always = lists.every((list) => list.some(({ name, perhaps }) => name === header.name && !perhaps));
    return always ? header : { ...header, perhaps: true };
  });
}

/** Sets one header on the present path. */
export function addHeader(m: Machine, cell: Cell, header: SetHeader): void {
  const others = headersIn(cell).filter((other) => other.name !== header.name);
  m.write(cell, native(headerList, [...others, header] satisfies readonly SetHeader[]));
}

/** Takes one header away from the present path. */
export function dropHeader(m: Machine, cell: Cell, name: string): void {
  const others = headersIn(cell).filter((other) => other.name !== name);
  m.write(cell, native(headerList, others satisfies readonly SetHeader[]));
}

/** A header's value as text, where it is a constant. */
export function headerText(value: Value | undefined): string | undefined {
  if (value?.kind === 'literal' && typeof value.value === 'number') return String(value.value);
  return textOf(value);
}
