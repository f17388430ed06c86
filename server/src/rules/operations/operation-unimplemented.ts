// Owns the rule operation-unimplemented: the contract has an operation that no route serves.

import type { Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import type { Binding, Governed } from '../../workspace/model.ts';
import { methodPairs } from '../evidence/method-pairs.ts';
import { nearMisses } from '../evidence/near-misses.ts';
import { removeOffer } from '../evidence/offers.ts';
import { code, inWords, operationName } from '../evidence/wording.ts';
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
      const taker = takerOf(operation, governed);
      const instead = taker
        ? `no route of its own serves it: ${code(nameOf(taker))} takes its requests`
        : `no route of ${appsOf(governed)} serves it`;
      yield {
        operation,
        subject: operation.key,
        message: `${operationName(operation)} is declared, but ${instead}.`,
        contract: operation.place,
        code: null,
        related: [
          ...(taker ? [{ place: taker.pathPlace, message: 'The route that takes its requests' }] : []),
          ...governed.apps
            .slice(0, 3)
            .map((app) => ({ place: app.place, message: 'The app whose routes were enumerated' })),
        ],
        // A route whose parameter takes the fixed word may tell it apart by hand.
        confidence: taker ? 'likely' : 'proved',
        breaking: true,
        cap: operation.deprecated ? 'information' : undefined,
        fixes: removeOffer(`Remove ${operation.key}`, governed.contract, operation.place),
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

/** A served route with the segments of its path. */
interface Served {
  readonly route: Route;
  readonly segments: readonly string[];
  /** How many of them stand before the path of the operation that it serves: the prefix under which the contract's paths lie. */
  readonly leading: number;
}

const remembered = new WeakMap<Governed, ReadonlyMap<string, readonly Served[]>>();

/** What stands for every segment that is a parameter. */
const anyWord = '{}';
const isParameter = (segment: string): boolean => /^\{[^*}]+\}$/.test(segment);

/** The routes of other operations by how their paths end. */
function servedByEnd(governed: Governed): ReadonlyMap<string, readonly Served[]> {
  const known = remembered.get(governed);
  if (known) return known;
  const byEnd = new Map<string, Served[]>();
  for (const { route, operation } of governed.bindings.flatMap((one) =>
    one.routes.map((route) => ({ route, operation: one.operation })),
  )) {
    const segments = segmentsOf(route.path);
    const leading = Math.max(0, segments.length - segmentsOf(operation.path).length);
    const last = segments.at(-1) ?? '';
    const end = isParameter(last) ? anyWord : last;
    const served = byEnd.get(end);
    if (served) served.push({ route, segments, leading });
    else byEnd.set(end, [{ route, segments, leading }]);
  }
  remembered.set(governed, byEnd);
  return byEnd;
}

/** A route of another operation whose parameters take the words of this one's path. */
function takerOf(operation: Operation, governed: Governed): Route | undefined {
  const wanted = segmentsOf(operation.path);
  const byEnd = servedByEnd(governed);
  const candidates = [...(byEnd.get(wanted.at(-1) ?? '') ?? []), ...(byEnd.get(anyWord) ?? [])];
  return candidates.find(({ route, segments, leading }) => {
    if (route.method !== operation.method && route.method !== 'all') return false;
    const tail = segments.slice(leading);
    return tail.length === wanted.length && tail.every((segment, at) => segment === wanted[at] || isParameter(segment));
  })?.route;
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter(Boolean);

function nameOf({ method, path }: Route): string {
  return `${method.toUpperCase()} ${path}`;
}

function appsOf(governed: Governed): string {
  const frameworks = [...new Set(governed.apps.map((app) => app.framework))].map(
    (name) => name.charAt(0).toUpperCase() + name.slice(1),
  );
  return `the ${inWords(frameworks)} app`;
}
