// Owns the writing of a route with its handler in the manner of a neighbour: its receiver, its guards, its wrapper, its kind of function,
// its place. It must not know contracts; what the answer is comes from outside.

import ts from 'typescript';
import { literalText } from './literal.ts';
import type { CodeEdit } from './property.ts';

export interface ScaffoldWish {
  /** Where the neighbour's registration begins. */
  readonly offset: number;
  /** Paths as a contract writes them. */
  readonly neighbourPath: string;
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
  const local = neighbour && localPath(neighbour.literal.text, wish.neighbourPath, wish.path);
  if (!neighbour || local === undefined) return undefined;
  const { call, statement, receiver, literal } = neighbour;
  const last = call.arguments[call.arguments.length - 1]!;
  const quote = literal.getText(source)[0]!;
  const indentation = indentationOf(text, statement.getStart(source));
  const semicolon = statement.getText(source).endsWith(';') ? ';' : '';
  // Guards are asked by name; what is called with arguments belongs to the neighbour alone.
  const guards = call.arguments
    .slice(1, -1)
    .filter((one) => ts.isIdentifier(one) || ts.isPropertyAccessExpression(one));
  const named = declaredFunction(source, unwrapped(last));
  const handler = named
    ? { registered: named.replaceIn(last.getText(source), wish.name), edit: named.copy(text, wish) }
    : { registered: inlineHandler(last, source, wish, indentation), edit: undefined };
  const parts = [`${quote}${local}${quote}`, ...guards.map((guard) => guard.getText(source)), handler.registered];
  const route = `${receiver}.${wish.method}(${parts.join(', ')})${semicolon}`;
  const at = statement.getEnd();
  const edits: CodeEdit[] = [{ start: at, end: at, text: `\n\n${indentation}${route}` }];
  return handler.edit ? [...edits, handler.edit].sort((a, b) => a.start - b.start) : edits;
}

function neighbourAt(source: ts.SourceFile, offset: number): Neighbour | undefined {
  let found: Neighbour | undefined;
  const visit = (node: ts.Node): void => {
    if (found || offset < node.pos || offset >= node.end) return;
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression) && node.getStart(source) === offset) {
      const call = node.expression;
      const [literal] = call.arguments;
      if (
        ts.isPropertyAccessExpression(call.expression) &&
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
}

/** The path as the neighbour's router writes it: without the prefix that the neighbour's own does not have. */
function localPath(literal: string, neighbour: string, path: string): string | undefined {
  const written = literal.split('/').filter((part) => part !== '');
  const all = neighbour.split('/').filter((part) => part !== '');
  const wanted = path.split('/').filter((part) => part !== '');
  const mounted = all.length - written.length;
  if (mounted < 0 || wanted.length < mounted) return undefined;
  if (all.slice(0, mounted).some((part, index) => part !== wanted[index])) return undefined;
  const plain = (part: string): string => (/^[:{]/.test(part) ? '{}' : part);
  if (written.some((part, index) => plain(part) !== plain(all[mounted + index]!))) return undefined;
  return `/${wanted
    .slice(mounted)
    .map((part) => part.replace(/^\{(.*)\}$/, ':$1'))
    .join('/')}`;
}

function inlineHandler(last: ts.Expression, source: ts.SourceFile, wish: ScaffoldWish, indentation: string): string {
  const written = unwrapped(last);
  const own = ts.isArrowFunction(written) || ts.isFunctionExpression(written) ? written : undefined;
  const names = namesOf(own, source, wish.framework);
  const isAsync =
    own?.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true || wish.framework === 'fastify';
  const head = `${isAsync ? 'async ' : ''}${own && ts.isFunctionExpression(own) ? `function (${names.join(', ')})` : `(${names.join(', ')}) =>`}`;
  const lines = answer(names, wish).map((line) => `${indentation}  ${line}`);
  const text = `${head} {\n${lines.join('\n')}\n${indentation}}`;
  if (written === last) return text;
  const whole = last.getText(source);
  const start = written.getStart(source) - last.getStart(source);
  return whole.slice(0, start) + text + whole.slice(start + written.getText(source).length);
}

/** The function inside of wrappers such as `asyncHandler(...)`. */
function unwrapped(node: ts.Expression): ts.Expression {
  let inner = node;
  while (ts.isCallExpression(inner) && inner.arguments.length === 1) inner = inner.arguments[0]!;
  return inner;
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
    copy: (text: string, wish: ScaffoldWish): CodeEdit => {
      const names = namesOf(declaration, source, wish.framework);
      const typed = declaration.parameters.map((one) => one.getText(source));
      const parameters = names.map((name, index) => (typed[index]?.startsWith(name) ? typed[index] : name));
      const modifiers = (declaration.modifiers ?? []).map((one) => `${one.getText(source)} `).join('');
      const lines = answer(names, wish).map((line) => `  ${line}`);
      const written = `${modifiers}function ${wish.name}(${parameters.join(', ')}) {\n${lines.join('\n')}\n}`;
      const at = declaration.getEnd();
      return { start: at, end: at, text: `${text.includes('\r\n') ? '\r\n\r\n' : '\n\n'}${written}` };
    },
  };
}

function indentationOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}
