// Owns the repair that takes something out of a contract: a response, a header, a component, an item of a list.
// It must not know the rule that offers it.

import { parentPointer, pointerOf, tokensOf } from '../base/pointer.ts';
import { nodeAt, type Outline } from '../contract/edit/outline.ts';
import { removeAt } from '../contract/edit/replace.ts';
import { outlineOf, type Recipe, refusable, repairOf } from './recipe.ts';

/** Maps that say nothing when they are empty, so that they go with their last entry. */
const holders: ReadonlySet<string> = new Set([
  'headers',
  'components',
  'schemas',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'securitySchemes',
  'links',
  'callbacks',
  'definitions',
  'securityDefinitions',
]);

/** Data: `file` and `pointer`. Refuses where nothing would be left of a map that has to be there. */
export const removeEntry: Recipe = {
  id: 'remove-entry',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const outline = outlineOf(file, read);
      return repairOf(file, removeAt(outline, widest(outline, data.text('pointer'))));
    }),
};

/** The pointer of all that would say nothing any more: the last header goes with `headers`. */
function widest(outline: Outline, pointer: string): string {
  const tokens = tokensOf(pointer);
  const above = tokens.slice(0, -1);
  const holder = nodeAt(outline.root, above);
  const isAll = holder?.kind === 'map' && holder.entries.length === 1;
  // A path without operations serves nothing.
  if (isAll && above.length === 2 && above[0] === 'paths') return pointerOf(above);
  // What an operation answers has to be said, also when it is one thing only.
  const isEmptied =
    above.length > 0 && holders.has(above.at(-1)!) && !(above[0] === 'paths' && above.at(-1) === 'responses');
  return isAll && isEmptied ? widest(outline, parentPointer(pointer)) : pointer;
}
