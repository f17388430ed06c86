// Owns `fidelity diff`: the changes between two states of a contract, and an exit code. It must not know how they are found.

import { relativeTo } from '../../base/relative.ts';
import type { Configuration } from '../../registry/configuration.ts';
import { writeGithub } from '../../report/changes/github.ts';
import { writeHtml } from '../../report/changes/html.ts';
import { writeMarkdown } from '../../report/changes/markdown.ts';
import { type DiffReport, reportChanges } from '../../report/changes/model.ts';
import { writePretty } from '../../report/changes/pretty.ts';
import type { Level } from '../../versioning/changes/row.ts';
import { readDestinations, writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { readCount } from '../settings.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { configurationFor, openState, repositoryOf, type State } from '../version-inputs.ts';
import { judgedFor } from '../version-judgement.ts';
import { voicesIn } from '../version-voices.ts';

export interface DiffOptions {
  readonly config?: string;
  readonly format?: readonly string[];
  readonly failOn?: string;
  readonly maxFindings?: string;
  readonly timings?: boolean;
  /** The folder of the code. */
  readonly handlers?: string;
  readonly color?: boolean;
}

export const diffFormats = ['pretty', 'json', 'markdown', 'github', 'html'] as const;

export async function diff(
  base: string,
  revision: string,
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const start = terminal.now();
  const destinations = readDestinations(options.format ?? [], diffFormats);
  const bound = readLevelBound(options.failOn) ?? 'breaking';
  const most = readCount(options.maxFindings);
  const configuration = configurationFor(options.config, terminal);
  const before = openState(base, terminal);
  const after = openState(revision, terminal, before.source);
  if (options.handlers !== undefined && after.ref !== undefined)
    throw new UsageError('--handlers is for a revision that is a file: the code of the past is not read.');
  const report = await compareStates(before, after, configuration, terminal, options);
  for (const { format, file } of destinations) {
    const color = file === undefined && wantsColor(terminal, terminal.stdout, options.color);
    const text = writeDiff(report, format, { color, most });
    if (file === undefined) terminal.stdout.write(text);
    else writeWhole(terminal.cwd, file, text);
  }
  if (options.timings) terminal.stderr.write(`Comparing: ${Math.round(terminal.now() - start)} ms\n`);
  return verdict(report, bound, destinations, terminal);
}

/** The report of two states, with witnesses, and with what the handlers say where they are asked. */
async function compareStates(
  before: State,
  after: State,
  configuration: Configuration,
  terminal: Terminal,
  { handlers, config }: DiffOptions,
): Promise<DiffReport> {
  const { comparison, bump } = judgedFor(before.source, after.source, configuration, terminal);
  const voices = handlers === undefined ? undefined : await voicesIn(handlers, comparison, config, terminal);
  const shown = (file: string): string => shownFile(file, terminal);
  return reportChanges(comparison, bump, { base: before, revision: after, shown, voices });
}

/** A path for people and machines: relative to where they stand; within its repository, for files elsewhere. */
export function shownFile(file: string, terminal: Terminal): string {
  const near = relativeTo(terminal.cwd, file);
  return near.startsWith('..') || near.startsWith('/') ? relativeTo(repositoryOf(terminal.cwd), file) : near;
}

/** A comparison in one of the formats. */
export function writeDiff(
  report: DiffReport,
  format: string,
  options: { readonly color: boolean; readonly most: number },
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'markdown':
      return writeMarkdown(report);
    case 'github':
      return writeGithub(report);
    case 'html':
      return writeHtml(report);
    default:
      return writePretty(report, options);
  }
}

const order: readonly Level[] = ['breaking', 'risky', 'compatible', 'documentation'];
const severities: Readonly<Record<string, Level | 'never'>> = {
  error: 'breaking',
  warning: 'risky',
  information: 'compatible',
  never: 'never',
};

/** `--fail-on`: a level, or the severity that stands for it everywhere else. */
export function readLevelBound(value: string | undefined): Level | 'never' | undefined {
  if (value === undefined) return undefined;
  const known = order.find((level) => level === value) ?? severities[value];
  if (!known)
    throw new UsageError(`--fail-on "${value}" is none of ${[...order, ...Object.keys(severities)].join(', ')}.`);
  return known;
}

function verdict(
  report: DiffReport,
  bound: Level | 'never',
  destinations: readonly { readonly file?: string }[],
  terminal: Terminal,
): ExitCode {
  if (report.unread.length > 0) {
    for (const text of report.unread) terminal.stderr.write(`warning: ${text}.\n`);
    // Without a change to show, what could not be read may be all there is to know.
    if (report.changes.length === 0) {
      terminal.stderr.write('error: A contract could not be read in full, so that nothing is proved by silence.\n');
      return exitCodes.failure;
    }
  }
  if (bound === 'never') return exitCodes.clean;
  const failing = report.changes.filter((change) => order.indexOf(change.level) <= order.indexOf(bound));
  if (failing.length === 0) return exitCodes.clean;
  if (destinations.every((destination) => destination.file !== undefined)) {
    terminal.stderr.write(`${failing.length} ${failing.length === 1 ? 'change' : 'changes'} at or above "${bound}".\n`);
  }
  return exitCodes.findings;
}
