// Owns the rule success-status-mismatch: the only success of the code is not the only success of the contract.

import { contractOffer } from '../evidence/offers.ts';
import { exitPlace } from '../evidence/places.ts';
import { isOwnExit, successConflict } from '../evidence/statuses.ts';
import { operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const successStatusMismatch: BindingRule = {
  id: 'success-status-mismatch',
  family: 'statuses',
  polarity: 'mismatch',
  summary: 'The code succeeds with another status than the contract declares.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const conflict = successConflict(operation, route);
    const exit = conflict?.exits[0];
    if (!conflict || !exit) return;
    const declared = operation.responses.find((response) => response.status === String(conflict.declared));
    const place = declared?.place ?? operation.responsesPlace;
    yield {
      operation,
      subject: String(conflict.returned),
      values: [String(conflict.declared)],
      message: `Succeeds with ${conflict.returned} here ${whereInCode(exit.via)}, but ${operationName(operation)} declares ${conflict.declared} as its only success.`,
      contract: place,
      code: exitPlace(exit, route),
      related: [
        ...relatedSteps(exit.via),
        { place, message: `${conflict.declared} is declared here` },
        ...conflict.exits.slice(1).map((other) => ({
          place: exitPlace(other, route),
          message: `${conflict.returned} is returned here too`,
        })),
      ],
      confidence: exit.confidence,
      breaking: true,
      cap: isOwnExit(exit) ? undefined : 'warning',
      fixes: [
        contractOffer(
          'rename-key',
          `Declare ${conflict.returned} instead of ${conflict.declared}`,
          contract,
          operation.responsesPlace,
          { from: String(conflict.declared), to: String(conflict.returned) },
        ),
      ],
    };
  },
};
