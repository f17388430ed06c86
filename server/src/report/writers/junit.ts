// Owns the answer as JUnit XML, which every CI system can draw: an operation is a test; what fails the run is a failure,
// what could not be decided is a skipped test. It must not know files.

import { type Report, type ReportedFinding, reaches } from '../model.ts';
import type { Presentation, Writer } from '../presentation.ts';
import { meaningOf } from '../reasons.ts';

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly body: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
}

export const writeJunit: Writer = (report, presentation) => {
  const suites = report.contracts
    .map((contract) => ({ name: contract.file, cases: casesOf(contract.file, report, presentation) }))
    .filter((suite) => suite.cases.length > 0);
  const rest = report.findings.filter((finding) => ownerOf(finding, report) === null);
  if (rest.length > 0) suites.push({ name: 'workspace', cases: failures(rest, 'workspace', presentation) });
  const all = suites.flatMap((suite) => suite.cases);
  const seconds = (report.summary.milliseconds / 1000).toFixed(3);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  lines.push(`<testsuites name="contract-fidelity" ${counts(all)} time="${seconds}">`);
  for (const suite of suites) {
    lines.push(`  <testsuite name="${escapeXml(suite.name)}" ${counts(suite.cases)} time="0">`);
    for (const test of suite.cases) {
      const head = `    <testcase classname="${escapeXml(test.classname)}" name="${escapeXml(test.name)}" time="0"`;
      lines.push(test.body === '' ? `${head}/>` : `${head}>\n      ${test.body}\n    </testcase>`);
    }
    lines.push('  </testsuite>');
  }
  lines.push('</testsuites>');
  return `${lines.join('\n')}\n`;
};

/** The contract that a finding counts for; null when it names none that the report has. */
function ownerOf(finding: ReportedFinding, report: Report): string | null {
  const owners = report.operations.filter((operation) => operation.operation === finding.operation);
  const file = finding.contract?.file;
  const owner = owners.find((operation) => operation.contract === file) ?? owners[0];
  if (owner) return owner.contract;
  return report.contracts.find((contract) => contract.file === file)?.file ?? null;
}

function casesOf(contract: string, report: Report, presentation: Presentation): TestCase[] {
  const findings = report.findings.filter((finding) => ownerOf(finding, report) === contract);
  const cases: TestCase[] = [];
  for (const operation of report.operations) {
    if (operation.contract !== contract) continue;
    const own = findings.filter((finding) => finding.operation === operation.operation);
    const failing = failures(own, contract, presentation);
    cases.push(...failing);
    if (failing.length > 0) continue;
    const reasons = operation.unknowns.map((unknown) => `${unknown.axis}: ${meaningOf(unknown.reason)}`).join('; ');
    const outcome = operation.verified || reasons === '' ? 'passed' : 'skipped';
    const skipped = outcome === 'skipped' ? `<skipped message="${escapeXml(reasons)}"/>` : '';
    const said = own.filter((finding) => finding.suppressed === null).map((finding) => textOf(finding, presentation));
    const output = said.length > 0 ? `<system-out>${escapeXml(said.join('\n'))}</system-out>` : '';
    cases.push({ classname: contract, name: operation.operation, body: skipped + output, outcome });
  }
  const known = new Set(report.operations.map((operation) => operation.operation));
  const others = findings.filter((finding) => finding.operation === null || !known.has(finding.operation));
  return [...cases, ...failures(others, contract, presentation)];
}

function failures(findings: readonly ReportedFinding[], contract: string, presentation: Presentation): TestCase[] {
  const { failOn } = presentation;
  if (failOn === 'never') return [];
  return findings
    .filter((finding) => finding.suppressed === null && reaches(finding.severity, failOn))
    .map((finding) => ({
      classname: contract,
      name: [finding.operation, finding.rule, finding.subject].filter(Boolean).join(' \u203a '),
      body: `<failure type="${finding.rule}" message="${escapeXml(finding.message)}">${escapeXml(textOf(finding, presentation))}</failure>`,
      outcome: 'failed' as const,
    }));
}

function textOf(finding: ReportedFinding, presentation: Presentation): string {
  const places = [finding.code, finding.contract].flatMap((side) =>
    side ? `  at ${presentation.shown(side.file)}:${side.line}:${side.column}` : [],
  );
  return [`${finding.severity}: ${finding.rule}: ${finding.message}`, ...places].join('\n');
}

function counts(cases: readonly TestCase[]): string {
  const count = (outcome: TestCase['outcome']): number => cases.filter((test) => test.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}"`;
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (char) => (/[\t\n\r]/.test(char) ? char : '\u00b7'))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
