// Owns the repair that takes a comment away, with its line where it has one for itself. It must not know what the comment says.

import { lineStart } from '../contract/edit/style.ts';
import { type Recipe, RefusedRepair, refusable } from './recipe.ts';

/** Data: `file`, `offset`, `was` (the comment as it stands there). */
export const removeComment: Recipe = {
  id: 'remove-comment',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const was = data.text('was');
      const start = data.offset('offset');
      const text = read(file);
      if (text === undefined) throw new RefusedRepair('the file cannot be read');
      if (text.slice(start, start + was.length) !== was) throw new RefusedRepair('the text has changed meanwhile');
      const end = start + was.length;
      const first = lineStart(text, start);
      const rest = /^[ \t]*(?:\r\n|\r|\n|$)/.exec(text.slice(end));
      if (text.slice(first, start).trim() === '' && rest) {
        return { files: [{ file, edits: [{ start: first, end: end + rest[0].length, text: '' }] }] };
      }
      const gap = /[ \t]*$/.exec(text.slice(first, start))![0].length;
      return { files: [{ file, edits: [{ start: rest ? start - gap : start, end, text: '' }] }] };
    }),
};
