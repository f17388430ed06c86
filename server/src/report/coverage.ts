// Owns the coverage of one operation: for each thing that a contract promises, whether the code was seen to keep it, seen to differ,
// or could not be seen, and why. It must not know formats. A promise that drifts is never called verified, nor one that was not read.

import type { AbstainReason, Exit } from '../code/model.ts';
import type { Operation } from '../contract/model.ts';
import type { Finding } from '../findings/finding.ts';
import type { Shape } from '../shape/shape.ts';
import type { Binding } from '../workspace/model.ts';
import type { Aspect, Axis, CoverageState, ReportedCoverage, Unknown } from './model.ts';

/** Which axes leave which promise undecided. */
const AXES: Readonly<Record<Aspect, readonly Axis[]>> = {
  route: ['route'],
  parameters: ['contract', 'path-parameters', 'query', 'headers', 'cookies'],
  body: ['contract', 'body'],
  statuses: ['contract', 'statuses'],
  responses: ['contract'],
  security: ['contract', 'security'],
};

/** Which families of rules speak of which promise; the others speak of a contract as a whole. */
const FAMILIES: Readonly<Record<string, Aspect>> = {
  operations: 'route',
  parameters: 'parameters',
  body: 'body',
  statuses: 'statuses',
  responses: 'responses',
  security: 'security',
};

/** Where looking into the bodies of answers ends; deeper parts are rare, and a count needs no more. */
const DEEPEST = 8;

/** The promise that a family of rules speaks of; undefined when it speaks of no operation's promise. */
export function aspectOf(family: string): Aspect | undefined {
  return FAMILIES[family];
}

/** Everything that one operation promises, in the order in which a request meets it. `findings` are those of this operation. */
export function coverageOf(
  binding: Binding,
  unknowns: readonly Unknown[],
  findings: readonly Finding[],
): readonly ReportedCoverage[] {
  const open = findings.filter((finding) => finding.suppressed === null);
  const served = binding.routes.length > 0;
  const entry = (aspect: Aspect): ReportedCoverage => {
    const drifts = open.some((finding) => aspectOf(finding.family) === aspect);
    const reasons = reasonsOf(aspect, binding, unknowns);
    return { aspect, state: stateOf(aspect, binding.operation, served, drifts, reasons), reasons };
  };
  return (['route', 'parameters', 'body', 'statuses', 'responses', 'security'] as const).map(entry);
}

function stateOf(
  aspect: Aspect,
  operation: Operation,
  served: boolean,
  drifts: boolean,
  reasons: readonly AbstainReason[],
): CoverageState {
  if (drifts) return 'drifting';
  if (aspect === 'route') return served && reasons.length === 0 ? 'verified' : 'unknown';
  // What nobody serves is told by the route alone: one missing handler is one fault, not six.
  if (!served || !promises(aspect, operation)) return 'none';
  return reasons.length === 0 ? 'verified' : 'unknown';
}

function promises(aspect: Aspect, operation: Operation): boolean {
  switch (aspect) {
    case 'parameters':
      return operation.parameters.length > 0;
    case 'body':
      return operation.body !== undefined;
    case 'statuses':
      return operation.responses.length > 0;
    case 'responses':
      return operation.responses.some((response) => response.content.some((media) => media.shape !== undefined));
    case 'security':
      return operation.security?.some((requirement) => requirement.length > 0) ?? false;
    case 'route':
      return true;
  }
}

function reasonsOf(aspect: Aspect, binding: Binding, unknowns: readonly Unknown[]): readonly AbstainReason[] {
  const reasons = new Set(
    unknowns.filter((unknown) => AXES[aspect].includes(unknown.axis)).map((unknown) => unknown.reason),
  );
  if (aspect === 'responses') for (const reason of unseenBodies(binding)) reasons.add(reason);
  return [...reasons];
}

/** Why bodies of answers that the contract describes were not seen in full. */
function unseenBodies({ operation, routes }: Binding): readonly AbstainReason[] {
  const described = new Set(
    operation.responses.filter((one) => one.content.some((media) => media.shape)).map((one) => one.status),
  );
  const reasons = new Set<AbstainReason>();
  for (const route of routes) {
    const facts = route.facts();
    const exits = facts.exits.filter((exit) => described.has(String(exit.status)));
    if (exits.length === 0 && !facts.exitCompleteness.closed) reasons.add(facts.exitCompleteness.reason);
    if (facts.suspected?.some(({ status }) => described.has(String(status)))) reasons.add('custom-error-mapper');
    if (exits.some((exit) => !seen(exit))) reasons.add('spread-or-any');
  }
  return [...reasons];
}

function seen(exit: Exit): boolean {
  if (exit.empty) return true;
  return exit.body !== undefined && known(exit.body, 0);
}

function known(shape: Shape, depth: number): boolean {
  if (depth > DEEPEST) return true;
  switch (shape.kind) {
    case 'unknown':
      return false;
    case 'array':
      return known(shape.items, depth + 1);
    case 'object':
      if (shape.additional === 'unknown') return false;
      return [...shape.fields.values()].every((field) => known(field.shape, depth + 1));
    case 'union':
      return shape.members.every((member) => known(member, depth + 1));
    case 'reference':
      return known(shape.resolve(), depth + 1);
    default:
      return true;
  }
}
