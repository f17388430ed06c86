// Owns which compiler options hold for a file: the nearest tsconfig of the workspace, taken as data. It must not know programs.
// Nothing that a configuration names is loaded or run, and nothing outside of the roots is read for it.

import ts from 'typescript';
import type { FileSource } from '../base/host.ts';
import { directoryOf, normalise } from '../code/languages/typescript/resolve.ts';

export interface ProgramOptions {
  /** The configuration's file; the folder itself where there is none. */
  readonly key: string;
  readonly folder: string;
  readonly options: ts.CompilerOptions;
  /** Every configuration that was read for it. */
  readonly sources: readonly string[];
}

const names = ['tsconfig.json', 'jsconfig.json'];

const usual: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  esModuleInterop: true,
};

/** What no configuration decides: we look at types, and write nothing. */
const ours: ts.CompilerOptions = {
  noEmit: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  checkJs: false,
  maxNodeModuleJsDepth: 0,
  incremental: false,
  composite: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  traceResolution: false,
  disableSolutionSearching: true,
  plugins: undefined,
  outDir: undefined,
  rootDir: undefined,
  tsBuildInfoFile: undefined,
};

/** The options for a file, by its nearest configuration at or above it inside of the roots. */
export function optionsFor(file: string, files: FileSource, folderExists: (path: string) => boolean): ProgramOptions {
  const found = nearestConfiguration(file, files);
  if (found === undefined) {
    const folder = files.roots.find((root) => file.startsWith(`${root}/`)) ?? directoryOf(file);
    return { key: folder, folder, options: { ...usual, ...ours }, sources: [] };
  }
  return readOptions(found, file, files, folderExists, 0);
}

function readOptions(
  config: string,
  file: string,
  files: FileSource,
  folderExists: (path: string) => boolean,
  depth: number,
): ProgramOptions {
  const read = new Set([config]);
  const textOf = (path: string): string | undefined => {
    const answer = files.exists(path) ? files.read(path) : undefined;
    if (!answer || !('text' in answer)) return undefined;
    read.add(path);
    return answer.text;
  };
  const folder = directoryOf(config);
  const json: unknown = ts.parseConfigFileTextToJson(config, textOf(config) ?? '{}').config;
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    fileExists: (path) => files.exists(path),
    readFile: textOf,
    // Which files there are is our own business: a pattern that takes in the whole disk costs nothing here.
    readDirectory: () => [],
  };
  Reflect.set(host, 'directoryExists', folderExists);
  const parsed = ts.parseJsonConfigFileContent(json, host, folder, undefined, config);
  const referred = depth < 2 ? referredConfiguration(json, folder, file, files) : undefined;
  if (referred !== undefined && referred !== config) {
    const inner = readOptions(referred, file, files, folderExists, depth + 1);
    return { ...inner, sources: [...new Set([...read, ...inner.sources])] };
  }
  const options: ts.CompilerOptions = { ...parsed.options, ...ours };
  return { key: config, folder, options, sources: [...read] };
}

/** A configuration that has no files of its own only refers to others: the one whose folder holds the file, else the first. */
function referredConfiguration(json: unknown, folder: string, file: string, files: FileSource): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const own: unknown = Reflect.get(json, 'files');
  const references: unknown = Reflect.get(json, 'references');
  if (!Array.isArray(own) || own.length > 0 || 'include' in json || !Array.isArray(references)) return undefined;
  const paths = references.slice(0, 50).flatMap((reference: unknown) => {
    const path: unknown =
      typeof reference === 'object' && reference !== null ? Reflect.get(reference, 'path') : undefined;
    if (typeof path !== 'string') return [];
    const target = normalise(path.startsWith('/') ? path : `${folder}/${path}`);
    return [target, `${target}/tsconfig.json`].filter((one) => one.endsWith('.json') && files.exists(one)).slice(0, 1);
  });
  return paths.find((path) => file.startsWith(`${directoryOf(path)}/`)) ?? paths[0];
}

function nearestConfiguration(file: string, files: FileSource): string | undefined {
  for (let folder = directoryOf(file); ; folder = directoryOf(folder)) {
    if (!files.roots.some((root) => folder === root || folder.startsWith(`${root}/`))) return undefined;
    for (const name of names) if (files.exists(`${folder}/${name}`)) return `${folder}/${name}`;
    if (folder === '/' || folder === directoryOf(folder)) return undefined;
  }
}
