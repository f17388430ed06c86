// Owns the errors by which Next.js leaves a handler: `notFound()`, `redirect()` and their kin, and the status that each becomes.
// It must not know handlers.

import type { Machine } from '../machine.ts';
import { type CallSite, type ExternalValue, literal, type ObjectValue, type Value } from '../value.ts';

/** The statuses that a route handler answers with when one of these functions was called (Next.js, "next/navigation"). */
const statuses: Readonly<Record<string, number>> = {
  notFound: 404,
  forbidden: 403,
  unauthorized: 401,
  redirect: 307,
  permanentRedirect: 308,
};

const packageName = 'next/navigation';

/** Leaves the handler as the function of that name does; undefined for every other name. */
export function leaveBy(m: Machine, name: string, site: CallSite): Value | undefined {
  if (statuses[name] === undefined) return undefined;
  const cls: ExternalValue = { kind: 'external', package: packageName, path: [name] };
  const error: ObjectValue = {
    kind: 'object',
    cls,
    place: site.place,
    places: new Map(),
    props: new Map([['digest', { value: literal(`NEXT_${name}`) }]]),
    open: { reason: 'spread-or-any', place: site.place },
  };
  m.throwValue(error, site.namePlace);
  return undefined;
}

/** The status of what was thrown, when one of these functions threw it. */
export function statusOfNavigation(value: Value): number | undefined {
  if (value.kind !== 'object' || value.cls?.kind !== 'external' || value.cls.package !== packageName) return undefined;
  return statuses[value.cls.path[0] ?? ''];
}

/** Whether a place is a redirect's, which says where to go. */
export function redirects(value: Value): boolean {
  const status = statusOfNavigation(value);
  return status === 307 || status === 308;
}
