// Owns the repair that gives a response of a contract a description. It must not know the rule that offers it.

import { insertEntry } from '../contract/edit/insert.ts';
import { bodyOrder } from '../contract/edit/order.ts';
import { mapOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file`, `pointer` (the response) and `description`, which comes first there. */
export const describeResponse: Recipe = {
  id: 'describe',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline } = mapOf(data, read, 'response');
      return repairOf(file, insertEntry(outline, pointer, 'description', data.text('description'), bodyOrder));
    }),
};
