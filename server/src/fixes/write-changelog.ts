// Owns the repair that gives a changelog another text, of which only what differs is written. It must not know what changed, nor how an
// entry is worded.

import { differenceOf } from '../contract/edit/text-edit.ts';
import { type Recipe, RefusedRepair, refusable } from './recipe.ts';

/** Data: `file` (the changelog) and `text`, all of it as it is to be. */
export const writeChangelog: Recipe = {
  id: 'write-changelog',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const text = data.text('text');
      const before = read(file);
      if (before === undefined) throw new RefusedRepair('the changelog cannot be read');
      const difference = differenceOf(before, text);
      return difference
        ? { files: [{ file, edits: [difference] }] }
        : { refused: 'the changelog has the entry already' };
    }),
};
