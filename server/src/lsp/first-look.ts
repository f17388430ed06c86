// Owns what open documents show before a large workspace was read for the first time, and who waits for it.
// It must not know how it is found.

import type { FileReport } from './reports.ts';

/** What was seen, by path; files without diagnostics are absent. */
export interface Looked {
  readonly reports: ReadonlyMap<string, FileReport>;
}

export class FirstLooks {
  /** Documents that were looked at in their present text: what was seen, for those that have anything. */
  private readonly seen = new Map<string, FileReport | undefined>();
  private waiters: { readonly path: string; readonly resolve: (looked: Looked) => void }[] = [];

  /** Takes a look at some documents in. */
  take(paths: Iterable<string>, reports: ReadonlyMap<string, FileReport>): void {
    for (const path of paths) this.seen.set(path, reports.get(path));
    const waiting = this.waiters;
    this.waiters = waiting.filter(({ path }) => !this.seen.has(path));
    for (const { path, resolve } of waiting) if (this.seen.has(path)) resolve(this.looked());
  }

  /** The look at a document; a promise that stays open where there is none. */
  at(path: string): Promise<Looked> {
    if (this.seen.has(path)) return Promise.resolve(this.looked());
    return new Promise((resolve) => this.waiters.push({ path, resolve }));
  }

  /** Texts have changed, or everything is known: nobody is shown a look any more. Gives what was seen. */
  end(): Looked {
    const looked = this.looked();
    this.seen.clear();
    return looked;
  }

  /** Everybody who waits has what is better than a look. */
  dismiss(): void {
    this.waiters = [];
  }

  private looked(): Looked {
    const reports = [...this.seen].flatMap(([path, report]): [string, FileReport][] =>
      report ? [[path, report]] : [],
    );
    return { reports: new Map(reports) };
  }
}
