// Owns the words and the weight of a constraint on which validator and contract differ. It must not know what any rule decides.

import type { Step } from '../../code/model.ts';
import type { ConstraintDetail, Difference } from '../../shape/difference.ts';
import { code, whereInCode } from './wording.ts';

/**
 * Differences that are true and hardly matter: a lower length of one, a format or a pattern that the contract leaves
 * unsaid, and two patterns that may mean the same in other words.
 */
export function isFormality({ detail, certain }: Difference): boolean {
  if (!detail) return false;
  if (detail.name === 'pattern') return detail.contract === undefined || !certain;
  if (detail.contract !== undefined) return false;
  return detail.name === 'format' || (/^min(Length|Items)$/.test(detail.name) && detail.code === '1');
}

/** One sentence with what each side says. */
export function constraintSentence(
  what: string,
  operation: string,
  detail: ConstraintDetail,
  via: readonly Step[],
): string {
  const declared =
    detail.contract === undefined ? undeclared(detail) : `declares ${clause(detail.name, detail.contract)}`;
  return `The validator holds ${what} to ${clause(detail.name, detail.code ?? '')} here ${whereInCode(via)}, but ${operation} ${declared}.`;
}

function undeclared(detail: ConstraintDetail): string {
  if (detail.name === 'integer') return 'declares any number';
  return detail.name === 'enum' ? 'declares any value' : `declares no ${detail.name}`;
}

function clause(name: string, value: string): string {
  switch (name) {
    case 'enum':
      return `the values ${value}`;
    case 'integer':
      return 'whole numbers';
    case 'uniqueItems':
      return 'distinct items';
    case 'pattern':
      return `the pattern ${code(value)}`;
    default:
      return `${name} ${value}`;
  }
}
