// Owns the repairs of the code that change one part of a call: the status before a body, the body, a field of it, a header, a bound.
// It must not know when one is wanted. What is written in another way than a repair could follow gets none.

import type { FixOffer } from '../../findings/finding.ts';
import { replace, type Subject } from './code-repairs.ts';

/** Frameworks whose `status` gives the answer back, so that the body can be sent behind it. */
const chaining = new Set(['express', 'fastify']);

/** `res.json(...)`, which answers 200 without a word, where the contract declares 201. */
export function sendStatus({ draft, place, written, governed }: Subject): FixOffer | undefined {
  const declared = draft.values?.[0];
  const route = governed.bindings.find((binding) => binding.operation === draft.operation)?.routes[0];
  if (declared === undefined || draft.subject !== '200' || !route || !chaining.has(route.framework)) return undefined;
  if (!/^(?:json|jsonp|send)$/.test(written.text) || !/[\w$]\s*\.$/.test(written.before)) return undefined;
  if (!written.after.startsWith('(')) return undefined;
  // Where several answers succeed, one of them alone would still differ.
  if (draft.related?.some(({ message }) => message.endsWith('returned here too'))) return undefined;
  const data = {
    file: place.file,
    offset: place.start,
    was: written.text,
    text: `status(${declared}).${written.text}`,
  };
  return { id: 'replace-text', title: `Return ${declared} as declared`, side: 'code', safety: 'suggestion', data };
}

/** How validators write a bound that a schema calls by another name. */
const bounds: Readonly<Record<string, string>> = {
  maximum: 'max|lte|maximum',
  minimum: 'min|gte|minimum',
  maxLength: 'max|maxLength',
  minLength: 'min|minLength',
  maxItems: 'max|maxItems',
  minItems: 'min|minItems',
};

/** `.max(50)` where the contract declares the maximum 100. */
export function holdBound({ draft, place, written }: Subject): FixOffer | undefined {
  const [keyword = '', from = '', to = ''] = draft.values ?? [];
  const words = Object.hasOwn(bounds, keyword) ? bounds[keyword] : undefined;
  const number = /^-?\d+(?:\.\d+)?$/;
  if (words === undefined || !number.test(from) || !number.test(to)) return undefined;
  const pattern = new RegExp(`(?<![\\w$])(?:${words})(?:\\(|:)\\s*(?=${from.replace('.', '\\.')}\\s*[,)}])`, 'g');
  const [found, another] = [...written.text.matchAll(pattern)];
  if (!found || another) return undefined;
  const data = { file: place.file, offset: place.start + found.index + found[0].length, was: from, text: to };
  const title = `Hold it to ${keyword} ${to} as declared`;
  return { id: 'replace-text', title, side: 'code', safety: 'suggestion', data };
}

/** `.json(...)` behind a status that has no body. */
export function dropBody({ draft, place, written }: Subject): FixOffer | undefined {
  const call = /\.(?:json|send)\(\s*$/.exec(written.before)?.[0];
  const close = /^\s*\)/.exec(written.after)?.[0];
  if (call === undefined || close === undefined) return undefined;
  const was = call + written.text + close;
  return replace(`Send ${draft.subject.split('.')[0]} without a body`, place, -call.length, was, '.send()');
}

/** A version in a header that is behind the contract's: `res.set('API-Version', '2.0.0')`. */
export function answerVersion({ draft, place, written, governed }: Subject): FixOffer | undefined {
  const from = draft.values?.[0];
  const declared = governed.contract.version;
  const [gap, quote] = /^\s*[,:]\s*(['"])/.exec(written.after) ?? [];
  if (from === undefined || gap === undefined || !written.after.startsWith(`${from}${quote}`, gap.length))
    return undefined;
  const parts = from.replace(/^v/, '').split('.').length;
  const to = (from.startsWith('v') ? 'v' : '') + declared.replace(/^v/, '').split('.').slice(0, parts).join('.');
  return replace(`Answer with the version ${to}`, place, written.text.length + gap.length, from, to);
}

/** A list or an object that is sent alone where the contract has it in a field, and the other way round. */
export function wrapAsDeclared({ draft, place, written }: Subject): FixOffer | undefined {
  const [side, field = ''] = draft.values ?? [];
  const { text, before, after } = written;
  const isArgument = /\.(?:json|jsonp|send)\(\s*$/.test(before) && /^\s*,?\s*\)/.test(after);
  const isReturned = /\breturn\s+$/.test(before) && /^\s*(?:;|\r?\n|\})/.test(after);
  if (!/^[A-Za-z_$][\w$]*$/.test(field) || (!isArgument && !isReturned)) return undefined;
  if (side === 'contract')
    return replace(`Send it inside of ${field} as declared`, place, 0, text, `{ ${field}: ${text} }`);
  if (!text.startsWith('{') || !new RegExp(`[{,]\\s*${field.replace('$', '\\$')}\\s*[:,}]`).test(text))
    return undefined;
  return {
    id: 'unwrap-object',
    title: `Send ${field} alone as declared`,
    side: 'code',
    safety: 'suggestion',
    data: { file: place.file, offset: place.start, name: field },
  };
}

/** A field of an object that is sent and should not be. */
export function dropField({ place, written }: Subject): FixOffer | undefined {
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
