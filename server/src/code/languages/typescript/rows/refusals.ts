// Owns refusals of query builders that are known by a method of their own, also where nobody can follow the query.
// It must not know frameworks; what becomes of the error is theirs.

import ts from 'typescript';
import type { Machine } from '../machine.ts';
import { type CallSite, literal, type Value } from '../value.ts';
import { libraryError, mayThrow } from './row.ts';

/**
 * `query.throwIfNotFound()` of Objection: a query that finds nothing is refused with an error that carries the status 404
 * (`NotFoundError` of its documentation). Undefined when the method is another one.
 */
export function refuseMissing(m: Machine, receiver: Value, name: string, site: CallSite): Value | undefined {
  if (name !== 'throwIfNotFound') return undefined;
  if (site.node && isAsked(site.node))
    mayThrow(m, libraryError('objection', ['NotFoundError'], { statusCode: literal(404) }, site.place), site.place);
  return receiver.kind === 'unknown'
    ? { ...receiver, truthy: true }
    : { kind: 'unknown', reason: 'unresolved-import', truthy: true, place: site.place };
}

/** Whether a query is sent: it is when somebody waits for it or is given it. */
function isAsked(call: ts.Node): boolean {
  const { parent } = call;
  if (!parent) return true;
  if (ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent)) return isAsked(parent);
  return !ts.isVariableDeclaration(parent) && !ts.isExpressionStatement(parent);
}
