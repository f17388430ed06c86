// Owns the rule response-enum-undeclared: a value is sent that the declared list of values lacks.

import { answersWith } from '../evidence/responses.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { code, codeLine, describeShape, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseEnumUndeclared: BindingRule = {
  id: 'response-enum-undeclared',
  family: 'responses',
  polarity: 'witness',
  summary: 'A value is sent that the declared list of values lacks.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const found of answersWith(operation, route, 'response-enum-undeclared')) {
      const { difference, path } = found;
      const sent = difference.detail?.code ?? describeShape(difference.code);
      const declared = describeShape(difference.contract);
      yield {
        operation,
        subject: found.subject,
        values: [sent],
        message: `${difference.certain ? 'Sends' : 'Can send'} ${sent} as ${path === '' ? 'a body' : code(path)} here (${codeLine}), but the ${found.status} response of ${operationName(operation)} declares ${declared}.`,
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
