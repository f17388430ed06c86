// Owns the rule error-code-undeclared: an error leaves with a code that the contract's list of codes lacks.

import { answersWith } from '../evidence/responses.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { code, codeLine, describeShape, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const errorCodeUndeclared: BindingRule = {
  id: 'error-code-undeclared',
  family: 'responses',
  polarity: 'witness',
  summary: "An error leaves with a code that the contract's list of codes lacks.",
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const found of answersWith(operation, route, 'error-code-undeclared')) {
      const { difference } = found;
      const sent = difference.detail?.code ?? describeShape(difference.code);
      const declared = describeShape(difference.contract);
      yield {
        operation,
        subject: found.subject,
        values: [sent],
        message: `${difference.certain ? 'Answers' : 'Can answer'} ${found.status} with the error code ${sent} in ${code(found.path)} here (${codeLine}), but ${operationName(operation)} declares ${declared}.`,
        contract: found.contract,
        code: found.code,
        related: [...found.related, { place: found.contract, message: `Declared as ${declared}` }],
        confidence: found.confidence,
        breaking: true,
        fixes: schemaOffers(contract, difference),
      };
    }
  },
};
