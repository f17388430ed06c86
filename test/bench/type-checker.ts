// Owns the measure that ours is compared with: TypeScript's language service on the same workspace and the same edits.
// It must not know our server.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export class TypeChecker {
  private readonly texts = new Map<string, { version: number; text: string }>();
  private readonly service: ts.LanguageService;

  /** `paths` are the TypeScript files, relative to the folder. */
  constructor(
    private readonly folder: string,
    paths: readonly string[],
  ) {
    for (const path of paths) {
      const file = join(folder, path);
      this.texts.set(file, { version: 1, text: readFileSync(file, 'utf8') });
    }
    this.service = ts.createLanguageService({
      getCompilationSettings: () => ({
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        noEmit: true,
        types: [],
      }),
      getScriptFileNames: () => [...this.texts.keys()],
      getScriptVersion: (file) => String(this.texts.get(file)?.version ?? 0),
      getScriptSnapshot: (file) => {
        const text = this.texts.get(file)?.text ?? ts.sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      fileExists: (file) => this.texts.has(file) || ts.sys.fileExists(file),
      readFile: (file) => this.texts.get(file)?.text ?? ts.sys.readFile(file),
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      readDirectory: ts.sys.readDirectory,
    });
  }

  /** Takes an edit in and asks for the file's diagnostics, as an editor does after a keystroke. */
  type(path: string, text: string): number {
    const file = join(this.folder, path);
    const before = this.texts.get(file);
    this.texts.set(file, { version: (before?.version ?? 0) + 1, text });
    return this.service.getSemanticDiagnostics(file).length + this.service.getSyntacticDiagnostics(file).length;
  }

  dispose(): void {
    this.service.dispose();
  }
}
