// Owns the repair that writes an operation which the code serves and the contract lacks.
// It must not know the rule that offers it.

import { childPointer, tokensOf } from '../base/pointer.ts';
import { insertEntry } from '../contract/edit/insert.ts';
import { asWritten, pathItemOrder, rootOrder } from '../contract/edit/order.ts';
import { entryOf, nodeAt, type OutlineMap } from '../contract/edit/outline.ts';
import type { Plain } from '../contract/edit/write.ts';
import { operationInDialect } from './operation-dialect.ts';
import { outlineOf, type Recipe, refusable, repairOf, specificationOf } from './recipe.ts';

/** Data: `file`, `pointer` (`/paths`), `path`, `method`, `operation` as plain JSON in the words of OpenAPI 3. */
export const addOperation: Recipe = {
  id: 'add-operation',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const pointer = data.text('pointer');
      const path = data.text('path');
      const method = data.text('method').toLowerCase();
      const outline = outlineOf(file, read);
      const operation = operationInDialect(data.map('operation') ?? {}, specificationOf(outline, data));
      const paths = nodeAt(outline.root, tokensOf(pointer));
      if (!paths && tokensOf(pointer).length === 1 && outline.root.kind === 'map') {
        const item: Plain = { [path]: { [method]: operation } };
        return repairOf(file, insertEntry(outline, '', tokensOf(pointer)[0]!, item, rootOrder));
      }

      const item = entryOf(paths, path)?.value;
      if (item?.kind === 'map') {
        if (entryOf(item, '$ref')) return { refused: `${path} is written in another file` };
        return repairOf(file, insertEntry(outline, childPointer(pointer, path), method, operation, pathItemOrder));
      }
      if (item)
        return repairOf(file, insertEntry(outline, childPointer(pointer, path), method, operation, pathItemOrder));
      const order = paths?.kind === 'map' ? besideRelatives(paths, path) : asWritten;
      return repairOf(file, insertEntry(outline, pointer, path, { [method]: operation }, order));
    }),
};

/** Orders a new path behind the last one that shares the most leading segments with it; behind all when none does. */
function besideRelatives(paths: OutlineMap, path: string): (key: string) => number {
  const shared = paths.entries.map((entry) => sharedSegments(entry.key, path));
  const most = Math.max(0, ...shared);
  if (most === 0) return asWritten;
  const neighbour = paths.entries.findLastIndex((_, index) => shared[index] === most);
  const ranks = new Map(paths.entries.map((entry, index) => [entry.key, index <= neighbour ? 0 : 2]));
  return (key) => ranks.get(key) ?? 1;
}

function sharedSegments(a: string, b: string): number {
  const left = a.split('/').filter(Boolean);
  const right = b.split('/').filter(Boolean);
  let count = 0;
  while (count < left.length && count < right.length && left[count] === right[count]) count++;
  return count;
}
