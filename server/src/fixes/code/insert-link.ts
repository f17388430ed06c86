// Owns the repair that writes a contract tag above a line, as a comment of the file's language.
// It must not know why the tag is wanted.

import { commentSyntax } from '../../base/comments/syntax.ts';
import { lineStart } from '../../contract/edit/style.ts';
import { type Recipe, RefusedRepair, refusable } from '../recipe.ts';

/** Data: `file`, `offset` (somewhere on the line), `target` as a tag writes it. */
export const insertLink: Recipe = {
  id: 'insert-link',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const target = data.text('target');
      if (!/^\S+$/.test(target)) throw new RefusedRepair('the target of a tag has no white space');
      const text = read(file);
      const mark = commentSyntax(file)?.line[0];
      if (text === undefined || mark === undefined) throw new RefusedRepair('the file cannot be read');
      const start = lineStart(text, Math.min(data.offset('offset'), text.length));
      const indentation = /^[ \t]*/.exec(text.slice(start))![0];
      const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
      const comment = `${indentation}${mark} @contract ${target}${lineBreak}`;
      return { files: [{ file, edits: [{ start, end: start, text: comment }] }] };
    }),
};
