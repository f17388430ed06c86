// Owns what a mutation is: one change to a contract that agrees with its code, and what must be said about it.
// It must not know how the engine is run.

import { isolated, type Node, type Target } from './document.ts';

export interface Expectation {
  /** The rules that name this fault; every new finding must be of one of them. */
  readonly rules: readonly string[];
  /** `POST /payments`, or null for findings about no operation of the contract. */
  readonly operations: readonly (string | null)[];
  /** Rules that may speak besides, but not alone and about no operation of the contract: the change is their fault too. */
  readonly beside?: readonly string[];
  /** What a new finding must be about: equal to, or below, one of these. Any subject when absent. */
  readonly subjects?: readonly string[];
}

export interface Mutant {
  /** The kind, as in the table. */
  readonly kind: string;
  /** What was done, for people. */
  readonly about: string;
  readonly document: Node;
  /** Files of the service that are written in another way, by their path in its folder. */
  readonly texts?: ReadonlyMap<string, string>;
  readonly expected: Expectation;
  /** Equal for mutants that do the same to the same shared schema: the first of them is enough. */
  readonly once?: string;
}

/** Yields the mutants of one operation. The document is never changed in place. */
export type Mutation = (document: Node, target: Target) => Iterable<Mutant>;

/** One mutant of one operation: a copy is changed by `edit`, and the matching finding must be about the operation. */
export function mutant(
  document: Node,
  target: Target,
  kind: string,
  about: string,
  rules: readonly string[],
  subjects: readonly string[] | undefined,
  edit: (operation: Node, document: Node) => void,
): Mutant {
  const copy = isolated(document, target);
  edit(copy.operation, copy.document);
  return {
    kind,
    about: `${target.key}: ${about}`,
    document: copy.document,
    expected: { rules, operations: [target.key], subjects },
  };
}
