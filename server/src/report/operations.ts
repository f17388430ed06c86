// Owns what is said of each operation: who serves it, whether it is verified, and which axes are open for which reason.
// It must not know formats. An operation full of drift is verified too, because everything about it is known; what drifts is told by its
// coverage, promise by promise.

import type { Completeness, HandlerFacts, ReadLocation, Route } from '../code/model.ts';
import { declaredResponse, type Operation } from '../contract/model.ts';
import type { Finding } from '../findings/finding.ts';
import type { Binding, Governed } from '../workspace/model.ts';
import { isWithoutParts, readsAccounted, securityAccounted, statusesAccounted } from './accounted.ts';
import { coverageOf } from './coverage.ts';
import type { Axis, ReportedOperation, Unknown } from './model.ts';
import type { Places } from './places.ts';
import { hintFor } from './reasons.ts';

const READ_AXES: readonly (readonly [ReadLocation, Axis])[] = [
  ['path', 'path-parameters'],
  ['query', 'query'],
  ['header', 'headers'],
  ['cookie', 'cookies'],
  ['body', 'body'],
  ['form', 'body'],
];

const UNAVAILABLE: ReadonlySet<string> = new Set(['unresolved-reference', 'outside-workspace', 'remote-reference']);

export function reportOperations(
  governed: Governed,
  places: Places,
  findings: readonly Finding[] = [],
): readonly ReportedOperation[] {
  const own = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    if (finding.contractRoot !== governed.contract.file) continue;
    const known = own.get(finding.operation);
    if (known) known.push(finding);
    else own.set(finding.operation, [finding]);
  }
  return governed.bindings.map((binding) =>
    reportOperation(binding, governed, places, own.get(binding.operation.key) ?? []),
  );
}

function reportOperation(
  binding: Binding,
  governed: Governed,
  places: Places,
  findings: readonly Finding[],
): ReportedOperation {
  const { operation, contract, routes } = binding;
  const unknowns = unknownsOf(binding, governed, places);
  return {
    contract: places.relative(contract.file),
    operation: operation.key,
    pointer: operation.place.pointer,
    operationId: operation.operationId ?? null,
    handlers: routes.map((route) => {
      const place = route.handlerPlace ?? route.place;
      return { file: places.relative(place.file), line: places.line(place), framework: route.framework };
    }),
    callers: [],
    verified: routes.length > 0 && unknowns.length === 0,
    unknowns,
    coverage: coverageOf(binding, unknowns, findings),
  };
}

function unknownsOf(binding: Binding, governed: Governed, places: Places): readonly Unknown[] {
  const unknowns: Unknown[] = [];
  const add = (axis: Axis, completeness: Completeness, fallback: Route | Operation): void => {
    if (completeness.closed) return;
    const place = completeness.place ?? fallback.place;
    const { reason } = completeness;
    const known = unknowns.some((one) => one.axis === axis && one.reason === reason);
    if (known) return;
    unknowns.push({
      axis,
      reason,
      file: places.relative(place.file),
      line: places.line(place),
      hint: hintFor(reason),
    });
  };

  const { operation, routes } = binding;
  if (!operation.complete) add('contract', unreadOf(binding), operation);
  if (routes.length === 0) {
    add('route', governed.routeCompleteness, operation);
    return unknowns;
  }
  for (const route of routes) {
    add('route', route.completeness, route);
    const facts = route.facts();
    for (const [location, axis] of READ_AXES) {
      const completeness = facts.reads.completeness[location];
      if (!concerns(location, operation, facts)) continue;
      if (location === 'body' && isWithoutParts(operation)) continue;
      if (!settled(completeness, () => readsAccounted(location, operation, facts))) add(axis, completeness, route);
    }
    if (!settled(facts.exitCompleteness, () => statusesAccounted(operation, facts)))
      add('statuses', facts.exitCompleteness, route);
    for (const { status, place } of facts.suspected ?? [])
      if (status < 500 && !declaredResponse(operation, status))
        add('statuses', { closed: false, reason: 'custom-error-mapper', place }, route);
    if (!settled(facts.guardCompleteness, () => securityAccounted(operation, facts)))
      add('security', facts.guardCompleteness, route);
  }
  return unknowns;
}

/** Whether an axis leaves no question about this operation: closed, or open to libraries only and met in all that is declared. */
function settled(completeness: Completeness, accounted: () => boolean): boolean {
  if (completeness.closed || completeness.generic === 'part') return true;
  return completeness.generic === 'request' && accounted();
}

/** A form that neither side knows of is no open question beside a JSON body, and the other way round. */
function concerns(location: ReadLocation, operation: Operation, facts: HandlerFacts): boolean {
  if (location !== 'form') return true;
  return (
    facts.reads.parameters.some((read) => read.in === 'form') ||
    (operation.body?.content.some((media) => /form/.test(media.base)) ?? false)
  );
}

/** Why a part of the contract could not be read, from the problems of the contract's files. */
function unreadOf(binding: Binding): Completeness {
  const { problems } = binding.contract;
  const own = problems.find((problem) => problem.place.pointer.startsWith(binding.operation.place.pointer));
  const problem = own ?? problems.find((one) => UNAVAILABLE.has(one.kind)) ?? problems[0];
  if (!problem) return { closed: false, reason: 'parse-error' };
  const reason = UNAVAILABLE.has(problem.kind) ? 'external-ref-unavailable' : 'parse-error';
  return { closed: false, reason, place: problem.place };
}
