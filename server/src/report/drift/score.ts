// Owns the score: one number with its arithmetic, the same through every door. It must not know formats.
// Kept promises are counted against kept and drifting ones; what could not be seen is said beside the number and never counted as good.

import type { ReportedFinding, ReportedOperation } from '../model.ts';
import { SEVERITIES } from '../model.ts';
import type { Score } from './model.ts';

/** What one open finding weighs. A hint is a remark and weighs nothing. */
export const weights = { error: 10, warning: 3, information: 1, hint: 0 } as const;

/** The score of some operations, the open findings about them, and the routes that no contract describes. */
export function scoreOf(
  operations: readonly ReportedOperation[],
  findings: readonly ReportedFinding[],
  undocumented: number,
): Score {
  const states = operations.flatMap((operation) => (operation.coverage ?? []).map((entry) => entry.state));
  const count = (state: string): number => states.filter((one) => one === state).length;
  const kept = count('verified');
  const drifting = count('drifting');
  const decided = kept + drifting + undocumented;
  const addends = SEVERITIES.map((severity) => {
    const found = findings.filter((one) => one.suppressed === null && one.severity === severity).length;
    return { severity, count: found, weight: weights[severity], points: found * weights[severity] };
  });
  return {
    // Rounded down, so that 100 means that nothing drifts.
    value: decided === 0 ? null : Math.floor((100 * kept) / decided),
    kept,
    drifting,
    undecided: count('unknown'),
    undocumented,
    points: addends.reduce((sum, addend) => sum + addend.points, 0),
    addends,
  };
}

/** "100 × 53 kept ÷ (53 kept + 11 drifting + 2 undocumented routes) = 80". */
export function scoreArithmetic(score: Score): string {
  const { kept, drifting, undocumented, value } = score;
  if (value === null) return 'Nothing that the contracts promise could be decided, so that there is no score.';
  const aside = undocumented === 0 ? '' : ` + ${undocumented} undocumented ${undocumented === 1 ? 'route' : 'routes'}`;
  return `100 × ${kept} kept ÷ (${kept} kept + ${drifting} drifting${aside}) = ${value}`;
}

/** "4 errors × 10 + 3 warnings × 3 = 49". */
export function pointsArithmetic(score: Score): string {
  const parts = score.addends
    .filter((addend) => addend.count > 0)
    .map(({ severity, count, weight }) => {
      const noun = count === 1 || severity === 'information' ? severity : `${severity}s`;
      return `${count} ${noun} × ${weight}`;
    });
  return parts.length === 0 ? 'No open finding: 0' : `${parts.join(' + ')} = ${score.points}`;
}
