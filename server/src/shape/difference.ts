// Owns what a comparison of two shapes can say: differences with a path, and the parts that could not be compared.
// It must not know how shapes are compared, nor OpenAPI or a programming language.

import type { Place } from '../base/place.ts';
import type { Shape } from './shape.ts';

/** Which side must be contained in which: code in contract for answers, contract in code for requests. */
export type Direction = 'response' | 'request';

export type DifferenceKind =
  /** The code has a field that the contract does not name. */
  | 'field-undeclared'
  /** Answers: the contract requires a field that the code does not (always) give. */
  | 'field-missing'
  /** Requests: the code rejects absence where the contract allows it. */
  | 'required-undeclared'
  /** Requests: the contract requires what the code does not demand. */
  | 'required-unenforced'
  /** Answers: the code gives a field that the contract keeps to requests. */
  | 'write-only'
  | 'type'
  | 'null'
  | 'enum'
  | 'constraint';

/** The two stated values of a constraint as short texts; a side that states none has `undefined`. */
export interface ConstraintDetail {
  /** `maximum`, `format`, `pattern`, `enum`, `integer`, … */
  readonly name: string;
  readonly code: string | undefined;
  readonly contract: string | undefined;
}

export interface Difference {
  readonly kind: DifferenceKind;
  /** Dotted path below the compared value, `''` for the value itself: `items[].id`, `[].name`, `totals.*.amount`. */
  readonly path: string;
  /** The code's side; undefined when the code has nothing there. */
  readonly code: Shape | undefined;
  /** The contract's side; undefined when the contract has nothing there. */
  readonly contract: Shape | undefined;
  readonly codeOrigin?: Place;
  readonly contractOrigin?: Place;
  /** False when something that was chosen or assumed on the way makes it no more than likely. */
  readonly certain: boolean;
  /** True when nobody who trusts the contract is hurt: a laxer reader of requests. */
  readonly lax: boolean;
  /** `field-undeclared`: the contract's object allows other fields. */
  readonly open: boolean;
  /** `field-undeclared` in requests: the code rejects absence. `field-missing`, and `field-undeclared` in answers: the field can be there, but need not. */
  readonly demanded?: boolean;
  readonly optional?: boolean;
  readonly detail?: ConstraintDetail;
}

/** A part that could not be compared. */
export interface Undecided {
  readonly path: string;
  readonly reason: string | undefined;
}

export type Verdict = 'holds' | 'fails' | 'unknown';

export interface Comparison {
  /** `fails` as soon as one part fails; `unknown` when none fails and some part could not be compared. */
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
  readonly undecided: readonly Undecided[];
}

/** The path of a named field below `path`. */
export function fieldPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** The path of an array's items. */
export function itemsPath(path: string): string {
  return `${path}[]`;
}

/** The weaker of two verdicts: a failure outweighs doubt, doubt outweighs success. */
export function both(a: Verdict, b: Verdict): Verdict {
  if (a === 'fails' || b === 'fails') return 'fails';
  return a === 'unknown' || b === 'unknown' ? 'unknown' : 'holds';
}
