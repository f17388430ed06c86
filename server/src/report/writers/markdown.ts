// Owns the answer as Markdown, for a pull request's comment or a job summary. It must not know files.

import { code, escapeText } from '../markdown-text.ts';
import type { Report, ReportedFinding } from '../model.ts';
import type { Presentation, Writer } from '../presentation.ts';
import { groupUnknowns } from '../unknown-groups.ts';
import { counted, findingsLine, listed, verifiedLine } from '../wording.ts';

export const writeMarkdown: Writer = (report, presentation) => {
  const lines = ['## Contract Fidelity', '', `**${findingsLine(report)}.** ${verifiedLine(report)}`, ''];
  lines.push(...writeFindings(report, presentation), ...writeUnknowns(report, presentation));
  return `${lines.join('\n').trimEnd()}\n`;
};

function writeFindings(report: Report, presentation: Presentation): string[] {
  const open = report.findings.filter((finding) => finding.suppressed === null);
  if (open.length === 0) return [];
  const lines = ['| Severity | Rule | Operation | What differs | Code | Contract |', '|---|---|---|---|---|---|'];
  for (const finding of open.slice(0, presentation.maxFindings)) {
    const cells = [
      finding.confidence === 'likely' ? `${finding.severity}, likely` : finding.severity,
      code(finding.rule),
      finding.operation === null ? '' : code(finding.operation),
      escapeText(finding.message),
      place(finding.code, presentation),
      place(finding.contract, presentation),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  const hidden = open.length - presentation.maxFindings;
  if (hidden > 0) lines.push('', `${counted(hidden, 'more finding')} not shown.`);
  return [...lines, ''];
}

function writeUnknowns(report: Report, presentation: Presentation): string[] {
  const groups = groupUnknowns(report);
  if (groups.length === 0) return [];
  const lines = ['<details><summary>What could not be decided, and why</summary>', ''];
  for (const group of groups) {
    const where = group.file === null ? '' : ` (${code(`${presentation.shown(group.file)}:${group.line}`)})`;
    lines.push(
      `- **${escapeText(group.text)}**${where}: ${counted(group.operations.length, 'operation')}, ` +
        `${listed(group.operations.map(code), 3)}. ${escapeText(group.hint)}`,
    );
  }
  return [...lines, '', '</details>', ''];
}

function place(side: ReportedFinding['code'], presentation: Presentation): string {
  return side ? code(`${presentation.shown(side.file)}:${side.line}`) : '';
}
