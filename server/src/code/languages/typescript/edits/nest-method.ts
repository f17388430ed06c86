// Owns the writing of a controller's method beside another one: its decorators, its imports, its answer.
// It must not know contracts; what the answer is comes from outside.

import ts from 'typescript';
import { literalText } from './literal.ts';
import type { CodeEdit } from './property.ts';
import { freeName, gapBehind, indentationOf, inManner, type ScaffoldWish, startWithComments } from './scaffold.ts';

const verbs: Readonly<Record<string, string>> = {
  get: 'Get',
  post: 'Post',
  put: 'Put',
  patch: 'Patch',
  delete: 'Delete',
};

interface Neighbour {
  readonly method: ts.MethodDeclaration;
  /** The decorator that names method and path. */
  readonly verb: ts.CallExpression;
}

/** The edits that write the method; undefined when the neighbour, or what it imports, is written in another way. */
export function scaffoldMethod(file: string, text: string, wish: ScaffoldWish): readonly CodeEdit[] | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const neighbour = methodAt(source, wish.offset);
  const word = verbs[wish.method];
  const name = freeName(wish.name, [text]);
  if (!neighbour || word === undefined || name === undefined) return undefined;
  const { method, verb } = neighbour;
  const [literal] = verb.arguments;
  if (literal && !ts.isStringLiteralLike(literal)) return undefined;
  if ((literal?.text ?? '') !== wish.written) return undefined;

  const usual = wish.method === 'post' ? 201 : 200;
  const status = wish.status === usual ? [] : ['HttpCode'];
  const imports = importing(source, verb.expression.getText(source), [word, ...status]);
  if (!imports) return undefined;
  const local = wish.path.replace(/\{([^{}/]*)\}/g, ':$1');
  const path = literal?.text.startsWith('/') ? local : local.slice(1);
  const quote = (literal ?? firstText(source))?.getText(source)[0] ?? "'";
  const indentation = indentationOf(text, method.getStart(source));
  const lines = [
    `@${word}(${path === '' ? '' : quote + path + quote})`,
    ...status.map((one) => `@${one}(${wish.status})`),
    ...guardsOf(method, source),
    `${keywordsOf(method, source)}${name}() ${blockOf(wish, indentation)}`,
  ];
  const written = lines.join(`\n${indentation}`);
  const at = wish.before ? startWithComments(method, source) : method.getEnd();
  const beside = wish.before ? `${written}\n\n${indentation}` : `\n\n${indentation}${written}`;
  return inManner([...imports, { start: at, end: at, text: beside }], text);
}

function methodAt(source: ts.SourceFile, offset: number): Neighbour | undefined {
  let found: Neighbour | undefined;
  const visit = (node: ts.Node): void => {
    if (found || offset < node.pos || offset >= node.end) return;
    if (ts.isMethodDeclaration(node)) {
      const verb = ts.getDecorators(node)?.find(({ expression }) => expression.getStart(source) === offset)?.expression;
      if (verb && ts.isCallExpression(verb)) found = { method: node, verb };
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The guards that are asked by name; what is called with arguments belongs to the neighbour alone. */
function guardsOf(method: ts.MethodDeclaration, source: ts.SourceFile): string[] {
  return (ts.getDecorators(method) ?? []).flatMap((decorator) => {
    const { expression } = decorator;
    const isGuard =
      ts.isCallExpression(expression) &&
      expression.expression.getText(source) === 'UseGuards' &&
      expression.arguments.every((one) => ts.isIdentifier(one));
    return isGuard ? [decorator.getText(source)] : [];
  });
}

/** `public async `, as the neighbour has it. */
function keywordsOf(method: ts.MethodDeclaration, source: ts.SourceFile): string {
  return (ts.getModifiers(method) ?? []).map((one) => `${one.getText(source)} `).join('');
}

function blockOf({ body, list }: ScaffoldWish, indentation: string): string {
  if (body === undefined) return '{}';
  return `{\n${indentation}  return ${list ? '[]' : literalText(body)};\n${indentation}}`;
}

/** The edits that import what is missing beside what the neighbour uses; undefined when that is imported in another way. */
function importing(source: ts.SourceFile, used: string, names: readonly string[]): CodeEdit[] | undefined {
  const lists = source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const { importClause: clause } = statement;
    const isOurs = statement.moduleSpecifier.text === '@nestjs/common' && clause?.phaseModifier === undefined;
    return isOurs && clause?.namedBindings && ts.isNamedImports(clause.namedBindings)
      ? [clause.namedBindings.elements]
      : [];
  });
  const known = new Set(lists.flat().flatMap((one) => (one.propertyName ? [] : [one.name.text])));
  const last = lists.at(-1)?.at(-1);
  if (!last || !known.has(used)) return undefined;
  const gap = gapBehind(last, source);
  const text = names.flatMap((name) => (known.has(name) ? [] : [`${gap}${name}`])).join('');
  return text === '' ? [] : [{ start: last.getEnd(), end: last.getEnd(), text }];
}

/** A text of the file, which shows how texts are quoted there. */
function firstText(source: ts.SourceFile): ts.Node | undefined {
  const first = source.statements.find(ts.isImportDeclaration);
  return first?.moduleSpecifier;
}
