// Owns the question whether the code calls a function deprecated: the `@deprecated` tag of the comment before it.
// It must not know frameworks or routes.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { placeOf } from './module.ts';

/**
 * Where the comment before a function, or before the statement that registers it, says `@deprecated`. A chain of registrations
 * (`route('/x').get(a).post(b)`) has one comment for all of them, which says nothing of one.
 */
export function deprecationOf(fn: ts.Node): Place | undefined {
  const own = ts.getJSDocDeprecatedTag(fn);
  if (own) return placeOf(own.tagName);
  let node = fn;
  while (ts.isCallExpression(node.parent) && node.parent.arguments.some((argument) => argument === node)) {
    node = node.parent;
  }
  if (node === fn || !ts.isCallExpression(node) || !ts.isExpressionStatement(node.parent)) return undefined;
  if (ts.isPropertyAccessExpression(node.expression) && ts.isCallExpression(node.expression.expression))
    return undefined;
  const tag = ts.getJSDocDeprecatedTag(node.parent);
  return tag && placeOf(tag.tagName);
}
