// Owns the repairs of the code that put a value or a name in the place of another, where a related place says which.
// It must not know when one is wanted. What is written in another way than a repair could follow gets none.

import type { FixOffer } from '../../findings/finding.ts';
import { replace, type Subject } from './code-repairs.ts';

/** `limit ?? 10` where the contract declares the default 20. */
export function takeDefault({ draft, read }: Subject): FixOffer | undefined {
  const [from, to] = draft.values ?? [];
  const place = draft.related?.find((one) => one.place.file === draft.code?.file)?.place;
  const written = place && read(place)?.text;
  if (from === undefined || to === undefined || !place || written === undefined) return undefined;
  if (written === from) return replace(`Take ${to} as declared`, place, 0, from, to);
  const isText = /^"[^"'\\]*"$/;
  if (!isText.test(from) || !isText.test(to) || written !== `'${from.slice(1, -1)}'`) return undefined;
  return replace(`Take ${to} as declared`, place, 0, written, `'${to.slice(1, -1)}'`);
}

/** `addOrder: …` among the handlers of a router that looks for `createOrder`. */
export function nameHandler({ draft, read }: Subject): FixOffer | undefined {
  const [wanted = ''] = draft.values ?? [];
  const place = draft.related?.[0]?.place;
  const written = place && read(place);
  const offered = draft.fixes?.[0]?.data.to;
  if (!written || typeof offered !== 'string' || ![wanted, offered].every((name) => /^[A-Za-z_$][\w$]*$/.test(name)))
    return undefined;
  const rest = written.text + written.after;
  if (!rest.startsWith(offered)) return undefined;
  const [next] = /\S/.exec(rest.slice(offered.length)) ?? [];
  const title = `Name the handler ${wanted} as declared`;
  if (next === ':') return replace(title, place, 0, offered, wanted);
  return next === ',' || next === '}' ? replace(title, place, 0, offered, `${wanted}: ${offered}`) : undefined;
}
