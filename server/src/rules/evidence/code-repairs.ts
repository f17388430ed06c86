// Owns the repairs of the code that follow what is written at a place: from a draft and the text there to an offer.
// It must not know when one is wanted. What is written in another way than a repair could follow gets none.

import type { Place } from '../../base/place.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Governed } from '../../workspace/model.ts';
import type { Draft } from '../rule.ts';

/** The text at a place, and what stands beside it. */
export interface Written {
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

export type ReadPlace = (place: Place) => Written | undefined;

export interface Subject {
  readonly draft: Draft;
  readonly place: Place;
  readonly written: Written;
  readonly governed: Governed;
  readonly read: ReadPlace;
}

export type CodeRepair = (subject: Subject) => FixOffer | undefined;

/** `res.status(201)` where the contract declares 200. */
export function returnStatus({ draft, place, written, read }: Subject): FixOffer | undefined {
  const declared = draft.values?.[0];
  if (declared === undefined || written.text !== draft.subject) return undefined;
  const title = `Return ${declared} as declared`;
  const inCode = (draft.related ?? []).filter((one) => one.message.endsWith('returned here too'));
  const others = [...new Map(inCode.map((one) => [one.place.start, one.place])).values()].filter(
    ({ file, start }) => file !== place.file || start !== place.start,
  );
  const edits = [place, ...others].map((one) => replace(title, one, 0, written.text, declared).data);
  if (others.some((one) => read(one)?.text !== draft.subject)) return undefined;
  if (others.length === 0) return replace(title, place, 0, written.text, declared);
  return { id: 'replace-texts', title, side: 'code', safety: 'suggestion', data: { file: place.file, edits } };
}

/** `app.put(...)` where the contract declares PATCH. */
export function serveMethod({ draft, place, written }: Subject): FixOffer | undefined {
  const served = draft.values?.[0]?.toLowerCase();
  const declared = draft.operation?.method;
  if (served === undefined || declared === undefined) return undefined;
  const [found, head = '', word = ''] = /^(@|[\w$.]+\.)?([A-Za-z]+)(?=\()/.exec(written.text) ?? [];
  if (found === undefined || word.toLowerCase() !== served) return undefined;
  if (head === '' && !/[\w$)]\s*\.$/.test(written.before)) return undefined;
  const isName = word !== word.toLowerCase();
  const name = isName ? declared.charAt(0).toUpperCase() + declared.slice(1) : declared;
  return replace(`Serve ${declared.toUpperCase()} as declared`, place, head.length, word, name);
}

/** `'/order/:id'` where the contract declares `/orders/{id}`. */
export function servePath({ draft, place, written }: Subject): FixOffer | undefined {
  const served = draft.values?.[0]?.split('/');
  const declared = draft.operation?.path.split('/');
  if (!served || !declared || served.length !== declared.length || !/^(['"`])[^'"`]*\1$/.test(written.text)) {
    return undefined;
  }
  const plain = (part: string): string => (part.startsWith('{') ? '{}' : part);
  const differing = served.flatMap((part, index) =>
    plain(part) === plain(declared[index]!) ? [] : [[part, declared[index]!] as const],
  );
  const [pair] = differing;
  if (!pair || differing.length > 1 || pair.some((part) => part === '' || /[{}]/.test(part))) return undefined;
  const [from, to] = pair;
  const parts = written.text.split(/(?<=[/'"`])|(?=[/'"`])/);
  if (parts.filter((part) => part === from).length !== 1) return undefined;
  const offset = parts.slice(0, parts.indexOf(from)).join('').length;
  return replace(`Serve ${draft.operation!.path} as declared`, place, offset, from, to);
}

/** `req.query.user_id` where the contract says `userId`. */
export function readName({ draft, place, written }: Subject): FixOffer | undefined {
  const from = draft.values?.[0];
  const [location, to] = [draft.subject.split(':', 1)[0], draft.subject.slice(draft.subject.indexOf(':') + 1)];
  if (from === undefined || location === 'header' || !/^[A-Za-z_$][\w$]*$/.test(to)) return undefined;
  const { text, before, after } = written;
  const title = `Read ${to} as declared`;
  if (text === from && /[{,]\s*$/.test(before) && /^\s*[,}=]/.test(after)) {
    return replace(title, place, 0, text, `${to}: ${from}`);
  }
  const at = text.lastIndexOf(from);
  const tail = text.slice(at + from.length);
  if (at === -1 || !/^['"]?\]?$/.test(tail) || /[\w$]$/.test(text.slice(0, at))) return undefined;
  return replace(title, place, at, from, to);
}

/** One text for another, at a distance from a place. */
export function replace(title: string, place: Place, by: number, was: string, text: string): FixOffer {
  const data = { file: place.file, offset: place.start + by, was, text };
  return { id: 'replace-text', title, side: 'code', safety: 'suggestion', data };
}
