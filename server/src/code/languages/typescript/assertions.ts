// Owns assertions: calls that throw where a condition fails, and what is known behind them.
// It must not know which packages have them, nor what becomes of an error.

import type { Place } from '../../../base/place.ts';
import { enterAbsence, leaveAbsence } from './absences.ts';
import { isInstance } from './classes.ts';
import { errorClass } from './error-class.ts';
import { Flow } from './flow.ts';
import { members } from './join.ts';
import type { Machine } from './machine.ts';
import { assume } from './narrow.ts';
import { type CallSite, type ExternalValue, truth, type Value } from './value.ts';

const anyError = errorClass('Error');

/** Throws where the argument at an index is false, and goes on where it is not; an argument that is not there is false. */
export function assertArgument(m: Machine, site: CallSite, index: number, error: () => Value, place: Place): void {
  const value = site.args[index];
  const test = site.open ? undefined : site.node?.arguments?.[index];
  const state = value ? truth(value) : false;
  if (state === true) return;
  const fail = (): Flow => {
    for (const one of members(error())) m.throwValue(one, place);
    return Flow.Exit;
  };
  if (state === false) {
    fail();
    return;
  }
  m.fork([
    () => {
      const absent = test ? assume(m, test, site.frame, false) : [];
      enterAbsence(m, absent);
      if (value) m.chain?.assume(value, false);
      const flow = fail();
      leaveAbsence(m, absent);
      return flow;
    },
    () => {
      if (test) assume(m, test, site.frame, true);
      if (value) m.chain?.assume(value, true);
      return Flow.Next;
    },
  ]);
}

/**
 * A function of a package that nobody read, which its own name calls an assertion and which is handed an error: it throws that error
 * where its first argument is false. False when the call is none of these.
 */
export function assertByName(m: Machine, external: ExternalValue, site: CallSite): boolean {
  if (!/^(assert|invariant)/i.test(external.path.at(-1) ?? '')) return false;
  const index = site.args.findIndex((value, at) => at > 0 && isError(m, value));
  const error = site.args[index];
  if (!error) return false;
  assertArgument(m, site, 0, () => error, site.argPlaces[index] ?? site.place);
  return true;
}

/** Whether a value is an error for certain, or one of several. */
export function isError(m: Machine, value: Value): boolean {
  return isInstance(m, value, anyError) === true;
}
