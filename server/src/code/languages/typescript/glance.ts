// Owns glances at a route: a run of a few steps for the names of what it reads, of which nothing is kept for whole runs.
// It must not know what is run.

import { budgetPerGlance } from './budget.ts';
import type { Machine } from './machine.ts';

/** Does the work of one route within the steps of a glance, whatever a whole run of it may take. */
export function atAGlance<T>(m: Machine, work: () => T): T {
  const { budgetOfRoute } = m;
  m.budgetOfRoute = budgetPerGlance(m.routes);
  m.glancing = true;
  try {
    return work();
  } finally {
    m.budgetOfRoute = budgetOfRoute;
    m.glancing = false;
  }
}
