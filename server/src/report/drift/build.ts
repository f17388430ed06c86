// Owns the making of a drift report from the report of a run: selection by preset, order, coverage with reasons, score, summary.
// It must not know files beyond their texts, which it is given; nor formats or an editor.

import type { AbstainReason } from '../../code/model.ts';
import type { Report, ReportedContract, ReportedFinding, ReportedOperation } from '../model.ts';
import { SEVERITIES } from '../model.ts';
import { hintFor, meaningOf } from '../reasons.ts';
import { groupUnknowns } from '../unknown-groups.ts';
import { excerptsOf } from './excerpts.ts';
import { type ContractLineage, lineageSections } from './lineage-section.ts';
import type { DriftContract, DriftFinding, DriftOperation, DriftReport, PresetName, Section } from './model.ts';
import { type PresetContext, presetNamed } from './presets.ts';
import { scoreOf } from './score.ts';
import { sectionsOf } from './sections.ts';
import { summaryOf } from './summary.ts';
import type { VendorProfile } from './vendors.ts';

export interface DriftInput {
  readonly report: Report;
  readonly preset: PresetName;
  /** The text of a file, by its path as the report names it; undefined when it cannot be read. */
  readonly textOf: (file: string) => string | undefined;
  /** What a rule finds, in one sentence. */
  readonly explain: (rule: string) => string;
  readonly changed?: PresetContext['changed'];
  /** What changed in the window, for the preset that looks at one. */
  readonly window?: { readonly since: string; readonly changes: readonly (readonly [string, string, string])[] };
  readonly vendors?: readonly VendorProfile[];
  /** The versions of each contract in the history, where it was asked. */
  readonly lineages?: readonly ContractLineage[];
}

export function buildDriftReport(input: DriftInput): DriftReport {
  const { report, textOf } = input;
  const preset = presetNamed(input.preset);
  const rootOf = rootFinder(report);
  const chosen = report.findings.filter(
    (finding) =>
      (finding.suppressed === null || preset.showsSuppressed) &&
      preset.selects(finding, { report, changed: input.changed }),
  );
  const findings = chosen.map((finding) => driftFinding(finding, rootOf(finding), input.explain)).sort(inOrder);
  const operations = report.operations.map((operation) => driftOperation(operation, findings));
  const score = scoreOf(report.operations, report.findings, report.summary.undocumentedRoutes);
  const gaps = [
    ...groupUnknowns(report).map(({ text, hint, operations: named, file, line }) => ({
      text,
      hint,
      operations: named,
      file,
      line,
    })),
    ...unseenAnswers(report),
  ];
  const contracts = report.contracts.map((contract) => driftContract(contract, report, rootOf));
  const verified = operations.filter(({ cells }) =>
    cells.every(({ state, reasons }) => state !== 'unknown' && (state !== 'drifting' || reasons.length === 0)),
  ).length;
  const sections: readonly Section[] = [
    ...sectionsOf({ ...input, findings, score }),
    ...lineageSections(input.preset, input.lineages ?? []),
  ];
  return {
    schemaVersion: 1,
    tool: { name: report.tool.name, version: report.tool.version },
    preset: { name: preset.name, title: preset.title, purpose: preset.purpose },
    score,
    verified,
    summary: summaryOf({ score, contracts, operations, findings, gaps, verified }),
    contracts,
    operations,
    findings,
    excerpts: excerptsOf(findings, textOf),
    gaps,
    sections,
  };
}

/** Answers of which a part was not seen, although nothing else about their operations stayed open. */
function unseenAnswers({ operations }: Report): DriftReport['gaps'] {
  const byReason = new Map<AbstainReason, ReportedOperation[]>();
  for (const operation of operations) {
    const answers = operation.coverage?.find(({ aspect }) => aspect === 'responses');
    // A difference that was seen does not show what was not.
    if (answers?.state !== 'unknown' && answers?.state !== 'drifting') continue;
    for (const reason of answers.reasons) {
      if (operation.unknowns.some((unknown) => unknown.reason === reason)) continue;
      byReason.set(reason, [...(byReason.get(reason) ?? []), operation]);
    }
  }
  return [...byReason].map(([reason, found]) => {
    const [first] = found.flatMap(({ handlers }) => handlers);
    return {
      text: `responses: ${meaningOf(reason)}`,
      hint: hintFor(reason),
      operations: found.map(({ operation }) => operation),
      file: first?.file ?? null,
      line: first?.line ?? null,
    };
  });
}

