// Owns the repairs of the code that change one link of a chain of calls: a status before the body, a bound of a validator.
// It must not know when one is wanted. What is written in another way than a repair could follow gets none.

import type { FixOffer } from '../../findings/finding.ts';
import type { Subject } from './code-repairs.ts';

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
