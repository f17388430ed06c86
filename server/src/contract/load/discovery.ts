// Owns telling contracts from other files: by what their root says, never by their names.
// It must not read what is below the root.

import type { Contract, SpecificationVersion } from '../model.ts';
import type { ContractNode } from './contract-node.ts';

/** Files longer than this (in UTF-16 code units) are not read: the largest published contracts have half of it. */
export const largestContract = 20_000_000;

const extension = /\.(?:json|ya?ml)$/i;

/** Whether a file's name allows it to be a contract. */
export const mayBeContract = (path: string): boolean => extension.test(path);

// A run of white space is tried from one place only, or a file of blank lines would take quadratic time.
const key = /(?:^\uFEFF?[ \t]*|[{,][ \t\r\n]*)["']?(?:openapi|swagger)["']?[ \t]*:\s*["']?[23]/m;

/** A scan without parsing: false means that no root of this text is a contract. */
export const mentionsVersion = (text: string): boolean => key.test(text);

// Only what stands at the first level counts: a description of something may have such keys too.
const relatives: readonly (readonly [kind: 'arazzo' | 'overlay', pattern: RegExp])[] = [
  ['arazzo', /^\uFEFF?["']?arazzo["']?[ \t]*:\s*["']?1\.|^\uFEFF?\s*\{\s*"arazzo"\s*:\s*"1\./m],
  ['overlay', /^\uFEFF?["']?overlay["']?[ \t]*:\s*["']?1\.|^\uFEFF?\s*\{\s*"overlay"\s*:\s*"1\./m],
];

/** Documents of OpenAPI's family that are no contracts, told by a scan of the beginning of their text. */
export const relativeOf = (text: string): 'arazzo' | 'overlay' | undefined =>
  relatives.find(([, pattern]) => pattern.test(text.slice(0, 10_000)))?.[0];

export interface Specification {
  readonly format: Contract['format'];
  readonly version: SpecificationVersion;
  readonly written: string;
}

/** The specification that a root names; undefined for every other document, Arazzo and overlays included. */
export function specificationOf(root: ContractNode): Specification | undefined {
  if (root.kind !== 'map') return undefined;
  const openapi = root.get('openapi')?.text;
  const minor = openapi === undefined ? undefined : /^3\.(\d+)(?:\.|$|-)/.exec(openapi)?.[1];
  if (openapi !== undefined && minor !== undefined) {
    const version = minor === '0' ? '3.0' : minor === '1' ? '3.1' : '3.2';
    return { format: 'openapi', version, written: openapi };
  }
  const swagger = root.get('swagger')?.text;
  if (swagger !== undefined && /^2(?:\.0)?$/.test(swagger))
    return { format: 'swagger', version: '2.0', written: swagger };
  return undefined;
}

/** Whether a root promises operations or events at all. Without any it is a library of components, or a template for a generator. */
export const promisesOperations = (root: ContractNode): boolean =>
  ['paths', 'webhooks', 'x-webhooks'].some((key) => root.get(key) !== undefined) || root.broken || root.strayLines;

const buildFolders: ReadonlySet<string> = new Set([
  'dist',
  'build',
  'out',
  'target',
  'bin',
  '.next',
  'coverage',
  'vendor',
]);
const testFolders: ReadonlySet<string> = new Set([
  'test',
  'tests',
  '__tests__',
  'spec',
  'e2e',
  'fixtures',
  '__fixtures__',
  'mocks',
  '__mocks__',
  'testdata',
]);

/** What the folders of a file below its root suggest about a contract in it. */
export function hintOf(path: string, roots: readonly string[]): Contract['hint'] {
  const root = roots.find((folder) => path.startsWith(`${folder}/`)) ?? '';
  const folders = path.slice(root.length).split('/').slice(0, -1);
  if (folders.some((folder) => buildFolders.has(folder))) return 'build-output';
  return folders.some((folder) => testFolders.has(folder)) ? 'test-material' : undefined;
}
