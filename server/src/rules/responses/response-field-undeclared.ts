// Owns the rule response-field-undeclared: a field is sent that the declared schema does not name.

import { propertyOffer } from '../evidence/property-offer.ts';
import { answersWith } from '../evidence/responses.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseFieldUndeclared: BindingRule = {
  id: 'response-field-undeclared',
  family: 'responses',
  polarity: 'witness',
  summary: 'A field is sent that the declared schema does not name.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    // A response schema in the code strips what it does not name before it leaves.
    if (route.facts().filtersResponses) return;
    for (const found of answersWith(operation, route, 'response-field-undeclared')) {
      const { difference } = found;
      yield {
        operation,
        subject: found.subject,
        message: `Sends the field ${code(found.path)} here (${codeLine}), but the ${found.status} response of ${operationName(operation)} does not declare it.`,
        contract: found.contract,
        code: found.code,
        related: [...found.related, { place: found.contract, message: 'The schema without this field' }],
        confidence: found.confidence,
        breaking: false,
        cap: difference.open ? 'information' : undefined,
        fixes: propertyOffer(contract, found.contract, difference),
      };
    }
  },
};
