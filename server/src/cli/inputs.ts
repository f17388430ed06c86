// Owns the way from what was typed (paths, globs, a configuration) to the files and options of a run.
// It must not know contracts, code or outputs. Whatever is wrong with the input is a UsageError with the place in it.

import { accessSync, constants, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { FileSource } from '../base/host.ts';
import { LineIndex, type Place } from '../base/place.ts';
import { commonFolder, relativeTo, resolvePath, slashed, within } from '../base/relative.ts';
import { createFileSource } from '../host/file-source.ts';
import { type Configuration, configurationName } from '../registry/configuration.ts';
import { type ConfigurationReading, readConfiguration, readConfigurationFile } from '../registry/read-configuration.ts';
import { UsageError } from './exit.ts';
import { oddity, statOf } from './oddity.ts';
import type { Terminal } from './terminal.ts';

export interface InputOptions {
  readonly config?: string;
  readonly contract?: readonly string[];
  readonly code?: readonly string[];
}

/** Everything that a command needs to make a model. */
export interface Inputs {
  /** Folders that are analysed, none inside of another. */
  readonly roots: readonly string[];
  /** The folder that printed paths are relative to. */
  readonly root: string;
  readonly files: FileSource;
  readonly configuration: Configuration;
  /** Absolute paths of the only contract roots; undefined when they are to be found. */
  readonly contracts?: readonly string[];
  readonly includeCode?: (path: string) => boolean;
  /** The same files with the contracts of build folders among them, for when there is no other. */
  readonly withProduced: () => FileSource;
  /** `fidelity.yaml:3:5`, for a place in the configuration. */
  readonly describePlace: (place: Place) => string;
}

const GLOB = /[*?[\]{}!()]/;
const DATA_ENDINGS = ['.json', '.yaml', '.yml'];
/** What is wrong with a configuration beyond this many lines follows from what stands before. */
const MOST_PROBLEMS = 10;

export function readInputs(paths: readonly string[], options: InputOptions, terminal: Terminal): Inputs {
  const roots = outermost((paths.length === 0 ? ['.'] : paths).map((path) => rootOf(path, terminal)));
  const root = commonFolder(roots);
  // A configuration may stand in any folder above, so that its reading alone is not bound to the roots.
  const anywhere = createFileSource({ roots: [slashed(resolve(root, '/'))] });
  const configuration = configurationOf(root, options.config, anywhere, terminal);
  const named = options.contract?.length
    ? options.contract.flatMap((glob) => contractsNamed(glob, terminal.cwd, '--contract'))
    : configuredContracts(configuration);
  const elsewhere = (named ?? []).filter((file) => !roots.some((one) => within(one, file)));
  const common = { roots, readable: elsewhere.map((file) => repositoryOf(dirname(file))), also: named };
  return {
    roots,
    root,
    files: createFileSource(common),
    configuration,
    contracts: options.contract?.length ? named : undefined,
    includeCode: options.code?.length ? codeGlobs(options.code, terminal.cwd) : undefined,
    withProduced: () => {
      const produced = createFileSource({ roots, produced: 'enter', endings: DATA_ENDINGS });
      return createFileSource({ ...common, also: [...(named ?? []), ...produced.list()] });
    },
    describePlace: (place) => placeText(place, anywhere, terminal.cwd),
  };
}

function rootOf(path: string, terminal: Terminal): string {
  const folder = slashed(resolve(terminal.cwd, path));
  const stat = statOf(folder);
  if (!stat) throw new UsageError(`There is no folder "${path}".`);
  if (!stat.isDirectory()) {
    throw new UsageError(`"${path}" is a file: give the folder of the service, and name a contract with --contract.`);
  }
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    readdirSync(folder);
  } catch {
    throw new UsageError(`The folder "${path}" cannot be read: its permissions do not allow it.`);
  }
  return folder;
}

function outermost(folders: readonly string[]): readonly string[] {
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && within(other, folder)));
}

