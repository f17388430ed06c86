// Owns the asking of the code for `diff` and `bump`: what the handlers of a folder say of a contract's changes.
// It must not know how changes are found or shown.

import { relativeTo } from '../base/relative.ts';
import type { Sides } from '../report/changes/model.ts';
import { voicesOf } from '../report/changes/voice.ts';
import type { Comparison } from '../versioning/compare.ts';
import { readWorkspace } from './analysis.ts';
import { readInputs } from './inputs.ts';
import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What the code of a folder says. Without a change that it could speak of, nothing is read. */
export async function voicesIn(
  folder: string,
  comparison: Comparison,
  config: string | undefined,
  terminal: Terminal,
): Promise<Sides['voices']> {
  const { changes, revision } = comparison;
  if (!changes.some(({ id }) => /^operation-(?:added|removed)|^response-.*removed/.test(id))) return undefined;
  const inputs = readInputs([folder], { config }, terminal);
  const { model, files } = await readWorkspace(inputs, new Progress(terminal, false));
  const known = model.contracts.map(({ file }) => file);
  if (!known.includes(revision.file)) {
    const shown = relativeTo(inputs.root, revision.file);
    terminal.stderr.write(
      `note: ${shown} is no contract of ${relativeTo(terminal.cwd, inputs.root)}, so that its code says nothing.\n`,
    );
    return undefined;
  }
  const textOf = (file: string): string | undefined => {
    const read = files.read(file);
    return 'text' in read ? read.text : undefined;
  };
  return { of: voicesOf(changes, revision.file, model), textOf };
}
