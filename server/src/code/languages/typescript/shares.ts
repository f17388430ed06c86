// Owns the share of a route's steps that one call may take, and what happens when it is not enough.
// It must not know what is called.

import { BudgetSpent, decayOfShare, moduleBudget, shareOfCall } from './budget.ts';
import type { Machine } from './machine.ts';

/** Steps that a call may take now: fewer with each level of calls, and never all that is left, so that a caller can always go on. */
export function allowance(m: Machine): number {
  const depth = m.steps.length;
  if (depth === 0) return Number.POSITIVE_INFINITY;
  const ofCalls = m.summarising
    ? Math.max(2_000, Math.floor(m.budgetOfRun * shareOfCall * decayOfShare ** depth))
    : Math.max(3_000, moduleBudget >> (2 * Math.max(0, depth - 1)));
  return Math.min(ofCalls, Math.floor(m.budget * (m.summarising ? decayOfShare : 0.5)));
}

/** A number of steps that is usually enough, where so many are left. */
export const atMost = (m: Machine, usual: number): number => Math.min(usual, Math.floor(m.budget * decayOfShare));

/**
 * Does the work of one call within a share of the budget: a helper that runs away costs its own answer and not the route's.
 * Undefined when the share was spent.
 */
export function withinShare<T>(m: Machine, work: () => T, share = allowance(m)): T | undefined {
  if (share === Number.POSITIVE_INFINITY) return work();
  const before = m.budget;
  const { steps, thrown, suspicion, log, conditional, arm } = m;
  const absences = m.absences.length;
  m.budget = share;
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    Object.assign(m, { steps, thrown, suspicion, log, conditional, arm, dead: false });
    m.absences.length = absences;
    return undefined;
  } finally {
    m.budget = before - (share - Math.max(0, m.budget));
  }
}
