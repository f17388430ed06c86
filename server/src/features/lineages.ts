// Owns the lines of versions as an editor shows them: read once per state of a repository, a step at a time, the latest releases first.
// It must not know a protocol, nor how a repository is asked.

import type { Cancellation, FileSource, History, HistoryAnswer } from '../base/host.ts';
import { failureText } from '../versioning/baseline-text.ts';
import { lineageSteps } from '../versioning/lineage.ts';
import { policyOf } from '../versioning/settings.ts';
import { ContractSources } from '../versioning/source.ts';
import { acceptedIn, type StandingOptions } from '../versioning/standing.ts';
import type { LineageSeen } from './version.ts';

/** What fits into a card, and how far back it is looked for. */
const releases = 6;
const mostCommits = 60;

interface Kept {
  readonly key: string;
  readonly seen: LineageSeen;
}

export class Lineages {
  private readonly kept = new Map<string, Kept>();

  /** The latest releases of a contract. Commits do not change, so that the answer stands until there are others. */
  async of(
    file: string,
    history: HistoryAnswer<History>,
    { decisions, today, folder }: StandingOptions,
    files: FileSource,
    cancellation: Cancellation,
  ): Promise<LineageSeen> {
    if ('failure' in history) return { failure: failureText(history.failure, history.detail) };
    const past = history.found;
    const head = past.resolve('HEAD');
    if ('failure' in head) return { failure: failureText(head.failure, head.detail) };
    if (!file.startsWith(`${past.top}/`)) return { failure: 'the contract lies outside of the repository' };
    const accepted = folder === undefined ? undefined : acceptedIn(files, folder, file);
    const key = `${head.found.hash}\n${today}\n${JSON.stringify([decisions, accepted])}`;
    const known = this.kept.get(file);
    if (known?.key === key) return known.seen;
    const bounds = { most: mostCommits, releases };
    const options = { ...bounds, today, scheme: decisions.scheme, policy: policyOf(decisions), accepted };
    const steps = lineageSteps(file.slice(past.top.length + 1), past, new ContractSources(), options);
    for (;;) {
      await cancellation.breathe();
      cancellation.check();
      const step = steps.next();
      if (!step.done) continue;
      const found = step.value;
      const seen = 'failure' in found ? { failure: failureText(found.failure, found.detail) } : found.found;
      this.kept.set(file, { key, seen });
      return seen;
    }
  }
}