/** Which contract a finding belongs to: the one whose operation it names, else the one in whose text it stands. */
function rootFinder(report: Report): (finding: ReportedFinding) => string | null {
  const byOperation = new Map<string, string[]>();
  for (const { operation, contract } of report.operations) {
    byOperation.set(operation, [...(byOperation.get(operation) ?? []), contract]);
  }
  const roots = new Set(report.contracts.map((contract) => contract.file));
  return (finding) => {
    const own = finding.contract?.file;
    if (own !== undefined && roots.has(own)) return own;
    const candidates = finding.operation === null ? [] : (byOperation.get(finding.operation) ?? []);
    if (candidates.length === 1) return candidates[0]!;
    if (roots.size === 1) return [...roots][0]!;
    // An undocumented route stands in no contract; the service that it belongs to has one.
    const serving = report.contracts.filter(({ app }) => app !== null && holds(app, finding.code?.file));
    return serving.length === 1 ? serving[0]!.file : null;
  };
}

function holds(folder: string, file: string | undefined): boolean {
  return file !== undefined && (folder === '.' || file.startsWith(`${folder}/`));
}

function driftContract(
  contract: ReportedContract,
  report: Report,
  rootOf: (finding: ReportedFinding) => string | null,
): DriftContract {
  const own = report.operations.filter((operation) => operation.contract === contract.file);
  const findings = report.findings.filter((finding) => rootOf(finding) === contract.file);
  // With one contract, every undocumented route is missing from that one; with several nobody can say from which.
  const undocumented =
    report.contracts.filter(({ role }) => role === 'owned').length === 1 && contract.role === 'owned'
      ? report.summary.undocumentedRoutes
      : 0;
  const { file, title, version, role, app, operations } = contract;
  return { file, title, version, role, app, operations, score: scoreOf(own, findings, undocumented) };
}

function driftOperation(operation: ReportedOperation, findings: readonly DriftFinding[]): DriftOperation {
  // Two contracts may both have an operation of that name; where it cannot be told whose a finding is, it counts for both.
  const open = findings.filter(
    (finding) =>
      finding.suppressed === null &&
      finding.operation === operation.operation &&
      (finding.root === null || finding.root === operation.contract),
  );
  return {
    contract: operation.contract,
    operation: operation.operation,
    operationId: operation.operationId,
    handlers: operation.handlers.map(({ file, line }) => ({ file, line })),
    cells: (operation.coverage ?? []).map(({ aspect, state, reasons }) => ({
      aspect,
      state,
      reasons: reasons.map(meaningOf),
    })),
    findings: open.length,
  };
}

function driftFinding(finding: ReportedFinding, root: string | null, explain: (rule: string) => string): DriftFinding {
  const { rule, family, polarity, severity, confidence, operation, subject, message, fingerprint } = finding;
  const place = (side: ReportedFinding['code']): DriftFinding['code'] => {
    if (!side) return null;
    const { file, line, column, endLine, endColumn } = side;
    return { file, line, column, endLine, endColumn };
  };
  return {
    ...{ rule, family, polarity, severity, confidence, operation, subject, message, fingerprint },
    explanation: explain(rule),
    root,
    contract: place(finding.contract),
    code: place(finding.code),
    related: finding.related,
    fixes: finding.fixes.map((fix) => fix.title),
    suppressed: finding.suppressed,
  };
}

/** Open before accepted, grave before light, certain before likely; then by operation, so that one handler's findings stand together. */
function inOrder(a: DriftFinding, b: DriftFinding): number {
  return (
    Number(a.suppressed !== null) - Number(b.suppressed !== null) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    Number(a.confidence === 'likely') - Number(b.confidence === 'likely') ||
    compare(a.operation ?? '', b.operation ?? '') ||
    compare(a.rule, b.rule) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
