// Owns remembering which files the engine asked for and did not get, so that nobody takes them for read.
// It must not know what the files mean beyond their names.

import type { FileSource } from '../base/host.ts';
import { relativeTo } from '../base/relative.ts';
import type { Notice } from '../report/presentation.ts';
import type { WorkspaceModel } from '../workspace/model.ts';

const SCRIPT = /\.[cm]?[jt]sx?$/i;
/** Any data file is looked into for a contract; that one is not read matters to somebody when its name says what it is. */
const NAMED_CONTRACT = /(?:openapi|swagger)[^/]*\.(?:json|ya?ml)$/i;

export class Unread {
  private readonly reasons = new Map<string, string>();

  /** The same files; a reading that fails for another reason than a missing file is remembered. */
  watch(files: FileSource): FileSource {
    return {
      roots: files.roots,
      list: () => files.list(),
      exists: (path) => files.exists(path),
      version: (path) => files.version(path),
      read: (path) => {
        const read = files.read(path);
        if ('failure' in read && read.failure !== 'missing' && read.failure !== 'outside') {
          if (SCRIPT.test(path) || NAMED_CONTRACT.test(path)) this.reasons.set(path, read.detail ?? read.failure);
        }
        return read;
      },
    };
  }

  /** One note for each file, but for those that the model itself has a problem with. */
  notices(model: WorkspaceModel, root: string): readonly Notice[] {
    const told = new Set(model.contracts.flatMap((contract) => contract.problems.map((problem) => problem.place.file)));
    return [...this.reasons]
      .filter(([file]) => !told.has(file))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, why]) => ({
        level: 'note',
        file: relativeTo(root, file),
        message: `The file was not read: ${why}.`,
      }));
  }
}
