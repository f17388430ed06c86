// Owns which code a tag describes: what its comment stands in front of, or what surrounds its docstring.
// It must not know what a tag means.

import type { Place } from '../base/place.ts';
import type { Route } from '../code/model.ts';
import type { ContractLink } from './model.ts';

/** Whether a link's comment belongs to the code at a place: a registration, or a handler. */
export function describes(link: ContractLink, place: Place): boolean {
  if (link.file !== place.file) return false;
  const { subject, inside } = link.tag;
  if (subject) return subject.start <= place.start && place.start <= subject.end;
  return inside && isWithin(link, place);
}

/** Whether a link's comment belongs to a route: to its registration, or to its handler. */
export function describesRoute(link: ContractLink, route: Route): boolean {
  return describes(link, route.place) || (route.handlerPlace !== undefined && describes(link, route.handlerPlace));
}

/** Whether a link stands in a route's handler, whatever it describes there. */
export function standsInHandler(link: ContractLink, route: Route): boolean {
  return (
    route.handlerPlace !== undefined && link.file === route.handlerPlace.file && isWithin(link, route.handlerPlace)
  );
}

function isWithin({ tag }: ContractLink, place: Place): boolean {
  return place.start <= tag.start && tag.end <= place.end;
}
