// Owns the graph of what was compared: pairs of places with what differs there and the pairs below them. A pair that is met
// again, by another operation or in a cycle, is the same pair.
// It must not know what is compared.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { changeRow } from '../changes/catalogue.ts';
import type { Effect, Polarity } from '../changes/row.ts';
import type { SchemaEvidence } from './evidence.ts';

/** What differs at one place, before anybody has asked which operations reach it. */
export interface Fact {
  readonly id: string;
  readonly polarity: Polarity;
  readonly base?: ContractNode;
  readonly revision?: ContractNode;
  /** What is added to the subject of the pair: `.amount`. */
  readonly suffix?: string;
  /** What the sentence of the change speaks of. */
  readonly name?: string;
  readonly before?: string;
  readonly after?: string;
  /** The two schemas in which it stands, for those who seek a value that shows it. */
  readonly schemas?: SchemaEvidence;
}

export interface Link {
  /** What the step adds to the subject: `.items`, `[]`, or nothing. */
  readonly suffix: string;
  readonly to: Pair;
}

/** Two places that were compared, for values that travel one way. */
export class Pair {
  readonly facts: Fact[] = [];
  readonly links: Link[] = [];

  constructor(readonly key: string) {}

  link(suffix: string, to: Pair): void {
    if (to !== unchanged) this.links.push({ suffix, to });
  }
}

/** The pair of all places that are known to be the same. */
export const unchanged: Pair = Object.freeze(new Pair('unchanged'));

/** How deep one question about equivalence may ask another one, so that no stack is exhausted. */
const deepestSettling = 40;

/** Pairs by their keys, and those that are still to be compared. */
export class PairGraph {
  private readonly pairs = new Map<string, Pair>();
  private readonly waiting: (() => void)[] = [];
  private readonly deferred: (() => void)[] = [];
  private depth = 0;

  /** The pair of a key; what it holds is found later, so that a cycle meets a pair that is already there. */
  pair(key: string, compare: (pair: Pair) => void): Pair {
    const known = this.pairs.get(key);
    if (known) return known;
    const pair = new Pair(key);
    this.pairs.set(key, pair);
    this.waiting.push(() => compare(pair));
    return pair;
  }

  /** Notes work that needs to know what other pairs hold. */
  defer(work: () => void): void {
    this.deferred.push(work);
  }

  /** Compares everything that waits. */
  settle(): void {
    this.settleTo(0);
  }

  /** Settles what was noted since; what lies too deep waits for its turn further up, and counts as equal until then. */
  private settleTo(mark: number): void {
    this.depth++;
    for (;;) {
      for (let next = this.waiting.pop(); next; next = this.waiting.pop()) next();
      if (this.deferred.length <= mark || this.depth > deepestSettling) break;
      this.deferred.pop()!();
    }
    this.depth--;
  }

  /** What the differences of a pair, and of all that it leads to, do to the accepted values. A pair in progress counts as equal. */
  effects(pair: Pair): ReadonlySet<Effect> {
    this.settleTo(this.deferred.length);
    const effects = new Set<Effect>();
    const seen = new Set<Pair>([pair]);
    for (const current of seen) {
      for (const fact of current.facts) effects.add(changeRow(fact.id).effect);
      for (const link of current.links) seen.add(link.to);
    }
    effects.delete('annotation');
    return effects;
  }
}
