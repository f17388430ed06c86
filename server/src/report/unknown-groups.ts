// Owns the gathering of what could not be decided: the same reason is said once, with its axes and operations.
// It must not know formats.

import type { AbstainReason } from '../code/model.ts';
import type { Axis, Report, Unknown } from './model.ts';
import { meaningOf } from './reasons.ts';

export interface UnknownGroup {
  readonly reason: AbstainReason;
  /** "query, statuses: an error handler …". */
  readonly text: string;
  readonly hint: string;
  readonly operations: readonly string[];
  /** The place that most of the operations have in common. */
  readonly file: string | null;
  readonly line: number | null;
}

/** Groups by reason, the one that concerns most operations first. */
export function groupUnknowns(report: Report): readonly UnknownGroup[] {
  const byReason = new Map<AbstainReason, { readonly unknown: Unknown; readonly operation: string }[]>();
  for (const operation of report.operations) {
    for (const unknown of operation.unknowns) {
      const entry = { unknown, operation: operation.operation };
      byReason.set(unknown.reason, [...(byReason.get(unknown.reason) ?? []), entry]);
    }
  }
  const groups = [...byReason].map(([reason, entries]): UnknownGroup => {
    const axes = new Set<Axis>(entries.map(({ unknown }) => unknown.axis));
    const { file, line } = commonest(entries.map(({ unknown }) => unknown));
    return {
      reason,
      text: `${[...axes].map((axis) => axis.replace('-', ' ')).join(', ')}: ${meaningOf(reason)}`,
      hint: entries[0]!.unknown.hint,
      operations: [...new Set(entries.map(({ operation }) => operation))],
      file,
      line,
    };
  });
  return groups.sort((a, b) => b.operations.length - a.operations.length);
}

function commonest(unknowns: readonly Unknown[]): Unknown {
  const counts = new Map<string, number>();
  const key = ({ file, line }: Unknown): string => `${file}:${line}`;
  for (const unknown of unknowns) counts.set(key(unknown), (counts.get(key(unknown)) ?? 0) + 1);
  return unknowns.reduce((best, one) => (counts.get(key(one))! > counts.get(key(best))! ? one : best));
}
