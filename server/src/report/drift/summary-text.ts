// Owns the executive summary as a text of one screen, for a message or a ticket. It must not know files.

import { writeDriftMarkdown } from './markdown.ts';
import type { DriftReport } from './model.ts';

/** Everything before the details: the verdict, the numbers, what is gravest, what comes next. */
export function writeDriftSummary(report: DriftReport): string {
  const whole = writeDriftMarkdown({ ...report, sections: [], operations: [], gaps: [] }, 0);
  const end = whole.indexOf('\n## Score');
  return `${whole.slice(0, end).trimEnd()}\n`;
}
