// Owns the question whether a function can throw anything of its own, asked of its text: for calls that took too long to follow.
// It must not run anything; where a callee is not plain to see, the answer is no.

import ts from 'typescript';
import { BudgetSpent } from './budget.ts';
import { classMember } from './classes.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import type { CallSite, ClassValue, Frame, FunctionValue, Value } from './value.ts';

/** Nodes that one answer may take: what reaches further than this is said to be loud. */
const mostNodes = 20_000;

interface Search {
  readonly m: Machine;
  readonly seen: Set<ts.Node>;
  nodes: number;
}

const answers = new WeakMap<ts.Node, boolean>();

/**
 * Whether a call can neither throw a value that the workspace's code makes nor touch a request. What the language or a package throws
 * by itself is the framework's 500 and is not looked for anywhere.
 */
export function isQuietCall(m: Machine, fn: FunctionValue, self: Value | undefined, site: CallSite): boolean {
  if (site.open || fn.bound) return false;
  const receiver = fn.self ?? self;
  if (receiver && !isInert(receiver, 0)) return false;
  if (!site.args.every((argument) => isInert(argument, 0))) return false;
  return isQuiet({ m, seen: new Set(), nodes: 0 }, fn);
}

/** Whether a value holds neither a request, nor a response, nor a function that could do something with them. */
function isInert(value: Value, depth: number): boolean {
  if (depth > 3) return true;
  switch (value.kind) {
    case 'native':
      return (
        value.model.stable === true || (value.model.holds?.(value).every((part) => isInert(part, depth + 1)) ?? false)
      );
    case 'input':
    case 'function':
      return false;
    case 'object':
      if (value.base?.some((part) => !isInert(part, depth + 1))) return false;
      return [...value.props.values()].every((cell) => !cell.value || isInert(cell.value, depth + 1));
    case 'array':
      return value.items.every((item) => isInert(item, depth + 1));
    case 'union':
      return value.members.every((member) => isInert(member, depth + 1));
    default:
      return true;
  }
}

function isQuiet(search: Search, fn: FunctionValue): boolean {
  const { node, frame } = fn;
  if (search.seen.has(node)) return true;
  search.seen.add(node);
  const shared = frame === frame.module.frame;
  const known = shared ? answers.get(node) : undefined;
  if (known !== undefined) return known;
  const quiet = !node.body || isQuietNode(search, node.body, frame, fn);
  // An answer that rests on one which is still being looked for holds for that search alone.
  if (shared && (!quiet || search.seen.size === 1)) answers.set(node, quiet);
  return quiet;
}

function isQuietNode(search: Search, node: ts.Node, frame: Frame, fn: FunctionValue): boolean {
  if (++search.nodes > mostNodes) return false;
  if (ts.isTypeNode(node)) return true;
  if (ts.isThrowStatement(node)) return isHandled(node, fn.node);
  if (ts.isCallExpression(node) && !isQuietCallee(search, node.expression, frame, fn)) return false;
  if (ts.isNewExpression(node) && !isQuietConstruction(search, node.expression, frame)) return false;
  return !ts.forEachChild(node, (child) => (isQuietNode(search, child, frame, fn) ? undefined : true));
}

/** Whether a `try` of the same function catches what is thrown here. */
function isHandled(node: ts.Node, top: ts.Node): boolean {
  for (let current = node; current !== top && current.parent; current = current.parent) {
    const { parent } = current;
    if (ts.isTryStatement(parent) && parent.catchClause && parent.tryBlock === current) return true;
    if (ts.isFunctionLike(parent)) return false;
  }
  return false;
}

function isQuietCallee(search: Search, callee: ts.Expression, frame: Frame, fn: FunctionValue): boolean {
  if (callee.kind === ts.SyntaxKind.SuperKeyword || callee.kind === ts.SyntaxKind.ImportKeyword) return false;
  if (ts.isIdentifier(callee)) {
    const value = valueNamed(search, callee, frame);
    // A parameter or a local function: what it is was looked at where it was written.
    return value ? isQuietValue(search, value) : !tellers.has(callee.text);
  }
  if (!ts.isPropertyAccessExpression(callee)) return ts.isFunctionLike(bare(callee));
  const value = valueNamed(search, callee, frame) ?? ownMethod(search, callee, fn);
  if (value) return isQuietValue(search, value);
  return !isOfThis(callee) && ofLanguage.has(callee.name.text);
}

