// Owns the interface to a helper that works beside the engine and may fail without harm. It must not know processes, nor what is said.

/** Why a companion gave no answer. */
export type CompanionFailure =
  /** It could not be started: there is no bundle, or the system refuses. */
  | 'absent'
  /** It ended, of itself or by somebody's hand, while it was asked; its memory may have been too small. */
  | 'ended'
  /** It took too long and was ended. */
  | 'late'
  /** It was stopped because nobody wants it any more. */
  | 'stopped';

export type CompanionReply = { readonly answer: unknown } | { readonly failure: CompanionFailure };

/** Something that answers messages of plain data, one at a time. It is started by the first message. */
export interface Companion {
  /** Sends a message and waits for the answer for at most `patience` milliseconds. Never rejects. */
  ask(message: unknown, patience: number): Promise<CompanionReply>;
  /** Sends a message that has no answer; nothing happens when it does not run. */
  tell(message: unknown): void;
  /** Ends it. It may be asked again later. */
  stop(): void;
}
