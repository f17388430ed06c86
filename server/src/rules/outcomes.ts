// Owns the asking of rules: which of them look at what, that one which throws harms no other, and what an absence takes.
// It must not know severities, findings or files.

import { Cancelled } from '../base/host.ts';
import type { Route } from '../code/model.ts';
import type { VersionStanding } from '../contract/model.ts';
import type { LinkIndex } from '../links/model.ts';
import type { Binding, Governed, WorkspaceModel } from '../workspace/model.ts';
import { reachedRoutes } from './evidence/registration-order.ts';
import { looksAround, type Outcome, type RuleMemory, type Told } from './memory.ts';
import type { BindingRule, Draft, LinkRule, ModelRule, Rule, VersionRule } from './rule.ts';
import { rulesFor } from './supplements.ts';

/** What the rules say about one contract; a rule that throws says nothing about it and is told about. */
export function askRules(
  chosen: readonly ModelRule[],
  governed: Governed,
  model: WorkspaceModel,
  memory: RuleMemory,
  onFailure: ((rule: string, message: string) => void) | undefined,
): readonly Told[] {
  const running = rulesFor(governed.contract, chosen);
  const outcomes = memory.outcomes(
    governed,
    (binding) =>
      outcomeOf(running, (rule) =>
        rule.scope === 'binding' && !looksAround(rule) ? bindingDrafts(rule, binding, governed) : [],
      ),
    () =>
      outcomeOf(running, (rule) => {
        if (rule.scope === 'governed') return rule.check(governed, model);
        return looksAround(rule) ? governed.bindings.flatMap((one) => bindingDrafts(rule, one, governed)) : [];
      }),
  );
  const failures = new Map<Rule, string>();
  for (const outcome of outcomes) {
    for (const [rule, message] of outcome.failures) if (!failures.has(rule)) failures.set(rule, message);
  }
  for (const [rule, message] of failures) onFailure?.(rule.id, message);
  const told = outcomes.flatMap((outcome) => outcome.told);
  return failures.size === 0 ? told : told.filter(({ rule }) => !failures.has(rule));
}

/** What the rules say about the tags of comments; they are few, so that nothing is remembered. */
export function askLinkRules(
  running: readonly LinkRule[],
  links: LinkIndex,
  model: WorkspaceModel,
  onFailure: ((rule: string, message: string) => void) | undefined,
): readonly Told[] {
  const { told, failures } = outcomeOf(running, (rule) => rule.check(links, model));
  for (const [rule, message] of failures) onFailure?.(rule.id, message);
  return told;
}

/** What the rules say about contracts and their baselines. */
export function askVersionRules(
  running: readonly VersionRule[],
  standings: readonly VersionStanding[],
  model: WorkspaceModel,
  onFailure: ((rule: string, message: string) => void) | undefined,
): readonly (Told & { readonly standing: VersionStanding })[] {
  return standings.flatMap((standing) => {
    const { told, failures } = outcomeOf(running, (rule) => rule.check(standing, model));
    for (const [rule, message] of failures) onFailure?.(rule.id, message);
    return told.map((one) => ({ ...one, standing }));
  });
}

function outcomeOf<R extends Rule>(running: readonly R[], check: (rule: R) => Iterable<Draft>): Outcome {
  const told: Told[] = [];
  const failures = new Map<Rule, string>();
  for (const rule of running) {
    try {
      for (const draft of [...check(rule)]) told.push({ rule, draft });
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      failures.set(rule, error instanceof Error ? error.message : String(error));
    }
  }
  return { told, failures };
}

function bindingDrafts(rule: BindingRule, binding: Binding, governed: Governed): readonly Draft[] {
  // No finding is built on an operation of which a part could not be read.
  if (!binding.operation.complete) return [];
  const perRoute = telling(binding.routes).map((route) => [...rule.check(binding, route, governed)]);
  const [first = [], ...others] = perRoute;
  if (rule.polarity !== 'absence') return perRoute.flat();
  // What one of several handlers does is not absent.
  return first.filter((draft) => others.every((drafts) => drafts.some((other) => other.subject === draft.subject)));
}

/**
 * Registrations for every method stand before or behind the one that serves the operation, when there is one. What a second handler
 * on the same path does is seen by nobody.
 */
function telling(routes: readonly Route[]): readonly Route[] {
  const exact = routes.filter((route) => route.method !== 'all');
  return reachedRoutes(exact.length > 0 ? exact : routes);
}