function isQuietValue(search: Search, value: Value): boolean {
  switch (value.kind) {
    case 'function':
      return isQuiet(search, value);
    case 'external':
      return true;
    case 'native':
      return value.model.name !== 'Promise.reject';
    case 'literal':
      return true;
    default:
      return false;
  }
}

function isQuietConstruction(search: Search, callee: ts.Expression, frame: Frame): boolean {
  const value = valueNamed(search, callee, frame);
  if (value?.kind === 'class') return isQuietClass(search, value);
  return value?.kind === 'external' || value?.kind === 'native';
}

function isQuietClass(search: Search, cls: ClassValue): boolean {
  if (search.seen.has(cls.node)) return true;
  search.seen.add(cls.node);
  const { parent } = cls;
  if (parent && parent.kind !== 'external' && parent.kind !== 'native') {
    if (parent.kind !== 'class' || !isQuietClass(search, parent)) return false;
  }
  return cls.node.members.every((member) => {
    if (ts.isConstructorDeclaration(member))
      return isQuietNode(search, member, cls.frame, { kind: 'function', node: member, frame: cls.frame });
    return !ts.isPropertyDeclaration(member) || !member.initializer || isQuietField(search, member.initializer, cls);
  });
}

/** A field that is a function runs when it is called, and is looked at then. */
function isQuietField(search: Search, initializer: ts.Expression, cls: ClassValue): boolean {
  if (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) return true;
  const fn = { kind: 'function', node: initializer as ts.FunctionExpression, frame: cls.frame } as const;
  return isQuietNode(search, initializer, cls.frame, fn);
}

/** The value that a name of the module, or a member of one, has; undefined for what is local or cannot be told. */
function valueNamed(search: Search, node: ts.Expression, frame: Frame): Value | undefined {
  const { m } = search;
  try {
    if (ts.isIdentifier(node)) {
      if (isLocal(node)) return undefined;
      const cell = frame.find(node.text);
      return cell ? m.force(cell) : undefined;
    }
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    const base = valueNamed(search, node.expression, frame);
    if (!base) return undefined;
    if (base.kind === 'object' || base.kind === 'namespace' || base.kind === 'class' || base.kind === 'external')
      return m.get(base, node.name.text, placeOf(node));
    return undefined;
  } catch (error) {
    if (error instanceof BudgetSpent) return undefined;
    throw error;
  }
}

/** `this.method`, where the class whose member is looked at has it. */
function ownMethod(search: Search, callee: ts.PropertyAccessExpression, fn: FunctionValue): Value | undefined {
  const cls = fn.home;
  if (callee.expression.kind !== ts.SyntaxKind.ThisKeyword || !cls) return undefined;
  return classMember(search.m, cls, callee.name.text, fn.self ?? cls);
}

/** Whether a name is declared inside of the function in which it stands, so that its frame is none that lasts. */
function isLocal(name: ts.Identifier): boolean {
  for (let scope: ts.Node | undefined = name.parent; scope && !ts.isSourceFile(scope); scope = scope.parent) {
    if (declares(scope, name.text)) return true;
  }
  return false;
}

function declares(scope: ts.Node, name: string): boolean {
  if (ts.isFunctionLike(scope)) return scope.parameters.some((parameter) => binds(parameter.name, name));
  if (!ts.isBlock(scope)) return false;
  return scope.statements.some((statement) => {
    if (ts.isFunctionDeclaration(statement)) return statement.name?.text === name;
    if (!ts.isVariableStatement(statement)) return false;
    return statement.declarationList.declarations.some((one) => binds(one.name, name));
  });
}

function binds(pattern: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(pattern)) return pattern.text === name;
  return pattern.elements.some((element) => !ts.isOmittedExpression(element) && binds(element.name, name));
}

function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? bare(node.expression) : node;
}

function isOfThis(node: ts.Expression): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.isPropertyAccessExpression(node) && isOfThis(node.expression);
}

/** Names of parameters by which a function tells its caller of an error, and what loads code. */
const tellers = new Set(['next', 'reject', 'callback', 'cb', 'done', 'require']);

/** Methods that values of the language have; a class of the workspace that has one of these names is called by them seldom. */
const ofLanguage = new Set(
  [Array, String, Number, Boolean, Date, RegExp, Map, Set, WeakMap, Promise, Object]
    .flatMap((type) => [...Object.getOwnPropertyNames(type.prototype), ...Object.getOwnPropertyNames(type)])
    .filter((name) => name !== 'reject' && name !== 'constructor'),
);
