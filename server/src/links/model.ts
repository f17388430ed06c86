// Owns what a link is once it was looked up: a tag in a comment, and the section of a contract that it names.
// It must not know rules, findings or an editor. Plain data.

import type { Span } from '../base/place.ts';
import type { Contract, ContractSection, Operation } from '../contract/model.ts';
import type { Tag } from './tag.ts';

/** A part of a contract that a tag names. */
export interface LinkedSection {
  readonly contract: Contract;
  readonly section: ContractSection;
  /** The operation that it is or that it belongs to; absent for schemas and the like. */
  readonly operation?: Operation;
  /** What it is called in a message: `GET /orders/{id}`, `409 of GET /orders/{id}`, `components/schemas/Order`. */
  readonly name: string;
}

/** What a tag's target means. */
export type Resolution =
  | ({ readonly kind: 'found' } & LinkedSection)
  /** Several contracts answer. */
  | { readonly kind: 'ambiguous'; readonly sections: readonly LinkedSection[] }
  | {
      readonly kind: 'broken';
      /** What is missing: the file, the operation, or the part of something that is there. */
      readonly missing: 'file' | 'operation' | 'part' | 'pin';
      /** What the target says that leads nowhere. */
      readonly word: string;
      /** Targets that may have been meant, the likeliest first. */
      readonly nearest: readonly string[];
    }
  /** Nobody can say: a contract that could answer was not read in full, or there is none. */
  | { readonly kind: 'unknown' };

export interface ContractLink {
  readonly file: string;
  readonly tag: Tag;
  readonly resolution: Resolution;
}

/** Every tag of a workspace. */
export interface LinkIndex {
  /** By file, then in the order of the text. */
  readonly links: readonly ContractLink[];
  /** The links of one file. */
  readonly in: (file: string) => readonly ContractLink[];
  /** What a target would mean in a file: for completion, and for fixes that write one. */
  readonly resolve: (target: string, file: string) => Resolution;
  /** The shortest target that means an operation and no other, for a tag in a file. */
  readonly targetFor: (contract: Contract, operation: Operation, file: string) => string;
  /** The shortest name of a contract's file that means it alone, for a tag in a file. */
  readonly fileFor: (contract: Contract, file: string) => string;
}

/** The place of a part of a tag. */
export const placeIn = (link: ContractLink, span: Span): Span & { readonly file: string } => ({
  file: link.file,
  start: span.start,
  end: span.end,
});
