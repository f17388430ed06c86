// Owns the repair that replaces one stretch of code by another: a literal, a name, the target of a tag.
// It must not know the rule that offers it.

import { type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/** Data: `file`, `offset`, `was` (the text that stands there), `text`. What no longer stands there is not replaced. */
export const replaceText: Recipe = {
  id: 'replace-text',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const start = data.offset('offset');
      const was = data.text('was');
      const before = read(file);
      if (before === undefined) throw new RefusedRepair('the file cannot be read');
      if (before.slice(start, start + was.length) !== was) throw new RefusedRepair('the code has changed meanwhile');
      return { files: [{ file, edits: [{ start, end: start + was.length, text: data.text('text') }] }] };
    }),
};
