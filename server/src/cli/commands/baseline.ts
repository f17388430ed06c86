// Owns `fidelity baseline`: the accepted past of a project, written once and only shrinking from then on.
// It must not know how findings are made.

import { relativeTo } from '../../base/relative.ts';
import { type Baseline, type BaselineChange, nextBaseline, writeBaseline } from '../../findings/baseline.ts';
import type { Finding } from '../../findings/finding.ts';
import { counted } from '../../report/wording.ts';
import { baselineFile, readAccepted } from '../accepted.ts';
import { findDrift, readWorkspace } from '../analysis.ts';
import { writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { readInputs } from '../inputs.ts';
import { writeNotices } from '../notices.ts';
import { Progress } from '../progress.ts';
import { readSeverities } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { requireContracts } from './check.ts';

export interface BaselineOptions {
  readonly config?: string;
  readonly reason?: string;
  readonly grow?: boolean;
  readonly quiet?: boolean;
}

export const baselineActions = ['write', 'prune', 'check'] as const;
type Action = (typeof baselineActions)[number];

export async function baseline(
  action: string,
  path: string | undefined,
  options: BaselineOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const known = baselineActions.find((one) => one === action);
  if (!known) throw new UsageError(`"${action}" is none of ${baselineActions.join(', ')}.`);
  const inputs = readInputs(path === undefined ? [] : [path], { config: options.config }, terminal);
  const progress = new Progress(terminal, options.quiet === true);
  const accepted = readAccepted(inputs, {});
  const file = baselineFile(inputs);
  const shown = relativeTo(terminal.cwd, file);
  if (accepted?.partial && known !== 'check') {
    throw new UsageError(`${shown} speaks of more than this folder: run the command where it lies.`);
  }
  if (!accepted?.begun && known !== 'write')
    throw new UsageError(`There is no baseline ${shown}. \`fidelity baseline write\` makes one.`);
  const reading = await readWorkspace(inputs, progress);
  requireContracts(reading, inputs, terminal);
  const { findings, notices } = await progress.during('Comparing', () =>
    findDrift(reading, readSeverities([], inputs), terminal, inputs.configuration, accepted),
  );
  writeNotices([...reading.notices, ...notices], inputs.root, terminal, options.quiet === true);
  if (known === 'check') return verdict(findings, accepted, shown, terminal);
  const change = nextBaseline(findings, accepted, known === 'write' ? { reason: options.reason ?? null } : undefined);
  if (accepted?.begun && change.added.length > 0 && !options.grow) {
    const names = change.added.slice(0, 5).map((one) => `  ${one.rule}: ${one.operation ?? one.subject}`);
    throw new UsageError(
      [
        `The baseline only shrinks, and ${counted(change.added.length, 'finding')} would be new in it:`,
        ...names,
        'Put them right, suppress them where they stand, or accept them with --grow.',
      ].join('\n'),
    );
  }
  writeWhole(terminal.cwd, file, writeBaseline(change.entries, accepted?.rest));
  terminal.stdout.write(`${told(known, change, shown)}\n`);
  return exitCodes.clean;
}

function told(action: Action, change: BaselineChange, shown: string): string {
  const parts = [
    ...(action === 'write' ? [`${counted(change.added.length, 'finding')} accepted`] : []),
    `${change.removed.length} removed`,
  ];
  return `Wrote ${shown} with ${counted(change.entries.length, 'finding')}: ${parts.join(', ')}.`;
}

/** The gate for a baseline: what is in it is still there and within its days. New findings are `check`'s business. */
function verdict(
  findings: readonly Finding[],
  accepted: Baseline | undefined,
  shown: string,
  terminal: Terminal,
): ExitCode {
  const stale = findings.filter(
    ({ rule, code }) =>
      code?.file === accepted?.file && (rule === 'suppression-unused' || rule === 'suppression-expired'),
  );
  const holding = findings.filter(({ suppressed }) => suppressed?.by === 'baseline').length;
  terminal.stdout.write(
    `${shown} accepts ${counted(holding, 'finding')} that ${holding === 1 ? 'is' : 'are'} still there.\n`,
  );
  if (stale.length === 0) return exitCodes.clean;
  const unused = stale.filter(({ rule }) => rule === 'suppression-unused').length;
  if (unused > 0)
    terminal.stdout.write(`${counted(unused, 'entry').replace('entrys', 'entries')} can go: fidelity baseline prune\n`);
  if (stale.length > unused) terminal.stdout.write(`${stale.length - unused} past the last day.\n`);
  return exitCodes.findings;
}
