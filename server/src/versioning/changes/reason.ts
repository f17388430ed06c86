// Owns why a kind of change has its level, in words. It must not know how changes are found.

import type { ChangeRow, Family, Polarity } from './row.ts';

const valueFamilies: ReadonlySet<Family> = new Set([
  'parameters',
  'bodies',
  'properties',
  'types',
  'values',
  'constraints',
  'arrays',
  'composition',
  'annotations',
]);

/** Whether a kind of change speaks of values that are sent or received, and not of what stands around them. */
export const speaksOf = (row: ChangeRow): boolean => valueFamilies.has(row.family);

/** Why a kind of change has its level, as a clause. */
export function reasonOf(row: ChangeRow, polarity: Polarity): string {
  const usual = row.polarity === undefined || row.polarity === polarity;
  if (row.convention && usual) return row.convention.because;
  const sent = polarity === 'request';
  switch (row.effect) {
    case 'widens':
      return sent ? 'all that was accepted is still accepted' : 'clients may receive what they never received before';
    case 'narrows':
      return sent ? 'what was accepted may now be refused' : 'all that is answered was possible before';
    case 'disjoint':
      return sent ? 'what was accepted is now refused' : 'clients receive something else than before';
    case 'unknown':
      return 'the two definitions do not decide whether clients notice';
    case 'annotation':
      return 'no value is accepted or refused because of it';
  }
}
