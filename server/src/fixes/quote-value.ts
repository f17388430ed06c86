// Owns the repair that makes a text of a number or a truth value in a contract, as it is written. It must not know the rule that offers it.

import { tokensOf } from '../base/pointer.ts';
import { nodeAt } from '../contract/edit/outline.ts';
import { outlineOf, type Recipe, RefusedRepair, refusable, repairOf } from './recipe.ts';

/** Data: `file` and `pointer` (of the value). `1.0` becomes `'1.0'`, and not the `1` that it is read as. */
export const quoteValue: Recipe = {
  id: 'quote-value',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const outline = outlineOf(file, read);
      const node = nodeAt(outline.root, tokensOf(pointer));
      if (node?.kind !== 'scalar' || !['number', 'boolean'].includes(typeof node.value))
        throw new RefusedRepair('no number and no truth value stands here');
      const written = outline.text.slice(node.start, node.end).trim();
      const quote = outline.format === 'json' ? '"' : "'";
      const edit = { start: node.start, end: node.start + written.length, text: quote + written + quote };
      return repairOf(file, { edits: [edit] });
    }),
};
