// Owns the rule enum-type-mismatch: a value of an enumeration is of another type than its schema says.

import { removeOffer } from '../evidence/offers.ts';
import type { GovernedRule } from '../rule.ts';

export const enumTypeMismatch: GovernedRule = {
  id: 'enum-type-mismatch',
  family: 'contract',
  polarity: 'mismatch',
  summary: 'A value of an enumeration is of another type than its schema says.',
  scope: 'governed',
  *check({ contract }) {
    for (const { kind, subject, message, place } of contract.violations?.() ?? []) {
      if (kind !== 'enum') continue;
      yield {
        operation: null,
        subject,
        values: [message],
        message: `The enumeration holds a value that can never be valid: ${message}.`,
        contract: place,
        code: null,
        confidence: 'proved',
        breaking: false,
        fixes: removeOffer('Take the value out of the list', contract, place),
        cap: 'information',
      };
    }
  },
};
