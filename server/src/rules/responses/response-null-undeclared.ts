// Owns the rule response-null-undeclared: null can be sent where the declared schema has no null.

import { answersWith } from '../evidence/responses.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { code, codeLine, describeShape, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseNullUndeclared: BindingRule = {
  id: 'response-null-undeclared',
  family: 'responses',
  polarity: 'witness',
  summary: 'Null can be sent where the declared schema has no null.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const found of answersWith(operation, route, 'response-null-undeclared')) {
      const { difference, path } = found;
      const always = difference.certain;
      const what = path === '' ? 'a body' : code(path);
      yield {
        operation,
        subject: found.subject,
        message: `${always ? 'Sends' : 'Can send'} ${code('null')} as ${what} here (${codeLine}), but the ${found.status} response of ${operationName(operation)} declares ${describeShape(difference.contract)}.`,
        contract: found.contract,
        code: found.code,
        related: [...found.related, { place: found.contract, message: 'Declared without null' }],
        confidence: found.confidence,
        breaking: true,
        fixes: schemaOffers(contract, difference),
      };
    }
  },
};