/** The configuration that holds for the root; anything wrong with it ends the run, because half of it is not what was meant. */
function configurationOf(
  root: string,
  named: string | undefined,
  anywhere: FileSource,
  terminal: Terminal,
): Configuration {
  let reading: ConfigurationReading;
  if (named === undefined) reading = readConfiguration(anywhere, root);
  else {
    const file = slashed(resolve(terminal.cwd, named));
    const odd = oddity(file);
    if (odd !== undefined) throw new UsageError(`The configuration "${named}" cannot be read: ${odd}.`);
    if (!anywhere.exists(file)) throw new UsageError(`There is no configuration "${named}".`);
    reading = readConfigurationFile(anywhere, file);
  }
  if (reading.problems.length > 0) {
    const lines = new Set(
      reading.problems.map((problem) => `${placeText(problem.place, anywhere, terminal.cwd)}: ${problem.message}`),
    );
    throw new UsageError([...lines].slice(0, MOST_PROBLEMS).join('\n'));
  }
  if (named === undefined) refuseOddConfiguration(root, reading.file, terminal);
  return reading.configuration;
}

/** A `fidelity.yaml` that is a folder, a pipe or a link to nowhere was meant to hold, so that a run without it is none. */
function refuseOddConfiguration(root: string, found: string | undefined, terminal: Terminal): void {
  for (let folder = root; ; folder = slashed(dirname(folder))) {
    const file = slashed(resolve(folder, configurationName));
    if (file === found) return;
    const odd = oddity(file);
    if (odd !== undefined) {
      throw new UsageError(`The configuration "${relativeTo(terminal.cwd, file)}" cannot be read: ${odd}.`);
    }
    if (dirname(folder) === folder) return;
  }
}

function placeText(place: Place, files: FileSource, cwd: string): string {
  const read = files.read(place.file);
  const file = relativeTo(cwd, place.file);
  if (!('text' in read)) return file;
  const { line, column } = new LineIndex(read.text).position(place.start);
  return `${file}:${line + 1}:${column + 1}`;
}

/** The files that the configuration's entries name, as far as they are there; undefined when it names none. */
function configuredContracts(configuration: Configuration): readonly string[] | undefined {
  const entries = configuration.contracts.filter((entry) => entry.role !== 'ignored');
  if (entries.length === 0) return undefined;
  return entries.flatMap((entry) => {
    const path = resolvePath(configuration.folder, entry.file);
    return GLOB.test(entry.file) ? matching(path) : statOf(path)?.isFile() ? [path] : [];
  });
}

function contractsNamed(glob: string, cwd: string, option: string): readonly string[] {
  const path = slashed(resolve(cwd, glob));
  // A name is taken as it is before it is taken for a pattern: `[id].yaml` is a file's name too.
  const stat = statOf(path);
  if (stat?.isFile()) return [path];
  const odd = oddity(path);
  if (odd !== undefined) throw new UsageError(`${option} "${glob}" cannot be read: ${odd}.`);
  const found = GLOB.test(glob) ? matching(path) : [];
  if (found.length === 0) throw new UsageError(`${option} "${glob}" matches no file.`);
  return found;
}

/** The files that an absolute pattern matches, build folders included: who names a file means it. */
function matching(pattern: string): readonly string[] {
  const { base } = picomatch.scan(pattern);
  if (!statOf(base)?.isDirectory()) return [];
  const matches = picomatch(pattern, { dot: true });
  const files = createFileSource({ roots: [base], produced: 'enter', endings: DATA_ENDINGS });
  return files.list().filter((file) => matches(file));
}

function codeGlobs(globs: readonly string[], cwd: string): (path: string) => boolean {
  const tests = globs.flatMap((glob) => {
    const path = slashed(resolve(cwd, glob));
    return [picomatch(path, { dot: true }), picomatch(`${path}/**`, { dot: true })];
  });
  return (path) => tests.some((test) => test(path));
}

/** The folder with the `.git` above a folder, else the folder itself: how far a contract elsewhere may refer. */
function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (statOf(`${at}/.git`)) return slashed(at);
    if (dirname(at) === at) return slashed(folder);
  }
}
