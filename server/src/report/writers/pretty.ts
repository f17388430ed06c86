// Owns the answer for people at a terminal: findings by file with the text of both sides, then what was and was not verified.
// It must not know files or the terminal itself: whether there is colour is told to it.

import pc from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { LineIndex } from '../../base/place.ts';
import type { Severity } from '../../findings/finding.ts';
import type { Report, ReportedFinding, ReportedSpan } from '../model.ts';
import type { Presentation, Writer } from '../presentation.ts';
import { groupUnknowns } from '../unknown-groups.ts';
import { counted, findingsLine, listed, printable, verifiedLine } from '../wording.ts';
import { codeFrame } from './code-frame.ts';

type Step = ReportedFinding['related'][number];
type LinesOf = (file: string) => LineIndex | undefined;

/** Steps shown below a finding; how many more there are is said. */
const MAX_RELATED = 8;

export const writePretty: Writer = (report, presentation) => {
  const color = pc.createColors(presentation.color);
  const open = report.findings.filter((finding) => finding.suppressed === null);
  const shown = open.slice(0, presentation.maxFindings);
  const linesOf = rememberedLines(presentation);
  const lines: string[] = [];
  for (const [file, findings] of byFile(shown)) {
    lines.push(color.underline(color.bold(printable(presentation.shown(file)))), '');
    for (const finding of findings) lines.push(...writeFinding(finding, presentation, linesOf, color), '');
  }
  if (open.length > shown.length) {
    lines.push(color.dim(`${counted(open.length - shown.length, 'more finding')} not shown (--max-findings).`), '');
  }
  lines.push(...writeSummary(report, presentation, color));
  return `${lines.join('\n')}\n`;
};

/** The code's file, else the contract's: where somebody will go to look. */
function byFile(findings: readonly ReportedFinding[]): ReadonlyMap<string, ReportedFinding[]> {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const file = finding.code?.file ?? finding.contract?.file ?? '';
    groups.set(file, [...(groups.get(file) ?? []), finding]);
  }
  return groups;
}

/** The lines of each file, read once: a frame keeps hold of the whole text that its lines were cut from. */
function rememberedLines({ textOf }: Presentation): LinesOf {
  const known = new Map<string, LineIndex | undefined>();
  return (file) => {
    if (!known.has(file)) {
      const text = textOf(file);
      known.set(file, text === undefined ? undefined : new LineIndex(text));
    }
    return known.get(file);
  };
}

function writeFinding(finding: ReportedFinding, presentation: Presentation, linesOf: LinesOf, color: Colors): string[] {
  const paint = painter(finding.severity, color);
  const at = finding.code ?? finding.contract;
  const head = [
    at ? color.dim(`${at.line}:${at.column}`.padEnd(7)) : '',
    paint(finding.severity),
    color.bold(finding.rule),
    finding.operation === null ? '' : color.cyan(printable(finding.operation)),
    finding.confidence === 'likely' ? color.dim('likely') : '',
  ];
  const lines = [`  ${head.filter((part) => part !== '').join('  ')}`, `  ${printable(finding.message)}`];
  // What is said of a place that has a frame stands at the frame; the other steps follow.
  const framed = new Set<Step>();
  for (const side of [finding.code, finding.contract]) {
    if (!side) continue;
    const said = finding.related.filter((step) => isAt(step, side));
    for (const step of said) framed.add(step);
    const text = said.map((step) => step.message).join('; ');
    lines.push('', ...writeSide(side, text, presentation.shown(side.file), linesOf(side.file), color, paint));
  }
  const related = finding.related.filter((step) => !framed.has(step));
  if (related.length > 0) lines.push('');
  for (const step of related.slice(0, MAX_RELATED)) {
    const where = `${presentation.shown(step.file)}:${step.line}:${step.column}`;
    lines.push(`    ${color.dim('\u2514')} ${printable(where)} ${color.dim(printable(step.message))}`);
  }
  if (related.length > MAX_RELATED) lines.push(`    ${color.dim(`\u2514 and ${related.length - MAX_RELATED} more`)}`);
  for (const fix of finding.fixes) lines.push(`    ${color.green('fix')} ${printable(fix.title)}`);
  return lines;
}

function isAt(step: Step, side: ReportedSpan): boolean {
  return step.file === side.file && step.line === side.line && step.column === side.column;
}

function writeSide(
  side: ReportedSpan,
  said: string,
  file: string,
  index: LineIndex | undefined,
  color: Colors,
  paint: (text: string) => string,
): string[] {
  const where = `${file}:${side.line}:${side.column}`;
  const frame = index ? codeFrame(index, side, color, paint) : [];
  const head = said === '' ? color.dim(printable(where)) : `${color.dim(printable(where))}  ${printable(said)}`;
  return [`    ${head}`, ...frame.map((line) => `    ${line}`)];
}

function painter(severity: Severity, color: Colors): (text: string) => string {
  if (severity === 'error') return color.red;
  if (severity === 'warning') return color.yellow;
  return severity === 'information' ? color.blue : color.dim;
}

function writeSummary(report: Report, presentation: Presentation, color: Colors): string[] {
  const { findings } = report.summary;
  const worst = findings.error > 0 ? color.red : findings.warning > 0 ? color.yellow : color.green;
  const lines = [worst(findingsLine(report)), color.bold(verifiedLine(report))];
  for (const group of groupUnknowns(report)) {
    const place = group.file === null ? '' : ` (${presentation.shown(group.file)}:${group.line})`;
    lines.push(
      `  ${color.yellow('?')} ${group.text}${color.dim(printable(place))}`,
      `    ${color.dim(printable(`${counted(group.operations.length, 'operation')}: ${listed(group.operations, 3)}`))}`,
      `    ${color.dim(group.hint)}`,
    );
  }
  return lines;
}
