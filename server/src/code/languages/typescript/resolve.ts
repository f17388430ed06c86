// Owns module resolution inside a workspace: relative paths, tsconfig paths, packages of a monorepo. No `node_modules` is needed.
// It must not know what is in the files that it finds.

import ts from 'typescript';
import type { FileSource } from '../../../base/host.ts';
import { isInstalled } from './installed/packages.ts';
import { generatedClient, schemaGenerating } from './rows/prisma/schema-files.ts';

export type Resolution =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly name: string; readonly subpath: string }
  | { readonly kind: 'missing' };

interface PathMapping {
  readonly folder: string;
  readonly base?: string;
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];

/** Whether a relative specifier can mean a folder alone: `./v1/` is never `./v1.js`, and `.` never the folder's namesake beside it. */
function namesFolder(specifier: string): boolean {
  return /(^|\/)\.{0,2}$/.test(specifier);
}

/** Resolves specifiers for one snapshot of files; answers are cached. */
export class Resolver {
  private readonly cache = new Map<string, Resolution>();
  private readonly mappings = new Map<string, PathMapping | undefined>();
  private packages: Map<string, string> | undefined;
  private readonly folders = new Map<string, string | undefined>();

  constructor(private readonly files: FileSource) {}

  /** What a specifier means in a file. */
  resolve(specifier: string, from: string): Resolution {
    const folder = directoryOf(from);
    const key = `${folder}\0${specifier}`;
    let answer = this.cache.get(key);
    if (!answer) {
      answer = this.find(specifier, folder);
      this.cache.set(key, answer);
    }
    return answer;
  }

  /** Whether a specifier names a package of this workspace of which only the manifest is there. */
  lacksOwn(specifier: string, from: string): boolean {
    const answer = this.resolve(specifier, from);
    return answer.kind === 'package' && this.workspacePackages().has(answer.name);
  }

  /** The folder of the nearest `package.json` at or above a file, else undefined. */
  packageFolder(file: string): string | undefined {
    return this.nearest(directoryOf(file));
  }

  private nearest(folder: string): string | undefined {
    if (this.folders.has(folder)) return this.folders.get(folder);
    let answer: string | undefined;
    if (this.files.exists(`${folder}/package.json`)) answer = folder;
    else if (folder !== '' && folder !== '/' && this.inside(directoryOf(folder)))
      answer = this.nearest(directoryOf(folder));
    this.folders.set(folder, answer);
    return answer;
  }

  private inside(folder: string): boolean {
    return this.files.roots.some((root) => folder === root || folder.startsWith(`${root}/`));
  }

  private find(specifier: string, folder: string): Resolution {
    if (specifier.startsWith('.')) return this.atPath(normalise(`${folder}/${specifier}`), namesFolder(specifier));
    if (specifier.startsWith('/')) return this.atPath(normalise(specifier), namesFolder(specifier));
    const mapped = isInstalled(`${folder}/`) ? undefined : this.throughPaths(specifier, folder);
    if (mapped) return mapped;
    if (specifier.startsWith('node:')) return { kind: 'package', name: specifier.slice(5), subpath: '' };
    if (specifier.startsWith('#')) return this.throughImports(specifier, folder) ?? { kind: 'missing' };
    const { name, subpath } = splitPackage(specifier);
    return this.inWorkspace(name, subpath) ?? { kind: 'package', name, subpath };
  }

  private atPath(path: string, folderOnly: boolean): Resolution {
    // What a build has not made yet is answered with the source that it would be made from.
    const generated = schemaGenerating(this.files, path);
    if (generated) return generatedClient(generated.folder);
    const source = path.replace(/\/(dist|build|lib|out)\/(src\/)?(?!.*\/(dist|build|lib|out)\/)/, '/src/');
    const file = folderOnly ? (this.entryOf(path) ?? this.entryOf(source)) : (this.fileAt(path) ?? this.fileAt(source));
    return file ? { kind: 'file', file } : { kind: 'missing' };
  }

