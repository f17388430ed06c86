// Owns the reading of `fidelity.yaml`: finding it, checking it against its schema, and saying what is wrong at which place.
// It must not know contracts or code. It is one of the two rooms that may import `yaml` and `ajv`.

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { FileSource } from '../base/host.ts';
import type { Place } from '../base/place.ts';
import { tokensOf } from '../base/pointer.ts';
import { resolvePath } from '../base/relative.ts';
import {
  type Configuration,
  type ConfigurationProblem,
  type ConfiguredSeverity,
  type ContractEntry,
  configurationName,
  defaultConfiguration,
  type FailOn,
  type VersionSettings,
} from './configuration.ts';
import { inherit, type OwnConfiguration } from './inherited.ts';
import { mistakesOf, registrarEntry } from './registrars.ts';
import { configurationSchema } from './schema.ts';

export interface ConfigurationReading {
  /** What holds: the file's sound parts over the defaults. */
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
  /** The file that was found, even when nothing in it could be used. */
  readonly file?: string;
  /** Every file that was read for it, this one first. */
  readonly sources?: readonly string[];
}

/** A configuration is a page, not a data set: anything larger is a mistake and is not parsed. */
const largest = 256 * 1024;

/**
 * Reads the configuration of the nearest folder at or above `start` (an absolute folder) that has one.
 * Without a file the defaults hold for `start`. Never throws.
 */
export function readConfiguration(files: FileSource, start: string): ConfigurationReading {
  for (const folder of ancestors(start)) {
    const file = `${folder === '/' ? '' : folder}/${configurationName}`;
    if (!files.exists(file)) continue;
    return readConfigurationFile(files, file);
  }
  return { configuration: defaultConfiguration(start), problems: [] };
}

/** Reads one configuration file by its absolute path (`--config`), with all that it extends. A file that cannot be read is a problem. Never throws. */
export function readConfigurationFile(files: FileSource, file: string): ConfigurationReading {
  const sources: string[] = [];
  const read = (one: string): OwnConfiguration => {
    if (!sources.includes(one)) sources.push(one);
    return readOwn(files, one);
  };
  return { ...inherit(read(file), files, read), file, sources };
}

function readOwn(files: FileSource, file: string): OwnConfiguration {
  const folder = file.slice(0, file.lastIndexOf('/')) || '/';
  const defaults: Configuration = { ...defaultConfiguration(folder), file };
  const whole: Place = { file, start: 0, end: 0 };
  const unusable = (message: string): OwnConfiguration => ({
    configuration: defaults,
    problems: [{ message, place: whole }],
    bases: [],
  });
  const read = files.read(file);
  if ('failure' in read) return unusable(`The configuration could not be read: ${read.failure}.`);
  if (read.text.length > largest) return unusable('The configuration is larger than 256 KB and was not read.');
  const document = parseDocument(read.text, { lineCounter: new LineCounter(), uniqueKeys: true, logLevel: 'silent' });
  const syntax = document.errors.map((error) => ({
    message: `The configuration is not valid YAML: ${error.message.split('\n', 1)[0]?.replace(/ at line .*$/, '')}.`,
    place: { file, start: error.pos[0], end: Math.max(error.pos[1], error.pos[0]) },
  }));
  if (syntax.length > 0) return { configuration: defaults, problems: syntax, bases: [] };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch {
    return unusable('The configuration expands too many aliases and was not read.');
  }
  if (value === null || value === undefined) return { configuration: defaults, problems: [], bases: [] };
  const problems = schemaProblems(value, document, file);
  const missing = missingContracts(value, document, files, folder, file);
  const taught = registrarProblems(value, document, file);
  return {
    configuration: build(value, document, defaults),
    problems: [...problems, ...missing, ...taught],
    bases: basesOf(value, document, folder, file),
  };
}

function basesOf(value: unknown, document: Document, folder: string, file: string): OwnConfiguration['bases'] {
  const named = record(value).extends;
  return texts(named).map((name, index) => ({
    file: resolvePath(folder, name),
    place: valuePlace(document, Array.isArray(named) ? ['extends', String(index)] : ['extends'], file),
  }));
}

let compiled: ValidateFunction | undefined;

function schemaProblems(value: unknown, document: Document, file: string): ConfigurationProblem[] {
  compiled ??= new Ajv({ allErrors: true, strict: false }).compile(configurationSchema);
  if (compiled(value)) return [];
  const problems = new Map<string, ConfigurationProblem>();
  for (const error of compiled.errors ?? []) {
    const path = tokensOf(error.instancePath);
    const unknown = unknownKey(error);
    const place =
      unknown === undefined ? valuePlace(document, path, file) : keyPlace(document, [...path, unknown], file);
    const at = path.length === 0 ? 'The configuration' : `\`${path.join('.')}\``;
    // One value that fits none of several forms is one mistake, however many forms there are.
    const key = `${place.start}:${place.end}`;
    if (!problems.has(key)) problems.set(key, { message: `${at} ${describe(error)}.`, place });
  }
  return [...problems.values()];
}

function unknownKey(error: ErrorObject): string | undefined {
  return error.keyword === 'additionalProperties' ? String(error.params.additionalProperty) : undefined;
}

function describe(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return `does not know the key \`${String(error.params.additionalProperty)}\``;
    case 'enum':
      return `must be one of ${(error.params.allowedValues as unknown[]).map((value) => `\`${String(value)}\``).join(', ')}`;
    case 'required':
      return `needs the key \`${String(error.params.missingProperty)}\``;
    default:
      return error.message ?? 'is not valid';
  }
}

