// Owns the rule security-scope-mismatch: guards and contract ask for different scopes or roles.

import type { Guard } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import { schemeConflict } from '../evidence/schemes.ts';
import { scopeOffer } from '../evidence/security-offers.ts';
import { code, codeLine, inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const securityScopeMismatch: BindingRule = {
  id: 'security-scope-mismatch',
  family: 'security',
  polarity: 'mismatch',
  summary: 'Guards and contract ask for different scopes or roles.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    // Where the whole scheme differs, its scopes do as well.
    if (schemeConflict(operation, contract, route)) return;
    const facts = route.facts();
    const guards = facts.guards.filter((guard) => namesScopes(guard, contract));
    const guard = guards[0];
    const declared = declaredScopes(operation);
    if (!guard || !declared) return;
    const asked = new Set(guards.flatMap((one) => one.scopes));
    const undeclared = [...asked].filter((scope) => !declared.has(scope));
    // A guard that was not understood may ask for more.
    const unasked = facts.guardCompleteness.closed ? [...declared].filter((scope) => !asked.has(scope)) : [];
    if (undeclared.length === 0 && unasked.length === 0) return;
    const list = (scopes: Iterable<string>): string => inWords([...scopes].map(code));
    yield {
      operation,
      subject: 'scopes',
      values: [...undeclared.sort(), '/', ...unasked.sort()],
      message: `A guard asks for ${list(asked)} here (${codeLine}), but ${operationName(operation)} declares ${declared.size === 0 ? 'no scope' : list(declared)}.`,
      contract: operation.securityPlace,
      code: guard.place,
      related: [
        ...guards.slice(1, 5).map((one) => ({ place: one.place, message: `Asks for ${list(one.scopes)}` })),
        {
          place: operation.securityPlace,
          message: declared.size === 0 ? 'Declared without scopes' : `Declares ${list(declared)}`,
        },
      ],
      confidence: guard.confidence,
      // A caller with the declared scopes is turned away only when more are asked for.
      breaking: undeclared.length > 0,
      fixes: unasked.length < 2 ? scopeOffer(operation, contract, undeclared, unasked[0]) : [],
    };
  },
};

const vocabularies = new WeakMap<Contract, ReadonlySet<string>>();

/** Whether a guard's constants are scopes: those that are merely looked for in a list count where the contract knows them all. */
function namesScopes({ scopes, tested }: Guard, contract: Contract): boolean {
  if (scopes.length === 0 || !tested) return scopes.length > 0;
  const known =
    vocabularies.get(contract) ??
    new Set(contract.operations.flatMap(({ security }) => (security ?? []).flat().flatMap((one) => one.scopes)));
  vocabularies.set(contract, known);
  return scopes.every((scope) => known.has(scope));
}

/** Every scope that some alternative names; undefined where the operation is not secured or may be called by anybody. */
function declaredScopes({ security }: Operation): ReadonlySet<string> | undefined {
  if (!security || security.length === 0 || security.some((requirement) => requirement.length === 0)) return undefined;
  return new Set(security.flat().flatMap(({ scopes }) => scopes));
}
