// Owns the plain questions to a value: whether it is empty, true, a text or a number.
// It must not know how values come to be.

import { resultOf, type Value } from './value.ts';

/** Whether nothing is known of a value, so that a declared type may speak for it. */
export function isOpaque(value: Value): boolean {
  if (value.kind === 'unknown') return !value.shape && !value.caught;
  return value.kind === 'external' && value.path.includes(resultOf);
}

/** Whether a value is `null` or `undefined`. */
export function isEmpty(value: Value): boolean {
  return value.kind === 'literal' && (value.value === null || value.value === undefined);
}

/** Whether the value is true in a condition; undefined when it may be either. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'literal':
      return Boolean(value.value);
    case 'union': {
      const answers = value.members.map(truth);
      if (answers.every((answer) => answer === true)) return true;
      if (answers.every((answer) => answer === false)) return false;
      return undefined;
    }
    case 'object':
    case 'array':
    case 'function':
    case 'class':
    case 'namespace':
      return true;
    case 'external':
      return value.path.includes(resultOf) ? undefined : true;
    case 'native':
      return value.model.truth ? value.model.truth(value) : true;
    case 'template':
      return value.parts.some((part) => typeof part === 'string' && part !== '') ? true : undefined;
    case 'unknown':
      return value.truthy ? true : undefined;
    case 'input':
      return value.given || value.sink.gives?.(value) ? true : undefined;
    default:
      return undefined;
  }
}

/** The constant text of a value, when it has one. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'literal' && typeof value.value === 'string') return value.value;
  return undefined;
}

/** The constant number of a value, when it has one; numeric text counts, as it does for a status. */
export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind !== 'literal') return undefined;
  if (typeof value.value === 'number') return value.value;
  if (typeof value.value === 'string' && /^\d+$/.test(value.value)) return Number(value.value);
  return undefined;
}
