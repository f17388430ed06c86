// Owns the repair that marks an operation, a parameter or a field as deprecated, with the day on which it ends where that is known.
// It must not know the rule that offers it.

import { operationOrder, parameterOrder, schemaOrder } from '../contract/edit/order.ts';
import { entryOf, plainOf } from '../contract/edit/outline.ts';
import { setScalar } from '../contract/edit/replace.ts';
import { inSteps, isSwagger, ownMapOf, type Recipe, refusable } from './recipe.ts';

/** Data: `file`, `pointer` (the operation, parameter or schema) and maybe `sunset`, a date as `2026-12-31`. */
export const deprecate: Recipe = {
  id: 'deprecate',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline, node: owner } = ownMapOf(data, read, 'operation, parameter or schema');
      const isOperation = entryOf(owner, 'responses') !== undefined;
      const order = isOperation ? operationOrder : entryOf(owner, 'in') ? parameterOrder : schemaOrder;
      // Swagger 2.0 has the word for operations only.
      const word = isSwagger(outline, data) && !isOperation ? 'x-deprecated' : 'deprecated';

      const sunset = data.optionalText('sunset');
      if (sunset !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(sunset)) return { refused: `"${sunset}" is no date` };
      const marked = plainOf(entryOf(owner, word)?.value) === true;
      return inSteps(file, read, [
        (now) => (marked ? undefined : setScalar(now, pointer, word, true, order)),
        (now) => (sunset === undefined ? undefined : setScalar(now, pointer, 'x-sunset', sunset, order)),
      ]);
    }),
};
