// Owns the drift report as Markdown: for a pull request, a wiki, or a reader without a browser. It must not know files.

import { code, escapeText } from '../markdown-text.ts';
import { counted, listed } from '../wording.ts';
import { aspectTitles, type DriftFinding, type DriftOperation, type DriftReport, type Section } from './model.ts';
import { pointsArithmetic, scoreArithmetic } from './score.ts';

const stateWords = { verified: 'yes', drifting: '**drifts**', unknown: '?', none: '' } as const;
const ticks = { met: '[x]', unmet: '[ ]', open: '[ ] (open)' } as const;

/** With `most`, the list of findings ends there and says how many are left. */
export function writeDriftMarkdown(report: DriftReport, most = Number.POSITIVE_INFINITY): string {
  const lines = [`# ${report.preset.title}`, '', escapeText(report.preset.purpose), ''];
  lines.push(...summary(report), ...report.sections.flatMap(section), ...score(report), ...coverage(report));
  lines.push(...findings(report, most), ...gaps(report));
  lines.push(`Made by ${escapeText(report.tool.name)} ${escapeText(report.tool.version)}.`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function summary({ summary: { verdict, facts, risks, next } }: DriftReport): string[] {
  const lines = [`**${escapeText(verdict)}**`, ''];
  lines.push(...row(facts.map((fact) => escapeText(fact.label))), `|${facts.map(() => '---|').join('')}`);
  lines.push(...row(facts.map((fact) => `**${escapeText(fact.value)}** ${escapeText(fact.note)}`)), '');
  if (risks.length > 0) {
    lines.push('Gravest first:', '');
    for (const risk of risks) lines.push(`- ${code(risk.operation)}: ${escapeText(risk.message)}`);
    lines.push('');
  }
  lines.push('Next:', '', ...next.map((step, index) => `${index + 1}. ${escapeText(step)}`), '');
  return lines;
}

function score(report: DriftReport): string[] {
  const lines = ['## Score', '', `- Fidelity: ${scoreArithmetic(report.score)}`];
  lines.push(`- Drift points: ${pointsArithmetic(report.score)}`);
  if (report.score.undecided > 0) {
    lines.push(`- ${counted(report.score.undecided, 'promise')} could not be decided and count for neither side.`);
  }
  lines.push('');
  if (report.contracts.length < 2) return lines;
  lines.push(
    '| Contract | Version | Role | Operations | Fidelity | Drift points | Undecided |',
    '|---|---|---|---|---|---|---|',
  );
  for (const contract of report.contracts) {
    const { score: own } = contract;
    const cells = [code(contract.file), escapeText(contract.version), contract.role, `${contract.operations}`];
    lines.push(...row([...cells, `${own.value ?? ''}`, `${own.points}`, `${own.undecided}`]));
  }
  return [...lines, ''];
}

function coverage({ operations }: DriftReport): string[] {
  if (operations.length === 0) return [];
  const lines = ['## Coverage', '', `| Operation | ${Object.values(aspectTitles).join(' | ')} |`];
  lines.push(
    `|---|${Object.keys(aspectTitles)
      .map(() => '---|')
      .join('')}`,
  );
  for (const operation of operations) lines.push(...row([code(operation.operation), ...cellsOf(operation)]));
  return [...lines, '', '`?`: could not be decided. Empty: the contract promises nothing there.', ''];
}

function cellsOf({ cells }: DriftOperation): string[] {
  return Object.keys(aspectTitles).map((aspect) => {
    const cell = cells.find((one) => one.aspect === aspect);
    return cell ? stateWords[cell.state] : '';
  });
}

function findings(report: DriftReport, most: number): string[] {
  const open = report.findings.filter((finding) => finding.suppressed === null);
  const lines = [`## Findings (${open.length})`, ''];
  if (open.length === 0) return [...lines, 'None.', ''];
  lines.push(
    '| Severity | Rule | Operation | What differs | Contract | Code | Fingerprint |',
    '|---|---|---|---|---|---|---|',
  );
  for (const finding of open.slice(0, most)) lines.push(...row(findingCells(finding)));
  if (open.length > most) lines.push('', `${counted(open.length - most, 'more finding')} not shown.`);
  return [...lines, ''];
}

function findingCells(finding: DriftFinding): string[] {
  return [
    finding.confidence === 'likely' ? `${finding.severity}, likely` : finding.severity,
    code(finding.rule),
    finding.operation === null ? '' : code(finding.operation),
    escapeText(finding.message),
    finding.contract ? code(`${finding.contract.file}:${finding.contract.line}`) : '',
    finding.code ? code(`${finding.code.file}:${finding.code.line}`) : '',
    code(finding.fingerprint),
  ];
}

function gaps(report: DriftReport): string[] {
  if (report.gaps.length === 0) return [];
  const lines = ['## What could not be decided', ''];
  for (const gap of report.gaps) {
    const where = gap.file === null ? '' : ` (${code(`${gap.file}:${gap.line}`)})`;
    const named = listed(gap.operations.map(code), 3);
    lines.push(`- **${escapeText(gap.text)}**${where}: ${named}. ${escapeText(gap.hint)}`);
  }
  return [...lines, ''];
}

function section({ title, intro, checklist, table }: Section): string[] {
  const lines = [`## ${escapeText(title)}`, '', escapeText(intro), ''];
  for (const item of checklist ?? []) {
    lines.push(`- ${ticks[item.state]} ${escapeText(item.text)}${item.detail ? `: ${escapeText(item.detail)}` : ''}`);
  }
  if (checklist) lines.push('');
  if (table && table.rows.length > 0) {
    lines.push(...row(table.columns.map(escapeText)), `|${table.columns.map(() => '---|').join('')}`);
    for (const cells of table.rows) lines.push(...row(cells.map(escapeText)));
    lines.push('');
  }
  return lines;
}

const row = (cells: readonly string[]): string[] => [`| ${cells.join(' | ')} |`];
