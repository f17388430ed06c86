// Owns when rulesets run: while nobody types, one run at a time, given up at the next edit. What they said stays until they say
// something new. It must not know Spectral, nor how diagnostics are shown.

import type { LintAnswer, Linter, LintRequest } from '../base/linter.ts';
import type { FileDiagnostic } from '../features/diagnostics.ts';
import { lintDiagnostics, lintIdentity } from '../features/linting.ts';

/** Milliseconds of rest before a run. */
const rest = 800;

export interface LintEvents {
  /** What to ask about the present texts. */
  readonly requests: () => readonly LintRequest[];
  /** There are other diagnostics than before. */
  readonly answered: () => void;
  readonly failed: (problem: string) => void;
}

export class LintTier {
  private linter: Linter | undefined;
  private timer: NodeJS.Timeout | undefined;
  private known = '';
  private asked: string | undefined;
  private found: readonly FileDiagnostic[] = [];
  private readonly told = new Set<string>();

  /** `start` makes the linter when it is first needed: most workspaces have no ruleset. */
  constructor(
    private readonly start: () => Linter,
    private readonly events: LintEvents,
  ) {}

  /** What the rulesets said last. */
  get diagnostics(): readonly FileDiagnostic[] {
    return this.found;
  }

  /** An analysis came to its end: its texts may be worth a run. */
  analysed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), rest);
  }

  /** Somebody types: what is under way is about an older text. */
  edited(): void {
    clearTimeout(this.timer);
    if (this.asked === undefined) return;
    this.asked = undefined;
    this.linter?.dispose();
  }

  stop(): void {
    this.edited();
    this.linter?.dispose();
    this.linter = undefined;
    this.found = [];
    this.known = '';
  }

  private async run(): Promise<void> {
    const requests = this.events.requests();
    const identity = requests.length === 0 ? '' : lintIdentity(requests);
    if (identity === this.known || identity === this.asked) return;
    this.asked = identity;
    const answered: { request: LintRequest; answer: LintAnswer }[] = [];
    for (const request of requests) {
      this.linter ??= this.start();
      const answer = await this.linter.lint(request);
      // Given up: the texts have changed since.
      if (!answer || this.asked !== identity) return;
      answered.push({ request, answer });
    }
    this.asked = undefined;
    this.known = identity;
    this.found = lintDiagnostics(answered);
    for (const problem of answered.flatMap(({ answer }) => answer.problems)) {
      if (this.told.has(problem)) continue;
      this.told.add(problem);
      this.events.failed(problem);
    }
    this.events.answered();
  }
}
