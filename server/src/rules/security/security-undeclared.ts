// Owns the rule security-undeclared: a guard stands before a route whose operation declares no security.

import type { Guard, Route } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Binding, Governed } from '../../workspace/model.ts';
import { sameName } from '../evidence/parameters.ts';
import { guardWords } from '../evidence/schemes.ts';
import { securityOffer } from '../evidence/security-offers.ts';
import { codeLine, counted, operationName } from '../evidence/wording.ts';
import type { Draft, GovernedRule } from '../rule.ts';

export const securityUndeclared: GovernedRule = {
  id: 'security-undeclared',
  family: 'security',
  polarity: 'witness',
  summary: 'A guard stands before a route whose operation declares no security.',
  scope: 'governed',
  *check(governed) {
    const { contract } = governed;
    const guarded = governed.bindings.flatMap((binding) => {
      const met = binding.operation.complete ? guardOf(binding) : undefined;
      return met ? [{ binding, ...met }] : [];
    });
    if (guarded.length === 0) return;
    if (isSilent(contract)) {
      yield summary(governed, guarded[0]!.guard, guarded.length);
      return;
    }
    for (const { binding, guard } of guarded) yield finding(binding.operation, contract, guard);
  },
};

/** The guard before an operation's route, where the contract has nothing that could stand for it. */
function guardOf(binding: Binding): { readonly guard: Guard; readonly route: Route } | undefined {
  const { operation } = binding;
  if (operation.security && operation.security.length > 0) return undefined;
  for (const route of binding.routes) {
    const guard = route
      .facts()
      .guards.find((candidate) => candidate.kind === 'authentication' && !mayBeLogin(candidate, route));
    if (guard && !isParameter(operation, guard)) return { guard, route };
  }
  return undefined;
}

/** A handler that takes a body and refuses without having looked at a header or a cookie may check a password that is in the body. */
function mayBeLogin(guard: Guard, route: Route): boolean {
  if (guard.confidence === 'proved' || guard.scheme !== undefined || guard.carrier !== undefined) return false;
  const { bodies, parameters } = route.facts().reads;
  if (parameters.some(({ credential, place }) => credential && place.file === guard.place.file)) return false;
  return bodies.length > 0 || parameters.some((read) => read.in === 'body' || read.in === 'form');
}

/** Some contracts write the secret down as a parameter; that is declared, if in an old manner. */
function isParameter(operation: Operation, guard: Guard): boolean {
  const { carrier } = guard;
  if (carrier === undefined) return false;
  return operation.parameters.some((parameter) => sameName(parameter.in, parameter.name, carrier));
}

/** Whether the contract says nothing about security at all. */
function isSilent(contract: Contract): boolean {
  return (
    contract.securitySchemes.size === 0 && contract.operations.every((operation) => operation.security === undefined)
  );
}

function finding(operation: Operation, contract: Contract, guard: Guard): Draft {
  const explicit = operation.security !== undefined;
  return {
    operation,
    subject: guard.scheme ?? guard.kind,
    message: `A guard asks for ${guardWords(guard)} here (${codeLine}), but ${operationName(operation)} ${explicit ? 'is declared as open to everybody' : 'declares no security'}.`,
    contract: operation.securityPlace,
    code: guard.place,
    related: [
      { place: operation.securityPlace, message: explicit ? 'Declared as open here' : 'Declared without security' },
    ],
    // A guard around the whole app may let some paths through that it names elsewhere.
    confidence: guard.level === 'app' ? 'likely' : guard.confidence,
    breaking: true,
    cap: explicit ? undefined : 'warning',
    fixes: securityOffer(operation, contract, guard),
  };
}

function summary(governed: Governed, guard: Guard, count: number): Draft {
  return {
    operation: null,
    subject: 'security',
    message: `${counted(count, 'operation')} of this contract ${count === 1 ? 'stands' : 'stand'} behind a guard (${codeLine}), but the contract declares no security scheme.`,
    contract: governed.contract.versionPlace,
    code: guard.place,
    related: [{ place: governed.contract.versionPlace, message: 'The contract without security schemes' }],
    confidence: guard.confidence,
    breaking: false,
    cap: 'information',
  };
}
