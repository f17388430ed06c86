// Owns the rule example-invalid: an example or a default of the contract does not satisfy its own schema.

import { code } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const exampleInvalid: GovernedRule = {
  id: 'example-invalid',
  family: 'lifecycle',
  polarity: 'mismatch',
  summary: 'An example or a default of the contract does not satisfy its own schema.',
  scope: 'governed',
  *check({ contract }) {
    for (const invalid of contract.examples?.() ?? []) {
      const owner = invalid.operation ? ` of ${code(invalid.operation.key)}` : '';
      yield {
        operation: invalid.operation ?? null,
        subject: invalid.subject,
        values: [invalid.message],
        message: `The example for the ${invalid.subject}${owner} contradicts its own schema: ${invalid.message}.`,
        contract: invalid.place,
        code: null,
        related: [{ place: invalid.schemaPlace, message: 'The schema that refuses it' }],
        confidence: 'proved',
        breaking: false,
      };
    }
  },
};
