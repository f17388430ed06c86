// Owns the recognition of how a contract came to be: written by hand, written by a generator, or a public subset.
// It must not know rules; it reads the contract's first lines, its extensions and the package that stands next to it.

import type { FileSource } from '../../base/host.ts';
import type { Contract } from '../../contract/model.ts';
import type { ContractStyle } from '../model.ts';

/** Packages whose business is to write a contract out of code. */
const generators = [
  'tsoa',
  'swagger-jsdoc',
  'swagger-autogen',
  'express-jsdoc-swagger',
  '@asteasolutions/zod-to-openapi',
  'zod-openapi',
  '@hono/zod-openapi',
  '@nestjs/swagger',
  '@fastify/swagger',
  'fastify-swagger',
  'routing-controllers-openapi',
];

const manifestName = 'package.json';
const settingsName = 'tsoa.json';

/** How many undocumented routes make a contract a subset rather than a neglected one. */
const manyRoutes = 10;

/** Routes below the reach of a contract and of those that govern the same apps: those that are described, and those that are not. */
export interface Described {
  readonly bound: number;
  readonly undocumented: number;
}

interface Kept {
  readonly contract: Contract;
  readonly versions: string;
  readonly generated: boolean;
}

/** Judges styles, and remembers what files said for as long as they stay the same. */
export class Styles {
  private readonly known = new Map<string, Kept>();

  /**
   * `folders` are those of the governed apps. A generator alone proves nothing (it may serve documentation only), so that the file must
   * look written by one.
   */
  of(
    contract: Contract,
    files: FileSource,
    folders: readonly string[],
    { bound, undocumented }: Described,
  ): ContractStyle {
    const generated = this.isGenerated(contract, files, folders);
    // A generator that leaves most routes out was told to, by what nobody wrote above them.
    if (undocumented > manyRoutes && undocumented * (generated ? 1 : 2) > bound) return 'partial';
    return generated ? 'generated' : 'contract-first';
  }

  /** Drops what is known of contracts that are gone. */
  keep(contracts: readonly Contract[]): void {
    const present = new Set(contracts.map((contract) => contract.file));
    for (const file of [...this.known.keys()]) if (!present.has(file)) this.known.delete(file);
  }

  private isGenerated(contract: Contract, files: FileSource, folders: readonly string[]): boolean {
    const read = [
      contract.file,
      ...folders.flatMap((folder) => [`${folder}/${manifestName}`, `${folder}/${settingsName}`]),
    ];
    const versions = read.map((path) => `${path}\0${files.version(path) ?? ''}`).join('\n');
    const known = this.known.get(contract.file);
    if (known?.contract === contract && known.versions === versions) return known.generated;
    const generated = isGenerated(contract, files, folders);
    this.known.set(contract.file, { contract, versions, generated });
    return generated;
  }
}

function isGenerated(contract: Contract, files: FileSource, folders: readonly string[]): boolean {
  const segments = contract.file.toLowerCase().split('/');
  const folder = segments.slice(0, -1);
  if (folder.some((name) => name === 'generated' || name === '__generated__' || name === '.generated')) return true;
  if (/[.-]gen(erated)?\.(ya?ml|json)$/.test(segments[segments.length - 1] ?? '')) return true;
  if ([...contract.extensions.keys()].some((key) => /^x-generat(or|ed)/i.test(key))) return true;
  if (headerSaysGenerated(contract.file, files)) return true;
  return folders.some((app) => generatorWrites(contract.file, app, files));
}

/** A comment in the first lines that says so. JSON has no comments, so that its text is never taken for one. */
function headerSaysGenerated(file: string, files: FileSource): boolean {
  if (file.endsWith('.json')) return false;
  const read = files.read(file);
  if ('failure' in read) return false;
  const head = read.text.slice(0, 2000).split('\n').slice(0, 12);
  return head.some(
    (line) => /^\s*#/.test(line) && /(auto-?)?generated (by|from|with)|do not (edit|modify)/i.test(line),
  );
}

/** A generator among the package's dependencies together with a script or settings that name this very file. */
function generatorWrites(file: string, folder: string, files: FileSource): boolean {
  const read = files.read(`${folder}/${manifestName}`);
  if ('failure' in read) return false;
  if (!generators.some((name) => read.text.includes(`"${name}"`))) return false;
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (read.text.includes(name)) return true;
  const settings = files.read(`${folder}/${settingsName}`);
  return !('failure' in settings) && file.startsWith(`${folder}/`);
}