/** Registrars whose parts do not go together would silently register nothing: it is said instead. */
function registrarProblems(value: unknown, document: Document, file: string): ConfigurationProblem[] {
  const entries = record(value).registrars;
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown, index) =>
    mistakesOf(record(entry)).map(({ key, message }) => ({
      message: `\`registrars.${index}.${key}\` ${message}.`,
      place: valuePlace(document, ['registrars', String(index), key], file),
    })),
  );
}

/** A named contract that is not there would silently check nothing: it is said instead. Globs may match nothing. */
function missingContracts(
  value: unknown,
  document: Document,
  files: FileSource,
  folder: string,
  file: string,
): ConfigurationProblem[] {
  const entries = record(value).contracts;
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown, index) => {
    const name = record(entry).file;
    if (typeof name !== 'string' || name === '' || /[*?[\]{}!]/.test(name)) return [];
    if (files.exists(resolvePath(folder, name))) return [];
    const place = valuePlace(document, ['contracts', String(index), 'file'], file);
    return [{ message: `The contract \`${name}\` does not exist.`, place }];
  });
}

function build(value: unknown, document: Document, defaults: Configuration): Configuration {
  const root = record(value);
  const file = defaults.file ?? '';
  const code = record(root.code);
  const rules = new Map<string, ConfiguredSeverity>();
  const rulePlaces = new Map<string, Place>();
  for (const [rule, severity] of Object.entries(record(root.rules))) {
    const known = oneOf(severity, ['error', 'warning', 'information', 'hint', 'off'] as const);
    if (!known) continue;
    rules.set(rule, known);
    rulePlaces.set(rule, keyPlace(document, ['rules', rule], file));
  }
  const entries = Array.isArray(root.contracts) ? root.contracts : [];
  return {
    ...defaults,
    contracts: entries.flatMap((entry: unknown, index) => contractEntry(record(entry), index, document, file)),
    code: { include: texts(code.include), exclude: texts(code.exclude) },
    internal: texts(root.internal),
    registrars: registrarsIn(root.registrars),
    rules,
    rulePlaces,
    overrides: overridesIn(root.overrides),
    failOn: oneOf(root.failOn, ['error', 'warning', 'information', 'never'] as const) satisfies FailOn | undefined,
    versions: versionSettings(record(root.versions)),
    ...(root.remoteHosts !== undefined && { remoteHosts: texts(root.remoteHosts) }),
  };
}

function versionSettings(entry: Readonly<Record<string, unknown>>): VersionSettings {
  return {
    ...(typeof entry.base === 'string' && entry.base !== '' && { base: entry.base }),
    scheme: oneOf(entry.scheme, ['semver', 'calendar', 'integer', 'date_semver'] as const),
    risky: oneOf(entry.risky, ['major', 'minor'] as const),
    afterSunset: oneOf(entry.afterSunset, ['breaking', 'risky', 'compatible'] as const),
    ...(entry.unstable !== undefined && { unstable: texts(entry.unstable) }),
  };
}

function overridesIn(value: unknown): Configuration['overrides'] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => {
    const entry = record(item);
    const rules = Object.entries(record(entry.rules)).flatMap(([rule, severity]) => {
      const known = oneOf(severity, ['error', 'warning', 'information', 'hint', 'off'] as const);
      return known ? [[rule, known] as const] : [];
    });
    return { paths: texts(entry.paths), rules: new Map(rules) };
  });
}

function registrarsIn(value: unknown): Configuration['registrars'] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const entry = record(item);
    return registrarEntry(entry, texts(entry.in)) ?? [];
  });
}

function contractEntry(
  entry: Readonly<Record<string, unknown>>,
  index: number,
  document: Document,
  file: string,
): ContractEntry[] {
  if (typeof entry.file !== 'string' || entry.file === '') return [];
  return [
    {
      file: entry.file,
      role: oneOf(entry.role, ['owned', 'consumed', 'ignored'] as const),
      code: texts(entry.code),
      style: oneOf(entry.style, ['contract-first', 'generated', 'partial'] as const),
      sourceOfTruth: oneOf(entry.sourceOfTruth, ['contract', 'code', 'ask'] as const),
      ...(entry.overlays !== undefined && { overlays: texts(entry.overlays) }),
      place: valuePlace(document, ['contracts', String(index), 'file'], file),
    },
  ];
}

function valuePlace(document: Document, path: readonly string[], file: string): Place {
  const node = path.length === 0 ? document.contents : document.getIn(numbered(path), true);
  const range = isNode(node) ? node.range : undefined;
  if (range) return { file, start: range[0], end: path.length === 0 ? range[0] : range[1] };
  return path.length === 0 ? { file, start: 0, end: 0 } : valuePlace(document, path.slice(0, -1), file);
}

function keyPlace(document: Document, path: readonly string[], file: string): Place {
  const parent = path.length === 1 ? document.contents : document.getIn(numbered(path.slice(0, -1)), true);
  const name = path[path.length - 1];
  if (isMap(parent)) {
    for (const pair of parent.items) {
      if (!isPair(pair) || !isScalar(pair.key) || String(pair.key.value) !== name || !pair.key.range) continue;
      return { file, start: pair.key.range[0], end: pair.key.range[1] };
    }
  }
  return valuePlace(document, path.slice(0, -1), file);
}

function numbered(path: readonly string[]): (string | number)[] {
  return path.map((token) => (/^\d+$/.test(token) ? Number(token) : token));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function texts(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string' && item !== '');
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((item) => item === value);
}

function ancestors(start: string): string[] {
  const folders = [];
  let folder = start.replace(/\/+$/, '');
  while (folder !== '') {
    folders.push(folder);
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  }
  return [...folders, '/'];
}
