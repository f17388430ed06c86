// Owns the comparison of two states of a contract as callers ask for it: the changes, the level, and what could not be compared.
// It must not know files, git or outputs.

import type { Change, Policy } from './change.ts';
import { usualPolicy } from './change.ts';
import { worst } from './changes/row.ts';
import { changesOf, findings } from './diff/collect.ts';
import { compareComponents } from './diff/components.ts';
import type { SchemaEvidence } from './diff/evidence.ts';
import { compareOperations, type Root } from './diff/operations.ts';
import { reachedPairs } from './diff/reach.ts';
import type { Sameness } from './diff/sameness.ts';
import type { ContractSource } from './source.ts';

/** The level of a whole comparison; documentation alone counts as none. */
export type OverallLevel = 'breaking' | 'risky' | 'compatible' | 'none';

export interface Comparison {
  readonly base: ContractSource;
  readonly revision: ContractSource;
  readonly level: OverallLevel;
  /** Worst first, then in the order of the revision's operations. */
  readonly changes: readonly Change[];
  /** What could not be read on either side, as sentences: with any of these, silence proves nothing. */
  readonly unread: readonly string[];
  /** The rank of every operation, for those who sort changes again. */
  readonly order: ReadonlyMap<string, number>;
  /** The schemas in which a change was found, by its fingerprint. */
  readonly evidence: ReadonlyMap<string, SchemaEvidence>;
}

export interface CompareOptions {
  /** `YYYY-MM-DD`: decides whether a sunset date has passed. */
  readonly today: string;
  readonly policy?: Policy;
}

/** Compares two states of a contract. The same texts always give the same answer. */
export function compareContracts(base: ContractSource, revision: ContractSource, options: CompareOptions): Comparison {
  const policy = options.policy ?? usualPolicy;
  const { context, roots } = compareOperations(base, revision, options.today);
  const reached = reachedPairs(roots);
  const all = [...reached, ...reachedPairs([compareComponents(context)])];
  const order = orderOf(roots);
  const { changes, evidence } = changesOf(findings(all, policy), order);
  return {
    base,
    revision,
    changes,
    level: overall(changes),
    unread: unreadOf(base, revision, context.schemas.sameness),
    order,
    evidence,
  };
}

/** The level of several changes together. */
export function overall(changes: readonly Pick<Change, 'level'>[]): OverallLevel {
  const level = worst(changes.map((change) => change.level));
  return level === undefined || level === 'documentation' ? 'none' : level;
}

function orderOf(roots: readonly Root[]): Map<string, number> {
  return new Map(roots.flatMap((root, index) => (root.operation === null ? [] : [[root.operation, index] as const])));
}

function unreadOf(base: ContractSource, revision: ContractSource, sameness: Sameness): string[] {
  const lost = lostReferences(base);
  const sides = [
    ['The base', base, lost],
    ['The revision', revision, lost.length === 0 ? newlyLost(revision, sameness) : lostReferences(revision)],
  ] as const;
  return sides.flatMap(([name, source, texts]) => {
    const faults = source.faults.slice(0, 3).map((fault) => `${name} cannot be read in full: ${fault}`);
    return [...faults, ...texts.map((text) => `${name} has a reference that leads nowhere: ${text}`)];
  });
}

/** The lost references of a revision whose base has none: nothing is looked at that an edit left alone. */
function newlyLost(revision: ContractSource, sameness: Sameness): readonly string[] {
  const touched = revision.documents.size === 1 ? sameness.touchedReferences() : undefined;
  const leads = (text: string): boolean => 'node' in revision.references.find(revision.file, text);
  return touched && [...touched].every(leads) ? [] : lostReferences(revision);
}

const known = new WeakMap<ContractSource, readonly string[]>();

/** References of the documents that were read which name nothing, a few of them. */
function lostReferences(source: ContractSource): readonly string[] {
  const before = known.get(source);
  if (before) return before;
  const lost: string[] = [];
  for (const [file, document] of source.documents) {
    for (const text of document.referenceTexts()) {
      if (lost.length >= 5) break;
      if (!('node' in source.references.find(file, text))) lost.push(text);
    }
  }
  known.set(source, lost);
  return lost;
}
