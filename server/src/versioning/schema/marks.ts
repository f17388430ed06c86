// Owns which mark keeps a property out of which direction. It must not know where properties are found.

import type { Polarity } from '../changes/row.ts';

/** The keyword by which a property does not travel this way. */
export const readOnlyMark: Readonly<Record<Polarity, 'readOnly' | 'writeOnly'>> = {
  request: 'readOnly',
  response: 'writeOnly',
};
