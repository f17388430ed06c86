// Owns the rule path-near-miss: an operation and a route differ in one segment of the path, and there by a slip only.

import { nearMisses } from '../evidence/near-misses.ts';
import { renameOffer } from '../evidence/offers.ts';
import { code, codeLine, operationName, relatedSteps } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const pathNearMiss: GovernedRule = {
  id: 'path-near-miss',
  family: 'operations',
  polarity: 'mismatch',
  summary: 'The paths of an operation and of a route differ by a slip.',
  scope: 'governed',
  *check(governed) {
    for (const { binding, route, path } of nearMisses(governed)) {
      const { operation } = binding;
      const served = `${route.method.toUpperCase()} ${route.path}`;
      yield {
        operation,
        subject: operation.key,
        values: [path],
        message: `${code(served)} is served here (${codeLine}), but the contract declares ${operationName(operation)}: one of the two is probably a slip.`,
        contract: operation.pathPlace,
        code: route.pathPlace,
        related: [
          ...relatedSteps(route.mounts),
          { place: operation.pathPlace, message: `Declared as ${code(operation.path)}` },
        ],
        // They may be two things after all.
        confidence: 'likely',
        breaking: true,
        cap: operation.deprecated ? 'information' : undefined,
        fixes: renameOffer(`Declare the path ${path}`, governed.contract, operation.pathPlace, operation.path, path),
      };
    }
  },
};
