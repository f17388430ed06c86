// Owns the repair that takes a value out of a list of values, wherever a contract has copies of that list.
// It must not know the rule that offers it.

import { childPointer } from '../base/pointer.ts';
import { removeItem } from '../contract/edit/replace.ts';
import { inSteps, type Recipe, RefusedRepair, refusable } from './recipe.ts';

/** Data: `file`, `value`, a text, and `schemas`, a list of `pointer` and of `file` where that is another one. */
export const removeEnumValue: Recipe = {
  id: 'remove-enum-value',
  prepare: (data, read) =>
    refusable(() => {
      const value = data.text('value');
      const byFile = new Map<string, string[]>();
      const own = data.text('file');
      for (const { file = own, pointer } of data.maps('schemas')) {
        if (typeof file !== 'string' || typeof pointer !== 'string') throw new RefusedRepair('the fix lacks a place');
        byFile.set(file, [...(byFile.get(file) ?? []), pointer]);
      }
      const files = [...byFile].flatMap(([file, pointers]) => {
        const made = inSteps(
          file,
          read,
          pointers.map((pointer) => (outline) => removeItem(outline, childPointer(pointer, 'enum'), value)),
        );
        if ('refused' in made) throw new RefusedRepair(made.refused);
        return made.files;
      });
      return { files };
    }),
};
