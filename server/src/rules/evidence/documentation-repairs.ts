// Owns the repairs of documentation in the code: a status, a parameter or a body that is documented and is none, and the other way round.
// It must not know when one is wanted.

import type { FixOffer } from '../../findings/finding.ts';
import { replace, type Subject } from './code-repairs.ts';

/** `@ApiResponse({ status: 409 })` or `409: {…}` in a schema for a status that never comes; a decorator for one that does and has none. */
export function documentStatus({ draft, place, written, read }: Subject): FixOffer | undefined {
  const status = draft.subject.split(':')[1] ?? '';
  const beside = draft.related?.[0]?.place;
  const isNever = beside !== undefined && beside.file === place.file && beside.start === place.start;
  if (isNever) return dropDocumented({ place, written }, status);
  const neighbour = beside && read(beside);
  if (!beside || !neighbour || !/^@?ApiResponse\(\{/.test(neighbour.text)) return undefined;
  const data = { file: beside.file, offset: beside.start, written: `@ApiResponse({ status: ${status} })` };
  return { id: 'add-decorator', title: `Document ${status}`, side: 'code', safety: 'suggestion', data };
}

/** A documented parameter or body that is none, or one that is documented as required and is not. */
export function documentRequest(subject: Subject): FixOffer | undefined {
  const { draft, place, written } = subject;
  const demanded = draft.values?.[0];
  const what = draft.subject.slice(draft.subject.lastIndexOf(':') + 1);
  if (demanded === undefined) return dropDocumented(subject, what);
  const [said, flag] = /\brequired:\s*(true|false)\b/.exec(written.text) ?? [];
  if (said !== undefined && flag !== undefined) {
    const by = written.text.indexOf(said) + said.length - flag.length;
    return replace(`Document ${what} as ${wordOf(demanded)}`, place, by, flag, demanded);
  }
  const name = /\bname:\s*(['"])[^'"]*\1/.exec(written.text);
  if (!name) return undefined;
  const text = `${name[0]}, required: ${demanded}`;
  return replace(`Document ${what} as ${wordOf(demanded)}`, place, name.index, name[0], text);
}

const wordOf = (demanded: string): string => (demanded === 'true' ? 'required' : 'optional');

function dropDocumented({ place, written }: Pick<Subject, 'place' | 'written'>, what: string): FixOffer | undefined {
  const title = `Do not document ${what}`;
  const { file, start } = place;
  if (/^@?Api[A-Z]\w*\(/.test(written.text))
    return { id: 'remove-decorator', title, side: 'code', safety: 'suggestion', data: { file, offset: start } };
  const name = /^(['"]?)(\d{3})\1$/.exec(written.text)?.[2];
  if (name === undefined || !/[{,]\s*$/.test(written.before) || !/^\s*:/.test(written.after)) return undefined;
  return { id: 'remove-property', title, side: 'code', safety: 'suggestion', data: { file, offset: start, name } };
}
