// Owns the rule required-undeclared: a schema requires a name that is none of its properties.

import { removeOffer } from '../evidence/offers.ts';
import type { GovernedRule } from '../rule.ts';

export const requiredUndeclared: GovernedRule = {
  id: 'required-undeclared',
  family: 'contract',
  polarity: 'mismatch',
  summary: 'A schema requires a name that is none of its properties.',
  scope: 'governed',
  *check({ contract }) {
    for (const { kind, subject, message, place } of contract.violations?.() ?? []) {
      if (kind !== 'required') continue;
      yield {
        operation: null,
        subject,
        values: [message],
        message: `The schema cannot be meant like this: ${message}.`,
        contract: place,
        code: null,
        confidence: 'proved',
        breaking: false,
        fixes: removeOffer('Take the name out of the required ones', contract, place),
        cap: 'information',
      };
    }
  },
};
