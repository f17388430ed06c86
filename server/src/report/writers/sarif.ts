// Owns the answer as SARIF 2.1.0, which code-scanning services read. It must not know files.
// Section numbers in comments are those of the specification.

import type { Severity } from '../../findings/finding.ts';
import type { Report, ReportedFinding, ReportedSpan } from '../model.ts';
import type { Notice, Presentation, RuleText, Writer } from '../presentation.ts';

type Level = 'error' | 'warning' | 'note';

export const writeSarif: Writer = (report, presentation) => {
  const used = new Set(report.findings.map((finding) => finding.rule));
  const rules = presentation.rules.filter((rule) => used.has(rule.id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            fullName: 'Contract Fidelity',
            semanticVersion: report.tool.version,
            rules: rules.map((rule) => describeRule(rule, report)),
          },
        },
        // 3.14.17: our columns are JavaScript's.
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: presentation.notices.map((notice) => notification(notice, presentation)),
          },
        ],
        results: report.findings.map((finding) => result(finding, rules, presentation)),
        properties: { contracts: report.contracts.map((contract) => contract.file), summary: stable(report) },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

/** The summary without its clock, so that two runs over the same text are equal byte for byte. */
function stable(report: Report): Omit<Report['summary'], 'milliseconds'> {
  const { milliseconds: _, ...rest } = report.summary;
  return rest;
}

function describeRule(rule: RuleText, report: Report) {
  const strongest = report.findings.some((finding) => finding.rule === rule.id && finding.severity === 'error');
  return {
    id: rule.id,
    name: rule.id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    help: {
      text: rule.help === '' ? rule.summary : rule.help.replace(/^#+\s+/gm, '').replaceAll('`', ''),
      markdown: rule.help === '' ? rule.summary : rule.help,
    },
    defaultConfiguration: { level: strongest ? 'error' : 'warning' },
    properties: { tags: ['api', 'openapi', rule.family], polarity: rule.polarity, precision: 'high' },
  };
}

function result(finding: ReportedFinding, rules: readonly RuleText[], presentation: Presentation) {
  const main = finding.code ?? finding.contract;
  const other = finding.code && finding.contract;
  const related = [
    ...(other ? [{ ...location(other, presentation), message: { text: 'What the contract says.' } }] : []),
    ...finding.related.map((step) => ({
      ...location({ ...step, endLine: step.line, endColumn: step.column }, presentation),
      message: { text: step.message },
    })),
  ];
  const index = rules.findIndex((rule) => rule.id === finding.rule);
  return {
    ruleId: finding.rule,
    ...(index === -1 ? {} : { ruleIndex: index }),
    level: levelOf(finding.severity),
    message: { text: finding.message },
    locations: main ? [location(main, presentation)] : [],
    relatedLocations: related.map((one, id) => ({ id: id + 1, ...one })),
    partialFingerprints: { 'contractFidelity/v1': finding.fingerprint },
    ...(finding.suppressed ? { suppressions: [suppression(finding.suppressed)] } : {}),
    properties: {
      family: finding.family,
      polarity: finding.polarity,
      confidence: finding.confidence,
      subject: finding.subject,
      ...(finding.operation === null ? {} : { operation: finding.operation }),
      ...(finding.contract ? { pointer: finding.contract.pointer } : {}),
    },
  };
}

/** 3.35: what stands in the source is `inSource`, a baseline is `external`. */
function suppression(suppressed: NonNullable<ReportedFinding['suppressed']>) {
  return {
    kind: suppressed.by === 'baseline' ? 'external' : 'inSource',
    status: 'accepted',
    ...(suppressed.reason === null ? {} : { justification: suppressed.reason }),
    ...(suppressed.until === null ? {} : { properties: { until: suppressed.until } }),
  };
}

function location(span: ReportedSpan, presentation: Presentation) {
  return {
    physicalLocation: {
      artifactLocation: artifact(span.file, presentation),
      region: {
        startLine: span.line,
        startColumn: span.column,
        endLine: span.endLine,
        endColumn: span.endColumn,
      },
    },
  };
}

/** 3.4.3: a URI reference, so that every segment is percent-encoded; relative ones are resolved by whoever reads the file. */
function artifact(file: string, presentation: Presentation) {
  if (/^https?:\/\//.test(file)) return { uri: file };
  const uri = presentation.shown(file).split('/').map(encodeURIComponent).join('/');
  return uri.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}

function levelOf(severity: Severity): Level {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

function notification(notice: Notice, presentation: Presentation) {
  const region =
    notice.line === undefined ? {} : { region: { startLine: notice.line, startColumn: notice.column ?? 1 } };
  const locations =
    notice.file === undefined
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: artifact(notice.file, presentation), ...region } }] };
  return { level: notice.level, message: { text: notice.message }, ...locations };
}
