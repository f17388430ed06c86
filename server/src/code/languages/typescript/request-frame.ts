// Owns the frame around the run of one request: its budget, what is asked of types on the way, and what a spent budget means for it.
// It must not know what is run.

import type { Place } from '../../../base/place.ts';
import { BudgetSpent } from './budget.ts';
import type { FactCollector } from './facts.ts';
import type { Machine } from './machine.ts';

/** What bounds a run, and where it is said when that was not enough. */
export interface RequestFrame {
  readonly collector: FactCollector;
  /** Steps that all calls of the run may take together. */
  readonly budget: number;
  /** The handler or middleware whose reading a spent budget ends. */
  readonly place: Place | undefined;
}

/**
 * Does the work of one request within its budget and gives the steps that it took. Never throws for a spent budget: every axis is open
 * then. A call that ran out of its own share opens the exits.
 */
export function runWithinFrame(m: Machine, { collector, budget, place }: RequestFrame, work: () => void): number {
  m.budget = budget;
  m.budgetOfRun = budget;
  m.summarising = true;
  m.exhausted.clear();
  m.onShareSpent = (plain) => collector.openExits('budget', place, undefined, plain ? 'request' : undefined);
  m.wanted = collector.typeQuestions;
  let left = 0;
  try {
    work();
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    collector.openAll('budget', place);
  } finally {
    left = Math.max(0, m.budget);
    m.budget = Number.POSITIVE_INFINITY;
    m.summarising = false;
    m.onShareSpent = undefined;
  }
  return budget - left;
}
