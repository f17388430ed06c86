// Owns the globs of a configuration as questions: is this file read, is this route internal, which entry names this contract.
// It must not know contracts or code: it answers about paths and methods.

import picomatch from 'picomatch';
import { resolvePath } from '../base/relative.ts';
import type { Configuration, ConfiguredSeverity, ContractEntry } from './configuration.ts';

/** Whether a source file is read: takes absolute paths. Files outside of the configuration's folder are not its business. */
export function codeSelector(configuration: Configuration | undefined): (path: string) => boolean {
  if (!configuration) return () => true;
  const { include, exclude } = configuration.code;
  if (include.length === 0 && exclude.length === 0) return () => true;
  const included = matcher(include);
  const excluded = matcher(exclude);
  return (path) => {
    const relative = relativeTo(configuration.folder, path);
    if (relative === undefined) return true;
    return (include.length === 0 || included(relative)) && !excluded(relative);
  };
}

/** Whether a route needs no contract, by the configuration's `internal` globs. The method is in lower case. */
export function internalSelector(configuration: Configuration | undefined): (method: string, path: string) => boolean {
  const tests = (configuration?.internal ?? []).map((entry) => {
    const parts = /^([A-Za-z]+)\s+(\S.*)$/.exec(entry.trim());
    const glob = (parts?.[2] ?? entry.trim()).replace(/\{[^{}/*]+\}/g, '*');
    const matches = picomatch(glob, { dot: true, nocase: true });
    const wanted = parts?.[1]?.toLowerCase();
    return (method: string, path: string) => (wanted === undefined || wanted === method) && matches(path);
  });
  return (method, path) => tests.some((test) => test(method, path.replace(/\{[^{}/]*\}/g, '_')));
}

/** The configuration's entry for a contract file (absolute path); the first that matches. */
export function entryOf(configuration: Configuration | undefined, file: string): ContractEntry | undefined {
  if (!configuration) return undefined;
  const relative = relativeTo(configuration.folder, file);
  if (relative === undefined) return undefined;
  return configuration.contracts.find((entry) => matcher([entry.file])(relative));
}

/** The overlays (absolute paths) that the configuration has for a contract file, in their order. */
export function overlaysOf(configuration: Configuration | undefined, file: string): readonly string[] {
  const overlays = entryOf(configuration, file)?.overlays ?? [];
  return overlays.map((path) => resolvePath(configuration!.folder, path));
}

/** For each contract that the configuration names, apart from ignored ones: whether a file (absolute path) is meant by it. */
export function namedContracts(configuration: Configuration | undefined): readonly ((path: string) => boolean)[] {
  if (!configuration) return [];
  return configuration.contracts
    .filter((entry) => entry.role !== 'ignored')
    .map((entry) => {
      const matches = matcher([entry.file]);
      return (path: string) => {
        const relative = relativeTo(configuration.folder, path);
        return relative !== undefined && matches(relative);
      };
    });
}

/** Whether an entry's `code` globs take in a source file (absolute path); an entry without globs takes all. */
export function entryGoverns(configuration: Configuration, entry: ContractEntry, path: string): boolean {
  if (entry.code.length === 0) return true;
  const relative = relativeTo(configuration.folder, path);
  return relative !== undefined && matcher(entry.code)(relative);
}

/** The severity that `overrides` give a rule in a file (absolute path); undefined where none speaks of it. */
export function severityOverrides(
  configuration: Configuration | undefined,
): (path: string, rule: string) => ConfiguredSeverity | undefined {
  const tests = (configuration?.overrides ?? []).map(({ paths, rules }) => ({ matches: matcher(paths), rules }));
  if (!configuration || tests.length === 0) return () => undefined;
  return (path, rule) => {
    const relative = relativeTo(configuration.folder, path);
    if (relative === undefined) return undefined;
    return tests.findLast(({ matches, rules }) => rules.has(rule) && matches(relative))?.rules.get(rule);
  };
}

/** A path below a folder, relative to it; undefined for paths elsewhere. */
export function relativeTo(folder: string, path: string): string | undefined {
  const head = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(head) ? path.slice(head.length) : undefined;
}

/** A folder named without a star means everything below it, as people expect. */
function matcher(globs: readonly string[]): (path: string) => boolean {
  const plain = globs.map((glob) => glob.replace(/^\.\//, '').replace(/\/+$/, ''));
  const matches = plain.flatMap((glob) => [picomatch(glob, { dot: true }), picomatch(`${glob}/**`, { dot: true })]);
  return (path) => matches.some((match) => match(path));
}
