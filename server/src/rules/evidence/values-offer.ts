// Owns the repair of a list of values: what the contract's schema should allow, given what the code sends or takes.
// It must not know which rule asks.

import type { Contract } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { alternatives, type Shape } from '../../shape/shape.ts';
import { contractOffer } from './offers.ts';

type Offers = readonly FixOffer[];
type At = { readonly file: string; readonly pointer: string };

/** What the code sends is added to the list; what a validator takes is the list. */
export function valuesOffer(contract: Contract, at: At, code: Shape, declared: Shape): Offers {
  const own = valuesOf(code);
  const known = valuesOf(declared);
  if (!own) return [];
  if (!known)
    return [contractOffer('set-constraint', 'Declare the values', contract, at, { keyword: 'enum', value: own })];
  const missing = own.filter((value) => !known.includes(value));
  if (missing.length > 0 && missing.length < 9) {
    const title = `Add ${missing.map((value) => JSON.stringify(value)).join(', ')} to the values`;
    return [contractOffer('add-enum-value', title, contract, at, { values: missing })];
  }
  return [contractOffer('set-constraint', 'Declare the same values', contract, at, { keyword: 'enum', value: own })];
}

/** The values that a shape allows; undefined when it has no list of them. */
function valuesOf(shape: Shape): readonly (string | number)[] | undefined {
  const found: (string | number)[] = [];
  for (const member of alternatives(shape)) {
    if (member.kind === 'null') continue;
    if ((member.kind !== 'string' && member.kind !== 'number') || !member.values) return undefined;
    found.push(...member.values);
  }
  return found.length > 0 ? found : undefined;
}
