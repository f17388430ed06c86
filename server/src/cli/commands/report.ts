// Owns `fidelity report`: the drift report of a run, or of reports that other runs wrote, as a page, as Markdown or as data.
// It must not know how contracts and code are read, nor how a format looks.

import { digest } from '../../base/hash.ts';
import { resolvePath } from '../../base/relative.ts';
import { keptDocuments } from '../../host/remote-documents.ts';
import { readReportPage } from '../../host/report-page.ts';
import { buildReport } from '../../report/build.ts';
import { buildDriftReport } from '../../report/drift/build.ts';
import { writeDriftMarkdown } from '../../report/drift/markdown.ts';
import { mergeReports } from '../../report/drift/merge.ts';
import { type DriftReport, type PresetName, presetNames } from '../../report/drift/model.ts';
import { embedded, writeDriftPage } from '../../report/drift/page.ts';
import { readPreset } from '../../report/drift/presets.ts';
import { writeDriftSummary } from '../../report/drift/summary-text.ts';
import { profileOf } from '../../report/drift/vendors.ts';
import type { Report } from '../../report/model.ts';
import { readAccepted } from '../accepted.ts';
import { findDrift, readWorkspace } from '../analysis.ts';
import { readDestinations, writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { type Inputs, readInputs } from '../inputs.ts';
import { lineagesOf } from '../lineages.ts';
import { readReports } from '../merged-reports.ts';
import { writeNotices } from '../notices.ts';
import { Progress } from '../progress.ts';
import { ruleTexts } from '../rule-texts.ts';
import { readCount, readSeverities } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { tool } from '../version.ts';
import { changedSince } from '../window.ts';
import { requireContracts } from './check.ts';

export interface ReportOptions {
  readonly config?: string;
  readonly contract?: readonly string[];
  readonly code?: readonly string[];
  readonly format?: readonly string[];
  readonly preset?: string;
  readonly since?: string;
  readonly merge?: readonly string[];
  readonly summary?: boolean;
  readonly maxFindings?: string;
  readonly types?: boolean;
  readonly remote?: boolean;
  readonly timings?: boolean;
  readonly quiet?: boolean;
}

export const reportFormats = ['markdown', 'html', 'json'] as const;

export async function report(paths: readonly string[], options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const destinations = readDestinations(options.format?.length ? options.format : ['markdown'], reportFormats);
  const most = readCount(options.maxFindings);
  const preset = presetOf(options);
  const drift = options.merge?.length
    ? merged(paths, options.merge, preset, terminal)
    : await analysed(paths, options, preset, terminal);
  for (const { format, file } of destinations) {
    const text = options.summary && format === 'markdown' ? writeDriftSummary(drift) : written(drift, format, most);
    if (file === undefined) terminal.stdout.write(text);
    else writeWhole(terminal.cwd, file, text);
  }
  return exitCodes.clean;
}

function presetOf({ preset, since, merge }: ReportOptions): PresetName {
  const name = preset ?? (since === undefined ? 'overview' : 'post-incident');
  const known = readPreset(name);
  if (!known) throw new UsageError(`There is no preset "${name}". The presets are ${presetNames.join(', ')}.`);
  if (since !== undefined && known !== 'post-incident') {
    throw new UsageError('--since belongs to the preset post-incident.');
  }
  if (since !== undefined && merge?.length)
    throw new UsageError('--since needs the code, which --merge does not have.');
  return known;
}

async function analysed(
  paths: readonly string[],
  options: ReportOptions,
  preset: PresetName,
  terminal: Terminal,
): Promise<DriftReport> {
  const start = terminal.now();
  const inputs = readInputs(paths, options, terminal);
  const severities = readSeverities([], inputs);
  const accepted = readAccepted(inputs, options);
  const progress = new Progress(terminal, options.quiet === true);
  const reading = await readWorkspace(inputs, progress, options.types === true, keptDocuments(options.remote));
  requireContracts(reading, inputs, terminal);
  const found = await progress.during('Comparing', () =>
    findDrift(reading, severities, terminal, inputs.configuration, accepted),
  );
  const { remote } = reading.files;
  const textOf = (file: string): string | undefined => {
    const read = reading.files.read(file);
    return 'text' in read ? read.text : undefined;
  };
  const base = buildReport({
    model: reading.model,
    findings: found.findings,
    root: inputs.root,
    textOf,
    addressOf: remote?.addressOf,
    tool,
    files: reading.files.list().length,
    milliseconds: terminal.now() - start,
  });
  const shown = (path: string): string => base.contracts.find(({ file }) => sameFile(inputs, file, path))?.file ?? path;
  const consumed = reading.model.governed.filter(({ role }) => role === 'consumed');
  const vendors = (consumed.length > 0 ? consumed : reading.model.governed).map(({ contract }) =>
    profileOf(contract, shown(contract.file)),
  );
  writeNotices([...reading.notices, ...found.notices], inputs.root, terminal, options.quiet === true);
  const drift = await progress.during('Reporting', () =>
    buildDriftReport({
      report: base,
      preset,
      textOf: (file) => textOf(remote?.pathOf(file) ?? resolvePath(inputs.root, file)),
      explain,
      vendors,
      lineages: lineagesOf(reading.model, inputs.configuration, shown, terminal),
      ...(options.since !== undefined && changedSince(options.since, base, reading, inputs, terminal.today)),
    }),
  );
  if (options.timings) terminal.stderr.write(progress.timings());
  return drift;
}

function merged(
  paths: readonly string[],
  files: readonly string[],
  preset: PresetName,
  terminal: Terminal,
): DriftReport {
  // `--merge a.json b.json` reads as people write it: what follows the option's own value comes as arguments.
  const reports: readonly (readonly [string, Report])[] = readReports([...files, ...paths], terminal.cwd);
  return buildDriftReport({ report: mergeReports(reports, tool), preset, textOf: () => undefined, explain });
}

function written(drift: DriftReport, format: string, most: number): string {
  if (format === 'json') return `${JSON.stringify(drift, null, 2)}\n`;
  if (format === 'markdown') return writeDriftMarkdown(drift, most);
  const assets = readReportPage();
  if (!assets) throw new UsageError('The page of the report is missing from this installation. Run `npm run bundle`.');
  // The same drift gives the same bytes, so that the nonce is made of what it allows.
  return writeDriftPage(drift, assets, { nonce: digest([assets.style, assets.script, embedded(drift)]), host: 'file' });
}

const sameFile = (inputs: Inputs, shown: string, file: string): boolean => resolvePath(inputs.root, shown) === file;

/** What a rule finds; empty for rules of others. */
function explain(rule: string): string {
  return ruleTexts().find(({ id }) => id === rule)?.summary ?? '';
}
