// Owns what a part of the request is told of its use. It must not know who keeps it.

import type { Place } from '../../../base/place.ts';
import type { Shape } from '../../../shape/shape.ts';
import type { AbstainReason } from '../../model.ts';
import type { Cell, InputValue } from './value.ts';

/** Who is told what the code does with a part of the request. */
export interface InputSink {
  read(input: InputValue, place: Place): void;
  /** The code turned the input into a number, boolean, … */
  convert(input: InputValue, shape: Shape, place: Place): void;
  /** The code falls back on a constant. */
  defaultTo(input: InputValue, value: unknown, place: Place): void;
  /** The code goes on where the input is absent. A later check may still reject it. */
  tolerate(input: InputValue): void;
  /** The code tells by a header how the caller proves who it is. */
  recognise?(input: InputValue, scheme: 'bearer' | 'basic'): void;
  /** The whole location went where it cannot be followed. */
  escape(input: InputValue, reason: AbstainReason, place: Place, generic?: boolean): void;
  /** A validator checks this input against a shape. */
  validate(input: InputValue, shape: Shape, place: Place): void;
  /** The code declares the input to have a type that nothing enforces. */
  declare(input: InputValue, shape: Shape, place: Place): void;
  /** Whether every request that comes here has this part, and not as an empty text. */
  gives?(part: InputValue): boolean;
  /** Whether the route can have no part of this name, where its names are known. */
  lacks?(part: InputValue): boolean;
  /** Where a part really stands, for frameworks that hand over several locations in one. Absent: where it is asked for. */
  relocate?(part: InputValue): InputValue;
  /** What the code itself put into parts of the request, by place and name; absent where nothing is kept. */
  readonly written?: Map<string, Cell>;
}

/** How what the code put into a part of the request is kept; `within` names a field of it. */
export function partKey({ in: location, name }: Pick<InputValue, 'in' | 'name'>, within?: string): string {
  if (within === undefined) return `${location} ${name}`;
  return `${location} ${name === '' ? within : `${name}.${within}`}`;
}
