// Owns the second tier of a run: asking the type checker what the first tier could not know, and reading again with its answers.
// It must not know what a question or an answer is.

import type { Companion, CompanionFailure } from '../base/companion.ts';
import { type FileSource, uncancelled } from '../base/host.ts';
import { ChildCompanion } from '../host/child-companion.ts';
import type { Notice } from '../report/presentation.ts';
import { counted } from '../report/wording.ts';
import { inquire } from '../types/inquiries.ts';
import { TypeKnowledge } from '../types/knowledge.ts';
import { questionsOf } from '../types/questions.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Progress } from './progress.ts';

/** An answer may lead to an expression that was not reached before; more often than this nothing comes of it. */
const mostRounds = 3;
/** Megabytes of heap for the checker; what it cannot hold is not known. */
const megabytes = 3_072;
/** Milliseconds for one round. */
const patience = 300_000;

const failures: Readonly<Record<CompanionFailure, string>> = {
  absent: 'its part of the package is not there',
  ended: 'it ended before it answered, as it does when its memory is too small',
  late: 'it took too long',
  stopped: 'it was stopped',
};

/** The checker's process, not yet started. */
export const typeChecker = (): Companion => new ChildCompanion({ bundle: 'types.js', megabytes, idle: 5_000 });

/** The model with what types say; the same model where the checker fails, which is a notice and nothing more. */
export async function deepen(
  workspace: Workspace,
  first: WorkspaceModel,
  files: FileSource,
  checker: Companion,
  progress: Progress,
): Promise<{ readonly model: WorkspaceModel; readonly notices: readonly Notice[] }> {
  const knowledge = new TypeKnowledge();
  let model = first;
  let asked = 0;
  let answered = 0;
  let failure: CompanionFailure | undefined;
  try {
    for (let round = 0; round < mostRounds && failure === undefined; round++) {
      const questions = await progress.during('Reading handlers', () => questionsOf(model));
      const outcome = await progress.during('Asking the type checker', () =>
        inquire(knowledge, questions, files, checker, { patience }),
      );
      asked += outcome.asked;
      answered += outcome.answered;
      failure = outcome.failure;
      if (outcome.answered === 0) break;
      model = await progress.during('Reading again with types', () =>
        workspace.model(files, uncancelled, knowledge.answers(files, 'drop')),
      );
    }
  } finally {
    checker.stop();
  }
  const notices: Notice[] = [];
  if (asked > 0)
    notices.push({ level: 'note', message: `The type checker answered ${answered} of ${counted(asked, 'question')}.` });
  if (failure !== undefined)
    notices.push({
      level: 'warning',
      message: `The type checker was of no help: ${failures[failure]}. What it could have said is not known.`,
    });
  return { model, notices };
}
