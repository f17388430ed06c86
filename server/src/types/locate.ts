// Owns finding the expression that a question means by the span of its text. It must not know types.

import ts from 'typescript';
import type { Span } from './messages.ts';

/** The node whose type answers a question about a span; undefined when the text has no expression there. */
export function nodeAt(source: ts.SourceFile, [start, end]: Span): ts.Node | undefined {
  let found: ts.Node | undefined;
  let current: ts.Node | undefined = source;
  while (current) {
    const inside: ts.Node | undefined = ts.forEachChild(current, (child) =>
      child.pos <= start && child.end >= end && child.getStart(source) <= start ? child : undefined,
    );
    if (inside && inside.getStart(source) === start && inside.end === end && isAskable(inside)) found = inside;
    current = inside;
  }
  return found;
}

function isAskable(node: ts.Node): boolean {
  return ts.isExpression(node) || ts.isIdentifier(node) || ts.isBindingElement(node);
}
