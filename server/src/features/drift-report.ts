// Owns the report of an editor's workspace: all of its projects as one, with paths relative to the folder that they share.
// It must not know a protocol, nor how a report looks.

import { commonFolder, resolvePath } from '../base/relative.ts';
import { suppressionRules } from '../findings/suppression.ts';
import { buildReport } from '../report/build.ts';
import { buildDriftReport } from '../report/drift/build.ts';
import { joinReports } from '../report/drift/merge.ts';
import type { DriftReport, PresetName } from '../report/drift/model.ts';
import { profileOf } from '../report/drift/vendors.ts';
import type { Report } from '../report/model.ts';
import type { Presentation } from '../report/presentation.ts';
import { rules } from '../rules/catalogue.ts';
import type { Analysis } from './analysis.ts';
import { ruleSummary } from './rule-summaries.ts';
import type { LineageSeen } from './version.ts';

export interface WorkspaceReport {
  /** Absolute folder that every path is relative to. */
  readonly root: string;
  readonly report: Report;
  readonly textOf: (file: string) => string | undefined;
}

/** The report of everything that was analysed. */
export function workspaceReport(analysis: Analysis, folders: readonly string[], version: string): WorkspaceReport {
  const root = commonFolder(folders);
  const { remote } = analysis.files;
  const read = (file: string): string | undefined => {
    const result = analysis.files.read(file);
    return 'text' in result ? result.text : undefined;
  };
  const tool = { name: 'contract-fidelity', version };
  const reports = analysis.projects.map(({ model, findings }) =>
    buildReport({ model, findings, root, textOf: read, addressOf: remote?.addressOf, tool, files: 0, milliseconds: 0 }),
  );
  const joined = joinReports(reports, tool);
  const files = analysis.files.list().length;
  return {
    root,
    report: { ...joined, summary: { ...joined.summary, files, milliseconds: Math.round(analysis.milliseconds) } },
    textOf: (file) => read(remote?.pathOf(file) ?? resolvePath(root, file)),
  };
}

/** The drift report of a workspace. */
export function workspaceDrift(
  analysis: Analysis,
  known: WorkspaceReport,
  preset: PresetName,
  lineages: ReadonlyMap<string, LineageSeen | undefined> = new Map(),
): DriftReport {
  const governed = analysis.projects.flatMap(({ model }) => model.governed);
  const consumed = governed.filter(({ role }) => role === 'consumed');
  const shown = new Map(known.report.contracts.map(({ file }) => [resolvePath(known.root, file), file]));
  return buildDriftReport({
    report: known.report,
    preset,
    textOf: known.textOf,
    explain: (rule) => ruleSummary(rule) ?? '',
    vendors: (consumed.length > 0 ? consumed : governed).map(({ contract }) =>
      profileOf(contract, shown.get(contract.file) ?? contract.file),
    ),
    lineages: [...lineages].flatMap(([file, releases]) =>
      Array.isArray(releases) ? [{ contract: shown.get(file) ?? file, releases }] : [],
    ),
  });
}

/** What the machine-readable formats need beside a report. */
export function presentationOf(known: WorkspaceReport, help: (rule: string) => string): Presentation {
  return {
    textOf: known.textOf,
    shown: (file) => file,
    color: false,
    rules: [...rules, ...suppressionRules].map(({ id, family, polarity, summary }) => ({
      id,
      family,
      polarity,
      summary,
      help: help(id),
    })),
    notices: [],
    failOn: 'error',
    maxFindings: Number.POSITIVE_INFINITY,
  };
}
