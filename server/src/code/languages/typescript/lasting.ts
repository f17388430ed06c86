// Owns what is made once and kept: code that fills a variable which outlives requests, where it finds the variable empty.
// It must not know what is made.

import ts from 'typescript';
import type { Machine } from './machine.ts';
import type { Frame } from './value.ts';

/** Whether a statement fills a variable of a module, or a global one, that its own test found empty: `if (!client) client = await connect()`. */
export function fillsLasting(statement: ts.IfStatement, frame: Frame): boolean {
  const empty = foundEmpty(statement.expression).filter((target) => isLasting(target, frame));
  if (empty.length === 0) return false;
  const names = new Set(empty.map((target) => target.getText()));
  const assigns = (node: ts.Node): boolean =>
    ts.isFunctionLike(node)
      ? false
      : (ts.isBinaryExpression(node) &&
          node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
          names.has(node.left.getText())) ||
        (ts.forEachChild(node, assigns) ?? false);
  return assigns(statement.thenStatement);
}

/** Whether an assignment fills it where it is empty: `client ??= await connect()`. */
export function isLasting(target: ts.Expression, frame: Frame): boolean {
  let root = target;
  while (
    ts.isPropertyAccessExpression(root) ||
    ts.isNonNullExpression(root) ||
    ts.isAsExpression(root) ||
    ts.isParenthesizedExpression(root)
  )
    root = root.expression;
  if (!ts.isIdentifier(root)) return false;
  if (root.text === 'globalThis' || root.text === 'global') return root !== target;
  const cell = frame.find(root.text);
  return cell !== undefined && cell === frame.module.frame?.cells.get(root.text);
}

/**
 * Does the work of filling. What it throws is a service that could not start, which the first request of all may meet; it is no answer
 * that an operation has.
 */
export function startUp<T>(m: Machine, work: () => T): T {
  return m.catching(work).result;
}

/** The expressions that a test found empty: of `!a`, of `a === undefined`, and of either side of `||`. */
function foundEmpty(test: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(test)) return foundEmpty(test.expression);
  if (ts.isPrefixUnaryExpression(test) && test.operator === ts.SyntaxKind.ExclamationToken) return [test.operand];
  if (!ts.isBinaryExpression(test)) return [];
  const operator = test.operatorToken.kind;
  if (operator === ts.SyntaxKind.BarBarToken) return [...foundEmpty(test.left), ...foundEmpty(test.right)];
  const equal = operator === ts.SyntaxKind.EqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsEqualsToken;
  const nothing = test.right.kind === ts.SyntaxKind.NullKeyword || test.right.getText() === 'undefined';
  return equal && nothing ? [test.left] : [];
}
