// Owns the repairs that replace stretches of code by others: a literal, a name, the target or the pin of a tag.
// It must not know the rule that offers it.

import { FixData, type ReadText, type Recipe, RefusedRepair, type Repair, refusable } from '../recipe.ts';

/** Data: `file`, `offset`, `was` (the text that stands there), `text`. What no longer stands there is not replaced. */
export const replaceText: Recipe = {
  id: 'replace-text',
  prepare: (data, read) => refusable(() => replaced([data], read)),
};

/** Data: `edits`, a list of the data of {@link replaceText}: all are made, or none. */
export const replaceTexts: Recipe = {
  id: 'replace-texts',
  prepare: (data, read) =>
    refusable(() =>
      replaced(
        data.maps('edits').map((one) => new FixData(one)),
        read,
      ),
    ),
};

function replaced(all: readonly FixData[], read: ReadText): Repair {
  const files = new Map<string, { start: number; end: number; text: string }[]>();
  for (const data of all) {
    const file = data.text('file');
    const start = data.offset('offset');
    const was = data.text('was');
    const before = read(file);
    if (before === undefined) throw new RefusedRepair('the file cannot be read');
    if (before.slice(start, start + was.length) !== was) throw new RefusedRepair('the code has changed meanwhile');
    const edits = files.get(file) ?? [];
    edits.push({ start, end: start + was.length, text: data.text('text') });
    files.set(file, edits);
  }
  return { files: [...files].map(([file, edits]) => ({ file, edits })) };
}
