// Owns the search for Prisma schemas: which files make one, which of several a source file means, and which folders a generator fills.
// It must not know what a schema says beyond its generators.

import type { FileSource } from '../../../../../base/host.ts';
import { directoryOf, normalise, type Resolution } from '../../resolve.ts';
import { type PrismaFile, parsePrisma } from './parse.ts';
import type { PrismaSchema } from './schema.ts';

/** A schema with the folder that its relative paths start from. */
export interface LocatedSchema {
  readonly folder: string;
  readonly schema: PrismaSchema;
  /** Absolute folders that its client generators fill. */
  readonly outputs: readonly string[];
}

const known = new WeakMap<FileSource, readonly LocatedSchema[]>();
const parsed = new Map<string, PrismaFile>();
const parsedLimit = 200;

/** All schemas of a workspace, read once for each snapshot. */
export function schemasOf(files: FileSource): readonly LocatedSchema[] {
  let schemas = known.get(files);
  if (!schemas) {
    schemas = locate(files);
    known.set(files, schemas);
  }
  return schemas;
}

/** The schema that a source file means: the only one, else the one that lies nearest and has a client in `node_modules`. */
export function schemaFor(files: FileSource, from: string): PrismaSchema | undefined {
  const schemas = schemasOf(files);
  if (schemas.length <= 1) return schemas[0]?.schema;
  const usual = schemas.filter((one) => one.outputs.every((output) => output.includes('/node_modules')));
  const candidates = usual.length > 0 ? usual : schemas;
  const ranked = candidates
    .map((one) => ({ schema: one.schema, shared: sharedLength(one.folder, directoryOf(from)) }))
    .sort((a, b) => b.shared - a.shared);
  // Two that are equally near cannot be told apart.
  return ranked.length > 1 && ranked[0]!.shared === ranked[1]!.shared ? undefined : ranked[0]?.schema;
}

/** The schema whose generator fills the folder that a path lies in. */
export function schemaGenerating(files: FileSource, path: string): LocatedSchema | undefined {
  return schemasOf(files).find((one) =>
    one.outputs.some((output) => path === output || path.startsWith(`${output}/`) || path === `${output}.js`),
  );
}

/** What an import from a generated client stands for: the package, with the schema's folder as the first part of the way into it. */
export function generatedClient(folder: string): Resolution {
  return { kind: 'package', name: '@prisma/client', subpath: encodeURIComponent(folder) };
}

/** The schema that a way into the package names, when it is a generated client's. */
export function schemaNamed(files: FileSource, path: readonly string[]): PrismaSchema | undefined {
  return schemasOf(files).find((one) => path[0] === `/${encodeURIComponent(one.folder)}`)?.schema;
}

function sharedLength(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return shared;
}

function locate(files: FileSource): LocatedSchema[] {
  const paths = files.list().filter((path) => path.endsWith('.prisma') && !path.includes('/migrations/'));
  const located: LocatedSchema[] = [];
  for (const [folder, members] of grouped(paths, files)) {
    const parts = members.map((path) => ({ path, file: read(files, path) }));
    const generators = parts.flatMap(({ path, file }) =>
      file.generators.map((generator) => ({ ...generator, from: directoryOf(path) })),
    );
    located.push({
      folder,
      schema: {
        files: members,
        models: new Map(parts.flatMap(({ file }) => file.models.map((model) => [model.name, model] as const))),
        enums: new Map(parts.flatMap(({ file }) => file.enums.map((one) => [one.name, one] as const))),
        generators,
      },
      outputs: generators.flatMap(({ output, provider, from }) =>
        output !== undefined && /^prisma-client/.test(provider) ? [normalise(`${from}/${output}`)] : [],
      ),
    });
  }
  return located;
}

/**
 * Files that make one schema. A file of its own (`schema.prisma`) is one; in a schema folder all files below belong together, and the one
 * with the generator says where that folder is.
 */
function grouped(paths: readonly string[], files: FileSource): [string, string[]][] {
  const heads = paths.filter((path) => read(files, path).generators.length > 0);
  const rest = paths.filter((path) => !heads.includes(path));
  const groups = heads.map((path): [string, string[]] => [directoryOf(path), [path]]);
  for (const path of rest) {
    const home = groups
      .filter(([folder]) => path.startsWith(`${folder}/`) || path.startsWith(`${parentOfSchema(folder)}/`))
      .sort((a, b) => b[0].length - a[0].length)[0];
    if (home) home[1].push(path);
    else groups.push([directoryOf(path), [path]]);
  }
  return groups;
}

/** The generator may lie in a file below the schema folder; only folders with telling names reach upwards. */
function parentOfSchema(folder: string): string {
  const parent = directoryOf(folder);
  return /(^|\/)(schema|schemas|prisma)$/.test(parent) ? parent : folder;
}

function read(files: FileSource, path: string): PrismaFile {
  const key = `${path}\0${files.version(path) ?? ''}`;
  let file = parsed.get(key);
  if (!file) {
    const text = files.read(path);
    file = 'text' in text ? parsePrisma(path, text.text) : { models: [], enums: [], generators: [] };
    if (parsed.size >= parsedLimit) parsed.clear();
    parsed.set(key, file);
  }
  return file;
}
