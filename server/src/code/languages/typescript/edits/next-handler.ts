// Owns the writing of a route handler for a Next.js file, in the manner of a handler of another file or of the same one.
// It must not know contracts, nor which file serves which path.

import ts from 'typescript';
import type { HandlerWish } from './handler-text.ts';
import { literalText } from './literal.ts';

/** How a file is written, whatever it says. */
export interface Handwriting {
  readonly indentation: string;
  readonly semicolon: string;
  readonly lineBreak: string;
  readonly quote: string;
}

interface Manner extends Handwriting {
  readonly form: 'function' | 'const';
  readonly isAsync: boolean;
  /** Whether the file answers with Next's own response. */
  readonly own: boolean;
}

/** The text behind what a file says already, or of the whole file when it is not there; undefined when the neighbour is written in another way. */
export function scaffoldExport(
  neighbour: { readonly file: string; readonly text: string; readonly offset: number },
  target: { readonly file: string; readonly text: string | undefined },
  wish: HandlerWish,
): string | undefined {
  const manner = mannerOf(neighbour);
  if (!manner) return undefined;
  const { text } = target;
  const own = text === undefined ? manner.own : hasOwnResponse(text);
  const written = handlerText({ ...manner, own }, wish);
  const { quote, semicolon, lineBreak } = manner;
  const lines =
    text === undefined
      ? [...(own ? [`import { NextResponse } from ${quote}next/server${quote}${semicolon}`, ''] : []), ...written, '']
      : [text.endsWith('\n') ? '' : '\n', ...written, ...(text.endsWith('\n') ? [''] : [])];
  return lines.join(lineBreak);
}

function mannerOf({ file, text, offset }: { file: string; text: string; offset: number }): Manner | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  let fn: ts.FunctionDeclaration | ts.ArrowFunction | undefined;
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.getStart(source) === offset) fn = statement;
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (name.getStart(source) === offset && initializer && ts.isArrowFunction(initializer)) fn = initializer;
    }
  }
  if (!fn) return undefined;
  return {
    ...handwritingOf({ file, text }),
    form: ts.isFunctionDeclaration(fn) ? 'function' : 'const',
    isAsync: fn.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true,
    own: hasOwnResponse(text),
  };
}

/** The handwriting of a file: its first indentation, its quotes, its ends of statements and lines. */
export function handwritingOf({ file, text }: { readonly file: string; readonly text: string }): Handwriting {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const first = source.statements.find(ts.isImportDeclaration)?.moduleSpecifier.getText(source)[0];
  return {
    indentation: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ',
    semicolon: /[;][ \t]*\r?$/m.test(text) ? ';' : '',
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
    quote: first ?? "'",
  };
}

/** Whether a file imports Next's own response. */
function hasOwnResponse(text: string): boolean {
  const source = ts.createSourceFile('route.ts', text, ts.ScriptTarget.Latest, true);
  return source.statements.some((statement) => {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    return (
      !!bindings && ts.isNamedImports(bindings) && bindings.elements.some((one) => one.name.text === 'NextResponse')
    );
  });
}

function handlerText({ form, isAsync, own, indentation, semicolon }: Manner, wish: HandlerWish): string[] {
  const response = own ? 'NextResponse' : 'Response';
  const { status } = wish;
  const value = wish.list ? '[]' : literalText(wish.body);
  const answer =
    wish.body === undefined
      ? `new ${response}(null, { status: ${status} })`
      : `${response}.json(${value}${status === 200 ? '' : `, { status: ${status} }`})`;
  const word = isAsync ? 'async ' : '';
  return [
    form === 'function' ? `export ${word}function ${wish.name}() {` : `export const ${wish.name} = ${word}() => {`,
    `${indentation}return ${answer}${semicolon}`,
    form === 'function' ? '}' : `}${semicolon}`,
  ];
}
