// Owns `fidelity bump`: the version that the changes since the baseline call for, and writing it where it belongs.
// It must not know how changes are found.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { LineIndex } from '../../base/place.ts';
import { slashed } from '../../base/relative.ts';
import { pathIn } from '../../host/git.ts';
import type { Configuration } from '../../registry/configuration.ts';
import { reportChanges } from '../../report/changes/model.ts';
import { changelogEntry, emptyChangelog, withEntry } from '../../versioning/bump/changelog.ts';
import { withPackageVersion, withVersion } from '../../versioning/bump/set-version.ts';
import type { Change } from '../../versioning/change.ts';
import type { Comparison } from '../../versioning/compare.ts';
import { recordName } from '../../versioning/recorded.ts';
import { noteRelease } from '../../versioning/release.ts';
import type { ContractSource } from '../../versioning/source.ts';
import { readDestinations, writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { baselineFor, configurationFor, historyOf, onlyContract, repositoryOf } from '../version-inputs.ts';
import { judgedFor } from '../version-judgement.ts';
import { voicesIn } from '../version-voices.ts';
import { diffFormats, readLevelBound, shownFile, writeDiff } from './diff.ts';

export interface BumpOptions {
  readonly base?: string;
  readonly write?: boolean;
  readonly record?: boolean;
  /** False: the code is not asked. */
  readonly handlers?: boolean;
  readonly config?: string;
  readonly format?: readonly string[];
  readonly failOn?: string;
  readonly color?: boolean;
}

export async function bump(contract: string | undefined, options: BumpOptions, terminal: Terminal): Promise<ExitCode> {
  const destinations = readDestinations(options.format ?? [], diffFormats);
  const bound = readLevelBound(options.failOn) ?? 'never';
  const configuration = configurationFor(options.config, terminal);
  const revision = onlyContract(contract, configuration, terminal);
  if (options.record) {
    if (options.write) throw new UsageError('--record is for what is committed: --write first, commit, then --record.');
    record(revision, configuration, terminal);
    return exitCodes.clean;
  }
  const { state, renamedFrom } = baselineFor(revision, options.base, configuration, terminal);
  const { comparison, bump: wanted } = judgedFor(
    state.source,
    revision,
    configuration,
    terminal,
    options.base === undefined,
  );
  const shown = (file: string): string => shownFile(file, terminal);
  const voices = options.handlers === false ? undefined : await voicesIn('.', comparison, options.config, terminal);
  const report = reportChanges(comparison, wanted, { base: state, revision: {}, shown, voices });
  for (const { format, file } of destinations) {
    const color = file === undefined && wantsColor(terminal, terminal.stdout, options.color);
    const text = writeDiff(report, format, { color, most: Number.POSITIVE_INFINITY });
    if (file === undefined) terminal.stdout.write(text);
    else writeWhole(terminal.cwd, file, text);
  }
  if (renamedFrom !== undefined) terminal.stderr.write(`note: The contract was called ${renamedFrom} in the base.\n`);
  for (const text of report.unread) terminal.stderr.write(`warning: ${text}.\n`);
  if (options.write) write(comparison, wanted.suggested, wanted.kept, terminal);
  if (bound === 'never' || options.write || wanted.kept !== false) return exitCodes.clean;
  terminal.stderr.write(
    `${shown(revision.file)} says ${revision.version}, and its changes call for ${wanted.suggested ?? 'more'}.\n`,
  );
  return exitCodes.findings;
}

/** Notes the committed state of a contract as released. */
function record(revision: ContractSource, { folder }: Configuration, terminal: Terminal): void {
  const history = historyOf(dirname(revision.file));
  const file = `${folder}/${recordName}`;
  const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const noted = noteRelease(revision, pathIn(history, revision.file), history, folder, known);
  if ('refused' in noted) throw new UsageError(`Nothing was recorded: ${noted.refused}.`);
  const { contract, version, commit } = noted.release;
  writeWhole(terminal.cwd, file, noted.text);
  terminal.stderr.write(`${recordName}: ${contract} ${version} at ${commit.slice(0, 8)}.\n`);
}

/** Writes the version into the contract, and into the package and the changelog that belong to it. */
function write(comparison: Comparison, suggested: string | null, kept: boolean | null, terminal: Terminal): void {
  const { base, revision } = comparison;
  const say = (text: string): void => terminal.stderr.write(`${text}\n`);
  if (kept === true || suggested === null) {
    say(kept === true ? `The version stays ${revision.version}.` : 'There is no number to write.');
    return;
  }
  const written = withVersion(revision.file, revision.document.text, suggested);
  if ('refused' in written) throw new UsageError(`The version was not written: ${written.refused}.`);
  writeWhole(terminal.cwd, revision.file, written.text);
  say(`${shownFile(revision.file, terminal)}: version ${suggested}.`);
  const manifest = nearest(revision, 'package.json');
  if (manifest !== undefined) {
    const result = withPackageVersion(readFileSync(manifest, 'utf8'), [base.version, revision.version], suggested);
    if ('text' in result) writeWhole(terminal.cwd, manifest, result.text);
    say(
      `${shownFile(manifest, terminal)}: ${'text' in result ? `version ${suggested}` : `left as it is, ${result.refused}`}.`,
    );
  }
  const changelog = nearest(revision, 'CHANGELOG.md');
  if (changelog === undefined) return;
  const link = (change: Change): string | undefined => linkFrom(changelog, change, revision);
  const entry = changelogEntry(comparison.changes, { version: suggested, date: terminal.today, link });
  const text = withEntry(readFileSync(changelog, 'utf8') || emptyChangelog, entry, suggested);
  if (text !== undefined) writeWhole(terminal.cwd, changelog, text);
  say(
    `${shownFile(changelog, terminal)}: ${text === undefined ? `has an entry for ${suggested} already` : `entry ${suggested}`}.`,
  );
}

/** A file of this name beside the contract or above it, within the repository. */
function nearest(source: ContractSource, name: string): string | undefined {
  const last = repositoryOf(dirname(source.file));
  for (let folder = dirname(source.file); ; folder = dirname(folder)) {
    const file = slashed(join(folder, name));
    if (existsSync(file)) return file;
    if (folder === last || dirname(folder) === folder) return undefined;
  }
}

function linkFrom(changelog: string, change: Change, revision: ContractSource): string | undefined {
  const place = change.revision;
  const text = place && revision.documents.get(place.file)?.text;
  if (!place || text === undefined || text === null) return undefined;
  const path = slashed(relative(dirname(changelog), place.file));
  return `${encodeURI(path)}#L${new LineIndex(text).position(place.start).line + 1}`;
}
