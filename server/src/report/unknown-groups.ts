// Owns the gathering of what could not be decided: the same reason on the same axis is said once, with its operations.
// It must not know formats.

import type { AbstainReason } from '../code/model.ts';
import type { Axis, Report } from './model.ts';
import { meaningOf } from './reasons.ts';

export interface UnknownGroup {
  readonly axis: Axis;
  readonly reason: AbstainReason;
  /** "statuses: an error handler …". */
  readonly text: string;
  readonly hint: string;
  readonly operations: readonly string[];
  /** The first place, as an example. */
  readonly file: string | null;
  readonly line: number | null;
}

/** Groups by axis and reason, the most frequent first. */
export function groupUnknowns(report: Report): readonly UnknownGroup[] {
  const groups = new Map<string, UnknownGroup & { operations: string[] }>();
  for (const operation of report.operations) {
    for (const unknown of operation.unknowns) {
      const key = `${unknown.axis}:${unknown.reason}`;
      const group = groups.get(key);
      if (group) {
        if (!group.operations.includes(operation.operation)) group.operations.push(operation.operation);
        continue;
      }
      groups.set(key, {
        axis: unknown.axis,
        reason: unknown.reason,
        text: `${unknown.axis.replace('-', ' ')}: ${meaningOf(unknown.reason)}`,
        hint: unknown.hint,
        operations: [operation.operation],
        file: unknown.file,
        line: unknown.line,
      });
    }
  }
  return [...groups.values()].sort((a, b) => b.operations.length - a.operations.length);
}
