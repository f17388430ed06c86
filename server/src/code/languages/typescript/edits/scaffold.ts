// Owns the writing of a route with its handler in the manner of a neighbour: its receiver, its guards, its wrapper, its kind of function,
// its place. It must not know contracts; what the answer is comes from outside.

import ts from 'typescript';
import { literalText } from './literal.ts';
import type { CodeEdit } from './property.ts';

export interface ScaffoldWish {
  /** Where the neighbour's registration begins. */
  readonly offset: number;
  /** The path in the neighbour's call. */
  readonly written: string;
  /** The path for the new call, as a contract writes paths. */
  readonly path: string;
  readonly method: string;
  /** What a handler that has a name is called. */
  readonly name: string;
  readonly framework: string;
  readonly status: number;
  /** What is sent; undefined when nothing is. */
  readonly body: unknown;
  /** Whether a list is sent. */
  readonly list: boolean;
  /** Whether the route has to stand before its neighbour, which would take its requests otherwise. */
  readonly before: boolean;
}

interface Neighbour {
  readonly call: ts.CallExpression;
  readonly statement: ts.ExpressionStatement;
  readonly receiver: string;
  readonly literal: ts.StringLiteralLike;
}

/** The edits that register the route behind its neighbour; undefined when the neighbour is written in another way. */
export function scaffold(file: string, text: string, wish: ScaffoldWish): CodeEdit[] | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const neighbour = neighbourAt(source, wish.offset);
  if (neighbour?.literal.text !== wish.written) return undefined;
  const local = wish.path.replace(/\{([^{}/]*)\}/g, ':$1');
  const { call, statement, receiver, literal } = neighbour;
  const last = call.arguments[call.arguments.length - 1]!;
  const quote = literal.getText(source)[0]!;
  const indentation = indentationOf(text, statement.getStart(source));
  const semicolon = statement.getText(source).endsWith(';') ? ';' : '';
  // Guards are asked by name; what is called with arguments belongs to the neighbour alone.
  const guards = call.arguments
    .slice(1, -1)
    .filter((one) => ts.isIdentifier(one) || ts.isPropertyAccessExpression(one));
  const inner = unwrapped(last);
  const named = declaredFunction(source, inner);
  // What is called with anything else than a function makes a handler of its own, and is no wrapper.
  const around = named || ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) ? last : undefined;
  const handler = named
    ? { registered: named.replaceIn(last.getText(source), wish.name), edit: named.copy(wish) }
    : { registered: inlineHandler(around, source, wish, indentation), edit: undefined };
  const parts = [`${quote}${local}${quote}`, ...guards.map((guard) => guard.getText(source)), handler.registered];
  const route = `${receiver}.${wish.method}(${parts.join(', ')})${semicolon}`;
  const at = wish.before ? statement.getStart(source) : statement.getEnd();
  const written = wish.before ? `${route}\n\n${indentation}` : `\n\n${indentation}${route}`;
  const edits: CodeEdit[] = [{ start: at, end: at, text: written }];
  if (handler.edit) edits.push(handler.edit);
  const breaks = (edit: CodeEdit): CodeEdit =>
    text.includes('\r\n') ? { ...edit, text: edit.text.replaceAll('\n', '\r\n') } : edit;
  return edits.map(breaks).sort((a, b) => a.start - b.start);
}

function neighbourAt(source: ts.SourceFile, offset: number): Neighbour | undefined {
  let found: Neighbour | undefined;
  const visit = (node: ts.Node): void => {
    if (found || offset < node.pos || offset >= node.end) return;
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression) && isAt(node.expression, offset)) {
      const call = node.expression;
      const [literal] = call.arguments;
      if (
        ts.isPropertyAccessExpression(call.expression) &&
        isName(call.expression.expression) &&
        literal &&
        ts.isStringLiteralLike(literal) &&
        call.arguments.length > 1
      )
        found = { call, statement: node, receiver: call.expression.expression.getText(source), literal };
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;

  /** Some frameworks' registrations begin at the receiver for us, others at the method's name. */
  function isAt(call: ts.CallExpression, at: number): boolean {
    const { expression } = call;
    return (
      call.getStart(source) === at ||
      (ts.isPropertyAccessExpression(expression) && expression.name.getStart(source) === at)
    );
  }
}

