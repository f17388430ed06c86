// Owns the repair that gives a parameter or a field another default. It must not know the rule that offers it.

import { schemaOrder } from '../contract/edit/order.ts';
import { setValue } from '../contract/edit/replace.ts';
import { ownMapOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file`, `pointer` (the schema, in Swagger 2.0 also the parameter) and `value`, which is plain data. */
export const setDefault: Recipe = {
  id: 'set-default',
  prepare: (data, read) =>
    refusable(() => {
      const { file, pointer, outline } = ownMapOf(data, read, 'schema');
      return repairOf(file, setValue(outline, pointer, 'default', data.plain('value'), schemaOrder));
    }),
};
