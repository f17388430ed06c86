// Owns the code room's door: from the files of a workspace to the code model.
// It must not know contracts; each language has a front-end of its own.

import { type Cancellation, type FileSource, uncancelled } from '../base/host.ts';
import type { DataReader } from './data.ts';
import { TypeScriptFrontEnd } from './languages/typescript/front-end.ts';
import type { CodeModel } from './model.ts';
import type { Registrar } from './registrars.ts';
import { noAnswers, type TypeAnswers } from './type-questions.ts';

export interface CodeOptions {
  /** Which files may hold code; everything when absent. */
  readonly include?: (path: string) => boolean;
  /** What a type checker has said of these files; nothing when absent. */
  readonly answers?: TypeAnswers;
  /** Functions of the project that register routes, as it has taught them. */
  readonly registrars?: readonly Registrar[];
  /** Reads texts of data that services load, in notations that the language itself does not read; none when absent. */
  readonly readData?: DataReader;
}

/** Reads code for as long as a workspace lives. Calling again after an edit reuses what the edit did not touch. */
export class CodeRoom {
  private readonly typescript = new TypeScriptFrontEnd();

  /** The routes of a workspace with their facts, which are found when they are asked for. */
  async model(
    files: FileSource,
    cancellation: Cancellation = uncancelled,
    options: CodeOptions = {},
  ): Promise<CodeModel> {
    return this.typescript.model(
      files,
      cancellation,
      options.include ?? (() => true),
      options.answers ?? noAnswers,
      options.registrars,
      options.readData,
    );
  }
}