  private fileAt(path: string): string | undefined {
    if (/\.[a-z]+$/i.test(path) && this.files.exists(path)) return path;
    for (const extension of extensions) if (this.files.exists(path + extension)) return path + extension;
    const script = /^(.*)\.(js|jsx|mjs|cjs)$/.exec(path);
    if (script) {
      const stem = script[1]!;
      const kinds = { js: ['.ts', '.tsx'], jsx: ['.tsx'], mjs: ['.mts'], cjs: ['.cts'] }[script[2] as 'js'];
      for (const extension of kinds) if (this.files.exists(stem + extension)) return stem + extension;
    }
    return this.entryOf(path);
  }

  /** What a folder stands for: the entry of its manifest, or its index file. */
  private entryOf(folder: string): string | undefined {
    const entry = this.packageEntry(folder);
    if (entry) return entry;
    for (const extension of extensions)
      if (this.files.exists(`${folder}/index${extension}`)) return `${folder}/index${extension}`;
    return undefined;
  }

  private packageEntry(folder: string): string | undefined {
    const manifest = this.json(`${folder}/package.json`);
    const main = manifest && typeof manifest.main === 'string' ? manifest.main : undefined;
    if (!main) return undefined;
    const path = normalise(`${folder}/${main}`);
    return path === folder ? undefined : this.fileAt(path);
  }

  private throughPaths(specifier: string, folder: string): Resolution | undefined {
    const mapping = this.mappingFor(folder);
    if (!mapping) return undefined;
    for (const { pattern, targets } of mapping.paths) {
      const star = pattern.indexOf('*');
      let rest: string | undefined;
      if (star < 0) rest = specifier === pattern ? '' : undefined;
      else {
        const head = pattern.slice(0, star);
        const tail = pattern.slice(star + 1);
        if (specifier.startsWith(head) && specifier.endsWith(tail) && specifier.length >= head.length + tail.length) {
          rest = specifier.slice(head.length, specifier.length - tail.length);
        }
      }
      if (rest === undefined) continue;
      for (const target of targets) {
        const path = normalise(`${mapping.base ?? mapping.folder}/${target.replace('*', rest)}`);
        const generated = schemaGenerating(this.files, path);
        if (generated) return generatedClient(generated.folder);
        const file = this.fileAt(path);
        if (file) return { kind: 'file', file };
      }
    }
    if (mapping.base) {
      const file = this.fileAt(normalise(`${mapping.base}/${specifier}`));
      if (file && !file.endsWith('.json')) return { kind: 'file', file };
    }
    return undefined;
  }

