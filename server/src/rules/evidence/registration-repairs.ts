// Owns the repairs of the code that take a registration away or register it later. It must not know when one is wanted.

import type { Place } from '../../base/place.ts';
import type { Route } from '../../code/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { ReadPlace, Subject } from './code-repairs.ts';
import { samePlace } from './places.ts';
import { takerOf } from './registration-order.ts';

/** A second registration of what the first answers. */
export function dropRegistration({ draft, place, governed, read }: Subject): FixOffer | undefined {
  const route = routeAt({ draft, place, governed });
  if (!route || !isStatement(route.place, read)) return undefined;
  const { file, start, end } = route.place;
  const data = { file, offset: start, end };
  return { id: 'remove-statement', title: 'Remove the second registration', side: 'code', safety: 'suggestion', data };
}

/**
 * A wider path that is registered before a narrower one goes behind it: everything that it needs stands above it then, as it did before,
 * which nobody could say of the narrower one if that went up.
 */
export function registerLater({ draft, place, governed, read }: Subject): FixOffer | undefined {
  const route = routeAt({ draft, place, governed });
  const taker = route && takerOf(governed, route)?.route;
  if (!route || !taker || taker.place.file !== route.place.file || taker.place.start > route.place.start)
    return undefined;
  if (!isStatement(taker.place, read) || !isStatement(route.place, read)) return undefined;
  const { file, start, end } = taker.place;
  const data = { file, offset: start, end, behind: route.place.start, behindEnd: route.place.end };
  const title = `Register ${taker.path} behind it`;
  return { id: 'move-statement', title, side: 'code', safety: 'suggestion', data };
}

function routeAt({ draft, place, governed }: Pick<Subject, 'draft' | 'place' | 'governed'>): Route | undefined {
  const routes = governed.bindings.find(({ operation }) => operation === draft.operation)?.routes ?? [];
  return routes.find(({ pathPlace }) => samePlace(pathPlace, place));
}

/** A call that is a statement of its own, as far as the text around it shows. */
function isStatement(place: Place, read: ReadPlace): boolean {
  const written = read(place);
  return (
    written !== undefined && /(?:^|[;{}\n])\s*$/.test(written.before) && /^[ \t]*(?:;|\r?\n|$)/.test(written.after)
  );
}
