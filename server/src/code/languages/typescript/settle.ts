// Owns what awaiting a value gives. A promise is taken as its value all along; only queries that run when they are awaited differ.
// It must not know libraries: their models say what their queries give.

import { join } from './join.ts';
import type { Machine } from './machine.ts';
import type { Value } from './value.ts';

/** The value that `await` gives for a value. */
export function settled(m: Machine, value: Value): Value {
  if (value.kind === 'native') return value.model.settle?.(m, value) ?? value;
  if (value.kind !== 'union' || !value.members.some((member) => member.kind === 'native' && member.model.settle))
    return value;
  return join(value.members.map((member) => settled(m, member)));
}
