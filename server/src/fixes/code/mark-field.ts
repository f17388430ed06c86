// Owns the repair that marks a validator's field as optional or required. It must not know the rule that offers it.

import { chainMark } from '../../code/languages/typescript/edits/field-value.ts';
import { type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/** Data: `file`, `offset` (where the field's name begins), `name`, `word` (`optional` or `required`), and `adds` or not. */
export const markField: Recipe = {
  id: 'mark-field',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const text = read(file);
      if (text === undefined) throw new RefusedRepair('the file cannot be read');
      const mark = {
        offset: data.offset('offset'),
        name: data.text('name'),
        word: data.text('word'),
        adds: data.flag('adds'),
      };
      const edit = chainMark(file, text, mark);
      if (!edit) throw new RefusedRepair('the field is not written as a chain of calls here');
      return { files: [{ file, edits: [edit] }] };
    }),
};
