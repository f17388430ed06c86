// Owns the rule response-body-missing: the contract promises a body and the code sends none.

import type { Exit } from '../../code/model.ts';
import type { Operation, Response } from '../../contract/model.ts';
import { removeOwnOffer } from '../evidence/offers.ts';
import { exitPlace, samePlace } from '../evidence/places.ts';
import { bodilessStatuses, exitsByStatus, isOwnExit, isSuccess } from '../evidence/statuses.ts';
import { code, inWords, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseBodyMissing: BindingRule = {
  id: 'response-body-missing',
  family: 'responses',
  polarity: 'witness',
  summary: 'The contract promises a body and the code sends none.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    if (operation.method === 'head') return;
    const facts = route.facts();
    for (const [status, exits] of exitsByStatus(facts.exits.filter(isEmptySuccess))) {
      const response = promising(operation, status);
      const exit = exits[0];
      if (!response || !exit) continue;
      const types = inWords(
        response.content.map((media) => code(media.base)),
        'or',
      );
      const place = exitPlace(exit, route);
      yield {
        operation,
        subject: `${status}.body`,
        message: `Answers ${status} without a body here ${whereInCode(exit.via)}, but ${operationName(operation)} declares ${types} for it.`,
        contract: response.content[0]?.place ?? response.place,
        code: place,
        related: [
          ...relatedSteps(exit.via),
          ...exits
            .slice(1, 5)
            .filter((other) => !samePlace(other.place, exit.place))
            .map((other) => ({ place: other.place, message: 'Also without a body' })),
          { place: response.place, message: `${status} is declared with a body` },
        ],
        // Where answers are written in ways that are not followed, one of these may be among them.
        confidence: facts.exitCompleteness.closed ? exit.confidence : 'likely',
        breaking: true,
        fixes: response.via
          ? []
          : removeOwnOffer(`Declare ${status} without a body`, contract, operation, {
              file: response.place.file,
              pointer: `${response.place.pointer}/${contract.specification === '2.0' ? 'schema' : 'content'}`,
            }),
      };
    }
  },
};

function isEmptySuccess(exit: Exit): boolean {
  return exit.empty === true && isSuccess(exit.status) && !bodilessStatuses.has(exit.status) && isOwnExit(exit);
}

/** The response that promises a body for just this status or its range; `default` speaks of errors as a rule. */
function promising(operation: Operation, status: number): Response | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const response =
    operation.responses.find((one) => one.status === String(status)) ??
    operation.responses.find((one) => one.status === range);
  return response && response.content.length > 0 ? response : undefined;
}
