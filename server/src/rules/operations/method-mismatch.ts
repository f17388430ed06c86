// Owns the rule method-mismatch: the same path, served with another method than declared.

import { methodPairs } from '../evidence/method-pairs.ts';
import { renameOffer } from '../evidence/offers.ts';
import { code, codeLine, operationName, relatedSteps } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const methodMismatch: GovernedRule = {
  id: 'method-mismatch',
  family: 'operations',
  polarity: 'mismatch',
  summary: 'A declared path is served with another method.',
  scope: 'governed',
  *check(governed) {
    for (const { binding, route } of methodPairs(governed)) {
      const { operation } = binding;
      const served = route.method.toUpperCase();
      const enumerated = governed.routeCompleteness.closed && binding.absence?.closed !== false;
      yield {
        operation,
        subject: operation.key,
        values: [served],
        message: `${code(`${served} ${route.path}`)} is served here (${codeLine}), but the contract declares ${operationName(operation)} and no ${served} on this path.`,
        contract: operation.place,
        code: route.place,
        related: [
          ...relatedSteps(route.mounts),
          { place: operation.place, message: `Declared as ${operation.method.toUpperCase()}` },
        ],
        // Where registrations may be missing, the declared method may be among them.
        confidence: enumerated && route.completeness.closed ? 'proved' : 'likely',
        breaking: true,
        cap: operation.deprecated ? 'information' : undefined,
        fixes: renameOffer(
          `Declare ${served} instead of ${operation.method.toUpperCase()}`,
          governed.contract,
          operation.place,
          operation.method,
          route.method,
        ),
      };
    }
  },
};
