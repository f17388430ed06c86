// Owns the way from what was typed for `diff`, `bump` and `lineage` to states of contracts: files, or files of a git revision.
// It must not know what is compared. Whatever is wrong with the input is a UsageError.

import { dirname, resolve } from 'node:path';
import type { History } from '../base/host.ts';
import { relativeTo, slashed } from '../base/relative.ts';
import { createFileSource } from '../host/file-source.ts';
import { openHistory, pathIn } from '../host/git.ts';
import type { Configuration } from '../registry/configuration.ts';
import { readConfiguration, readConfigurationFile } from '../registry/read-configuration.ts';
import { type Baseline, baselineOf } from '../versioning/baseline.ts';
import { failureText, missingText } from '../versioning/baseline-text.ts';
import { pastFiles } from '../versioning/past-files.ts';
import { recordName } from '../versioning/recorded.ts';
import { type ContractSource, ContractSources } from '../versioning/source.ts';
import { UsageError } from './exit.ts';
import { oddity, statOf } from './oddity.ts';
import type { Terminal } from './terminal.ts';

/** A state of a contract, and the revision that it was read from, if any. */
export interface State {
  readonly source: ContractSource;
  readonly ref?: string;
}

/** Opens `FILE` or `REF:FILE`; `like` is the state that it will be compared with. The path of the latter is looked for from the repository's top, then from the current folder. */
export function openState(typed: string, terminal: Terminal, like?: ContractSource): State {
  const path = slashed(resolve(terminal.cwd, typed));
  const colon = typed.indexOf(':');
  if (statOf(path) || colon <= 0) return { source: openFile(path, typed, like) };
  const ref = typed.slice(0, colon);
  const named = typed.slice(colon + 1);
  const history = historyOf(terminal.cwd);
  const commit = history.resolve(ref);
  if ('failure' in commit)
    throw new UsageError(`"${typed}" cannot be read: ${failureText(commit.failure, commit.detail)}.`);
  const files = pastFiles(history, commit.found.hash);
  const candidates = [slashed(resolve(history.top, named)), slashed(resolve(terminal.cwd, named))];
  const file = candidates.find((candidate) => files.exists(candidate)) ?? candidates[0]!;
  const read = files.read(file);
  if ('failure' in read) {
    const why =
      read.failure === 'outside'
        ? 'it lies in a submodule, behind a link, or outside of the repository'
        : read.failure === 'missing'
          ? `revision ${ref} has no such file`
          : `it is ${read.failure}`;
    throw new UsageError(`"${typed}" cannot be read: ${why}.`);
  }
  const source = new ContractSources().open(files, file, like);
  if ('failure' in source) throw new UsageError(`"${typed}" cannot be compared: ${source.failure}.`);
  return { source, ref };
}

/** Opens a contract of the working tree. References may lead to wherever its repository reaches. */
export function openFile(path: string, typed: string, like?: ContractSource): ContractSource {
  const odd = oddity(path);
  if (odd !== undefined) throw new UsageError(`"${typed}" cannot be read: ${odd}.`);
  if (!statOf(path)) throw new UsageError(`There is no file "${typed}".`);
  const files = createFileSource({ roots: [repositoryOf(dirname(path))] });
  const source = new ContractSources().open(files, path, like);
  if ('failure' in source) throw new UsageError(`"${typed}" cannot be compared: ${source.failure}.`);
  return source;
}

/** The history of the repository that a folder lies in. */
export function historyOf(folder: string): History {
  const opened = openHistory(folder);
  if ('failure' in opened)
    throw new UsageError(`There is no history to look into: ${failureText(opened.failure, opened.detail)}.`);
  return opened.found;
}

/** The state of a contract that it is to be compared with: what was typed, else what the configuration says. */
export function baselineFor(
  source: ContractSource,
  base: string | undefined,
  { versions, folder }: Configuration,
  terminal: Terminal,
): { readonly state: State; readonly renamedFrom?: string } {
  if (base !== undefined) {
    const path = slashed(resolve(terminal.cwd, base));
    if (statOf(path)?.isFile() && /\.(?:json|ya?ml)$/i.test(base) && !path.endsWith(`/${recordName}`))
      return { state: { source: openFile(path, base) } };
  }
  const home = dirname(source.file);
  const opened = openHistory(home);
  const file = 'found' in opened ? within(opened.found, source.file) : source.file;
  const files = createFileSource({ roots: [folder, repositoryOf(home)] });
  const found = baselineOf(file, { base: base ?? versions.base, folder, files }, () => opened, new ContractSources());
  if ('failure' in found) throw new UsageError(`There is no baseline: ${missingText(found)}.`);
  return { state: { source: found.source, ref: shortName(found) }, renamedFrom: found.renamedFrom };
}

/** A file by the spelling that the history has for its folder. */
export function within(history: History, file: string): string {
  const path = pathIn(history, file);
  return path === undefined ? file : `${history.top}/${path}`;
}

const shortName = ({ name, commit }: Baseline): string => (commit ? `${name} (${commit.hash.slice(0, 8)})` : name);

/** The configuration above the current folder, or the one that was named. */
export function configurationFor(named: string | undefined, terminal: Terminal): Configuration {
  const anywhere = createFileSource({ roots: [slashed(resolve(terminal.cwd, '/'))] });
  const reading =
    named === undefined
      ? readConfiguration(anywhere, terminal.cwd)
      : readConfigurationFile(anywhere, slashed(resolve(terminal.cwd, named)));
  const [problem] = reading.problems;
  if (problem) throw new UsageError(`${relativeTo(terminal.cwd, problem.place.file)}: ${problem.message}`);
  return reading.configuration;
}

/** The contract that is meant when none is named: the only one of the configuration, or of the current folder. */
export function onlyContract(
  named: string | undefined,
  configuration: Configuration,
  terminal: Terminal,
): ContractSource {
  if (named !== undefined) return openFile(slashed(resolve(terminal.cwd, named)), named);
  const owned = configuration.contracts.filter((entry) => entry.role !== 'ignored' && entry.role !== 'consumed');
  const configured = owned
    .map((entry) => slashed(resolve(configuration.folder, entry.file)))
    .filter((file) => statOf(file)?.isFile());
  const files = createFileSource({ roots: [terminal.cwd], endings: ['.json', '.yaml', '.yml'] });
  const sources = new ContractSources();
  const found = (configured.length > 0 ? configured : files.list()).flatMap((file) => {
    const source = sources.open(files, file);
    return 'failure' in source || source.root.get('paths') === undefined ? [] : [source];
  });
  const [first, ...more] = found;
  if (!first) throw new UsageError(`No contract was found in ${terminal.cwd}: name one.`);
  if (more.length > 0) {
    const names = found.slice(0, 5).map((source) => relativeTo(terminal.cwd, source.file));
    throw new UsageError(
      `There are ${found.length} contracts (${names.join(', ')}${found.length > 5 ? ', …' : ''}): name one.`,
    );
  }
  return first;
}

/** The folder with the `.git` above a folder, else the folder itself: how far a contract may refer. */
export function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (statOf(`${at}/.git`)) return slashed(at);
    if (dirname(at) === at) return slashed(folder);
  }
}
