// Owns what is known to be absent on the present path, and under which conditions that was found.
// It must not know how a condition says so.

import type { Machine } from './machine.ts';
import type { InputValue } from './value.ts';

/** Inputs that are absent on a path, and the conditions under which that was found. */
export interface Absence {
  readonly inputs: readonly InputValue[];
  readonly conditional: number;
  readonly sure: boolean;
}

/** Enters a branch in which inputs are absent. Undo with {@link leaveAbsence}. */
export function enterAbsence(m: Machine, inputs: readonly InputValue[]): void {
  if (inputs.length > 0)
    m.absences.push({ inputs, conditional: m.conditional, sure: m.conditional <= 1 && m.gates === 0 });
}

export function leaveAbsence(m: Machine, inputs: readonly InputValue[]): void {
  if (inputs.length > 0) m.absences.pop();
}

/** The inputs whose absence alone leads here: no other undecided condition stands around it or before it. */
export function provenAbsent(m: Machine): readonly InputValue[] {
  const last = m.absences.at(-1);
  return last?.sure && last.conditional === m.conditional ? last.inputs : [];
}
