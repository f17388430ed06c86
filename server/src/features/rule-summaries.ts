// Owns the one-sentence faults of all rules, those about suppressions included. It must not know what a rule does.

import { suppressionRules } from '../findings/suppression.ts';
import { rules } from '../rules/catalogue.ts';

const summaries = new Map([...rules, ...suppressionRules].map(({ id, summary }) => [id, summary]));

/** Every rule id with its fault in one sentence. */
export const ruleSummaries: ReadonlyMap<string, string> = summaries;

/** The rule's fault in one sentence; undefined for an unknown rule. */
export function ruleSummary(id: string): string | undefined {
  return summaries.get(id);
}
