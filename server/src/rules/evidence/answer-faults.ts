// Owns the assignment of differences between answers and schemas to the one rule that tells each of them.
// It must not know how differences are found or how they are told.

import { compareShapes } from '../../shape/compare.ts';
import type { Difference } from '../../shape/difference.ts';
import { resolveShape, type Shape } from '../../shape/shape.ts';
import { canBeSecret, isSecretName } from './secrets.ts';
import { type Wrapping, wrappingOf } from './wrapping.ts';

/** The rules that share the differences of answers; each difference belongs to exactly one of them. */
export type AnswerFault =
  | 'response-field-undeclared'
  | 'response-field-missing'
  | 'response-type-mismatch'
  | 'response-null-undeclared'
  | 'response-enum-undeclared'
  | 'response-secret-exposed'
  | 'response-wrapped'
  | 'error-shape-mismatch'
  | 'error-code-undeclared';

/** A difference with the one rule that tells it. */
export interface JudgedDifference {
  readonly difference: Difference;
  readonly fault: AnswerFault;
  /** For `response-wrapped`: what is around the one side. */
  readonly wrapping?: Wrapping;
}

/** The differences of one answer. A wrapper around one side is one of them, whatever is missing and added because of it. */
export function judgeAnswer(status: number, body: Shape, schema: Shape): readonly JudgedDifference[] {
  const { differences } = compareShapes(body, schema, 'response');
  const wrapping = status < 400 && differences.length > 0 ? wrappingOf(body, schema) : undefined;
  if (!wrapping) return differences.map((difference) => ({ difference, fault: faultOf(status, difference) }));
  const difference: Difference = {
    kind: 'type',
    path: '',
    code: body,
    contract: schema,
    codeOrigin: body.origin,
    contractOrigin: resolveShape(schema).origin,
    certain: wrapping.certain,
    lax: false,
    open: false,
  };
  return [{ difference, fault: 'response-wrapped', wrapping }];
}

/**
 * The rule that tells a difference. Secrets go first, since nothing else matters beside them. The body of an error is judged as a
 * whole, but for its code, which clients branch on. Values outside of a list are no other type.
 */
function faultOf(status: number, difference: Difference): AnswerFault {
  const name = lastName(difference.path);
  const { kind, detail } = difference;
  if (kind === 'write-only') return 'response-secret-exposed';
  // What a type merely allows to be there is mostly left out when a row is loaded.
  if (kind === 'field-undeclared' && !difference.optional && isSecretName(name) && canBeSecret(difference.code))
    return 'response-secret-exposed';
  if (status >= 400)
    return detail?.name === 'enum' && isCodeName(name) ? 'error-code-undeclared' : 'error-shape-mismatch';
  if (detail?.name === 'enum') return 'response-enum-undeclared';
  if (kind === 'field-undeclared') return 'response-field-undeclared';
  if (kind === 'field-missing') return 'response-field-missing';
  return kind === 'null' ? 'response-null-undeclared' : 'response-type-mismatch';
}

/** The last named step of a path: `items[].id` gives `id`. */
export function lastName(path: string): string {
  return (path.split('.').at(-1) ?? '').replace(/(\[\])+$/, '');
}

const codeName = /^(error|err|reason|status|failure|problem)?[-_]?(code|type|key|slug)$|^(error|reason|kind)$/i;

/** Whether a field of an error body is the one that machines read: `code`, `errorCode`, `type`, `error`. */
export function isCodeName(name: string): boolean {
  return codeName.test(name);
}
