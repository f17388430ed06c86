// Owns the rule operation-handler-missing: a contract-first router looks for a handler that does not exist.

import { operationName } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const operationHandlerMissing: GovernedRule = {
  id: 'operation-handler-missing',
  family: 'operations',
  polarity: 'mismatch',
  summary: 'The contract names a handler that its router does not have.',
  scope: 'governed',
  *check(governed) {
    for (const { operation, missingHandler } of governed.bindings) {
      if (!missingHandler) continue;
      const { name, router, place } = missingHandler;
      yield {
        operation,
        subject: operation.key,
        message: `${operationName(operation)} is routed by ${router} to the handler \`${name}\`, which does not exist among its handlers.`,
        contract: operation.place,
        code: place,
        confidence: 'proved',
        breaking: true,
        values: [name],
      };
    }
  },
};