  /** The nearest tsconfig or jsconfig that says something of paths, `extends` followed inside the workspace. */
  private mappingFor(folder: string): PathMapping | undefined {
    if (this.mappings.has(folder)) return this.mappings.get(folder);
    this.mappings.set(folder, undefined);
    let answer: PathMapping | undefined;
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      answer ??= this.readMapping(`${folder}/${name}`, 0);
    }
    const parent = directoryOf(folder);
    if (!answer && parent !== folder && this.inside(parent)) answer = this.mappingFor(parent);
    this.mappings.set(folder, answer);
    return answer;
  }

  private readMapping(file: string, depth: number): PathMapping | undefined {
    if (depth > 8) return undefined;
    const config = this.json(file);
    if (!config) return undefined;
    const folder = directoryOf(file);
    const options = record(config.compilerOptions);
    const paths = record(options?.paths);
    const base = typeof options?.baseUrl === 'string' ? normalise(`${folder}/${options.baseUrl}`) : undefined;
    if (paths || base) {
      const entries = Object.entries(paths ?? {}).flatMap(([pattern, targets]) =>
        Array.isArray(targets) ? [{ pattern, targets: targets.filter((target) => typeof target === 'string') }] : [],
      );
      entries.sort((a, b) => b.pattern.length - a.pattern.length);
      return { folder, base, paths: entries };
    }
    const parents = Array.isArray(config.extends) ? config.extends : [config.extends];
    for (const parent of parents.reverse()) {
      if (typeof parent !== 'string' || !parent.startsWith('.')) continue;
      const path = normalise(`${folder}/${parent}`);
      const found = this.readMapping(path.endsWith('.json') ? path : `${path}.json`, depth + 1);
      if (found) return found;
    }
    return undefined;
  }

  private throughImports(specifier: string, folder: string): Resolution | undefined {
    const home = this.nearest(folder);
    const imports = home === undefined ? undefined : record(this.json(`${home}/package.json`)?.imports);
    if (!imports) return undefined;
    for (const [pattern, target] of Object.entries(imports)) {
      const star = pattern.indexOf('*');
      const matches = star < 0 ? specifier === pattern : specifier.startsWith(pattern.slice(0, star));
      const path = firstText(target);
      if (!matches || path === undefined) continue;
      const rest = star < 0 ? '' : specifier.slice(star, specifier.length - (pattern.length - star - 1));
      const generated = schemaGenerating(this.files, normalise(`${home}/${path.replace('*', rest)}`));
      if (generated) return generatedClient(generated.folder);
      const file = this.sourceAt(home!, path.replace('*', rest));
      if (file) return { kind: 'file', file };
    }
    return undefined;
  }

  private inWorkspace(name: string, subpath: string): Resolution | undefined {
    const folder = this.workspacePackages().get(name);
    if (folder === undefined) return undefined;
    const manifest = this.json(`${folder}/package.json`) ?? {};
    const exported = record(manifest.exports);
    const candidates: string[] = [];
    if (subpath === '') {
      for (const entry of [
        manifest.source,
        exported?.['.'],
        manifest.exports,
        manifest.module,
        manifest.main,
        manifest.types,
      ]) {
        const path = firstText(entry);
        if (path !== undefined) candidates.push(path);
      }
      candidates.push('src/index', 'index', 'lib/index');
    } else {
      const direct = firstText(exported?.[`./${subpath}`]);
      if (direct !== undefined) candidates.push(direct);
      for (const [pattern, target] of Object.entries(exported ?? {})) {
        const star = pattern.indexOf('*');
        const path = firstText(target);
        if (star < 0 || path === undefined || !`./${subpath}`.startsWith(pattern.slice(0, star))) continue;
        candidates.push(
          path.replaceAll('*', `./${subpath}`.slice(star, `./${subpath}`.length - (pattern.length - star - 1))),
        );
      }
      candidates.push(subpath, `src/${subpath}`);
    }
    for (const candidate of candidates) {
      const file = this.sourceAt(folder, candidate);
      if (file) return { kind: 'file', file };
    }
    return undefined;
  }

  /** A built entry (`dist/index.js`) is answered with the source that it was built from, when that is there. */
  private sourceAt(folder: string, path: string): string | undefined {
    const source = path.replace(/^(\.\/)?(dist|build|lib|out)\/(src\/)?/, 'src/').replace(/\.d\.ts$/, '.ts');
    return this.fileAt(normalise(`${folder}/${source}`)) ?? this.fileAt(normalise(`${folder}/${path}`));
  }

  private workspacePackages(): Map<string, string> {
    if (this.packages) return this.packages;
    this.packages = new Map();
    for (const file of this.files.list()) {
      if (!file.endsWith('/package.json')) continue;
      const name = this.json(file)?.name;
      if (typeof name === 'string' && !this.packages.has(name)) this.packages.set(name, directoryOf(file));
    }
    return this.packages;
  }

  private json(path: string): Record<string, unknown> | undefined {
    if (!this.files.exists(path)) return undefined;
    const read = this.files.read(path);
    if (!('text' in read)) return undefined;
    return record(ts.parseConfigFileTextToJson(path, read.text).config);
  }
}

/** The folder of a path. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Resolves `.` and `..` in an absolute path with forward slashes. */
export function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}

function splitPackage(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') };
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The first path of a condition tree (`{ source, import, require, default }`), sources preferred. */
function firstText(entry: unknown, depth = 0): string | undefined {
  if (typeof entry === 'string') return entry;
  const conditions = depth < 4 ? record(entry) : undefined;
  if (!conditions) return undefined;
  for (const key of ['source', 'development', 'import', 'require', 'node', 'default', 'types']) {
    const found = firstText(conditions[key], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
