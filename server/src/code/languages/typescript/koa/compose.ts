// Owns the run of several middlewares as one: each is given the next, and the last of them what follows all.
// It must not know applications or routers.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { type CallSite, native, undefinedValue, type Value } from '../value.ts';

/** Runs middlewares with the context and the `next` of a call. */
export function callComposed(
  m: Machine,
  parts: readonly { readonly value: Value; readonly place: Place }[],
  site: CallSite,
): Value {
  const [context, last] = site.args;
  if (!context) return undefinedValue;
  const from = (index: number): Value => {
    const part = parts[index];
    if (!part) return last ? m.call(last, { ...site, args: [], argPlaces: [] }) : undefinedValue;
    const next = native(
      {
        name: 'next',
        call: () => from(index + 1),
        method: (_m, _self, key) => (key === '[escape]' ? from(index + 1) : undefined),
      },
      undefined,
    );
    return m.call(part.value, { ...site, args: [context, next], argPlaces: [part.place, part.place], node: undefined });
  };
  return from(0);
}

/** Hands on to what follows a middleware. */
export function passOn(m: Machine, site: CallSite): Value {
  const next = site.args[1];
  return next ? m.call(next, { ...site, args: [], argPlaces: [], node: undefined }) : undefinedValue;
}
