// Owns the rule operation-handler-missing: a contract-first router looks for a handler that does not exist.

import { nearestTexts } from '../../links/nearest.ts';
import type { MissingHandler } from '../../workspace/model.ts';
import { contractOffer } from '../evidence/offers.ts';
import { operationName } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const operationHandlerMissing: GovernedRule = {
  id: 'operation-handler-missing',
  family: 'operations',
  polarity: 'mismatch',
  summary: 'The contract names a handler that its router does not have.',
  scope: 'governed',
  *check(governed) {
    for (const { operation, missingHandler, contract } of governed.bindings) {
      if (!missingHandler) continue;
      const { name, router, place } = missingHandler;
      const meant = meantBy(missingHandler);
      yield {
        operation,
        subject: operation.key,
        message: `${operationName(operation)} is routed by ${router} to the handler \`${name}\`, which does not exist among its handlers.`,
        contract: operation.place,
        code: place,
        confidence: 'proved',
        breaking: true,
        values: [name],
        ...(meant && {
          related: [{ place: meant.place, message: `\`${meant.to}\` is a handler that no operation names` }],
          fixes: [
            contractOffer('name-handler', `Let ${meant.key} name ${meant.to}`, contract, operation.place, {
              key: meant.key,
              from: meant.from,
              to: meant.to,
            }),
          ],
        }),
      };
    }
  },
};

/** The handler that was probably meant: the only one that is left, else the one whose name comes closest. */
function meantBy({ meant }: MissingHandler): MissingHandler['meant'][number] | undefined {
  if (meant.length < 2) return meant[0];
  const [nearest] = nearestTexts(
    meant[0]!.from,
    meant.map(({ to }) => to),
  );
  return meant.find(({ to }) => to === nearest);
}
