// Owns the catalogue as the command line knows it: rules and their pages joined, names looked up.
// It must not know what a rule does.

import { suppressionRules } from '../findings/suppression.ts';
import { readRulePages } from '../host/rule-pages.ts';
import type { RuleText } from '../report/presentation.ts';
import { rules } from '../rules/catalogue.ts';
import { changeRows } from '../versioning/changes/catalogue.ts';
import { UsageError } from './exit.ts';

/** Every rule with its page, in the catalogue's order. */
export function ruleTexts(): readonly RuleText[] {
  const pages = readRulePages();
  return [...rules, ...suppressionRules].map(({ id, family, polarity, summary }) => ({
    id,
    family,
    polarity,
    summary,
    help: pages.get(id)?.help ?? '',
  }));
}

/** Every rule id there is. */
export function ruleIds(): readonly string[] {
  return [...rules, ...suppressionRules].map((rule) => rule.id);
}

/** Ends the run when there is no such rule, with the nearest names. */
export function requireRule(id: string): void {
  const ids = ruleIds();
  if (ids.includes(id)) return;
  const near = nearest(id, [...ids, ...changeRows.map((row) => row.id)]);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ' `fidelity rules` lists them.';
  throw new UsageError(`There is no rule "${id}".${hint}`);
}

/** Names within a third of their length, the nearest first. */
export function nearest(name: string, names: readonly string[], most = 3): readonly string[] {
  return names
    .map((other) => ({ other, distance: editDistance(name, other) }))
    .filter(
      ({ other, distance }) => distance <= Math.max(2, other.length / 3) || (name.length > 3 && other.includes(name)),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ other }) => other);
}

/** Insertions, deletions and replacements between two words (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replace, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
