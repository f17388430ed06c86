// Owns the repairs of the code that follow from what it would have to say: a field's values, its demand, its type as it is sent.
// It must not know when one is wanted. What is written in another way than a repair could follow gets none.

import type { FixOffer } from '../../findings/finding.ts';
import { holdBound } from './call-repairs.ts';
import { replace, type Subject } from './code-repairs.ts';
import { inWords } from './wording.ts';

/** A validator's field, as the contract has it. */
export function acceptAsDeclared(subject: Subject): FixOffer | undefined {
  const { wish } = subject.draft;
  switch (wish?.kind) {
    case 'values':
      return takeValues(subject, wish.from, wish.to);
    case 'demand':
      return demandField(subject, wish.required);
    case 'bound': {
      const { keyword, from, to } = wish;
      return holdBound({ ...subject, draft: { ...subject.draft, values: [keyword, from, to] } });
    }
    default:
      return undefined;
  }
}

/** `['EUR', 'USD']` where the contract declares a third value. */
function takeValues({ place, written }: Subject, from: readonly string[], to: readonly string[]): FixOffer | undefined {
  if (to.some((value) => !/^[\w .:/-]+$/.test(value))) return undefined;
  const lists = [...written.text.matchAll(/(['"])[^'"`\\]*\1(?:\s*,\s*\1[^'"`\\]*\1)*/g)].filter(([list, quote]) => {
    const values = list.split(/\s*,\s*/).map((item) => item.slice(1, -1));
    return quote !== undefined && values.length === from.length && from.every((value) => values.includes(value));
  });
  const [found, another] = lists;
  if (!found || another || /literal\(\s*$/i.test(written.text.slice(0, found.index))) return undefined;
  const [list, quote = "'"] = found;
  const gap = /,\s*/.exec(list)?.[0] ?? ', ';
  const text = to.map((value) => quote + value + quote).join(gap);
  return replace(`Take ${inWords(to)} as declared`, place, found.index, list, text);
}

/** The words of validators that mark a field, and what a field is without one. */
const marks: readonly { readonly root: RegExp; readonly word: 'optional' | 'required' }[] = [
  { root: /^z(?:od)?$/, word: 'optional' },
  { root: /^(?:joi|yup)$/i, word: 'required' },
];

/** `amount: z.number()` where the contract lets the field be left out, and the other way round. */
function demandField({ place, written }: Subject, required: boolean): FixOffer | undefined {
  const { text: name, after } = written;
  const root = /^\s*:\s*([A-Za-z]+)\s*\./.exec(after)?.[1];
  const mark = root === undefined ? undefined : marks.find((one) => one.root.test(root));
  if (!mark || !/^[A-Za-z_$][\w$]*$/.test(name)) return undefined;
  const adds = (mark.word === 'required') === required;
  const isMarked = new RegExp(`^[^\\n]*\\.${mark.word}\\(\\)\\s*[,}\\n]`).test(after);
  if (adds === isMarked) return undefined;
  const title = required ? `Demand ${name} as declared` : `Do without ${name} as declared`;
  const data = { file: place.file, offset: place.start, name, word: mark.word, adds };
  return { id: 'mark-field', title, side: 'code', safety: 'suggestion', data };
}

/** `id: row.id` where the contract declares a text, and `asOf: Date.now()` where it declares a time as a text. */
export function sendAsDeclared({ draft, place, written }: Subject): FixOffer | undefined {
  const { wish } = draft;
  const { text: name, before, after } = written;
  if (wish?.kind !== 'text' || !/^[A-Za-z_$][\w$]*$/.test(name)) return undefined;
  if (!/[{,]\s*$/.test(before) || !/^\s*[:,}]/.test(after)) return undefined;
  const title = `Send ${name} as a text`;
  if (wish.format === 'date-time') {
    const [found, gap = ''] = /^(\s*:\s*)Date\.now\(\)(?=\s*[,}\n])/.exec(after) ?? [];
    if (found === undefined) return undefined;
    return replace(title, place, name.length + gap.length, 'Date.now()', 'new Date().toISOString()');
  }
  if (wish.format !== undefined) return undefined;
  const data = { file: place.file, offset: place.start, name, wrapper: 'String' };
  return { id: 'wrap-value', title, side: 'code', safety: 'suggestion', data };
}
