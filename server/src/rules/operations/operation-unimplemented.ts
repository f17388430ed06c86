// Owns the rule operation-unimplemented: the contract has an operation that no route serves.

import type { Binding, Governed } from '../../workspace/model.ts';
import { methodPairs } from '../evidence/method-pairs.ts';
import { nearMisses } from '../evidence/near-misses.ts';
import { inWords, operationName } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const operationUnimplemented: GovernedRule = {
  id: 'operation-unimplemented',
  family: 'operations',
  polarity: 'absence',
  summary: 'The contract has an operation that no route serves.',
  scope: 'governed',
  *check(governed) {
    if (!isEnumerated(governed)) return;
    const paired = new Set([...methodPairs(governed), ...nearMisses(governed)].map((pair) => pair.binding));
    for (const binding of governed.bindings) {
      if (!isUnserved(binding) || paired.has(binding)) continue;
      const { operation } = binding;
      yield {
        operation,
        subject: operation.key,
        message: `${operationName(operation)} is declared, but no route of ${appsOf(governed)} serves it.`,
        contract: operation.place,
        code: null,
        related: governed.apps
          .slice(0, 3)
          .map((app) => ({ place: app.place, message: 'The app whose routes were enumerated' })),
        confidence: 'proved',
        breaking: true,
        cap: operation.deprecated ? 'information' : undefined,
      };
    }
  },
};

function isEnumerated(governed: Governed): boolean {
  if (governed.apps.length === 0 || !governed.routeCompleteness.closed) return false;
  return governed.bindings.some((binding) => binding.routes.length > 0);
}

function isUnserved(binding: Binding): boolean {
  if (binding.routes.length > 0 || binding.absence?.closed === false) return false;
  // A router that lacks the handler which the contract names is told by operation-handler-missing.
  if (binding.missingHandler) return false;
  // An operation with a server of its own is served elsewhere; OPTIONS and TRACE are answered by frameworks and gateways.
  return binding.operation.servers.length === 0 && !['options', 'trace', 'head'].includes(binding.operation.method);
}

function appsOf(governed: Governed): string {
  const frameworks = [...new Set(governed.apps.map((app) => app.framework))].map(
    (name) => name.charAt(0).toUpperCase() + name.slice(1),
  );
  return `the ${inWords(frameworks)} app`;
}
