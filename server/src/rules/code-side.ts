// Owns which findings have a repair on the code's side, and what that repair writes: from a draft and the text at its place to offers.
// It must not know how a rule decides. What stands at a place in another way than it has to for a repair gets no offer.

import type { Place } from '../base/place.ts';
import type { FixOffer } from '../findings/finding.ts';
import type { Governed } from '../workspace/model.ts';
import { scaffoldOffer } from './evidence/scaffold.ts';
import type { Draft } from './rule.ts';

/** The text at a place, and what stands beside it. */
export interface Written {
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

export type ReadPlace = (place: Place) => Written | undefined;

interface Subject {
  readonly draft: Draft;
  readonly place: Place;
  readonly written: Written;
  readonly governed: Governed;
}

type Repair = (subject: Subject) => FixOffer | undefined;

const repairs: Readonly<Record<string, Repair>> = {
  'success-status-mismatch': status,
  'method-mismatch': method,
  'path-near-miss': segment,
  'parameter-name-case': parameterName,
  'parameter-default-mismatch': defaultValue,
  'response-field-undeclared': property,
  'response-secret-exposed': property,
  'status-body-forbidden': body,
  'version-constant-stale': version,
};

/** The offers that change the code; none where the code is not written in a way that a repair could follow. */
export function codeSideOffers(
  rule: string,
  draft: Draft,
  governed: Governed | undefined,
  read: ReadPlace,
): readonly FixOffer[] {
  if (!governed) return [];
  if (rule === 'operation-unimplemented') return scaffoldOffer(draft, governed, read);
  const repair = Object.hasOwn(repairs, rule) ? repairs[rule] : undefined;
  const place = draft.code;
  if (!repair || !place || !/\.[cm]?[jt]sx?$/.test(place.file)) return [];
  const written = read(place);
  const offer = written && repair({ draft, place, written, governed });
  return offer ? [offer] : [];
}

/** `res.status(201)` where the contract declares 200. */
function status({ draft, place, written }: Subject): FixOffer | undefined {
  const declared = draft.values?.[0];
  if (declared === undefined || written.text !== draft.subject) return undefined;
  return replace(`Return ${declared} as declared`, place, 0, written.text, declared);
}

/** `app.put(...)` where the contract declares PATCH. */
function method({ draft, place, written }: Subject): FixOffer | undefined {
  const served = draft.values?.[0]?.toLowerCase();
  const declared = draft.operation?.method;
  if (served === undefined || declared === undefined) return undefined;
  const [found, head = '', word = ''] = /^(@|[\w$.]+\.)([A-Za-z]+)(?=\()/.exec(written.text) ?? [];
  if (found === undefined || word.toLowerCase() !== served) return undefined;
  const isName = word !== word.toLowerCase();
  const name = isName ? declared.charAt(0).toUpperCase() + declared.slice(1) : declared;
  return replace(`Serve ${declared.toUpperCase()} as declared`, place, head.length, word, name);
}

/** `'/order/:id'` where the contract declares `/orders/{id}`. */
function segment({ draft, place, written }: Subject): FixOffer | undefined {
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
function parameterName({ draft, place, written }: Subject): FixOffer | undefined {
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

/** `limit ?? 10` where the contract declares the default 20. */
function defaultValue({ draft, place, written }: Subject): FixOffer | undefined {
  const [from, to] = draft.values ?? [];
  if (from === undefined || to === undefined) return undefined;
  const spellings = from.startsWith('"') ? [from, `'${from.slice(1, -1)}'`] : [from];
  for (const spelling of spellings) {
    const at = soleWord(written.text, spelling);
    if (at === undefined) continue;
    const value = spelling.startsWith("'") && to.startsWith('"') ? `'${to.slice(1, -1)}'` : to;
    return replace(`Take ${to} as declared`, place, at, spelling, value);
  }
  return undefined;
}

/** A field of an object that is sent and should not be. */
function property({ place, written }: Subject): FixOffer | undefined {
  const { text, before, after } = written;
  const name = /^(['"]?)([A-Za-z_$][\w$-]*)\1$/.exec(text)?.[2];
  if (name === undefined || !/[{,]\s*$/.test(before) || !/^\s*[:,}]/.test(after)) return undefined;
  return {
    id: 'remove-property',
    title: `Do not send ${name}`,
    side: 'code',
    safety: 'suggestion',
    data: { file: place.file, offset: place.start, name },
  };
}

/** `.json(...)` behind a status that has no body. */
function body({ draft, place, written }: Subject): FixOffer | undefined {
  const call = /\.(?:json|send)\(\s*$/.exec(written.before)?.[0];
  const close = /^\s*\)/.exec(written.after)?.[0];
  if (call === undefined || close === undefined) return undefined;
  const was = call + written.text + close;
  return replace(`Send ${draft.subject.split('.')[0]} without a body`, place, -call.length, was, '.send()');
}

/** A version in a header that is behind the contract's. */
function version({ draft, place, written, governed }: Subject): FixOffer | undefined {
  const from = draft.values?.[0];
  const declared = governed.contract.version;
  if (from === undefined) return undefined;
  const parts = from.replace(/^v/, '').split('.').length;
  const to = (from.startsWith('v') ? 'v' : '') + declared.replace(/^v/, '').split('.').slice(0, parts).join('.');
  const at = soleWord(written.text, from);
  return at === undefined ? undefined : replace(`Answer with the version ${to}`, place, at, from, to);
}

/** Where a word stands in a text, when it stands there once and is no part of a longer one. */
function soleWord(text: string, word: string): number | undefined {
  const at = text.indexOf(word);
  if (at === -1 || text.indexOf(word, at + 1) !== -1) return undefined;
  return /[\w.]$/.test(text.slice(0, at)) || /^[\w.]/.test(text.slice(at + word.length)) ? undefined : at;
}

function replace(title: string, place: Place, by: number, was: string, text: string): FixOffer {
  const data = { file: place.file, offset: place.start + by, was, text };
  return { id: 'replace-text', title, side: 'code', safety: 'suggestion', data };
}
