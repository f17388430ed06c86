// Owns what validating middlewares have in common: the parts of a request that they check, what they put in their place, how they fail.
// It must not know any one package.

import type { Place } from '../../../../../base/place.ts';
import type { CurrentSink } from '../../current-sink.ts';
import { type RequestData, requestModel } from '../../express/request.ts';
import { passOn } from '../../express/routers.ts';
import type { Machine } from '../../machine.ts';
import { setMember } from '../../members.ts';
import { type CallSite, literal, type NativeValue, native, unknown, type Value } from '../../value.ts';
import { check } from './check.ts';
import { resultOf } from './results.ts';
import type { Schema } from './schema.ts';

/** How a middleware answers bad input: with a status of its own, or by handing an error on. */
export type Failure = { readonly status: number } | { readonly error: (place: Place) => Value };

/** The request of a middleware's call and who is told about it. */
export function requestOf(site: CallSite): { readonly request: NativeValue; readonly sink: CurrentSink } | undefined {
  const [request] = site.args;
  if (request?.kind !== 'native' || request.model !== requestModel) return undefined;
  return { request, sink: (request.data as RequestData).sink };
}

/** Says that the middleware may fail here. */
export function fail(m: Machine, site: CallSite, failure: Failure): void {
  if ('error' in failure) {
    m.thrown.push({ value: failure.error(site.place), place: site.place, via: [...m.steps], absent: [] });
    return;
  }
  const found = requestOf(site);
  // What the packages answer with depends on their version and options, so only the status is told.
  found?.sink.target.exit({
    status: literal(failure.status),
    place: site.place,
    headers: [],
    body: unknown('spread-or-any', site.place),
  });
}

/** A middleware that checks parts of the request. `keep` leaves the request as it came. */
export function validating(
  name: string,
  parts: readonly { readonly part: string; readonly schema: Schema }[],
  failure: Failure,
  place: Place,
  keep = false,
): Value {
  return native(
    {
      name,
      call(m, _self, site) {
        const found = requestOf(site);
        if (!found) return undefined;
        for (const { part, schema } of parts) {
          check(m, schema, m.get(found.request, part, place), place);
          // Conversions and defaults are what the handler sees afterwards.
          if (!keep) setMember(m, found.request, part, resultOf(m, schema), place);
        }
        if (parts.length > 0) fail(m, { ...site, place }, failure);
        return passOn(m, site);
      },
    },
    undefined,
    place,
  );
}

/** The parts of a request as packages name them. */
const partNames: Readonly<Record<string, string>> = {
  body: 'body',
  query: 'query',
  params: 'params',
  headers: 'headers',
  cookies: 'cookies',
  signedCookies: 'signedCookies',
};

/** `{ body: schema, query: schema }` as parts; undefined when it cannot be read. */
export function partsOf(
  m: Machine,
  value: Value | undefined,
  read: (value: Value, place: Place) => Schema,
  place: Place,
): { part: string; schema: Schema }[] | undefined {
  if (value?.kind !== 'object' || value.open) return undefined;
  const parts: { part: string; schema: Schema }[] = [];
  for (const [key, cell] of value.props) {
    const part = partNames[key];
    const held = m.force(cell);
    if (part && !(held.kind === 'literal' && held.value === undefined))
      parts.push({ part, schema: read(held, value.places?.get(key) ?? place) });
  }
  return parts;
}
