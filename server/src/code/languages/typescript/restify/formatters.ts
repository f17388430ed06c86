// Owns the formatters that a server is given: what becomes of a body that one of them writes.
// It must not know responses.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { sentAs } from '../sent-body.ts';
import { type CallSite, unknown, type Value } from '../value.ts';

/** What leaves of a body of a media type; unknown where a formatter of the server's own cannot be followed. */
export function formatted(
  m: Machine,
  formatters: Value | undefined,
  mediaType: string,
  body: Value,
  place: Place,
): Value {
  if (!formatters) return body;
  if (formatters.kind !== 'object' || formatters.open) return unknown('custom-serializer', place);
  // A preference may follow the type.
  const key = [...formatters.props.keys()].find((one) => one.split(';')[0]!.trim() === mediaType);
  if (key === undefined) return body;
  const args = [unknown('custom-serializer', place), unknown('custom-serializer', place), body];
  const argPlaces = args.map(() => place);
  const site: CallSite = { args, argPlaces, open: false, place, namePlace: place, frame: m.globals };
  const text = m.call(m.get(formatters, key, place), site);
  const sent = sentAs(text, mediaType);
  return sent === text ? unknown('custom-serializer', place) : sent;
}
