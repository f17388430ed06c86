// Owns when an analysis runs: a moment after the last change, one at a time, given up when a newer text makes it worthless.
// It must not know what an analysis is.

import { type Cancellation, Cancelled } from '../base/host.ts';

/** How long a pass may run before other work gets a turn, in milliseconds. */
const TURN = 12;

export interface LoopEvents<T> {
  readonly run: (cancellation: Cancellation) => Promise<T>;
  readonly started: () => void;
  readonly finished: (result: T) => void;
  readonly failed: (error: unknown) => void;
}

interface Waiter<T> {
  readonly wanted: number;
  readonly resolve: (result: T | undefined) => void;
}

export class AnalysisLoop<T> {
  /** Starts from 1: who asks before the first change waits for the first run. */
  private wanted = 1;
  private done = 0;
  private timer: NodeJS.Timeout | undefined;
  private running: { cancelled: boolean; readonly first: boolean } | undefined;
  private waiters: Waiter<T>[] = [];
  private result: T | undefined;
  private disposed = false;
  /** The rest after a change was over while a run was still under way. */
  private overdue = false;

  constructor(private readonly events: LoopEvents<T>) {}

  /** The last result, however old. */
  get latest(): T | undefined {
    return this.result;
  }

  /** Whether the last result is about the present texts. */
  get settled(): boolean {
    return this.done === this.wanted && this.result !== undefined;
  }

  /** Something changed: what is running is worthless, and a new run starts after `delay` milliseconds of rest. */
  invalidate(delay: number): void {
    if (this.disposed) return;
    this.wanted++;
    // The first run fills the caches; giving it up at every keystroke would mean to begin again and again.
    if (this.running && !this.running.first) this.running.cancelled = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.start(), delay);
  }

  /** The result for everything that has changed until now; undefined when the analysis failed and there is no older one. */
  ready(): Promise<T | undefined> {
    if (this.disposed || this.done >= this.wanted) return Promise.resolve(this.result);
    return new Promise((resolve) => this.waiters.push({ wanted: this.wanted, resolve }));
  }

  /** Gives up what is under way and waited for, until the next change. */
  abandon(): void {
    clearTimeout(this.timer);
    if (this.running) this.running.cancelled = true;
    this.done = this.wanted;
    this.answer(this.done);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    if (this.running) this.running.cancelled = true;
    this.answer(Number.POSITIVE_INFINITY);
  }

  private async start(): Promise<void> {
    if (this.disposed) return;
    if (this.running) {
      this.overdue = true;
      return;
    }
    this.overdue = false;
    const target = this.wanted;
    const run = { cancelled: false, first: this.result === undefined };
    this.running = run;
    this.events.started();
    try {
      const result = await this.events.run(cancellationOf(run));
      // It may have come to its end without looking up; its places belong to an older text all the same.
      if (run.cancelled) throw new Cancelled();
      this.result = result;
      this.done = target;
      this.events.finished(result);
    } catch (error) {
      if (!(error instanceof Cancelled)) {
        this.done = target;
        this.events.failed(error);
      }
    }
    this.running = undefined;
    this.answer(this.done);
    if (this.overdue) await this.start();
  }

  private answer(done: number): void {
    const answered = this.waiters.filter(({ wanted }) => wanted <= done);
    this.waiters = this.waiters.filter(({ wanted }) => wanted > done);
    for (const { resolve } of answered) resolve(this.result);
  }
}

/** A cancellation that looks at a run, and gives other work its turn. */
export function cancellationOf(run: { readonly cancelled: boolean }): Cancellation {
  let turn = performance.now();
  const check = (): void => {
    if (run.cancelled) throw new Cancelled();
  };
  return {
    check,
    async breathe() {
      if (performance.now() - turn < TURN) return;
      await new Promise((resolve) => setImmediate(resolve));
      turn = performance.now();
      check();
    },
  };
}
