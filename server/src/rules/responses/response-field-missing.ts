// Owns the rule response-field-missing: a required field is absent from an answer whose fields are all known.

import { answersWith } from '../evidence/responses.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseFieldMissing: BindingRule = {
  id: 'response-field-missing',
  family: 'responses',
  polarity: 'witness',
  summary: 'A required field is absent from an answer.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const found of answersWith(operation, route, 'response-field-missing')) {
      const { difference } = found;
      const how = difference.optional ? 'May leave out' : 'Leaves out';
      yield {
        operation,
        subject: found.subject,
        message: `${how} the field ${code(found.path)} here (${codeLine}), but the ${found.status} response of ${operationName(operation)} requires it.`,
        contract: found.contract,
        code: found.code,
        related: [...found.related, { place: found.contract, message: 'Required here' }],
        confidence: found.confidence,
        breaking: true,
        fixes: schemaOffers(contract, difference),
      };
    }
  },
};
