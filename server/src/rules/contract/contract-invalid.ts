// Owns the rule contract-invalid: a part of the contract has a form that its version of the specification does not allow.

import type { Contract, Violation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { contractOffer } from '../evidence/offers.ts';
import { phraseOf } from '../evidence/statuses.ts';
import type { GovernedRule } from '../rule.ts';

export const contractInvalid: GovernedRule = {
  id: 'contract-invalid',
  family: 'contract',
  polarity: 'witness',
  summary: 'A part of the contract has a form that its version of the specification does not allow.',
  scope: 'governed',
  *check({ contract }) {
    for (const violation of contract.violations?.() ?? []) {
      const { kind, subject, message, place } = violation;
      if (kind !== 'form') continue;
      yield {
        operation: null,
        subject,
        values: [message],
        message: `The contract breaks the rules of ${contract.format === 'swagger' ? 'Swagger' : 'OpenAPI'} ${contract.specification}: ${message}.`,
        contract: place,
        code: null,
        confidence: 'proved',
        breaking: false,
        cap: 'information',
        fixes: remedies(violation, contract),
      };
    }
  },
};

/** What has one right answer; how else a part could be corrected only its author knows. */
function remedies({ remedy, place }: Violation, contract: Contract): readonly FixOffer[] {
  const name = place.pointer.slice(place.pointer.lastIndexOf('/') + 1);
  if (remedy === 'remove') return [contractOffer('remove-entry', `Remove ${name}`, contract, place, {})];
  if (remedy === 'quote') return [contractOffer('quote-value', `Put ${name} in quotes`, contract, place, {})];
  if (remedy === undefined) return [];
  const description = phraseOf(remedy.describe);
  return [
    contractOffer('describe', `Describe ${remedy.describe} as "${description}"`, contract, place, { description }),
  ];
}
