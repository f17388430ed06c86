// Owns the rule link-missing: a handler without a tag that names its operation. It is off unless a configuration asks for it.

import { describesRoute, standsInHandler } from '../../links/attach.ts';
import { insertOffer } from '../evidence/link-offers.ts';
import { operationName } from '../evidence/wording.ts';
import type { LinkRule } from '../rule.ts';

export const linkMissing: LinkRule = {
  id: 'link-missing',
  family: 'links',
  polarity: 'absence',
  summary: 'A handler has no tag that names its operation in the contract.',
  scope: 'links',
  off: true,
  *check(index, model) {
    for (const governed of model.governed) {
      if (governed.role === 'consumed') continue;
      for (const { operation, routes } of governed.bindings) {
        const route = routes[0];
        if (!route || routes.some((one) => isLinked(one))) continue;
        const target = index.targetFor(governed.contract, operation, route.place.file);
        yield {
          operation,
          subject: operation.key,
          message: `${operationName(operation)} is served here, and no comment links it to its section of the contract.`,
          contract: operation.place,
          code: route.pathPlace,
          confidence: 'proved',
          breaking: false,
          fixes: [insertOffer(route.place, target)],
        };
      }
    }

    function isLinked(route: (typeof model.governed)[number]['bindings'][number]['routes'][number]): boolean {
      const files = new Set([route.place.file, route.handlerPlace?.file ?? route.place.file]);
      return [...files].some((file) =>
        index.in(file).some((link) => describesRoute(link, route) || standsInHandler(link, route)),
      );
    }
  },
};
