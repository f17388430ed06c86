// Owns the repair that adds values to a schema's list of values. It must not know the rule that offers it.

import { childPointer, tokensOf } from '../base/pointer.ts';
import { appendItem } from '../contract/edit/insert.ts';
import { entryOf, nodeAt, plainOf } from '../contract/edit/outline.ts';
import { inSteps, outlineOf, type Recipe, refusable } from './recipe.ts';

/** Data: `file`, `pointer` (the schema) and `values`, a list of plain values. Those that are allowed already are left out. */
export const addEnumValue: Recipe = {
  id: 'add-enum-value',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const outline = outlineOf(file, read);
      const known = plainOf(entryOf(nodeAt(outline.root, tokensOf(pointer)), 'enum')?.value);
      if (!Array.isArray(known)) return { refused: `no list of values is written at ${pointer}` };
      const missing = data.list('values').filter((value) => !known.includes(value));
      return inSteps(
        file,
        read,
        missing.map((value) => (now) => appendItem(now, childPointer(pointer, 'enum'), value)),
      );
    }),
};
