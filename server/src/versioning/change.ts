// Owns the change: one edited place of a contract, with its level and the operations that it reaches. Plain data.
// It must not know how changes are found.

import type { ContractPlace } from '../contract/model.ts';
import type { Level, Polarity } from './changes/row.ts';

export interface Change {
  /** The kind, such as `response-property-removed`. */
  readonly id: string;
  readonly level: Level;
  /** Which way the values travel that the change concerns. */
  readonly polarity: Polarity;
  /** The first operation that it reaches, in the order of the contract; null when it reaches none. */
  readonly operation: string | null;
  /** Every operation that it reaches, in the order of the contract. */
  readonly operations: readonly string[];
  /** What it is about in normal form: `query:limit`, `body.amount`, `200.body.items[].id`. */
  readonly subject: string;
  /** One sentence without a full stop. */
  readonly message: string;
  /** Why the level is what it is. */
  readonly reason: string;
  /** The place before, in the file of the base. */
  readonly base: ContractPlace | null;
  /** The place after, in the file of the revision; the parent, for what was removed. */
  readonly revision: ContractPlace | null;
  /** The other kinds that the same edit is, for values that travel the other way. */
  readonly also: readonly string[];
  /** Rule, place and values without positions: the same edit has the same fingerprint wherever it moves. */
  readonly fingerprint: string;
  /** An instance that only one side accepts, when one could be made. */
  readonly witness?: Witness;
  /** What the level would be, when a policy or a missing witness made it milder; with the reason in `reason`. */
  readonly softened?: Level;
}

export interface Witness {
  /** The side that accepts the value: `base` for what is refused from now on, `revision` for what is new. */
  readonly acceptedBy: 'base' | 'revision';
  readonly value: unknown;
}

/** What may be softened, as a project decided. */
export interface Policy {
  /** What a removal after its sunset date counts as. */
  readonly afterSunset: Level;
  /** Stability levels whose operations promise nothing yet. */
  readonly unstable: readonly string[];
  /** What a risky change asks for. */
  readonly risky: 'major' | 'minor';
}

export const usualPolicy: Policy = { afterSunset: 'risky', unstable: ['draft', 'alpha'], risky: 'major' };
