// Owns a companion that is a process of Node's own: forked when first asked, bounded in memory, ended when nobody has asked for a
// while, and replaced when it has died. It must not know what is said.

import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Companion, CompanionFailure, CompanionReply } from '../base/companion.ts';

export interface ChildOptions {
  /** The bundle to run: a file beside this one's bundle, or an absolute path. */
  readonly bundle: string;
  /** Megabytes of heap after which the process ends itself. */
  readonly megabytes: number;
  /** Milliseconds without a question after which it is ended; it starts again with the next one. */
  readonly idle: number;
}

/** A process that runs a bundle. Nothing of it keeps this process alive. */
export class ChildCompanion implements Companion {
  private child: ChildProcess | undefined;
  private pending: { readonly settle: (reply: CompanionReply) => void } | undefined;
  private waiting: Promise<unknown> = Promise.resolve();
  private rest: NodeJS.Timeout | undefined;

  constructor(private readonly options: ChildOptions) {}

  /** The process's id while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  ask(message: unknown, patience: number): Promise<CompanionReply> {
    const turn = this.waiting.then(() => this.exchange(message, patience));
    this.waiting = turn;
    return turn;
  }

  tell(message: unknown): void {
    if (this.child?.connected) this.child.send(message as object, () => {});
  }

  stop(): void {
    this.end('stopped');
  }

  private exchange(message: unknown, patience: number): Promise<CompanionReply> {
    clearTimeout(this.rest);
    const child = this.running();
    if (!child) return Promise.resolve({ failure: 'absent' });
    return new Promise((resolve) => {
      const late = setTimeout(() => this.end('late'), patience);
      this.pending = {
        settle: (reply) => {
          clearTimeout(late);
          this.pending = undefined;
          if (this.child) {
            this.child.unref();
            this.child.channel?.unref();
            this.rest = setTimeout(() => this.end('stopped'), this.options.idle);
            this.rest.unref();
          }
          resolve(reply);
        },
      };
      child.ref();
      child.channel?.ref();
      child.send(message as object, (error) => {
        if (error) this.end('ended');
      });
    });
  }

  private running(): ChildProcess | undefined {
    if (this.child?.connected) return this.child;
    const { bundle, megabytes } = this.options;
    const path = bundlePath(bundle);
    if (path === undefined) return undefined;
    const child = fork(path, [], {
      // Nothing of our own command line: a debugger's port or a loader is not the companion's.
      execArgv: [`--max-old-space-size=${megabytes}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
    });
    child.on('message', (answer) => {
      if (this.child === child) this.pending?.settle({ answer });
    });
    const gone = (): void => {
      if (this.child === child) this.end('ended');
    };
    child.on('error', gone);
    child.on('exit', gone);
    child.on('disconnect', gone);
    this.child = child;
    return child;
  }

  private end(failure: CompanionFailure): void {
    clearTimeout(this.rest);
    const { child } = this;
    this.child = undefined;
    child?.kill('SIGKILL');
    this.pending?.settle({ failure });
  }
}

function bundlePath(bundle: string): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  // Beside the bundle that holds this code; from the sources, where a build puts it.
  const places = [bundle, join(here, bundle), join(here, '../../../dist', bundle)];
  return places.find((place) => (place.startsWith('/') || /^[a-z]:/i.test(place) ? existsSync(place) : false));
}
