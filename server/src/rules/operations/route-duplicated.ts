// Owns the rule route-duplicated: two handlers are registered for one method and path, and only the first is ever reached.

import { takerOf } from '../evidence/registration-order.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const routeDuplicated: GovernedRule = {
  id: 'route-duplicated',
  family: 'operations',
  polarity: 'witness',
  summary: 'Two handlers are registered for one method and path, and only the first is ever reached.',
  scope: 'governed',
  *check(governed) {
    for (const { operation, routes } of governed.bindings) {
      for (const route of routes) {
        const taker = takerOf(governed, route);
        if (!taker?.same || taker.route.method !== route.method || isOneHandler(taker.route, route)) continue;
        yield {
          operation,
          subject: `${route.method.toUpperCase()} ${route.path}`,
          values: [route.handlerName ?? ''],
          message: `A second handler for ${operationName(operation)} is registered here (${codeLine}), but the first one answers every request: ${code(`${taker.route.method.toUpperCase()} ${taker.route.path}`)}.`,
          contract: operation.place,
          code: route.pathPlace,
          related: [
            { place: taker.route.pathPlace, message: 'The first registration' },
            { place: operation.place, message: 'The operation that both are for' },
          ],
          confidence: 'proved',
          breaking: false,
        };
      }
    }
  },
};

/** Registering one handler twice changes nothing. */
function isOneHandler(
  a: { readonly handlerPlace?: { readonly file: string; readonly start: number } },
  b: { readonly handlerPlace?: { readonly file: string; readonly start: number } },
): boolean {
  return (
    a.handlerPlace !== undefined &&
    a.handlerPlace.file === b.handlerPlace?.file &&
    a.handlerPlace.start === b.handlerPlace.start
  );
}
