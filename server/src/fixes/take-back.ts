// Owns the repair that takes a change of a contract back, step by step, as somebody found out who compared it with its past.
// It must not know versions, nor which change it is.

import { type EditStep, takeSteps } from '../contract/edit/steps.ts';
import { differenceOf } from '../contract/edit/text-edit.ts';
import { isPlain } from '../contract/edit/write.ts';
import { type FixData, type Recipe, RefusedRepair, refusable } from './recipe.ts';

/** Data: `file` and `steps`, each with a `pointer`, maybe a `value` to put there and the `order` of its neighbours. */
export const takeBack: Recipe = {
  id: 'take-back',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const before = read(file);
      if (before === undefined) throw new RefusedRepair('the contract cannot be read');
      const taken = takeSteps(file, before, stepsOf(data));
      if ('refused' in taken) throw new RefusedRepair(taken.refused);
      const difference = differenceOf(before, taken.text);
      return difference ? { files: [{ file, edits: [difference] }] } : { refused: 'the contract says so already' };
    }),
};

function stepsOf(data: FixData): readonly EditStep[] {
  return data.maps('steps').map(({ pointer, value, order, written }): EditStep => {
    if (typeof pointer !== 'string' || (value !== undefined && !isPlain(value)))
      throw new RefusedRepair('a step of the fix has not the form of one');
    const [names, lines] = [textsOf(order), textsOf(written)];
    return {
      pointer,
      ...(value !== undefined && { value }),
      ...(names && { order: names }),
      ...(lines && { written: lines }),
    };
  });
}

const textsOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
