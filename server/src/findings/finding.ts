// Owns the finding: one disagreement between contract and code, with its evidence on both sides. Plain data.
// It must not know rules, loaders or an editor.

import type { Place } from '../base/place.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
export type Polarity = 'witness' | 'absence' | 'mismatch';

export interface RelatedPlace {
  readonly place: Place;
  readonly message: string;
}

/** A repair that can be offered. `data` holds what the recipe in `fixes/` needs; it is plain JSON. */
export interface FixOffer {
  readonly id: string;
  readonly title: string;
  readonly side: 'contract' | 'code';
  readonly safety: 'safe' | 'suggestion';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Suppression {
  readonly by: 'comment' | 'contract' | 'baseline' | 'configuration';
  readonly reason: string | null;
  readonly until: string | null;
}

export interface Finding {
  readonly rule: string;
  readonly family: string;
  readonly polarity: Polarity;
  readonly severity: Severity;
  readonly confidence: 'proved' | 'likely';
  /** `POST /payments/{id}`, or null when the finding is about no single operation. */
  readonly operation: string | null;
  /** The contract's root file, when the finding belongs to one: part of nothing but grouping. */
  readonly contractRoot: string | null;
  /** What it is about in normal form: `402`, `query:limit`, `body.amount`, `200.body.items[].id`. */
  readonly subject: string;
  /** One sentence that says what is wrong on both sides. */
  readonly message: string;
  readonly contract: (Place & { readonly pointer: string }) | null;
  readonly code: Place | null;
  readonly related: readonly RelatedPlace[];
  readonly fingerprint: string;
  readonly fixes: readonly FixOffer[];
  readonly suppressed: Suppression | null;
  /** An address that explains the rule, for rules that have no page of ours. */
  readonly documentation?: string;
}
