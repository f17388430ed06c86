// Owns the repair that declares an operation as open to everybody. It must not know the rule that offers it.

import { operationOrder } from '../contract/edit/order.ts';
import { setValue } from '../contract/edit/replace.ts';
import { ownMapOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file` and `pointer` (the operation). An empty list stands before what the root asks for (OpenAPI 3.0, "Operation Object"). */
export const declareOpen: Recipe = {
  id: 'declare-open',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline } = ownMapOf(data, read, 'operation');
      return repairOf(file, setValue(outline, pointer, 'security', [], operationOrder));
    }),
};
