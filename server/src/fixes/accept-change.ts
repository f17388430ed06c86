// Owns the repair that accepts one change of a contract in the project's record, with a reason. It must not know which changes there
// are, nor what accepting does to a version.

import { differenceOf } from '../contract/edit/text-edit.ts';
import { readBaseline, writeBaseline } from '../findings/baseline.ts';
import { type Recipe, RefusedRepair, refusable } from './recipe.ts';

/** Data: `file` (the record), `contract`, `version`, `fingerprint`, `change`, `subject`, `reason`, and `operation` where it has one. */
export const acceptChange: Recipe = {
  id: 'accept-change',
  prepare: (data, read) =>
    refusable(() => {
      const file = data.text('file');
      const fingerprint = data.text('fingerprint');
      const entry = {
        contract: data.text('contract'),
        version: data.text('version'),
        fingerprint,
        change: data.text('change'),
        ...(data.has('operation') && { operation: data.text('operation') }),
        subject: data.text('subject'),
        reason: data.text('reason'),
      };
      const before = read(file);
      if (before === undefined) {
        return {
          files: [
            {
              file,
              edits: [{ start: 0, end: 0, text: written({ schemaVersion: 1, changes: [entry] }) }],
              create: true,
            },
          ],
        };
      }
      const baseline = readBaseline(file, before);
      if ('problem' in baseline) throw new RefusedRepair(baseline.problem);
      const { changes = [] } = baseline.rest;
      if (!Array.isArray(changes)) throw new RefusedRepair('"changes" of the record is no list');
      const others = changes.filter(
        (one: { readonly fingerprint?: unknown } | null) => one?.fingerprint !== fingerprint,
      );
      const rest = { ...baseline.rest, changes: [...others, entry] };
      // A file that never accepted a finding does not begin to by this.
      const text = baseline.begun ? writeBaseline(baseline.entries, rest) : written({ schemaVersion: 1, ...rest });
      const difference = differenceOf(before, text);
      return difference ? { files: [{ file, edits: [difference] }] } : { refused: 'the record has it already' };
    }),
};

const written = (record: object): string => `${JSON.stringify(record, null, 2)}\n`;
