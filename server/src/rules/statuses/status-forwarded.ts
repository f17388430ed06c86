// Owns the rule status-forwarded: the status of another service's answer is passed on as it comes.

import type { Operation } from '../../contract/model.ts';
import { contractOffer } from '../evidence/offers.ts';
import { nearestPlace } from '../evidence/places.ts';
import { code, declaredStatuses, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const statusForwarded: BindingRule = {
  id: 'status-forwarded',
  family: 'statuses',
  polarity: 'witness',
  summary: "The status of another service's answer is passed on as it comes.",
  scope: 'binding',
  *check({ operation, contract }, route) {
    if (takesAny(operation)) return;
    for (const { place, via, client } of (route.facts().forwarded ?? []).slice(0, 1)) {
      yield {
        operation,
        subject: 'forwarded',
        values: [client],
        message: `Passes on the status that ${code(client)} was answered with here ${whereInCode(via)}, whatever it is, but ${operationName(operation)} ${declaredStatuses(operation)}.`,
        contract: operation.responsesPlace,
        code: nearestPlace(place, via, route),
        related: [
          ...relatedSteps(via),
          { place: operation.responsesPlace, message: `${operation.key} ${declaredStatuses(operation)}` },
        ],
        confidence: 'proved',
        breaking: true,
        // Which statuses come is known to nobody here; it is a fact for the report.
        cap: 'information',
        fixes: [
          contractOffer('add-response', `Declare default for ${operation.key}`, contract, operation.place, {
            status: 'default',
            description: 'Any other answer',
          }),
        ],
      };
    }
  },
};

/** Whether the contract leaves room for any error. */
function takesAny({ responses }: Operation): boolean {
  const statuses = new Set(responses.map((response) => response.status));
  return statuses.has('default') || (statuses.has('4XX') && statuses.has('5XX'));
}
