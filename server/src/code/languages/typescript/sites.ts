// Owns the sites of calls that stand in no text of the workspace: those that a framework or a package makes.
// It must not know which of them does.

import type { Place } from '../../../base/place.ts';
import type { Machine } from './machine.ts';
import type { CallSite, Value } from './value.ts';

/** A call with known arguments, told at the place of what it is made for. */
export function siteAt(m: Machine, place: Place, args: readonly Value[]): CallSite {
  return { args, open: false, place, argPlaces: args.map(() => place), namePlace: place, frame: m.globals };
}
