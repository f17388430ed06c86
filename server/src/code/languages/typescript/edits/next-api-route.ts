// Owns the writing of an API route of Next.js, a file with one handler for all methods, in the manner of another one.
// It must not know contracts, nor which file serves which path.

import ts from 'typescript';
import { literalText } from './literal.ts';
import { handwritingOf } from './next-handler.ts';
import type { ScaffoldWish } from './scaffold.ts';

/** The text of the file; its types are those that the neighbour imports. */
export function scaffoldApiRoute(
  neighbour: { readonly file: string; readonly text: string },
  { name, method, status, body, list }: ScaffoldWish,
): string {
  const { indentation, semicolon, lineBreak, quote } = handwritingOf(neighbour);
  const isTyped = importsTypes(neighbour);
  const parameters = isTyped ? 'req: NextApiRequest, res: NextApiResponse' : 'req, res';
  const types = `import type { NextApiRequest, NextApiResponse } from ${quote}next${quote}${semicolon}`;
  const value = list ? '[]' : literalText(body);
  const sent = body === undefined ? 'end()' : `json(${value})`;
  return [
    ...(isTyped ? [types, ''] : []),
    `export default function ${name}(${parameters}) {`,
    `${indentation}if (req.method !== ${quote}${method.toUpperCase()}${quote}) {`,
    `${indentation}${indentation}return res.status(405).end()${semicolon}`,
    `${indentation}}`,
    `${indentation}return res.status(${status}).${sent}${semicolon}`,
    '}',
    '',
  ].join(lineBreak);
}

function importsTypes({ file, text }: { readonly file: string; readonly text: string }): boolean {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements.some((statement) => {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    return (
      !!bindings && ts.isNamedImports(bindings) && bindings.elements.some((one) => one.name.text === 'NextApiRequest')
    );
  });
}
