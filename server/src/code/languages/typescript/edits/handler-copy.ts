// Owns the writing of a handler beside another one that has a name, in the manner in which that is declared and exported.
// It must not know routes, nor contracts.

import ts from 'typescript';
import { type HandlerWish, inlineHandler, signatureAndBody } from './handler-text.ts';
import type { CodeEdit } from './property.ts';

type Named = ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** The edits of the handler's file; undefined when it is declared in a way that could not be followed. `exported`: others import it. */
export function copyHandler(
  handler: { readonly file: string; readonly text: string; readonly offset: number },
  wish: HandlerWish,
  exported: boolean,
): readonly CodeEdit[] | undefined {
  const source = ts.createSourceFile(handler.file, handler.text, ts.ScriptTarget.Latest, true);
  const own = functionAt(source, handler.offset);
  if (!own) return undefined;
  if (ts.isMethodDeclaration(own))
    return member(
      own,
      `${modifiersOf(own, source)}${wish.name}${signatureAndBody(own, source, wish, indentationOf(own, source))}`,
      source,
    );
  if (ts.isFunctionDeclaration(own)) {
    const text = `${modifiersOf(own, source)}function ${wish.name}${signatureAndBody(own, source, wish, '')}`;
    return own.name && isTop(own) ? declared(own, own.name.text, text, wish, exported, source) : undefined;
  }
  const { value, holder } = held(own);
  const written = inlineHandler(value, source, wish, indentationOf(holder, source));
  if (ts.isPropertyAssignment(holder)) return member(holder, `${wish.name}: ${written}`, source);
  if (ts.isPropertyDeclaration(holder))
    return member(holder, `${modifiersOf(holder, source)}${wish.name} = ${written};`, source);
  if (ts.isVariableDeclaration(holder)) return variable(holder, written, wish, exported, source);
  return assigned(holder, written, wish, source);
}

/** The function that begins at an offset. */
function functionAt(source: ts.SourceFile, offset: number): Named | undefined {
  let found: Named | undefined;
  const visit = (node: ts.Node): void => {
    if (found || offset < node.pos || offset >= node.end) return;
    const isFunction =
      ts.isFunctionDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isArrowFunction(node) ||
      ts.isFunctionExpression(node);
    if (isFunction && (node.getStart(source) === offset || node.name?.getStart(source) === offset)) found = node;
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The whole value with its wrappers, and what it is the value of. */
function held(own: ts.Expression): { readonly value: ts.Expression; readonly holder: ts.Node } {
  let value = own;
  while (
    ts.isCallExpression(value.parent) &&
    value.parent.arguments.length === 1 &&
    value.parent.arguments[0] === value
  ) {
    value = value.parent;
  }
  return { value, holder: value.parent };
}

function declared(
  statement: ts.Statement,
  name: string,
  text: string,
  wish: HandlerWish,
  exported: boolean,
  source: ts.SourceFile,
): readonly CodeEdit[] | undefined {
  const at = statement.getEnd();
  const edit = { start: at, end: at, text: `\n\n${text}` };
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
  if (!exported || isExported) return [edit];
  const listing = listed(source, name, wish.name);
  return listing && [edit, listing];
}

function variable(
  holder: ts.VariableDeclaration,
  written: string,
  wish: HandlerWish,
  exported: boolean,
  source: ts.SourceFile,
): readonly CodeEdit[] | undefined {
  const list = holder.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1 || !ts.isIdentifier(holder.name))
    return undefined;
  const statement = list.parent;
  if (!ts.isVariableStatement(statement) || !isTop(statement)) return undefined;
  // A type with arguments of its own speaks of the neighbour's parameters.
  const type = holder.type && /^[\w.]+$/.test(holder.type.getText(source)) ? `: ${holder.type.getText(source)}` : '';
  const keyword = /^(?:const|let|var)/.exec(list.getText(source))?.[0] ?? 'const';
  const end = statement.getText(source).endsWith(';') ? ';' : '';
  const text = `${modifiersOf(statement, source)}${keyword} ${wish.name}${type} = ${written}${end}`;
  return declared(statement, holder.name.text, text, wish, exported, source);
}

/** `exports.getOrder = …`. */
function assigned(
  holder: ts.Node,
  written: string,
  wish: HandlerWish,
  source: ts.SourceFile,
): readonly CodeEdit[] | undefined {
  if (!ts.isBinaryExpression(holder) || holder.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const { left, parent } = holder;
  if (!ts.isPropertyAccessExpression(left) || !ts.isExpressionStatement(parent)) return undefined;
  const end = parent.getText(source).endsWith(';') ? ';' : '';
  const text = `${left.expression.getText(source)}.${wish.name} = ${written}${end}`;
  return [{ start: parent.getEnd(), end: parent.getEnd(), text: `\n\n${text}` }];
}

/** A member behind another, with the comma that an object wants. */
function member(
  own: ts.ClassElement | ts.ObjectLiteralElementLike,
  text: string,
  source: ts.SourceFile,
): readonly CodeEdit[] | undefined {
  if (ts.canHaveDecorators(own) && ts.getDecorators(own)?.length) return undefined;
  const indentation = indentationOf(own, source);
  const at = own.getEnd();
  if (!ts.isObjectLiteralExpression(own.parent)) return [{ start: at, end: at, text: `\n\n${indentation}${text}` }];
  const comma = /^\s*,/.exec(source.text.slice(at))?.[0].length;
  if (comma === undefined) return [{ start: at, end: at, text: `,\n\n${indentation}${text}` }];
  return [{ start: at + comma, end: at + comma, text: `\n\n${indentation}${text},` }];
}

/** The entry beside a name in what a module exports by a list: `module.exports = { getOrder }`, `export { getOrder }`. */
function listed(source: ts.SourceFile, name: string, sibling: string): CodeEdit | undefined {
  for (const statement of source.statements) {
    const all =
      ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements.filter((one) => one.propertyName === undefined)
        : exportedObject(statement)?.properties.filter(ts.isShorthandPropertyAssignment);
    const entry = all?.find((one) => one.name.text === name);
    if (entry) return { start: entry.getEnd(), end: entry.getEnd(), text: `, ${sibling}` };
  }
  return undefined;
}

function exportedObject(statement: ts.Statement): ts.ObjectLiteralExpression | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, right } = statement.expression;
  return left.getText() === 'module.exports' && ts.isObjectLiteralExpression(right) ? right : undefined;
}

function modifiersOf(node: ts.Node, source: ts.SourceFile): string {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.map((one) => `${one.getText(source)} `).join('');
}

const isTop = (node: ts.Node): boolean => ts.isSourceFile(node.parent);

function indentationOf(node: ts.Node, source: ts.SourceFile): string {
  const start = node.getStart(source);
  return /^[ \t]*/.exec(source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1))![0];
}
