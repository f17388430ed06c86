// Owns the answering of inquiries: a language service for each configuration, the expressions that are asked about, and what each
// answer depends on. It must not know processes or how messages travel.

import ts from 'typescript';
import { within } from '../base/relative.ts';
import type { TypeOrigins } from './declarations.ts';
import { nodeAt } from './locate.ts';
import type { Answers, FileAnswers, Inquiry, WireType } from './messages.ts';
import { Library, type ProgramFiles, TypeProgram } from './program.ts';
import { optionsFor } from './program-options.ts';
import { wireType } from './shape-of-type.ts';

/** Services that are kept from one inquiry to the next. */
const mostPrograms = 3;

export interface CheckerSurroundings {
  /** Files inside of the roots, with unsaved texts over them; a fresh look at the disk for each inquiry. */
  readonly files: (inquiry: Inquiry) => ProgramFiles;
  /** Folder of the language's own declarations, and their texts. */
  readonly libraryFolder: string;
  readonly readLibrary: (path: string) => string | undefined;
  readonly megabytes: () => number;
}

export class Checker {
  private readonly programs = new Map<string, { readonly program: TypeProgram; readonly stamp: string }>();
  private readonly registry = ts.createDocumentRegistry(true);
  private readonly library: Library;

  constructor(private readonly surroundings: CheckerSurroundings) {
    this.library = new Library(surroundings.libraryFolder, surroundings.readLibrary);
  }

  /** Answers one inquiry. `goOn` is asked between files, and gives other messages their turn. */
  async answer(inquiry: Inquiry, goOn: () => Promise<boolean>): Promise<Answers> {
    const files = this.surroundings.files(inquiry);
    const table = new SourceTable(files);
    const answered: FileAnswers[] = [];
    let complete = true;
    for (const [program, asked] of this.grouped(inquiry, files)) {
      if (!(await goOn())) {
        complete = false;
        break;
      }
      const built = program.program(asked.map(({ file }) => file));
      if (!built) continue;
      for (const { file, spans } of asked) {
        if (!(await goOn())) {
          complete = false;
          break;
        }
        const source = built.getSourceFile(file);
        const version = files.version(file);
        if (!source || version === undefined) continue;
        const dependsOn = [...program.closure(file, built)].map((path) => table.indexOf(path));
        const checker = built.getTypeChecker();
        const origins = originsIn(program, files);
        const answers = spans.map((span) => ({ span, type: typeAt(checker, source, span, origins) }));
        answered.push({ file, version, dependsOn, answers });
      }
      if (!complete) break;
    }
    const { id } = inquiry;
    return {
      kind: 'answers',
      id,
      complete,
      sources: table.rows,
      files: answered,
      megabytes: this.surroundings.megabytes(),
    };
  }

  /** The questions by the program that answers them. */
  private grouped(inquiry: Inquiry, files: ProgramFiles): Map<TypeProgram, Inquiry['questions'][number][]> {
    const groups = new Map<TypeProgram, Inquiry['questions'][number][]>();
    for (const question of inquiry.questions) {
      if (!files.exists(question.file)) continue;
      const program = this.programFor(question.file, files, inquiry.id);
      groups.set(program, [...(groups.get(program) ?? []), question]);
    }
    return groups;
  }

  private readonly renewed = new Map<TypeProgram, number>();

  private programFor(file: string, files: ProgramFiles, inquiry: number): TypeProgram {
    const configuration = optionsFor(file, files, (path) => files.isFolder(path));
    const stamp = stampOf(files, configuration.sources);
    const known = this.programs.get(configuration.key);
    if (known?.stamp === stamp) {
      if (this.renewed.get(known.program) !== inquiry) known.program.renew(files);
      this.renewed.set(known.program, inquiry);
      return known.program;
    }
    known?.program.dispose();
    this.programs.delete(configuration.key);
    const program = new TypeProgram(files, configuration, this.library, this.registry);
    program.renew(files);
    this.renewed.set(program, inquiry);
    this.programs.set(configuration.key, { program, stamp });
    for (const [key, old] of this.programs) {
      if (this.programs.size <= mostPrograms || this.renewed.get(old.program) === inquiry) continue;
      old.program.dispose();
      this.programs.delete(key);
    }
    return program;
  }
}

/** What decides how imports resolve beyond the texts of files: another answer means another program. */
function stampOf(files: ProgramFiles, configurations: readonly string[]): string {
  const installed = files.roots.flatMap((root) =>
    ['.package-lock.json', '.yarn-integrity', '.yarn-state.yml', '.modules.yaml'].map((name) =>
      files.version(`${root}/node_modules/${name}`),
    ),
  );
  return [
    ...configurations.map((path) => `${path}:${files.version(path)}`),
    ...installed,
    ...files.roots,
    files.list().length,
    files.roots.map((root) => files.isFolder(`${root}/node_modules`)),
  ].join('|');
}

function originsIn(program: TypeProgram, files: ProgramFiles): TypeOrigins {
  return {
    isStandardLibrary: (source) => program.isStandardLibrary(source.fileName),
    isOwn: (file) => !file.includes('/node_modules/') && files.roots.some((root) => within(root, file)),
  };
}

/** A type that the checker stumbles over is one that nothing is known of. */
function typeAt(
  checker: ts.TypeChecker,
  source: ts.SourceFile,
  span: readonly [number, number],
  origins: TypeOrigins,
): WireType | undefined {
  const node = nodeAt(source, span);
  if (!node) return undefined;
  try {
    return wireType(checker, checker.getTypeAtLocation(node), node, origins);
  } catch (error) {
    if (error instanceof RangeError || error instanceof Error) return undefined;
    throw error;
  }
}

/** Files and their versions, each once. */
class SourceTable {
  readonly rows: [string, string][] = [];
  private readonly indexes = new Map<string, number>();

  constructor(private readonly files: ProgramFiles) {}

  indexOf(path: string): number {
    const known = this.indexes.get(path);
    if (known !== undefined) return known;
    const index = this.rows.push([path, this.files.version(path) ?? '']) - 1;
    this.indexes.set(path, index);
    return index;
  }
}
