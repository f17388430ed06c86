// Owns the repair that takes a property out of an object that the code writes. It must not know the rule that offers it.

import { propertyRemoval } from '../../code/languages/typescript/edits/property.ts';
import { type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/** Data: `file`, `offset` (where the property's name begins), `name`. */
export const removeProperty: Recipe = {
  id: 'remove-property',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const text = read(file);
      if (text === undefined) throw new RefusedRepair('the file cannot be read');
      const edit = propertyRemoval(file, text, data.offset('offset'), data.text('name'));
      if (!edit) throw new RefusedRepair('the field is not written as a property of an object here');
      return { files: [{ file, edits: [edit] }] };
    }),
};
