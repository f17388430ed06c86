// Owns the writing of a route with its handler in the manner of a neighbour: its receiver, its guards, its wrapper, its kind of function,
// its place. It must not know contracts; what the answer is comes from outside.

import ts from 'typescript';
import { copyHandler } from './handler-copy.ts';
import { type HandlerWish, inlineHandler, unwrapped } from './handler-text.ts';
import type { CodeEdit } from './property.ts';

export interface ScaffoldWish extends HandlerWish {
  /** Where the neighbour's registration begins. */
  readonly offset: number;
  /** The path in the neighbour's call. */
  readonly written: string;
  /** The path for the new call, as a contract writes paths. */
  readonly path: string;
  readonly method: string;
  /** Whether the route has to stand before its neighbour, which would take its requests otherwise. */
  readonly before: boolean;
  /** The neighbour's handler, when it is written apart from its registration. */
  readonly handler?: { readonly file: string; readonly text: string; readonly offset: number };
}

interface Neighbour {
  readonly call: ts.CallExpression;
  readonly statement: ts.ExpressionStatement;
  readonly receiver: string;
  readonly literal: ts.StringLiteralLike;
}

/** The edits that register the route beside its neighbour, by file; undefined when the neighbour is written in another way. */
export function scaffold(file: string, text: string, wish: ScaffoldWish): ReadonlyMap<string, CodeEdit[]> | undefined {
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
  const named = siblingOf(source, last, wish);
  const inner = unwrapped(last);
  // What is called with anything else than a function makes a handler of its own, and is no wrapper.
  const around = ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) ? last : undefined;
  const registered = named?.registered ?? inlineHandler(around, source, wish, indentation);
  const parts = [`${quote}${local}${quote}`, ...guards.map((guard) => guard.getText(source)), registered];
  // The word of the language has another name there.
  const verb = wish.framework === 'restify' && wish.method === 'delete' ? 'del' : wish.method;
  const route = `${receiver}.${verb}(${parts.join(', ')})${semicolon}`;
  const at = wish.before ? startWithComments(statement, source) : statement.getEnd();
  const written = wish.before ? `${route}\n\n${indentation}` : `\n\n${indentation}${route}`;
  const own = named?.edits.get(file) ?? [];
  const edits = new Map([...(named?.edits ?? []), [file, [...own, { start: at, end: at, text: written }]]]);
  const texts = new Map([[file, text], ...(wish.handler ? [[wish.handler.file, wish.handler.text] as const] : [])]);
  return new Map([...edits].map(([name, all]) => [name, inManner(all, texts.get(name) ?? '')]));
}

/** Edits in the order of the text, with its line ends. */
export function inManner(edits: readonly CodeEdit[], text: string): CodeEdit[] {
  const written = text.includes('\r\n')
    ? edits.map((edit) => ({ ...edit, text: edit.text.replaceAll('\n', '\r\n') }))
    : [...edits];
  return written.sort((a, b) => a.start - b.start);
}

/** A handler with a name of its own beside the neighbour's, where that has one; undefined when it cannot be written there. */
function siblingOf(
  source: ts.SourceFile,
  last: ts.Expression,
  wish: ScaffoldWish,
): { readonly registered: string; readonly edits: ReadonlyMap<string, CodeEdit[]> } | undefined {
  const inner = unwrapped(last);
  const { handler } = wish;
  if (!handler || !(ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner))) return undefined;
  const elsewhere = handler.file !== source.fileName;
  const name = freeName(wish.name, [source.text, handler.text]);
  const copied = name === undefined ? undefined : copyHandler(handler, { ...wish, name }, elsewhere);
  if (name === undefined || !copied) return undefined;
  const edits = new Map([[handler.file, [...copied]]]);
  const word = ts.isIdentifier(inner) ? inner : inner.name;
  if (elsewhere && word === inner) {
    const imported = importEdit(source, word.text, name);
    if (!imported) return undefined;
    edits.set(source.fileName, [imported]);
  }
  const start = word.getStart(source) - last.getStart(source);
  const whole = last.getText(source);
  return { registered: whole.slice(0, start) + name + whole.slice(start + word.text.length), edits };
}

/** The name, or a longer one when it is taken; undefined when that is taken as well. */
export function freeName(name: string, texts: readonly string[]): string | undefined {
  return [name, `${name}Handler`].find(
    (one) => !texts.some((text) => new RegExp(`(?<![\\w$])${one.replaceAll('$', '\\$')}(?![\\w$])`).test(text)),
  );
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

/** What the file imports has to be imported for its sibling too; undefined when the name comes from elsewhere. */
function importEdit(source: ts.SourceFile, name: string, sibling: string): CodeEdit | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (found) return;
    const names =
      (ts.isImportSpecifier(node) || (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))) &&
      node.propertyName === undefined &&
      ts.isIdentifier(node.name) &&
      node.name.text === name;
    if (names) found = node;
    else if (ts.isStatement(node) || ts.isSourceFile(node) || !ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  const at = found?.getEnd();
  return found && at !== undefined ? { start: at, end: at, text: `${gapBehind(found, source)}${sibling}` } : undefined;
}

/** Where a node begins with the comments that speak of it: those above it without an empty line between. */
export function startWithComments(node: ts.Node, source: ts.SourceFile): number {
  const { text } = source;
  let start = node.getStart(source);
  for (const { pos, end } of [...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])].reverse()) {
    const ownLine = /(?:^|\n)[ \t]*$/.test(text.slice(0, pos));
    if (!ownLine || !/^[ \t]*\r?\n?[ \t]*$/.test(text.slice(end, start))) break;
    start = pos;
  }
  return start;
}

/** What stands between an item of a list and the next one, as the list is written: on its line, or on one of its own. */
export function gapBehind(item: ts.Node, source: ts.SourceFile): string {
  const start = item.getStart(source);
  const before = source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]+$/.test(before) ? `,\n${before}` : ', ';
}

/** The white space before the first word of a line. */
export function indentationOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}
