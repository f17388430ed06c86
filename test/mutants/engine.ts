// Owns the running of the whole engine for tests: a folder's files, with texts laid over them, to findings.
// It must not know which findings are expected.

import type { FileSource } from '../../server/src/base/host.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { createFileSource, overlay } from '../../server/src/host/file-source.ts';
import { runRules } from '../../server/src/rules/run.ts';
import type { WorkspaceModel } from '../../server/src/workspace/model.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

export interface Check {
  readonly findings: readonly Finding[];
  readonly model: WorkspaceModel;
  readonly files: FileSource;
}

/** One folder that is checked again and again, with other texts each time, as an editor does. */
export class Session {
  private readonly workspace = new Workspace();
  private readonly disk: FileSource;
  private edits = 0;

  constructor(folder: string) {
    this.disk = createFileSource({ roots: [folder] });
  }

  /** The text of a file as it is on disk. Throws when there is none. */
  text(path: string): string {
    const read = this.disk.read(path);
    if ('failure' in read) throw new Error(`${path}: ${read.failure}`);
    return read.text;
  }

  /** Checks the folder with these texts in the place of what is on disk. A rule that throws fails the test. */
  async check(texts: ReadonlyMap<string, string> = new Map()): Promise<Check> {
    this.edits++;
    const buffers = new Map([...texts].map(([path, text]) => [path, { text, version: this.edits }]));
    const files = buffers.size === 0 ? this.disk : overlay(this.disk, buffers);
    const model = await this.workspace.model(files);
    const findings = runRules(model, files, {
      onFailure: (rule, message) => {
        throw new Error(`${rule} threw: ${message}`);
      },
    });
    return { findings, model, files };
  }
}

/** A finding as one line: what people would read out. */
export function lineOf(finding: Finding): string {
  return `${finding.severity} ${finding.rule} ${finding.operation ?? '-'} ${finding.subject}`;
}
