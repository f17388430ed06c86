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
  const head = own && ts.isFunctionExpression(own) ? `function (${names.join(', ')})` : `(${names.join(', ')}) =>`;
  const lines = answer(names, wish).map((line) => `${indentation}  ${line}`);
  const text = `${isAsync(own) || wish.framework === 'fastify' ? 'async ' : ''}${head} {\n${lines.join('\n')}\n${indentation}}`;
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
  const usual = usualNames(framework, own);
  const taken = own?.parameters.map((one) => one.name) ?? [];
  return usual.map((name, index) => {
    const given = taken[index];
    return given && ts.isIdentifier(given) ? given.getText(source) : name;
  });
}

function usualNames(framework: string, own: ts.SignatureDeclaration | undefined): readonly string[] {
  switch (framework) {
    case 'koa':
      return ['ctx'];
    case 'hono':
      return ['c'];
    case 'fastify':
      return ['request', 'reply'];
    case 'hapi':
      return ['request', 'h'];
    case 'restify':
      // An asynchronous handler hands the request on when it ends, and must not take the callback for that.
      return isAsync(own) ? ['req', 'res'] : ['req', 'res', 'next'];
    default:
      return ['req', 'res'];
  }
}

function isAsync(own: ts.SignatureDeclaration | undefined): boolean {
  const modifiers = own && ts.canHaveModifiers(own) ? ts.getModifiers(own) : undefined;
  return modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true;
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
  const [first = 'req', second = 'res', third] = names;
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
    case 'hapi':
      return [`return ${second}.response(${body === undefined ? '' : value}).code(${status});`];
    case 'restify':
      return [
        `${second}.send(${status}${body === undefined ? '' : `, ${value}`});`,
        ...(third === undefined ? [] : [`return ${third}();`]),
      ];
    default:
      return [`${second}.status(${status}).${body === undefined ? 'end()' : `json(${value})`};`];
  }
}
