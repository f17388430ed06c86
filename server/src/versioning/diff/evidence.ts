// Owns what a difference of two schemas was found in, kept for those who seek a value that shows it. It must not know how that is done.

import type { Polarity } from '../changes/row.ts';
import type { NormalSchema, NormalSchemas } from '../schema/normal.ts';

export interface SchemaEvidence {
  readonly base: NormalSchema;
  readonly revision: NormalSchema;
  readonly polarity: Polarity;
  /** The property that the difference is about, when it is about one. */
  readonly property?: string;
  readonly room: { readonly base: NormalSchemas; readonly revision: NormalSchemas };
}
