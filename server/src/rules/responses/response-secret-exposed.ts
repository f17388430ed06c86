// Owns the rule response-secret-exposed: an answer carries a field that the contract keeps to requests, or a password.

import { lastName } from '../evidence/answer-faults.ts';
import { answersWith } from '../evidence/responses.ts';
import { isSecretName } from '../evidence/secrets.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseSecretExposed: BindingRule = {
  id: 'response-secret-exposed',
  family: 'responses',
  polarity: 'witness',
  summary: 'An answer carries a field that the contract keeps to requests, or a password.',
  scope: 'binding',
  *check({ operation }, route) {
    for (const found of answersWith(operation, route, 'response-secret-exposed')) {
      const { difference } = found;
      const kept = difference.kind === 'write-only';
      // A response schema in the code strips what it does not name before it leaves.
      if (!kept && route.facts().filtersResponses) continue;
      const declared = kept ? 'declares it as writeOnly' : 'does not declare it';
      yield {
        operation,
        subject: found.subject,
        message: `Sends the field ${code(found.path)} here (${codeLine}), but the ${found.status} response of ${operationName(operation)} ${declared}.`,
        contract: found.contract,
        code: found.code,
        related: [
          ...found.related,
          { place: found.contract, message: kept ? 'Declared as writeOnly' : 'The schema without this field' },
        ],
        confidence: found.confidence,
        breaking: true,
        // Only its name says what it holds.
        cap: kept || !isSecretName(lastName(found.path)) ? undefined : 'warning',
      };
    }
  },
};
