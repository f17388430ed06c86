// Owns which expressions a function gives back. It must not know what they are.

import ts from 'typescript';

const returns = new WeakMap<ts.Node, readonly ts.Expression[]>();

/** The expressions that a function gives back, those of functions inside of it left out. */
export function returnsOf({ body }: ts.FunctionLikeDeclaration): readonly ts.Expression[] {
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const known = returns.get(body);
  if (known) return known;
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(body);
  returns.set(body, found);
  return found;
}