/** `app`, `this.router`. */
function isName(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return isName(node.expression);
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

/** A function in the manner of the neighbour's, with what stands around that; without a neighbour's function a plain one. */
function inlineHandler(
  last: ts.Expression | undefined,
  source: ts.SourceFile,
  wish: ScaffoldWish,
  indentation: string,
): string {
  const written = last && unwrapped(last);
  const own = written && (ts.isArrowFunction(written) || ts.isFunctionExpression(written)) ? written : undefined;
  const names = namesOf(own, source, wish.framework);
  const isAsync =
    own?.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true || wish.framework === 'fastify';
  const head = own && ts.isFunctionExpression(own) ? `function (${names.join(', ')})` : `(${names.join(', ')}) =>`;
  const lines = answer(names, wish).map((line) => `${indentation}  ${line}`);
  const text = `${isAsync ? 'async ' : ''}${head} {\n${lines.join('\n')}\n${indentation}}`;
  if (!last || !written || written === last) return text;
  const whole = last.getText(source);
  const start = written.getStart(source) - last.getStart(source);
  return whole.slice(0, start) + text + whole.slice(start + written.getText(source).length);
}

/** The function inside of wrappers such as `asyncHandler(...)`. */
function unwrapped(node: ts.Expression): ts.Expression {
  let inner = node;
  while (ts.isCallExpression(inner) && inner.arguments.length === 1 && !isBinding(inner)) inner = inner.arguments[0]!;
  return inner;
}

/** `controller.list.bind(controller)` is no wrapper. */
function isBinding({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /^(?:bind|call|apply)$/.test(expression.name.text);
}

function namesOf(own: ts.SignatureDeclaration | undefined, source: ts.SourceFile, framework: string): string[] {
  const usual = { koa: ['ctx'], hono: ['c'], fastify: ['request', 'reply'] }[framework] ?? ['req', 'res'];
  const taken = own?.parameters.map((one) => one.name) ?? [];
  return usual.map((name, index) => {
    const given = taken[index];
    return given && ts.isIdentifier(given) ? given.getText(source) : name;
  });
}

/** The statements that send the answer. */
function answer(names: readonly string[], { framework, status, body, list }: ScaffoldWish): string[] {
  const [first = 'req', second = 'res'] = names;
  const value = list ? '[]' : literalText(body);
  switch (framework) {
    case 'koa':
      return [`${first}.status = ${status};`, ...(body === undefined ? [] : [`${first}.body = ${value};`])];
    case 'hono':
      return [
        body === undefined ? `return ${first}.body(null, ${status});` : `return ${first}.json(${value}, ${status});`,
      ];
    case 'fastify':
      return [`return ${second}.status(${status}).send(${body === undefined ? '' : value});`];
    default:
      return [`${second}.status(${status}).${body === undefined ? 'end()' : `json(${value})`};`];
  }
}

/** The function of the same file that a handler's name means. */
function declaredFunction(source: ts.SourceFile, handler: ts.Expression) {
  if (!ts.isIdentifier(handler)) return undefined;
  const declaration = source.statements.find(
    (one): one is ts.FunctionDeclaration => ts.isFunctionDeclaration(one) && one.name?.text === handler.text,
  );
  if (!declaration) return undefined;
  return {
    replaceIn: (registered: string, name: string): string => registered.replace(handler.text, name),
    copy: (wish: ScaffoldWish): CodeEdit => {
      const names = namesOf(declaration, source, wish.framework);
      const typed = declaration.parameters.map((one) => one.getText(source));
      const parameters = names.map((name, index) => (typed[index]?.startsWith(name) ? typed[index] : name));
      const modifiers = (declaration.modifiers ?? []).map((one) => `${one.getText(source)} `).join('');
      const lines = answer(names, wish).map((line) => `  ${line}`);
      const written = `${modifiers}function ${wish.name}(${parameters.join(', ')}) {\n${lines.join('\n')}\n}`;
      const at = declaration.getEnd();
      return { start: at, end: at, text: `\n\n${written}` };
    },
  };
}

function indentationOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}
