// Owns what is said of a call that took too long to follow: what it may have answered, thrown or read is open then.
// It must not know budgets.

import type { Machine } from './machine.ts';
import { isQuietCall } from './quiet.ts';
import { leadsOf, mayThrow, mayTouch } from './touching.ts';
import { escapeValue } from './unknown-calls.ts';
import type { CallSite, FunctionValue, Value } from './value.ts';

/**
 * Says what a call may have done that nobody followed, as far as its text and that of everything that it may call leaves it open. What
 * can throw no more than errors of the language is like a library: such errors may come from anywhere and name no status.
 */
export function loseTrack(m: Machine, fn: FunctionValue, self: Value | undefined, site: CallSite): void {
  if (isQuietCall(m, fn, self, site)) return;
  if (!m.summarising) {
    for (const [index, argument] of site.args.entries())
      escapeValue(m, argument, site.argPlaces[index] ?? site.place, 0, fn);
    return;
  }
  let plain = !site.open && !mayThrow(m, fn);
  for (const [index, argument] of site.args.entries()) {
    const harmless = isHarmless(m, fn, argument);
    plain &&= harmless === 'quiet';
    escapeValue(m, argument, site.argPlaces[index] ?? site.place, 0, fn, harmless !== 'no');
  }
  const receiver = fn.self ?? self;
  if (receiver) plain &&= isHarmless(m, fn, receiver) === 'quiet';
  m.loseCall(plain);
}

/** Whether a function cannot get at the request and the response by a value, and throws nothing with a status by it either. */
function isHarmless(m: Machine, fn: FunctionValue, value: Value): 'quiet' | 'yes' | 'no' {
  const leads = leadsOf(value);
  if (!leads || [fn, ...leads.functions].some((one) => mayTouch(m, one, leads.names))) return 'no';
  return leads.functions.some((one) => mayThrow(m, one)) ? 'yes' : 'quiet';
}
