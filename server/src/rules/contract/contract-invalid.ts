// Owns the rule contract-invalid: a part of the contract has a form that its version of the specification does not allow.

import type { GovernedRule } from '../rule.ts';

export const contractInvalid: GovernedRule = {
  id: 'contract-invalid',
  family: 'contract',
  polarity: 'witness',
  summary: 'A part of the contract has a form that its version of the specification does not allow.',
  scope: 'governed',
  *check({ contract }) {
    for (const { kind, subject, message, place } of contract.violations?.() ?? []) {
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
      };
    }
  },
};
