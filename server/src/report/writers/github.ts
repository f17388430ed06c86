// Owns the answer as workflow commands of GitHub Actions, which show findings beside the changed lines.
// It must not know files or the environment.

import type { ReportedFinding } from '../model.ts';
import type { Presentation, Writer } from '../presentation.ts';
import { findingsLine, verifiedLine } from '../wording.ts';

export const writeGithub: Writer = (report, presentation) => {
  const open = report.findings.filter((finding) => finding.suppressed === null).slice(0, presentation.maxFindings);
  const lines = open.map((finding) => command(finding, presentation));
  return `${[...lines, findingsLine(report), verifiedLine(report)].join('\n')}\n`;
};

function command(finding: ReportedFinding, presentation: Presentation): string {
  const name = finding.severity === 'error' || finding.severity === 'warning' ? finding.severity : 'notice';
  const at = finding.code ?? finding.contract;
  const other = finding.code && finding.contract;
  const properties: string[] = [];
  if (at) {
    properties.push(`file=${property(presentation.shown(at.file))}`, `line=${at.line}`, `endLine=${at.endLine}`);
    // Columns are only understood when the span stays on one line.
    if (at.line === at.endLine) properties.push(`col=${at.column}`, `endColumn=${at.endColumn}`);
  }
  const title = finding.operation === null ? finding.rule : `${finding.rule} (${finding.operation})`;
  properties.push(`title=${property(title)}`);
  const where = other ? `\nContract: ${presentation.shown(other.file)}:${other.line}` : '';
  return `::${name} ${properties.join(',')}::${data(finding.message + where)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
