// Owns which findings of a service are read by hand: a fixed stride through each rule, so that nobody chooses them.
// It must not know verdicts.

/** What a sample needs to know of a finding. */
export interface Sampled {
  readonly rule: string;
  readonly severity: string;
}

/**
 * Errors and warnings in the report's own order, spread over the rules: every rule gives at least two, the others are shared out by
 * how many findings each rule has, and within a rule they are taken at equal distances from the first.
 */
export function sample<Finding extends Sampled>(findings: readonly Finding[], size: number): readonly Finding[] {
  const serious = findings.filter((finding) => finding.severity === 'error' || finding.severity === 'warning');
  const rules = [...new Set(serious.map((finding) => finding.rule))].sort();
  return rules.flatMap((rule) => {
    const own = serious.filter((finding) => finding.rule === rule);
    const share = Math.min(own.length, Math.max(2, Math.ceil((size * own.length) / serious.length)));
    return Array.from({ length: share }, (_, index) => own[Math.floor((index * own.length) / share)]!);
  });
}
