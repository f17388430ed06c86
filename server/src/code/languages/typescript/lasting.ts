// Owns what is made once and kept: code that fills a variable which outlives requests, where it finds the variable empty.
// It must not know what is made.

import ts from 'typescript';
import type { Machine } from './machine.ts';
import { atMost, withinShare } from './shares.ts';
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
 * Whether an assignment fills it behind a return for the times when it is full: `if (client) return client; client = await connect();`
 */
export function fillsBehindReturn(assignment: ts.BinaryExpression, frame: Frame): boolean {
  const { left, parent } = assignment;
  if (!ts.isExpressionStatement(parent) || !ts.isBlock(parent.parent) || !isLasting(left, frame)) return false;
  const { statements } = parent.parent;
  return statements
    .slice(0, statements.indexOf(parent))
    .some((before) => ts.isIfStatement(before) && returns(before.thenStatement) && isFull(before.expression, left));
}

/** Whether a test finds a variable full: by itself, or by not being null or undefined. */
function isFull(test: ts.Expression, variable: ts.Expression): boolean {
  const name = variable.getText();
  if (!ts.isBinaryExpression(test)) return test.getText() === name;
  const operator = test.operatorToken.kind;
  const unequal =
    operator === ts.SyntaxKind.ExclamationEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return unequal && test.left.getText() === name && isNothing(test.right);
}

const isNothing = (node: ts.Expression): boolean =>
  node.kind === ts.SyntaxKind.NullKeyword || node.getText() === 'undefined';

const returns = (statement: ts.Statement): boolean =>
  ts.isReturnStatement(statement) || (ts.isBlock(statement) && statement.statements.some(ts.isReturnStatement));

/** Steps that filling may take: what is made for all requests says little of any one of them. */
const stepsOfStartUp = 6_000;

/**
 * Does the work of filling. What it throws is a service that could not start, which the first request of all may meet; it is no answer
 * that an operation has. For the same reason it is followed for a few steps only, and what is not followed opens nothing.
 */
export function startUp<T>(m: Machine, work: () => T, unfinished: T): T {
  if (!m.summarising) return m.catching(work).result;
  const { onShareSpent, lostCalls, lostStatuses } = m;
  m.onShareSpent = undefined;
  try {
    const done = withinShare(m, () => ({ result: m.catching(work).result }), atMost(m, stepsOfStartUp));
    return done ? done.result : unfinished;
  } finally {
    m.onShareSpent = onShareSpent;
    Object.assign(m, { lostCalls, lostStatuses });
  }
}

/** The expressions that a test found empty: of `!a`, of `a === undefined`, and of either side of `||`. */
function foundEmpty(test: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(test)) return foundEmpty(test.expression);
  if (ts.isPrefixUnaryExpression(test) && test.operator === ts.SyntaxKind.ExclamationToken) return [test.operand];
  if (!ts.isBinaryExpression(test)) return [];
  const operator = test.operatorToken.kind;
  if (operator === ts.SyntaxKind.BarBarToken) return [...foundEmpty(test.left), ...foundEmpty(test.right)];
  const equal = operator === ts.SyntaxKind.EqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsEqualsToken;
  return equal && isNothing(test.right) ? [test.left] : [];
}
