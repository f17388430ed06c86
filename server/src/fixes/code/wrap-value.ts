// Owns the repair that puts a call around the value of a field that the code sends. It must not know the rule that offers it.

import { valueWrapping } from '../../code/languages/typescript/edits/field-value.ts';
import { type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/** Data: `file`, `offset` (where the field's name begins), `name`, `wrapper` (what is called). */
export const wrapValue: Recipe = {
  id: 'wrap-value',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const text = read(file);
      if (text === undefined) throw new RefusedRepair('the file cannot be read');
      const edits = valueWrapping(file, text, data.offset('offset'), data.text('name'), data.text('wrapper'));
      if (!edits) throw new RefusedRepair('the field is not written as a property of an object here');
      return { files: [{ file, edits }] };
    }),
};
