// Owns the repair that gives a parameter another name; a path parameter changes in the path as well.
// It must not know the rule that offers it.

import { childPointer, tokensOf } from '../base/pointer.ts';
import { parameterOrder } from '../contract/edit/order.ts';
import { entryOf, nodeAt, type Outline, type OutlineNode, plainOf } from '../contract/edit/outline.ts';
import { renameKey, setScalar } from '../contract/edit/replace.ts';
import type { TextEdit } from '../contract/edit/text-edit.ts';
import { outlineOf, type Recipe, RefusedRepair, refusable, repairOf } from './recipe.ts';

/**
 * Data: `file`, `from`, `to`, and `pointer`: the parameter, or for a name in the path the path item (`/paths/~1orders~1{id}`),
 * whose key and whose parameters of that name change together.
 */
export const renameParameter: Recipe = {
  id: 'rename-parameter',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const from = data.text('from');
      const to = data.text('to');
      const outline = outlineOf(file, read);
      const tokens = tokensOf(pointer);
      const node = nodeAt(outline.root, tokens);
      const path = tokens.at(-1) ?? '';
      if (!path.includes(`{${from}}`)) {
        if (plainOf(entryOf(node, 'name')?.value) !== from)
          return { refused: `no parameter "${from}" is written at ${pointer}` };
        return repairOf(file, setScalar(outline, pointer, 'name', to, parameterOrder));
      }
      if (!/^[^{}/?#]+$/.test(to)) return { refused: `"${to}" is no name for a part of a path` };
      const renamed = renameKey(outline, pointerAbove(pointer), path, path.replace(`{${from}}`, `{${to}}`));
      if ('refused' in renamed) return renamed;
      return repairOf(file, { edits: [...renamed.edits, ...inItem(outline, pointer, node, from, to)] });
    }),
};

const pointerAbove = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'));

/** The names of the path's parameters, of the item and of each of its operations. @throws {RefusedRepair} for a shared one. */
function inItem(
  outline: Outline,
  pointer: string,
  item: OutlineNode | undefined,
  from: string,
  to: string,
): TextEdit[] {
  if (item?.kind !== 'map') return [];
  if (entryOf(item, '$ref')) throw new RefusedRepair('the path is written in another file');
  const edits: TextEdit[] = [];
  for (const entry of item.entries) {
    const below = childPointer(pointer, entry.key);
    const [list, at] =
      entry.key === 'parameters'
        ? [entry.value, below]
        : [entryOf(entry.value, 'parameters')?.value, childPointer(below, 'parameters')];
    if (list?.kind !== 'list') continue;
    for (const [index, parameter] of list.items.entries()) {
      const reference = plainOf(entryOf(parameter, '$ref')?.value);
      if (typeof reference === 'string' && isNamed(outline, reference, from)) {
        throw new RefusedRepair(`the parameter is shared: ${reference}`);
      }
      if (plainOf(entryOf(parameter, 'in')?.value) !== 'path') continue;
      if (plainOf(entryOf(parameter, 'name')?.value) !== from) continue;
      const result = setScalar(outline, childPointer(at, index), 'name', to, parameterOrder);
      if ('edits' in result) edits.push(...result.edits);
    }
  }
  return edits;
}

/** Whether a shared parameter has the name; one that cannot be looked at may have it. */
function isNamed(outline: Outline, reference: string, name: string): boolean {
  const target = reference.startsWith('#') ? nodeAt(outline.root, tokensOf(reference)) : undefined;
  if (!target) return true;
  return plainOf(entryOf(target, 'in')?.value) === 'path' && plainOf(entryOf(target, 'name')?.value) === name;
}
