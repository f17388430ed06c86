// Owns the repair that lets an operation name another handler: by its `operationId` or by an extension.
// It must not know the rule that offers it.

import { operationOrder } from '../contract/edit/order.ts';
import { entryOf, plainOf } from '../contract/edit/outline.ts';
import { setScalar } from '../contract/edit/replace.ts';
import { ownMapOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file`, `pointer` (the operation), `key`, `from` and `to`. Refuses where the key says something else by now. */
export const nameHandler: Recipe = {
  id: 'name-handler',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline, node } = ownMapOf(data, read, 'operation');
      const key = data.text('key');
      const from = data.text('from');
      if (plainOf(entryOf(node, key)?.value) !== from) return { refused: `"${key}" does not say "${from}"` };
      return repairOf(file, setScalar(outline, pointer, key, data.text('to'), operationOrder));
    }),
};
