// Owns the rule path-collision: two paths of the contract answer the same requests.

import type { GovernedRule } from '../rule.ts';

export const pathCollision: GovernedRule = {
  id: 'path-collision',
  family: 'contract',
  polarity: 'witness',
  summary: 'Two paths of the contract answer the same requests.',
  scope: 'governed',
  *check({ contract }) {
    for (const { kind, subject, message, place, other } of contract.violations?.() ?? []) {
      if (kind !== 'collision') continue;
      yield {
        operation: null,
        subject,
        values: [message],
        message: `${message}: they differ only in the names of their parameters.`,
        contract: place,
        code: null,
        related: other ? [{ place: other, message: 'The other path' }] : [],
        confidence: 'proved',
        breaking: false,
        cap: 'warning',
      };
    }
  },
};
