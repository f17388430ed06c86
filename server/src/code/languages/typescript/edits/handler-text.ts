// Owns the text of a handler that answers with what a contract promises, in the manner of another handler.
// It must not know where it stands, nor contracts.

import ts from 'typescript';
import { literalText } from './literal.ts';

/** What a handler is to do. */
export interface HandlerWish {
  /** What a handler that has a name is called. */
  readonly name: string;
  readonly framework: string;
  readonly status: number;
  /** What is sent; undefined when nothing is. */
  readonly body: unknown;
  /** Whether a list is sent. */
  readonly list: boolean;
}

/** A function in the manner of the neighbour's, with what stands around that; without a neighbour's function a plain one. */
export function inlineHandler(
  last: ts.Expression | undefined,
  source: ts.SourceFile,
  wish: HandlerWish,
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
export function unwrapped(node: ts.Expression): ts.Expression {
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

/** Parameters and body of a function in the manner of another: `(req: Request, res: Response) { … }`. */
export function signatureAndBody(
  own: ts.SignatureDeclaration,
  source: ts.SourceFile,
  wish: HandlerWish,
  indentation: string,
): string {
  const names = namesOf(own, source, wish.framework);
  const typed = own.parameters.map((one) => one.getText(source));
  const parameters = names.map((name, index) => (typed[index]?.startsWith(name) ? typed[index] : name));
  const lines = answer(names, wish).map((line) => `${indentation}  ${line}`);
  return `(${parameters.join(', ')}) {\n${lines.join('\n')}\n${indentation}}`;
}

/** The statements that send the answer. */
function answer(names: readonly string[], { framework, status, body, list }: HandlerWish): string[] {
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
