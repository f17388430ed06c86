// Owns what navigation inside of a contract speaks of: parts that have a name, and the places that name them. Plain data.
// It must not know how they are found, nor an editor.

import type { ContractPlace } from '../model.ts';

export type PartKind = 'component' | 'operation' | 'tag' | 'security-scheme' | 'part';

/** Something that can be named from elsewhere. */
export interface NamedPart {
  /** The same for the part and for everything that names it, within one state of the contract. */
  readonly id: string;
  readonly kind: PartKind;
  readonly name: string;
  /** The text of the name: a key, or the value of `operationId` or of a tag's `name`. */
  readonly place: ContractPlace;
  /** The whole part. */
  readonly whole: ContractPlace;
}

/** A place that names a part. */
export interface PartUse {
  readonly id: string;
  /** `reference`: the value of a `$ref` or of a mapping. `name`: the name itself. */
  readonly written: 'reference' | 'name';
  /** The text of the name or reference, with its quotes. */
  readonly place: ContractPlace;
}

/** Every part that has a name, and every use of one, over all files of a contract. */
export interface ContractSymbols {
  readonly parts: ReadonlyMap<string, NamedPart>;
  readonly uses: readonly PartUse[];
}

/** One entry of a file's outline. */
export interface OutlineSymbol {
  readonly kind: 'section' | 'path' | 'operation' | 'component' | 'tag';
  readonly name: string;
  readonly detail?: string;
  readonly place: ContractPlace;
  readonly whole: ContractPlace;
  readonly children: readonly OutlineSymbol[];
}
