// Owns the sentences that all outputs of a comparison share. It must not know formats.

import { countedLevels } from '../../versioning/bump/bump.ts';
import type { Level } from '../../versioning/changes/row.ts';
import { counted } from '../wording.ts';
import type { DiffReport, ReportedChange, ReportedSide } from './model.ts';

export const levelOrder: readonly Level[] = ['breaking', 'risky', 'compatible', 'documentation'];

/** `openapi.yaml at main (1.4.0)`. */
export function sideText(side: ReportedSide): string {
  const ref = side.ref === undefined ? '' : ` at ${side.ref}`;
  return `${side.file}${ref}${side.version === '' ? '' : ` (${side.version})`}`;
}

/** `GET /orders and 40 more operations`; empty for changes of the contract as a whole. */
export function reachText(change: ReportedChange): string {
  const { operation, operations } = change;
  // The subject is seen from the change's own operation, which need not be the first in the contract.
  const [first, ...more] =
    operation === null ? operations : [operation, ...operations.filter((one) => one !== operation)];
  if (first === undefined) return '';
  return more.length === 0 ? first : `${first} and ${counted(more.length, 'more operation')}`;
}

/** What the changes call for, in one sentence. */
export function verdictText(report: DiffReport): string {
  const { bump, changes } = report;
  const what = countedLevels(changes);
  const head = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  if (bump.needed === 'none') return `${head}: the version may stay ${report.base.version || 'as it is'}.`;
  const number = bump.suggested === null ? '' : `, ${report.base.version} to ${bump.suggested}`;
  const kept =
    bump.kept === true && report.revision.version !== report.base.version
      ? ` The revision says ${report.revision.version}, which takes it.`
      : bump.kept === false
        ? ` The revision says ${report.revision.version || 'nothing'}, which does not take it.`
        : '';
  return `${head} call${changes.length === 1 ? 's' : ''} for a ${bump.needed} version${number}.${kept}`;
}

/** A witness on one line. */
export function witnessText(change: ReportedChange): string | undefined {
  const { witness } = change;
  if (!witness) return undefined;
  const text = JSON.stringify(witness.value) ?? 'nothing';
  const short = text.length > 160 ? `${text.slice(0, 157)}\u2026` : text;
  return witness.acceptedBy === 'base' ? `valid before, invalid now: ${short}` : `invalid before, valid now: ${short}`;
}

/** What the code says, with the place: "in the code: a route still serves it (src/app.ts:12)". */
export function voiceText({ voice }: ReportedChange): string | undefined {
  if (!voice) return undefined;
  const place = voice.file === null ? '' : ` (${voice.file}:${voice.line})`;
  return `in the code: ${voice.text}${place}`;
}
