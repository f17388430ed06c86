// Owns the rule component-unused: a component of the contract is used nowhere.

import { removeOffer } from '../evidence/offers.ts';
import type { GovernedRule } from '../rule.ts';

export const componentUnused: GovernedRule = {
  id: 'component-unused',
  family: 'contract',
  polarity: 'absence',
  summary: 'A component of the contract is used nowhere.',
  scope: 'governed',
  *check({ contract }) {
    for (const { kind, subject, message, place } of contract.violations?.() ?? []) {
      if (kind !== 'unused') continue;
      yield {
        operation: null,
        subject,
        values: [message],
        message: `${message}.`,
        contract: place,
        code: null,
        confidence: 'proved',
        breaking: false,
        fixes: removeOffer('Remove the component', contract, place),
        cap: 'hint',
      };
    }
  },
};
