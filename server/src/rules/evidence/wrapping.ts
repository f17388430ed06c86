// Owns the question whether an answer and its schema are one thing, with a wrapper around it on one side only.
// It must not know what any rule decides.

import { compareShapes } from '../../shape/compare.ts';
import { isFreeForm } from '../../shape/compare-objects.ts';
import { type ArrayShape, alternatives, type Field, type ObjectShape, type Shape } from '../../shape/shape.ts';

/** The wrapper that one side has. */
export interface Wrapping {
  readonly side: 'code' | 'contract';
  /** The field of the wrapper that holds what the other side has bare. */
  readonly field: string;
  /** Whether what is inside is known to fit. */
  readonly certain: boolean;
}

/** More fields than these beside the wrapped value make an object of its own. */
const mostFields = 5;

/**
 * The wrapper, when the code and the contract agree but for it. What both sides can be is one plain object or list; alternatives
 * could be meant to differ.
 */
export function wrappingOf(code: Shape, contract: Shape): Wrapping | undefined {
  const left = only(code);
  const right = only(contract);
  if (!left || !right) return undefined;
  // Two objects that share a name are two forms of one object, not a wrapper and its content.
  if (left.kind === 'object' && right.kind === 'object' && !sharesNothing(left, right)) return undefined;
  if (left.kind === 'array' && right.kind === 'array') return undefined;
  return (
    within(left, 'code', (field) => fits(field.shape, right)) ??
    within(right, 'contract', (field) => fits(left, field.shape))
  );
}

/** The field of `outer` that stands for the whole of the other side. */
function within(
  outer: ObjectShape | ArrayShape,
  side: Wrapping['side'],
  inside: (field: Field) => boolean | undefined,
): Wrapping | undefined {
  if (outer.kind !== 'object' || outer.fields.size > mostFields) return undefined;
  const found = [...outer.fields.values()].flatMap((field) => {
    const certain = inside(field);
    return certain === undefined ? [] : [{ side, field: field.name, certain }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a value is what a schema describes: `true` for certain, `false` as far as known, `undefined` when it is not. */
function fits(code: Shape, contract: Shape): boolean | undefined {
  const left = only(code);
  const right = only(contract);
  if (!left || !right || left.kind !== right.kind) return undefined;
  const { verdict } = compareShapes(left, right, 'response');
  if (verdict === 'fails' || !isTelling(left, right)) return undefined;
  return verdict === 'holds';
}

/** Whether two shapes say enough for their fitting to be no chance: shared field names, or lists that are not of anything. */
function isTelling(left: ObjectShape | ArrayShape, right: ObjectShape | ArrayShape): boolean {
  if (left.kind === 'array' && right.kind === 'array') return true;
  if (left.kind !== 'object' || right.kind !== 'object' || isFreeForm(right)) return false;
  return !sharesNothing(left, right);
}

function sharesNothing(a: ObjectShape, b: ObjectShape): boolean {
  return ![...a.fields.keys()].some((name) => b.fields.has(name));
}

/** The one object or list that a shape is, null aside. */
function only(shape: Shape): ObjectShape | ArrayShape | undefined {
  const [first, ...others] = alternatives(shape).filter((member) => member.kind !== 'null' && member.kind !== 'never');
  if (others.length > 0 || (first?.kind !== 'object' && first?.kind !== 'array')) return undefined;
  return first;
}
