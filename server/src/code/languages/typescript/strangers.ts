// Owns the question whether a call that nobody follows may run code of the workspace, and so throw errors of its own making.
// It must not run anything.

import ts from 'typescript';
import { membersOfLanguage } from './language-members.ts';
import type { CallSite, Value } from './value.ts';

/**
 * Whether code of the workspace may run that nobody follows. What comes from a package is a package's; whatever a list or a text is made
 * of, its own methods run nothing but the callbacks that they are given; and what writes a log or answers yes or no refuses nothing.
 */
export function isStranger(callee: Value, { node }: CallSite): boolean {
  if (callee.kind !== 'typed' && callee.kind !== 'unknown') return false;
  if (callee.kind === 'unknown' && (callee.reason === 'unresolved-import' || callee.given)) return false;
  if (!node) return true;
  const name = calledName(node);
  return !membersOfLanguage.has(name) && !logMethods.has(name) && !/^(is|has|can)[A-Z]/.test(name);
}

const logMethods: ReadonlySet<string> = new Set([
  'child',
  'debug',
  'error',
  'fatal',
  'http',
  'info',
  'log',
  'silly',
  'trace',
  'verbose',
  'warn',
  'warning',
]);

/** The name that a call is written with, for functions that only the project itself can tell of. */
export function calledName(node: ts.CallExpression | ts.NewExpression): string {
  const { expression } = node;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}
