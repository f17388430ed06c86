// Owns what passes between the reading of code and a type checker that stands elsewhere: which expressions are in question, and
// what their types say of the values. It must not know a checker, nor whether there is one.

import type { Place } from '../base/place.ts';
import type { Shape } from '../shape/shape.ts';

/** What a type says of an expression's value once it is awaited and serialised. Every shape in it is marked as a type's word. */
export interface TypeAnswer {
  readonly shape: Shape;
  /** Whether the value may be `undefined`, and so absent. */
  readonly optional: boolean;
}

/** The answers that hold for one snapshot of the files. */
export interface TypeAnswers {
  /** What the type of the expression at exactly this place says; undefined where nothing is known. */
  answerAt(place: Place): TypeAnswer | undefined;
  /** Changes whenever an answer about an expression of the file does: facts that were read from the file hold no longer then. */
  stamp(file: string): string;
}

/** The answers of a workspace that no checker looks at. */
export const noAnswers: TypeAnswers = { answerAt: () => undefined, stamp: () => '' };
