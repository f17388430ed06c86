// Owns one language service over the files that questions lead to: what it may see, and what each answer depends on.
// It must not know shapes, messages or processes.

import ts from 'typescript';
import type { FileSource } from '../base/host.ts';
import { directoryOf, normalise, Resolver } from '../code/languages/typescript/resolve.ts';
import type { ProgramOptions } from './program-options.ts';

/** What a program needs of a disk beyond the files of the engine. */
export interface ProgramFiles extends FileSource {
  /** Names of the folders in a folder; none where it is outside of the roots. */
  folders(path: string): readonly string[];
  isFolder(path: string): boolean;
  /** Where links lead, when that is inside of the roots; else the path as it is. */
  real(path: string): string;
}

/** Declarations for everybody: more of them than this are somebody's generated world. */
const mostAmbient = 300;

const declarationFile = /\.d\.[cm]?ts$/;

export class TypeProgram {
  private readonly service: ts.LanguageService;
  private readonly asked = new Set<string>();
  private readonly imports = new Map<string, readonly string[]>();
  private resolver: Resolver;
  private resolutions: ts.ModuleResolutionCache;
  private ambient: readonly string[] = [];
  private generation = 0;

  constructor(
    private files: ProgramFiles,
    readonly configuration: ProgramOptions,
    private readonly library: Library,
    registry: ts.DocumentRegistry,
  ) {
    this.resolver = new Resolver(files);
    this.resolutions = this.freshCache();
    this.service = ts.createLanguageService(this.host(), registry);
  }

  /** Takes the files as they are now. */
  renew(files: ProgramFiles): void {
    this.files = files;
    this.resolver = new Resolver(files);
    this.resolutions = this.freshCache();
    this.generation++;
    this.ambient = files
      .list()
      .filter((path) => declarationFile.test(path) && path.startsWith(`${this.configuration.folder}/`))
      .slice(0, mostAmbient);
  }

  /** The program with these files in it; undefined when the checker refuses. */
  program(asked: Iterable<string>): ts.Program | undefined {
    for (const file of asked) if (this.files.exists(file)) this.asked.add(file);
    for (const file of this.asked) if (!this.files.exists(file)) this.asked.delete(file);
    return this.service.getProgram();
  }

  isStandardLibrary(file: string): boolean {
    return this.library.has(file);
  }

  /**
   * The files that the types in a file may depend on: what it imports, and what that imports, with the declarations that hold
   * everywhere. An installed package counts by its manifest.
   */
  closure(file: string, program: ts.Program): ReadonlySet<string> {
    const seen = new Set<string>();
    const pending = [file, ...this.ambient];
    const result = new Set<string>(this.configuration.sources);
    for (const root of this.files.roots) for (const stamp of installStamps) result.add(`${root}/node_modules/${stamp}`);
    while (pending.length > 0) {
      const path = pending.pop()!;
      if (seen.has(path) || this.library.has(path)) continue;
      seen.add(path);
      const manifest = manifestOf(path);
      result.add(manifest ?? path);
      if (manifest !== undefined) continue;
      const home = this.resolver.packageFolder(path);
      if (home !== undefined) result.add(`${home}/package.json`);
      pending.push(...(this.imports.get(path) ?? []));
      for (const { fileName } of program.getSourceFile(path)?.referencedFiles ?? [])
        pending.push(normalise(`${directoryOf(path)}/${fileName}`));
    }
    return result;
  }

  dispose(): void {
    this.service.dispose();
  }

  private freshCache(): ts.ModuleResolutionCache {
    return ts.createModuleResolutionCache(this.configuration.folder, (name) => name, this.configuration.options);
  }

  private host(): ts.LanguageServiceHost {
    const { library, configuration } = this;
    const read = (path: string): string | undefined => {
      if (library.has(path)) return library.read(path);
      const answer = this.files.read(path);
      return 'text' in answer ? answer.text : undefined;
    };
    const exists = (path: string): boolean => library.has(path) || this.files.exists(path);
    const resolutionHost: ts.ModuleResolutionHost = {
      fileExists: exists,
      readFile: read,
      directoryExists: (path) => this.files.isFolder(path),
      getDirectories: (path) => [...this.files.folders(path)],
      realpath: (path) => this.files.real(path),
      useCaseSensitiveFileNames: true,
    };
    return {
      ...resolutionHost,
      fileExists: exists,
      readFile: read,
      useCaseSensitiveFileNames: () => true,
      getCompilationSettings: () => configuration.options,
      getProjectVersion: () => `${this.generation}:${this.asked.size}`,
      getScriptFileNames: () => [...this.asked, ...this.ambient],
      getScriptVersion: (path) => (library.has(path) ? '1' : (this.files.version(path) ?? '')),
      getScriptSnapshot: (path) => {
        const text = read(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => configuration.folder,
      getDefaultLibFileName: (options) => `${library.folder}/${ts.getDefaultLibFileName(options)}`,
      resolveModuleNameLiterals: (literals, from, redirected, options, source) => {
        const found = literals.map((literal) => {
          const mode = ts.getModeForUsageLocation(source, literal, options);
          const usual = ts.resolveModuleName(
            literal.text,
            from,
            options,
            resolutionHost,
            this.resolutions,
            redirected,
            mode,
          );
          return usual.resolvedModule ? usual : this.inWorkspace(literal.text, from);
        });
        this.imports.set(
          from,
          found.flatMap(({ resolvedModule }) => (resolvedModule ? [resolvedModule.resolvedFileName] : [])),
        );
        return found;
      },
    };
  }

  /** What the engine takes an import for where the compiler finds nothing: a package of the workspace that nobody has installed. */
  private inWorkspace(specifier: string, from: string): ts.ResolvedModuleWithFailedLookupLocations {
    const answer = this.resolver.resolve(specifier, from);
    const extension = answer.kind === 'file' ? /\.d\.[cm]?ts$|\.[cm]?tsx?$/.exec(answer.file)?.[0] : undefined;
    if (answer.kind !== 'file' || extension === undefined) return { resolvedModule: undefined };
    return { resolvedModule: { resolvedFileName: answer.file, extension, isExternalLibraryImport: false } };
  }
}

/** The declarations of the language's own library. */
export class Library {
  private readonly texts = new Map<string, string | undefined>();

  constructor(
    readonly folder: string,
    private readonly readText: (path: string) => string | undefined,
  ) {}

  has(path: string): boolean {
    // A browser's objects are no answers of a service, and their declarations are most of the library.
    if (!path.startsWith(`${this.folder}/lib.`) || /\/lib\.(?:dom|webworker|scripthost)/.test(path)) return false;
    return this.read(path) !== undefined;
  }

  read(path: string): string | undefined {
    if (!this.texts.has(path)) this.texts.set(path, this.readText(path));
    return this.texts.get(path);
  }
}

/** What package managers write when they have installed something. */
const installStamps = ['.package-lock.json', '.yarn-integrity', '.yarn-state.yml', '.modules.yaml'];

/** The manifest of the installed package that a file belongs to. */
function manifestOf(path: string): string | undefined {
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return undefined;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(path.slice(at + '/node_modules/'.length))?.[0] ?? '';
  return `${path.slice(0, at)}/node_modules/${name}/package.json`;
}
