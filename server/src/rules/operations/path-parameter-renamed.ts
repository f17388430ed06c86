// Owns the rule path-parameter-renamed: the two sides name one path parameter differently. Names never reach the wire.

import { contractOffer } from '../evidence/offers.ts';
import { pairedNames } from '../evidence/path-names.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const pathParameterRenamed: BindingRule = {
  id: 'path-parameter-renamed',
  family: 'operations',
  polarity: 'mismatch',
  summary: 'A path parameter has different names in the contract and in the code.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const [declared, served] of pairedNames(operation, route)) {
      if (plain(declared) === plain(served)) continue;
      yield {
        operation,
        subject: `path:${declared}`,
        values: [served],
        message: `The path parameter is called ${code(served)} here (${codeLine}), but ${operationName(operation)} calls it ${code(declared)}.`,
        contract: operation.pathPlace,
        code: route.pathPlace,
        related: [{ place: operation.pathPlace, message: `Declared as ${code(declared)}` }],
        confidence: 'proved',
        breaking: false,
        cap: 'information',
        fixes: [
          contractOffer('rename-parameter', `Call the path parameter ${served}`, contract, operation.pathPlace, {
            from: declared,
            to: served,
          }),
        ],
      };
    }
  },
};

/** `user_id`, `userId` and `user-id` are one name in two styles, which nobody confuses. */
function plain(name: string): string {
  return name.replace(/[-_.]/g, '').toLowerCase();
}
