// Owns what the code would have to say for a difference to be gone, as plain data for repairs on its side.
// It must not know how code is written, nor hold on to shapes: drafts are kept for long.

import type { ParameterRead } from '../../code/model.ts';
import type { Difference } from '../../shape/difference.ts';
import { resolveShape } from '../../shape/shape.ts';

export type Wish =
  /** Exactly these texts. */
  | { readonly kind: 'values'; readonly from: readonly string[]; readonly to: readonly string[] }
  /** A field that has to be there, or may be left out. */
  | { readonly kind: 'demand'; readonly required: boolean }
  /** A text, where something else is. */
  | { readonly kind: 'text'; readonly format: string | undefined }
  /** A bound, by the name that it has in a schema. */
  | { readonly kind: 'bound'; readonly keyword: string; readonly from: string; readonly to: string };

/** What the contract's side of a difference asks of the code; undefined where that is not one plain thing. */
export function wishOf({ kind, code, contract, detail }: Difference): Wish | undefined {
  if (kind === 'required-undeclared') return { kind: 'demand', required: false };
  if (kind === 'required-unenforced') return { kind: 'demand', required: true };
  const is = code && resolveShape(code);
  const wanted = contract && resolveShape(contract);
  if (kind === 'enum' && is?.kind === 'string' && wanted?.kind === 'string') {
    return is.values && wanted.values ? { kind: 'values', from: is.values, to: wanted.values } : undefined;
  }
  if (kind === 'type' && wanted?.kind === 'string' && (is?.kind === 'number' || is?.kind === 'boolean')) {
    return wanted.values || wanted.pattern ? undefined : { kind: 'text', format: wanted.format };
  }
  if (detail?.code === undefined || detail.contract === undefined) return undefined;
  return { kind: 'bound', keyword: detail.name, from: detail.code, to: detail.contract };
}

/** That a validator demands a parameter, or does without it. */
export function demandOf(read: ParameterRead, required: boolean): Wish | undefined {
  return read.source === 'validator' && !read.default ? { kind: 'demand', required } : undefined;
}
