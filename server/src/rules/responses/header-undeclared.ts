// Owns the rule header-undeclared: an answer carries a header that its response does not declare.

import type { Route } from '../../code/model.ts';
import { describingResponse } from '../../contract/model.ts';
import { contractOffer } from '../evidence/offers.ts';
import { contains } from '../evidence/places.ts';
import {
  declaresHeader,
  declaresHeaders,
  isLocating,
  isServiceHeader,
  isStandardHeader,
} from '../evidence/response-headers.ts';
import { isOwnExit } from '../evidence/statuses.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const headerUndeclared: BindingRule = {
  id: 'header-undeclared',
  family: 'responses',
  polarity: 'witness',
  summary: 'An answer carries a header that its response does not declare.',
  scope: 'binding',
  *check({ operation, contract }, route, governed) {
    const told = new Set<string>();
    for (const exit of route.facts().exits) {
      const response = describingResponse(operation, exit.status);
      if (!response || !isOwnExit(exit)) continue;
      for (const { name, place } of exit.headers) {
        if (isStandardHeader(name) || declaresHeader(response, name) || told.has(name)) continue;
        if (name === 'location' && isLocating(exit.status)) continue;
        const own = isOwn(place, route);
        // What is set before most operations belongs to the service, not to this one.
        if (!own && isServiceHeader(governed, name)) continue;
        told.add(name);
        yield {
          operation,
          subject: `${exit.status}.header:${name}`,
          message: `Sets the header ${code(name)} here (${codeLine}), but the ${exit.status} response of ${operationName(operation)} does not declare it.`,
          contract: response.place,
          code: place,
          related: [{ place: response.place, message: `The ${exit.status} response without this header` }],
          confidence: own ? exit.confidence : 'likely',
          breaking: false,
          fixes: [
            contractOffer(
              'add-header',
              `Add the header ${name} to the response ${response.status}`,
              contract,
              response.place,
              { name: inTitleCase(name), schema: { type: 'string' } },
            ),
          ],
          // Some contracts leave headers out altogether.
          cap: contract.operations.some(declaresHeaders) ? undefined : 'information',
        };
      }
    }
  },
};

/** Headers are written like this by custom, whatever their case means: `x-total-count` as `X-Total-Count`. */
function inTitleCase(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function isOwn(place: Parameters<typeof contains>[1], route: Route): boolean {
  return contains(route.handlerPlace, place) || contains(route.place, place);
}
