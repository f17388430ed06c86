// Owns calls through a function of the workspace that calls a client for its callers: `request('/orders')` with a `fetch` in it.
// It must not know clients, nor what an address means.

import ts from 'typescript';
import type { Evaluator } from './evaluate.ts';
import type { Sending } from './extract.ts';
import type { Given } from './values.ts';

/** A function that calls a function that calls a client is followed, and a little more. */
const DEEPEST = 3;
/** A function that makes more calls than that is none that is called for their sake. */
const MOST_INSIDE = 40;

type Send = (call: ts.CallExpression, given: Given) => Sending | undefined;

/**
 * The one call that a function makes with what it is given; undefined where the function is not one of the workspace, calls nobody, or
 * calls with something else.
 */
export function throughFunction(
  node: ts.CallExpression,
  evaluator: Evaluator,
  send: Send,
  given?: Given,
  depth = 0,
): Sending | undefined {
  // Looking for a function means to look into modules: only where the call names a path, or hands one on.
  if (depth >= DEEPEST || (depth === 0 && !addressArgument(node))) return undefined;
  const called = evaluator.evaluate(node.expression, given);
  if (called?.kind !== 'function' || called.node.parameters.length === 0) return undefined;
  const inside = evaluator.givenTo(called, node.arguments, given);
  const found = new Map<string, Sending>();
  for (const call of callsIn(called.node)) {
    const sending = send(call, inside) ?? throughFunction(call, evaluator, send, inside, depth + 1);
    const address = sending?.told?.address;
    if (!sending || !address || address.path === send(call, new Map())?.told?.address?.path) continue;
    found.set(`${sending.told?.method} ${JSON.stringify(address)}`, sending);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** The argument that is written as a path or an address, or the object that has one. */
export function addressArgument({ arguments: args }: ts.CallExpression): ts.Expression | undefined {
  for (const argument of args) {
    if (isAddress(argument)) return argument;
    if (!ts.isObjectLiteralExpression(argument)) continue;
    for (const property of argument.properties) {
      if (ts.isPropertyAssignment(property) && isAddress(property.initializer)) return property.initializer;
    }
  }
  return undefined;
}

function isAddress(node: ts.Expression): boolean {
  const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.head.text : undefined;
  if (text !== undefined) return /^(?:\/|https?:\/\/)/.test(text);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken && isAddress(node.left);
}

const inside = new WeakMap<ts.Node, readonly ts.CallExpression[]>();

function callsIn(node: ts.FunctionLikeDeclaration): readonly ts.CallExpression[] {
  const known = inside.get(node);
  if (known) return known;
  const found: ts.CallExpression[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isClassLike(child) || ts.isTypeNode(child)) return;
    if (ts.isCallExpression(child)) found.push(child);
    ts.forEachChild(child, visit);
  };
  if (node.body) visit(node.body);
  const calls = found.length > MOST_INSIDE ? [] : found;
  inside.set(node, calls);
  return calls;
}
