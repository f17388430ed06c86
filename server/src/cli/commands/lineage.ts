// Owns `fidelity lineage`: the released versions of a contract in the history of its repository. It must not know how they are compared.

import { dirname } from 'node:path';
import { pathIn } from '../../host/git.ts';
import { printable } from '../../report/wording.ts';
import { failureText } from '../../versioning/baseline-text.ts';
import { lineageOf, promiseText, type Release } from '../../versioning/lineage.ts';
import { policyOf } from '../../versioning/settings.ts';
import { ContractSources } from '../../versioning/source.ts';
import { readDestinations, writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { readCount } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { configurationFor, historyOf, onlyContract } from '../version-inputs.ts';
import { acceptedFor } from '../version-judgement.ts';
import { shownFile } from './diff.ts';

export interface LineageOptions {
  readonly config?: string;
  readonly format?: readonly string[];
  readonly maxCommits?: string;
}

/** More commits than this are only looked at when they are asked for. */
const usualCommits = 200;

export function lineage(contract: string | undefined, options: LineageOptions, terminal: Terminal): ExitCode {
  const destinations = readDestinations(options.format ?? [], ['pretty', 'json', 'markdown']);
  const configuration = configurationFor(options.config, terminal);
  const { versions } = configuration;
  const source = onlyContract(contract, configuration, terminal);
  const history = historyOf(dirname(source.file));
  const path = pathIn(history, source.file);
  if (path === undefined) throw new UsageError('The contract lies outside of the repository.');
  const most = options.maxCommits === undefined ? usualCommits : readCount(options.maxCommits);
  const found = lineageOf(path, history, new ContractSources(), {
    today: terminal.today,
    most,
    scheme: versions.scheme,
    policy: policyOf(versions),
    accepted: acceptedFor(configuration.folder, source.file),
  });
  if ('failure' in found) throw new UsageError(`There is no lineage: ${failureText(found.failure, found.detail)}.`);
  if (history.shallow) terminal.stderr.write('warning: The clone is shallow: older versions are not in it.\n');
  const shown = shownFile(source.file, terminal);
  for (const { format, file } of destinations) {
    const text = writeLineage(shown, found.found, format);
    if (file === undefined) terminal.stdout.write(text);
    else writeWhole(terminal.cwd, file, text);
  }
  return exitCodes.clean;
}

function writeLineage(contract: string, releases: readonly Release[], format: string): string {
  if (format === 'json') return `${JSON.stringify({ schemaVersion: 1, contract, releases }, null, 2)}\n`;
  const rows = releases.map((release) => [
    release.version || '(none)',
    release.last.date,
    release.last.hash.slice(0, 8),
    release.digest,
    release.level ?? 'first',
    promiseText(release),
  ]);
  if (format === 'markdown') {
    const cell = (text: string): string => text.replace(/[|\r\n`]/g, ' ');
    const head = ['| version | date | commit | digest | level | number |', '|---|---|---|---|---|---|'];
    return `${[...head, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)].join('\n')}\n`;
  }
  if (rows.length === 0) return `No commit has ${contract}.\n`;
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return `${rows
    .map((row) =>
      printable(
        row
          .map((text, column) => text.padEnd(widths[column]!))
          .join('  ')
          .trimEnd(),
      ),
    )
    .join('\n')}\n`;
}
