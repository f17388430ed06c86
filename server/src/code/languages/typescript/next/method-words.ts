// Owns which methods the text of an API route's file speaks of, so that a handler is not run for methods that nobody there has heard of.
// It must not decide what is answered: running the handler does.

import ts from 'typescript';

const words = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** The methods that a file names in texts, as keys or in calls on a router; undefined when it names none, so that any may be answered elsewhere. */
export function methodsNamed(source: ts.SourceFile): ReadonlySet<string> | undefined {
  const named = new Set<string>();
  const add = (text: string): void => {
    const word = text.toLowerCase();
    if (words.has(word)) named.add(word);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) add(node.text);
    else if (ts.isIdentifier(node) && node.text === node.text.toUpperCase()) add(node.text);
    else if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent)) add(node.name.text);
    else if (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node) || ts.isShorthandPropertyAssignment(node))
      add(node.name.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return named.size === 0 ? undefined : named;
}
