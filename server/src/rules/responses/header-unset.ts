// Owns the rule header-unset: a response header that the contract requires is never set.

import type { Exit } from '../../code/model.ts';
import { removeOffer } from '../evidence/offers.ts';
import { exitPlace } from '../evidence/places.ts';
import { isStandardHeader } from '../evidence/response-headers.ts';
import { isOwnExit, isSuccess, isSuspected } from '../evidence/statuses.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const headerUnset: BindingRule = {
  id: 'header-unset',
  family: 'responses',
  polarity: 'absence',
  summary: 'A response header that the contract requires is never set.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const facts = route.facts();
    if (!facts.headerCompleteness?.closed || !facts.exitCompleteness.closed) return;
    for (const response of operation.responses) {
      const status = Number(response.status);
      // Errors are answered by what maps them, which may set headers for all of them.
      if (!isSuccess(status) || isSuspected(facts, status)) continue;
      const exits = facts.exits.filter((exit) => exit.status === status);
      const exit = exits[0];
      if (!exit || !exits.every(isOwnExit)) continue;
      for (const header of response.headers) {
        const name = header.name.toLowerCase();
        if (!header.required || isStandardHeader(name) || exits.some((one) => sets(one, name))) continue;
        yield {
          operation,
          subject: `${status}.header:${name}`,
          message: `Answers ${status} here (${codeLine}) without the header ${code(header.name)}, which ${operationName(operation)} requires.`,
          contract: header.place,
          code: exitPlace(exit, route),
          related: [{ place: header.place, message: 'Required here' }],
          // What stands before the service may set it.
          confidence: 'likely',
          breaking: true,
          fixes: removeOffer(`Remove the header ${header.name}`, contract, header.place),
        };
      }
    }
  },
};

function sets(exit: Exit, name: string): boolean {
  return exit.headers.some((header) => header.name === name);
}
