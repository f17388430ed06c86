// Owns how what a controller's method gives becomes an answer of Express, as tsoa's own template does it.
// It must not know controllers.

import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type CallSite, isEmpty, literal, type NativeValue, native, type Value } from '../value.ts';

/** What a responder gives: the answer has been sent. */
export const answered: Value = native({ name: 'answered' }, undefined);

/** Sends a result: 200 with a body, 204 without one, unless another status was set; `success` is the one that is documented for it. */
export function sendResult(
  m: Machine,
  response: NativeValue,
  result: Value,
  set: Value,
  success: Value,
  site: CallSite,
): void {
  const parts = members(result).filter((part) => part !== answered);
  const empty = parts.filter(isEmpty);
  const full = parts.filter((part) => !isEmpty(part));
  const statuses = (usual: number): Value[] =>
    members(set).map((one) => (!isEmpty(one) ? one : isEmpty(success) ? literal(usual) : success));
  const body: Value | undefined = full.length > 1 ? { kind: 'union', members: full } : full[0];
  const arms: (() => Value)[] = [];
  if (body) for (const status of statuses(200)) arms.push(() => answerWith(m, response, status, body, site));
  if (empty.length > 0)
    for (const status of statuses(204)) arms.push(() => answerWith(m, response, status, undefined, site));
  const [only] = arms;
  if (arms.length === 1) only!();
  else if (arms.length > 1) m.choose(arms);
}

/** `response.status(status).json(body)`, or `.end()` where there is none. */
export function answerWith(
  m: Machine,
  response: NativeValue,
  status: Value,
  body: Value | undefined,
  site: CallSite,
): Value {
  const call = (on: Value, key: string, args: readonly Value[]): Value => {
    const argPlaces = args.map((one) => (one.kind === 'literal' && one.place) || site.place);
    return m.call(m.get(on, key, site.place), { ...site, args, argPlaces, node: undefined }, on);
  };
  const set = call(response, 'status', [status]);
  return body === undefined ? call(set, 'end', []) : call(set, 'json', [body]);
}
