// Owns the repair that gives a parameter or a field another default. It must not know the rule that offers it.

import { tokensOf } from '../base/pointer.ts';
import { schemaOrder } from '../contract/edit/order.ts';
import { entryOf, nodeAt } from '../contract/edit/outline.ts';
import { setValue } from '../contract/edit/replace.ts';
import { outlineOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Data: `file`, `pointer` (the schema, in Swagger 2.0 also the parameter) and `value`, which is plain data. */
export const setDefault: Recipe = {
  id: 'set-default',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const outline = outlineOf(file, read);
      const schema = nodeAt(outline.root, tokensOf(pointer));
      if (schema?.kind !== 'map') return { refused: `no schema is written at ${pointer}` };
      if (entryOf(schema, '$ref')) return { refused: 'the schema is a reference; what it names is shared' };
      return repairOf(file, setValue(outline, pointer, 'default', data.plain('value'), schemaOrder));
    }),
};
