// Owns the repair that gives a path, a method or a status another name and leaves what stands below it.
// It must not know the rule that offers it.

import { renameKey } from '../contract/edit/replace.ts';
import { outlineOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file`, `pointer` (the map), `from` and `to`. Refuses where the map has the new key already. */
export const renameEntry: Recipe = {
  id: 'rename-key',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const outline = outlineOf(file, read);
      return repairOf(file, renameKey(outline, data.text('pointer'), data.text('from'), data.text('to')));
    }),
};
