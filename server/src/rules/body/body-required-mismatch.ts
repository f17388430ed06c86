// Owns the rule body-required-mismatch: validator and contract differ in what a body must contain.

import type { Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { bodyDifferences, fieldReads } from '../evidence/bodies.ts';
import { requiredOffer } from '../evidence/required-offer.ts';
import { requiredReads } from '../evidence/required-reads.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { wishOf } from '../evidence/wishes.ts';
import { code, codeLine, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

export const bodyRequiredMismatch: BindingRule = {
  id: 'body-required-mismatch',
  family: 'body',
  polarity: 'mismatch',
  summary: 'Validator and contract differ in what a body must contain.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    if (!operation.body) return;
    const told = new Set<string>();
    for (const found of bodyDifferences(operation, route)) {
      const { difference, body } = found;
      const demands = difference.kind === 'required-undeclared';
      if (!demands && difference.kind !== 'required-unenforced') continue;
      if (body.source !== 'validator') continue;
      // What a validator leaves optional the handler may still demand by hand.
      if (!demands && isDemandedByHand(route, found.path)) continue;
      told.add(found.path);
      yield {
        operation,
        subject: found.subject,
        values: [demands ? 'required' : 'optional'],
        message: `The validator ${demands ? 'requires' : 'does not require'} the body field ${code(found.path)} here ${whereInCode(body.via)}, but ${operationName(operation)} declares it as ${demands ? 'optional' : 'required'}.`,
        contract: found.contract,
        code: found.code,
        related: [
          ...relatedSteps(body.via),
          { place: found.contract, message: `Declared as ${demands ? 'optional' : 'required'}` },
        ],
        confidence: found.confidence,
        breaking: demands,
        fixes: schemaOffers(contract, difference),
        wish: wishOf(difference),
      };
    }
    for (const draft of requiredReads(operation, route)) if (!told.has(draft.path)) yield draft.draft;
    // A body that lacks what is demanded of it cannot be left out either: that is one fact, told by its field.
    yield* wholeBody(operation, route, told.size > 0);
  },
};

function isDemandedByHand(route: Route, path: string): boolean {
  return fieldReads(route).some((read) => read.name === path && read.required === true);
}

/** A body that may be left out, as the contract has it by default, and that the code does not do without. */
function* wholeBody(operation: Operation, route: Route, isTold: boolean): Iterable<Draft> {
  const { body } = operation;
  const accepted = route.facts().reads.bodies.find((one) => one.source === 'validator' && one.required !== undefined);
  if (!body || accepted?.required === undefined || accepted.required === body.required) return;
  const place = body.requiredPlace ?? body.place;
  const demands = accepted.required;
  if (demands && isTold) return;
  yield {
    operation,
    subject: 'body',
    values: [demands ? 'required' : 'optional'],
    message: `A request without a body is ${demands ? 'rejected' : 'accepted'} here (${codeLine}), but ${operationName(operation)} declares the body as ${demands ? 'optional' : 'required'}.`,
    contract: place,
    code: accepted.place,
    related: [...relatedSteps(accepted.via), { place, message: `Declared as ${demands ? 'optional' : 'required'}` }],
    confidence: accepted.confidence,
    breaking: demands,
    // Optional is what the specification assumes when nobody wrote anything, and few readers take it as a promise.
    cap: 'information',
    fixes: requiredOffer(body.place, { title: `Make the body ${demands ? 'required' : 'optional'}`, value: demands }),
  };
}
