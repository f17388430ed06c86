// Owns which guards let requests through that bring no credentials, as a second run without any shows: authentication that is optional.
// It must not know frameworks, nor what a guard checks.

import type { Place } from '../../../base/place.ts';
import type { Guard } from '../../model.ts';

/** What a request without credentials met on its way. */
export interface BareRun {
  /** Where it was refused, or may have been, by the places of guards. */
  readonly refusals: ReadonlySet<string>;
  /** Whether some of its way was not followed, so that nothing can be said of what it passed. */
  readonly lost: boolean;
}

/** The place of what refuses, as a key. */
export const refusalAt = (place: Place): string => `${place.file}:${place.start}`;

/** The guards as they turn out to be: those that no request without credentials is refused by are optional. */
export function settleGuards(guards: readonly Guard[], bare: BareRun): readonly Guard[] {
  if (bare.lost) return guards;
  let behind = false;
  return guards.map((guard) => {
    // What stands behind a guard that refuses is not reached without credentials.
    behind ||= bare.refusals.has(refusalAt(guard.place));
    return behind || guard.kind !== 'authentication' ? guard : { ...guard, kind: 'optional-authentication' };
  });
}
