// Owns the rule response-type-mismatch: a value is sent whose type, format or constant the declared schema does not allow.

import type { Difference } from '../../shape/difference.ts';
import { answersWith } from '../evidence/responses.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { wishOf } from '../evidence/wishes.ts';
import { code, codeLine, describeShape, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseTypeMismatch: BindingRule = {
  id: 'response-type-mismatch',
  family: 'responses',
  polarity: 'mismatch',
  summary: 'A value is sent that the declared type does not allow.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const found of answersWith(operation, route, 'response-type-mismatch')) {
      const { difference, path } = found;
      const field = path === '' ? 'a body' : `${code(path)} as`;
      yield {
        operation,
        subject: found.subject,
        values: [difference.detail?.name ?? 'type', sentWords(difference)],
        message: `Sends ${field} ${path === '' ? `that is ${sentWords(difference)}` : sentWords(difference)} here (${codeLine}), but the ${found.status} response of ${operationName(operation)} declares ${declaredWords(difference)}.`,
        contract: found.contract,
        code: found.code,
        related: [...found.related, { place: found.contract, message: `Declared as ${declaredWords(difference)}` }],
        confidence: found.confidence,
        breaking: true,
        fixes: schemaOffers(contract, difference),
        wish: wishOf(difference),
      };
    }
  },
};

function sentWords(difference: Difference): string {
  const { detail } = difference;
  if (!detail) return describeShape(difference.code);
  return detail.name === 'format' ? `a string (${detail.code})` : `${detail.code}`;
}

function declaredWords(difference: Difference): string {
  const { detail } = difference;
  if (!detail) return describeShape(difference.contract);
  if (detail.name === 'format') return `a string (${detail.contract})`;
  return detail.name === 'integer' ? 'an integer' : `${detail.name} ${detail.contract}`;
}
