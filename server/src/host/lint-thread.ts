// Owns the thread of the linter: started with the first request, ended by a newer one or by a run that takes too long.
// It must not know what is linted.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { LintAnswer, Linter, LintRequest } from '../base/linter.ts';

/** Milliseconds after which a run is given up: the largest published contracts take half of it. */
const longestRun = 120_000;

/** Megabytes that a run may hold. */
const mostMemory = 1024;

interface Running {
  readonly id: number;
  readonly resolve: (answer: LintAnswer | undefined) => void;
  readonly timer: NodeJS.Timeout;
}

/** A linter in a thread of its own. `file` is the bundle of the thread; that of the package unless given. */
export class LintThread implements Linter {
  private worker: Worker | undefined;
  private running: Running | undefined;
  private last = 0;

  constructor(private readonly file = bundledThread()) {}

  lint(request: LintRequest): Promise<LintAnswer | undefined> {
    if (this.running) this.end(undefined);
    const { file } = this;
    if (file === undefined) {
      return Promise.resolve({ results: [], problems: ['The linter is not part of this installation.'] });
    }
    const id = ++this.last;
    return new Promise((resolve) => {
      const timer = setTimeout(
        () =>
          this.end({
            results: [],
            problems: [`Linting took more than ${longestRun / 1000} seconds and was given up.`],
          }),
        longestRun,
      );
      // A waiting thread keeps no process alive; one that runs does.
      this.running = { id, resolve, timer };
      const worker = this.start(file);
      worker.ref();
      worker.postMessage({ id, request });
    });
  }

  dispose(): void {
    this.end(undefined);
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private start(file: string): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(file, {
      resourceLimits: { maxOldGenerationSizeMb: mostMemory },
      stdout: true,
      stderr: true,
    });
    worker.on('message', ({ id, answer }: { id: number; answer: LintAnswer }) => {
      if (this.running?.id !== id) return;
      worker.unref();
      this.settle(answer);
    });
    worker.on('error', (error) => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.settle({ results: [], problems: [`The linter failed: ${error.message}`] });
    });
    this.worker = worker;
    return worker;
  }

  /** Answers what is under way and stops the thread, which cannot be interrupted in any other way. */
  private end(answer: LintAnswer | undefined): void {
    if (!this.running) return;
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
    this.settle(answer);
  }

  private settle(answer: LintAnswer | undefined): void {
    const { running } = this;
    this.running = undefined;
    if (!running) return;
    clearTimeout(running.timer);
    running.resolve(answer);
  }
}

/** The bundle beside this one; for sources, that of the checkout's last build. Undefined when there is none. */
function bundledThread(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  return [join(here, 'spectral.js'), join(here, '../../../dist/spectral.js')].find((path) => existsSync(path));
}
