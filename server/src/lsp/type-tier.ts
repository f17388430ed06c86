// Owns when the type checker is asked in an editor: after an analysis has left questions that types can answer and nobody has typed
// for a while. Nothing runs and no timer stands where there is no question. It must not know what questions and answers are.

import type { Companion, CompanionFailure } from '../base/companion.ts';

/** Milliseconds of rest after an analysis before the checker is asked. */
const rest = 700;
/** Milliseconds for one inquiry. */
const patience = 120_000;
/** An answer may lead to a further question; more often than this nothing comes of it. */
const mostRounds = 4;
/** A checker that failed this often in a row does not get on with this workspace. */
const mostFailures = 3;

export interface TypeTierEvents {
  /** Whether the latest analysis left questions. */
  readonly hasQuestions: () => boolean;
  /** Asks them all; `onStart` is handed the way to withdraw. Gives how many expressions a type was found for. */
  readonly ask: (
    checker: Companion,
    patience: number,
    onStart: (withdraw: () => void) => void,
  ) => Promise<{ readonly answered: number; readonly failure?: CompanionFailure }>;
  /** There are new answers: what is shown should be made anew. */
  readonly answered: () => void;
  /** Told once when the checker fails. */
  readonly failed: (failure: CompanionFailure) => void;
}

export class TypeTier {
  private timer: NodeJS.Timeout | undefined;
  private withdraw: (() => void) | undefined;
  private asking = false;
  private rounds = 0;
  private failures = 0;
  private told = false;

  constructor(
    private readonly checker: Companion,
    private readonly events: TypeTierEvents,
  ) {}

  /** An analysis has ended. */
  analysed(): void {
    clearTimeout(this.timer);
    const spent = this.rounds >= mostRounds || this.failures >= mostFailures;
    if (spent || this.asking || !this.events.hasQuestions()) return;
    this.timer = setTimeout(() => void this.ask(), rest);
    this.timer.unref();
  }

  /** Something changed: what is being asked is about texts of the past. */
  edited(): void {
    clearTimeout(this.timer);
    this.rounds = 0;
    this.withdraw?.();
  }

  /** Ends the checker; it may be asked again later. */
  stop(): void {
    clearTimeout(this.timer);
    this.checker.stop();
  }

  private async ask(): Promise<void> {
    this.asking = true;
    this.rounds++;
    const outcome = await this.events.ask(this.checker, patience, (withdraw) => {
      this.withdraw = withdraw;
    });
    this.asking = false;
    this.withdraw = undefined;
    if (outcome.failure === undefined) this.failures = 0;
    else if (outcome.failure !== 'stopped') {
      // Without its bundle it will not be there the next time either.
      this.failures = outcome.failure === 'absent' ? mostFailures : this.failures + 1;
      if (!this.told) this.events.failed(outcome.failure);
      this.told = true;
    }
    if (outcome.answered > 0) this.events.answered();
    else this.analysed();
  }
}
