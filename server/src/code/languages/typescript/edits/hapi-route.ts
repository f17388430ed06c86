// Owns the writing of a route of hapi beside another one: an object in a list, or a call of its own.
// It must not know contracts; what the answer is comes from outside.

import ts from 'typescript';
import { inlineHandler } from './handler-text.ts';
import type { CodeEdit } from './property.ts';
import { indentationOf, inManner, type ScaffoldWish } from './scaffold.ts';

/** The edits that write the route; undefined when the neighbour is written in another way. `offset` is that of the neighbour's path. */
export function scaffoldRoute(file: string, text: string, wish: ScaffoldWish): readonly CodeEdit[] | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const neighbour = routeAt(source, wish.offset);
  if (!neighbour) return undefined;
  const { parent } = neighbour;
  const indentation = indentationOf(text, neighbour.getStart(source));
  const written = routeText(neighbour, source, wish, indentation);
  const end = neighbour.getEnd();
  if (ts.isArrayLiteralExpression(parent)) {
    const gap = parent.getText(source).includes('\n') ? `,\n${indentation}` : ', ';
    return inManner([{ start: end, end, text: gap + written }], text);
  }
  if (!ts.isCallExpression(parent) || !ts.isExpressionStatement(parent.parent)) return undefined;
  const statement = parent.parent;
  const semicolon = statement.getText(source).endsWith(';') ? ';' : '';
  const call = `${parent.expression.getText(source)}(${written})${semicolon}`;
  const at = statement.getEnd();
  return inManner([{ start: at, end: at, text: `\n\n${indentation}${call}` }], text);
}

/** The object whose `path` begins at an offset. */
function routeAt(source: ts.SourceFile, offset: number): ts.ObjectLiteralExpression | undefined {
  let found: ts.ObjectLiteralExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (found || offset < node.pos || offset >= node.end) return;
    const holder = ts.isPropertyAssignment(node) && node.initializer.getStart(source) === offset ? node : undefined;
    if (holder?.name.getText(source) === 'path' && ts.isObjectLiteralExpression(holder.parent)) found = holder.parent;
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The neighbour's properties with what the new route says; what is the neighbour's own is left out, but not who may call. */
function routeText(
  neighbour: ts.ObjectLiteralExpression,
  source: ts.SourceFile,
  wish: ScaffoldWish,
  indentation: string,
): string {
  const inner = `${indentation}  `;
  const lines = neighbour.properties.flatMap((property): string[] => {
    const name = property.name?.getText(source);
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    const quote = value?.getText(source)[0] ?? "'";
    switch (name) {
      case 'method': {
        const isLower = value !== undefined && /^.[a-z]/.test(value.getText(source));
        return [`method: ${quote}${isLower ? wish.method : wish.method.toUpperCase()}${quote}`];
      }
      case 'path':
        return [`path: ${quote}${wish.path}${quote}`];
      case 'handler': {
        const own = value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
        return [`handler: ${inlineHandler(own, source, wish, inner)}`];
      }
      case 'options':
      case 'config': {
        const auth = value && ts.isObjectLiteralExpression(value) ? authOf(value, source) : undefined;
        return auth === undefined ? [] : [`${name}: { ${auth} }`];
      }
      default:
        return [];
    }
  });
  return `{\n${lines.map((line) => `${inner}${line},\n`).join('')}${indentation}}`;
}

/** `auth: 'session'`, `auth: false`. */
function authOf(options: ts.ObjectLiteralExpression, source: ts.SourceFile): string | undefined {
  const auth = options.properties.find((one) => one.name?.getText(source) === 'auth');
  return auth && /^auth:\s*(?:'[\w-]+'|"[\w-]+"|false)$/.test(auth.getText(source)) ? auth.getText(source) : undefined;
}
