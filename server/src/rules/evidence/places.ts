// Owns the choice of places: where in the contract and in the code a finding points. It must not know what any rule decides.

import type { Place } from '../../base/place.ts';
import type { Exit, ParameterRead, Route, Step } from '../../code/model.ts';
import type { ContractPlace } from '../../contract/model.ts';
import { callsByOwnName } from './steps.ts';

/**
 * The contract's place behind a shape's origin. The contract room states origins with their pointers; a shape that was
 * made on the way has none, and then the enclosing part stands in.
 */
export function contractPlace(origin: Place | undefined, fallback: ContractPlace): ContractPlace {
  if (origin && 'pointer' in origin && typeof origin.pointer === 'string')
    return { ...origin, pointer: origin.pointer };
  return fallback;
}

/** Whether `inner` lies in `outer`. */
export function contains(outer: Place | undefined, inner: Place): boolean {
  return outer !== undefined && outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * Where a reader looks for an exit: in the handler itself when the way there starts in it, since a status that is
 * written in a shared error class belongs to nobody in particular.
 */
export function exitPlace(exit: Exit, route: Route): Place {
  return nearestPlace(exit.place, exit.via, route);
}

/** The fact's own place when it lies in the handler, else the step that leaves the handler, else the fact's own place. */
export function nearestPlace(place: Place, via: readonly Step[], route: Route): Place {
  if (contains(route.handlerPlace, place)) return place;
  const index = via.findIndex((candidate) => contains(route.handlerPlace, candidate.place));
  const step = via[index];
  if (!step) return isInstalled(place) ? (via.findLast((one) => !isInstalled(one.place))?.place ?? route.place) : place;
  return callsByOwnName(step) ? step.place : (via[index + 1]?.place ?? place);
}

/** Whether a place lies in an installed package, which nobody here mends: what is said of it is said where it is used. */
function isInstalled({ file }: Place): boolean {
  return file.includes('/node_modules/');
}

/**
 * Whether only a middleware that other routes share reads this. Where the front-end does not say, a read that lies neither
 * in the handler nor in the registration, and is not reached from there, was found in one.
 */
export function isShared(read: ParameterRead, route: Route): boolean {
  if (read.shared !== undefined) return read.shared;
  const { handlerPlace } = route;
  if (read.source === 'validator' || !handlerPlace) return false;
  if (contains(handlerPlace, read.place) || contains(route.place, read.place)) return false;
  return !read.via.some((step) => contains(handlerPlace, step.place));
}

export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
