// Owns the conversation with a checker: it is started when there is a question, asked in turn, and given up without harm when it
// dies, takes too long or is not wanted any more. It must not know how a process is made; the host hands one in.

import type { Companion, CompanionFailure } from '../base/companion.ts';
import type { FileSource } from '../base/host.ts';
import type { Place } from '../base/place.ts';
import type { TypeKnowledge } from './knowledge.ts';
import type { Answers, Inquiry } from './messages.ts';

/** What an inquiry came to. */
export interface Outcome {
  readonly asked: number;
  /** Expressions for which a type was found that says something. */
  readonly answered: number;
  readonly complete: boolean;
  readonly failure?: CompanionFailure;
  /** Resident megabytes of the checker. */
  readonly megabytes?: number;
}

const nothing: Outcome = { asked: 0, answered: 0, complete: true };

export interface InquiryOptions {
  /** Milliseconds after which the checker is given up. */
  readonly patience: number;
  readonly unsaved?: Inquiry['unsaved'];
  /** Called with a way to withdraw the inquiry while it runs. */
  readonly onStart?: (withdraw: () => void) => void;
}

/** Asks what is not known yet and takes the answers in. Never throws: a checker that fails leaves everything as it was. */
export async function inquire(
  knowledge: TypeKnowledge,
  questions: Iterable<Place>,
  files: FileSource,
  checker: Companion,
  options: InquiryOptions,
): Promise<Outcome> {
  const inquiry = knowledge.inquiry(questions, files, options.unsaved ?? []);
  if (!inquiry) return nothing;
  const asked = inquiry.questions.reduce((sum, { spans }) => sum + spans.length, 0);
  options.onStart?.(() => checker.tell({ kind: 'withdraw', id: inquiry.id }));
  const reply = await checker.ask(inquiry, options.patience);
  if ('failure' in reply) return { asked, answered: 0, complete: false, failure: reply.failure };
  if (!isAnswers(reply.answer) || reply.answer.id !== inquiry.id)
    return { asked, answered: 0, complete: false, failure: 'ended' };
  const { complete, megabytes } = reply.answer;
  return { asked, answered: knowledge.accept(reply.answer, files), complete, megabytes };
}

function isAnswers(message: unknown): message is Answers {
  return (
    typeof message === 'object' &&
    message !== null &&
    Reflect.get(message, 'kind') === 'answers' &&
    Array.isArray(Reflect.get(message, 'files')) &&
    Array.isArray(Reflect.get(message, 'sources'))
  );
}
