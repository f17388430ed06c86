// Owns the rule route-shadowed: an earlier route with a wider path takes the requests of an operation.

import { takerOf } from '../evidence/registration-order.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const routeShadowed: BindingRule = {
  id: 'route-shadowed',
  family: 'operations',
  polarity: 'witness',
  summary: 'An earlier route with a wider path takes the requests of an operation.',
  scope: 'binding',
  *check({ operation }, route, governed) {
    const taker = takerOf(governed, route);
    if (!taker || taker.same) return;
    const earlier = `${taker.route.method.toUpperCase()} ${taker.route.path}`;
    yield {
      operation,
      subject: `${route.method.toUpperCase()} ${route.path}`,
      values: [earlier],
      message: `${code(`${route.method.toUpperCase()} ${route.path}`)} is registered here (${codeLine}) behind ${code(earlier)}, which answers its requests first, so that the handler of ${operationName(operation)} is never reached.`,
      contract: operation.place,
      code: route.pathPlace,
      related: [
        { place: taker.route.pathPlace, message: `${code(earlier)} is registered before it` },
        { place: operation.place, message: 'The operation that is meant' },
      ],
      confidence: 'proved',
      breaking: true,
    };
  },
};
