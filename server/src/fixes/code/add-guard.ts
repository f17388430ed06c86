// Owns the repair that puts a guard before a route. It must not know the rule that offers it, nor how code is parsed.

import { guardEdits } from '../../code/languages/typescript/edits/guard.ts';
import { type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/** Data: `file` and `offset` of the registration, `guard` as it is named, and `from`, the file that names it so. */
export const addGuard: Recipe = {
  id: 'add-guard',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const from = data.text('from');
      const [text, fromText] = [read(file), read(from)];
      if (text === undefined || fromText === undefined) throw new RefusedRepair('the file cannot be read');
      const source = { file: from, text: fromText };
      const edits = guardEdits({ file, text }, data.offset('offset'), data.text('guard'), source);
      if (!edits) throw new RefusedRepair('the route or the guard is not written in a way that could be followed');
      return { files: [{ file, edits }] };
    }),
};
