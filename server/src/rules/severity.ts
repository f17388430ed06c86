// Owns the tiers: how sure a draft is and whether it breaks a client decide its severity, once, for every rule.

import type { Severity } from '../findings/finding.ts';
import type { Draft } from './rule.ts';

const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Proved and breaking is an error; each doubt, and each harmless difference, takes one step down. A cap only lowers. */
export function severityOf(draft: Pick<Draft, 'confidence' | 'breaking' | 'cap'>): Severity {
  const steps = (draft.confidence === 'proved' ? 0 : 1) + (draft.breaking ? 0 : 1);
  const capped = draft.cap === undefined ? 0 : order.indexOf(draft.cap);
  return order[Math.max(steps, capped)] ?? 'hint';
}
