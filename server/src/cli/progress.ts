// Owns what a person at a terminal sees while a long run goes on, and the times of its phases.
// It must not know what the phases do.

import type { FileSource } from '../base/host.ts';
import type { Terminal } from './terminal.ts';

/** How often the line changes at most, in milliseconds. */
const INTERVAL = 80;

/** One line on standard error that is rewritten in place; silent unless a person is watching. */
export class Progress {
  private readonly visible: boolean;
  private readonly phases: { readonly name: string; readonly milliseconds: number }[] = [];
  private shownAt = Number.NEGATIVE_INFINITY;
  private reads = 0;
  private phase = '';

  constructor(
    private readonly terminal: Terminal,
    quiet: boolean,
  ) {
    this.visible = terminal.stderr.isTerminal && !quiet && !terminal.env.CI;
  }

  /** Runs one phase under a name such as "Reading contracts and code". */
  async during<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    this.phase = name;
    this.show(true);
    const start = this.terminal.now();
    try {
      return await work();
    } finally {
      this.phases.push({ name, milliseconds: this.terminal.now() - start });
      this.clear();
    }
  }

  /** The same files; each reading moves the line, because a long synchronous pass shows no other sign of life. */
  watch(files: FileSource): FileSource {
    if (!this.visible) return files;
    return {
      roots: files.roots,
      list: () => files.list(),
      exists: (path) => files.exists(path),
      version: (path) => files.version(path),
      read: (path) => {
        this.reads++;
        this.show(false);
        return files.read(path);
      },
    };
  }

  /** One line per phase, for `--timings`. */
  timings(): string {
    const width = Math.max(...this.phases.map((phase) => phase.name.length), 5);
    const line = (name: string, milliseconds: number): string =>
      `${name.padEnd(width)} ${milliseconds.toFixed(0).padStart(7)} ms\n`;
    const total = this.phases.reduce((sum, phase) => sum + phase.milliseconds, 0);
    return this.phases.map((phase) => line(phase.name, phase.milliseconds)).join('') + line('Total', total);
  }

  private show(now: boolean): void {
    if (!this.visible) return;
    const at = this.terminal.now();
    if (!now && at - this.shownAt < INTERVAL) return;
    this.shownAt = at;
    const files = this.reads === 0 ? '' : ` (${this.reads} files read)`;
    this.terminal.stderr.write(`\r\u001b[2K${this.phase}\u2026${files}`);
  }

  private clear(): void {
    if (this.visible) this.terminal.stderr.write('\r\u001b[2K');
  }
}
