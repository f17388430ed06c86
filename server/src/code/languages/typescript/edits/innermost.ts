// Owns the finding of the node of a kind around a stretch of text. It must not know what is wanted of it.

import ts from 'typescript';

/** The innermost node from `start` to `end` that is asked for; undefined when there is none. */
export function innermost<T extends ts.Node>(
  source: ts.SourceFile,
  start: number,
  end: number,
  isWanted: (node: ts.Node) => node is T,
): T | undefined {
  let found: T | undefined;
  const visit = (node: ts.Node): void => {
    if (start < node.pos || end > node.end) return;
    if (isWanted(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
