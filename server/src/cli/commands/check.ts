// Owns `fidelity check`: from what was typed to reports in their places and an exit code.
// It must not know how contracts and code are read, nor how a format looks.

import { relativeTo, resolvePath } from '../../base/relative.ts';
import { keptDocuments } from '../../host/remote-documents.ts';
import { buildReport } from '../../report/build.ts';
import { writers } from '../../report/formats.ts';
import { type Report, reaches } from '../../report/model.ts';
import type { Presentation } from '../../report/presentation.ts';
import { findingsLine } from '../../report/wording.ts';
import { readAccepted } from '../accepted.ts';
import { brokenContracts, findDrift, type Reading, readWorkspace } from '../analysis.ts';
import { type Destination, readDestinations, writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { type Inputs, readInputs } from '../inputs.ts';
import { lintContracts } from '../lint.ts';
import { shownFrom, writeNotices } from '../notices.ts';
import { oddFiles } from '../oddity.ts';
import { Progress } from '../progress.ts';
import { ruleTexts } from '../rule-texts.ts';
import { readBound, readCount, readSeverities } from '../settings.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { tool } from '../version.ts';
import { why } from './why.ts';

export interface CheckOptions {
  readonly config?: string;
  readonly contract?: readonly string[];
  readonly code?: readonly string[];
  readonly format?: readonly string[];
  readonly failOn?: string;
  readonly rule?: readonly string[];
  readonly maxFindings?: string;
  readonly timings?: boolean;
  readonly why?: string;
  readonly types?: boolean;
  readonly remote?: boolean;
  readonly lint?: boolean;
  readonly trustRulesets?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

export async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const destinations = readDestinations(options.format ?? [], writers.keys());
  const maxFindings = readCount(options.maxFindings);
  const inputs = readInputs(paths, options, terminal);
  const severities = readSeverities(options.rule ?? [], inputs);
  const failOn = readBound(options.failOn) ?? inputs.configuration.failOn ?? 'error';

  const accepted = readAccepted(inputs, options);
  const progress = new Progress(terminal, options.quiet === true);
  const reading = await readWorkspace(inputs, progress, options.types === true, keptDocuments(options.remote));
  requireContracts(reading, inputs, terminal);
  if (options.why !== undefined) return why(options.why, reading, inputs, terminal);
  const drift = await progress.during('Comparing', () =>
    findDrift(reading, severities, terminal, inputs.configuration, accepted),
  );
  const linted = options.lint
    ? await progress.during('Linting contracts', () => lintContracts(reading, inputs, options.trustRulesets === true))
    : { findings: [], notices: [] };
  const notices = [...reading.notices, ...drift.notices, ...linted.notices];

  const { remote } = reading.files;
  const textOf = (file: string): string | undefined => {
    const read = reading.files.read(file);
    return 'text' in read ? read.text : undefined;
  };
  const report = await progress.during('Reporting', () =>
    buildReport({
      model: reading.model,
      findings: [...drift.findings, ...linted.findings],
      root: inputs.root,
      textOf,
      addressOf: remote?.addressOf,
      tool,
      files: reading.files.list().length,
      milliseconds: terminal.now() - start,
    }),
  );
  const presentation: Presentation = {
    textOf: (file) => textOf(remote?.pathOf(file) ?? resolvePath(inputs.root, file)),
    shown: (file) => shownFrom(terminal.cwd, inputs.root, file),
    color: wantsColor(terminal, terminal.stdout, options.color),
    rules: ruleTexts(),
    notices,
    failOn,
    maxFindings,
  };
  writeReport(report, presentation, destinations, terminal);
  writeNotices(notices, inputs.root, terminal, options.quiet === true);
  if (options.timings) terminal.stderr.write(progress.timings());
  // What was asked for and could not be done is no clean result.
  if (linted.notices.length > 0) return exitCodes.failure;
  return verdict(report, reading, inputs, failOn, destinations, terminal);
}

function writeReport(
  report: Report,
  presentation: Presentation,
  destinations: readonly Destination[],
  terminal: Terminal,
): void {
  for (const { format, file } of destinations) {
    const write = writers.get(format)!;
    if (file === undefined) terminal.stdout.write(write(report, presentation));
    else writeWhole(terminal.cwd, file, write(report, { ...presentation, color: false }));
  }
}

function verdict(
  report: Report,
  reading: Reading,
  inputs: Inputs,
  failOn: Presentation['failOn'],
  destinations: readonly Destination[],
  terminal: Terminal,
): ExitCode {
  const broken = brokenContracts(reading.model);
  const named = inputs.contracts ?? [];
  if (
    broken.length > 0 &&
    (broken.length === reading.model.contracts.length || broken.some((f) => named.includes(f)))
  ) {
    const names = broken.map((file) => relativeTo(terminal.cwd, file)).join(', ');
    terminal.stderr.write(`error: ${names} could not be read in full, so that nothing is proved by silence.\n`);
    return exitCodes.failure;
  }
  if (failOn === 'never') return exitCodes.clean;
  const failing = report.findings.filter((one) => one.suppressed === null && reaches(one.severity, failOn));
  if (failing.length === 0) return exitCodes.clean;
  if (destinations.every((destination) => destination.file !== undefined)) {
    const files = destinations.map((destination) => destination.file).join(', ');
    terminal.stderr.write(`${findingsLine(report)}. See ${files}.\n`);
  }
  return exitCodes.findings;
}

/** A run without a contract checked nothing, and says so. */
export function requireContracts(reading: Reading, inputs: Inputs, terminal: Terminal): void {
  if (reading.model.contracts.length > 0) return;
  const folders = inputs.roots.map((root) => `"${relativeTo(terminal.cwd, root)}"`).join(', ');
  if (inputs.contracts) {
    const names = inputs.contracts.map((file) => relativeTo(terminal.cwd, file)).join(', ');
    throw new UsageError(
      `${names} is no contract: a root document has an \`openapi\` or \`swagger\` field at its top.`,
    );
  }
  if (inputs.configuration.contracts.length > 0) {
    throw new UsageError(
      `None of the contracts that ${relativeTo(terminal.cwd, inputs.configuration.file ?? '')} names can be read as a contract.`,
    );
  }
  const unread = reading.files.list().flatMap((file) => {
    const read = /\.(?:json|ya?ml)$/i.test(file) ? reading.files.read(file) : { text: '' };
    return 'failure' in read ? [`${relativeTo(terminal.cwd, file)} was not read: ${read.detail ?? read.failure}.`] : [];
  });
  const odd = inputs.roots.flatMap((root) =>
    oddFiles(root, /\.(?:json|ya?ml)$/i).map(
      ([name, why]) => `${relativeTo(terminal.cwd, `${root}/${name}`)} was not read: ${why}.`,
    ),
  );
  throw new UsageError(
    `No contract was found in ${folders}. Looked for YAML and JSON files with an \`openapi\` or \`swagger\` field at ` +
      [
        'their top. Name one with --contract FILE, or run `fidelity init`.',
        ...odd.slice(0, 5),
        ...unread.slice(0, 5),
      ].join('\n'),
  );
}
