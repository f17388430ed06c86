// Owns the repair that suppresses findings with a reason: a comment above the line, or an extension of the contract for an operation.
// It must not know which findings there are, nor how a suppression is read.

import { childPointer, tokensOf } from '../base/pointer.ts';
import { insertEntry } from '../contract/edit/insert.ts';
import { operationOrder } from '../contract/edit/order.ts';
import { entryOf, nodeAt } from '../contract/edit/outline.ts';
import { lineStart } from '../contract/edit/style.ts';
import {
  type FixData,
  outlineOf,
  type ReadText,
  type Recipe,
  RefusedRepair,
  type Repair,
  refusable,
  repairOf,
} from './recipe.ts';

/** Data: `file`, `offset` (where the finding stands), `rule`, `reason`; `pointer` for the operation in a contract, or `''` for all of JSON. */
export const ignoreComment: Recipe = {
  id: 'ignore-comment',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      if (data.has('pointer') || /\.json[c5]?$/i.test(file)) return ignoreInContract(file, data, read);
      const text = read(file);
      if (text === undefined) throw new RefusedRepair('the file cannot be read');
      const mark = /\.ya?ml$/i.test(file) ? '#' : '//';
      return commentAbove(
        file,
        text,
        data.offset('offset'),
        `${mark} fidelity-ignore ${data.text('rule')} -- ${reasonOf(data)}`,
      );
    }),
};

/** A reason must stay on its line, whatever was typed. */
function reasonOf(data: FixData): string {
  const reason = data.text('reason').replace(/\s+/g, ' ').trim();
  if (reason === '') throw new RefusedRepair('a suppression needs a reason');
  return reason;
}

function commentAbove(file: string, text: string, offset: number, comment: string): Repair {
  const start = lineStart(text, Math.min(offset, text.length));
  const indentation = /^[ \t]*/.exec(text.slice(start))![0];
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return { files: [{ file, edits: [{ start, end: start, text: indentation + comment + lineBreak }] }] };
}

function ignoreInContract(file: string, data: FixData, read: ReadText): Repair {
  const pointer = data.optionalText('pointer') ?? '';
  const rule = data.text('rule');
  const reason = reasonOf(data);
  const outline = outlineOf(file, read);
  const owner = nodeAt(outline.root, tokensOf(pointer));
  if (owner?.kind !== 'map') return { refused: `no map is written at ${pointer}` };
  const present = entryOf(owner, 'x-fidelity-ignore');
  if (!present)
    return repairOf(file, insertEntry(outline, pointer, 'x-fidelity-ignore', { [rule]: reason }, operationOrder));
  if (present.value.kind !== 'map')
    return { refused: 'the suppressions there are not written as a map from rule to reason' };
  return repairOf(file, insertEntry(outline, childPointer(pointer, 'x-fidelity-ignore'), rule, reason));
}
