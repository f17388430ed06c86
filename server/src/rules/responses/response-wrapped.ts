// Owns the rule response-wrapped: one side has an object around what the other side has bare.

import { resolveShape } from '../../shape/shape.ts';
import { answersWith } from '../evidence/responses.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseWrapped: BindingRule = {
  id: 'response-wrapped',
  family: 'responses',
  polarity: 'mismatch',
  summary: 'An answer is wrapped in an object on one side only.',
  scope: 'binding',
  *check({ operation }, route) {
    for (const found of answersWith(operation, route, 'response-wrapped')) {
      const { wrapping, difference } = found;
      if (!wrapping) continue;
      const field = code(wrapping.field);
      const bare = wrapping.side === 'code' ? difference.contract : difference.code;
      const what = bare && resolveShape(bare).kind === 'array' ? 'the list' : 'the object';
      const [sent, declared] =
        wrapping.side === 'code'
          ? [`${what} inside of ${field}`, `${what} itself`]
          : [`${what} itself`, `${what} inside of ${field}`];
      yield {
        operation,
        subject: found.subject,
        values: [wrapping.side, wrapping.field],
        message: `Sends ${sent} here (${codeLine}), but the ${found.status} response of ${operationName(operation)} declares ${declared}.`,
        contract: found.contract,
        code: found.code,
        related: [...found.related, { place: found.contract, message: `Declares ${declared}` }],
        confidence: found.confidence,
        breaking: true,
      };
    }
  },
};
