// Owns the repair that accepts one finding in the project's baseline, with a reason. It must not know which findings there are.

import { differenceOf } from '../contract/edit/text-edit.ts';
import { readBaseline, writeBaseline } from '../findings/baseline.ts';
import { type Recipe, RefusedRepair, refusable } from './recipe.ts';

/** Data: `file` (the baseline), `fingerprint`, `rule`, `subject`, `reason`, and `operation` where the finding has one. */
export const acceptFinding: Recipe = {
  id: 'accept-finding',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const entry = {
        fingerprint: data.text('fingerprint'),
        rule: data.text('rule'),
        operation: data.optionalText('operation') ?? null,
        subject: data.text('subject'),
        reason: data.text('reason'),
        until: null,
      };
      const before = read(file);
      if (before === undefined) {
        return { files: [{ file, edits: [{ start: 0, end: 0, text: writeBaseline([entry]) }], create: true }] };
      }
      const baseline = readBaseline(file, before);
      if ('problem' in baseline) throw new RefusedRepair(baseline.problem);
      const difference = differenceOf(before, writeBaseline([...baseline.entries, entry]));
      if (!difference) throw new RefusedRepair('the baseline accepts it already');
      return { files: [{ file, edits: [difference] }] };
    }),
};
