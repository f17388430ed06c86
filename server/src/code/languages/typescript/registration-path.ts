// Owns what a registration writes out of its path, where another route could be written after its manner: one call, one decorator, one
// entry of a list, or an export of a file that stands for the path. It must not know what a request does there.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import type { Machine } from './machine.ts';

/**
 * The path in a registration as it is written there, empty where none is; undefined where it is registered in another way: by a
 * computed path, in a chain, from a table, with a name of the project's own.
 */
export function writtenPathOf(
  m: Machine,
  framework: string,
  { place, pathPlace }: { readonly place: Place; readonly pathPlace: Place },
): string | undefined {
  const read = manners[framework];
  const at = framework === 'hapi' ? pathPlace : place;
  const source = read && m.modules.module(at.file)?.source;
  return source && read(source, at);
}

type Manner = (source: ts.SourceFile, at: Place) => string | undefined;

/** `app.get('/orders/:id', …)` as a statement; the place begins at the receiver for some frameworks, at the method's name for others. */
const inCall: Manner = (source, at) => {
  const call = innermost(source, at, (node): node is ts.CallExpression => {
    if (!ts.isCallExpression(node) || node.end !== at.end || !ts.isPropertyAccessExpression(node.expression))
      return false;
    return node.getStart(source) === at.start || node.expression.name.getStart(source) === at.start;
  });
  if (!call || !ts.isPropertyAccessExpression(call.expression) || !ts.isExpressionStatement(call.parent))
    return undefined;
  const [path, ...others] = call.arguments;
  const isVerb = /^[a-z]+$/.test(call.expression.name.text) && isName(call.expression.expression);
  return isVerb && others.length > 0 && path && ts.isStringLiteralLike(path) ? path.text : undefined;
};

const isName = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) ||
  node.kind === ts.SyntaxKind.ThisKeyword ||
  (ts.isPropertyAccessExpression(node) && isName(node.expression));

const nestVerbs: ReadonlySet<string> = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);

const manners: Readonly<Record<string, Manner>> = {
  express: inCall,
  fastify: inCall,
  koa: inCall,
  hono: inCall,
  restify: inCall,
  /** `server.route({ path: '/orders/{id}', … })`, alone or in a list. */
  hapi(source, at) {
    const text = innermost(source, at, (node): node is ts.StringLiteral => {
      return ts.isStringLiteral(node) && node.getStart(source) === at.start;
    });
    const property = text?.parent;
    if (!text || !property || !ts.isPropertyAssignment(property) || property.name.getText(source) !== 'path')
      return undefined;
    const holder = property.parent.parent;
    const isAlone =
      ts.isCallExpression(holder) &&
      ts.isPropertyAccessExpression(holder.expression) &&
      holder.expression.name.text === 'route';
    return isAlone || ts.isArrayLiteralExpression(holder) ? text.text : undefined;
  },
  /** `@Get(':id')` */
  nest(source, at) {
    const call = innermost(source, at, (node): node is ts.CallExpression => {
      return ts.isCallExpression(node) && ts.isDecorator(node.parent) && node.getStart(source) === at.start;
    });
    if (!call || !ts.isIdentifier(call.expression) || !nestVerbs.has(call.expression.text)) return undefined;
    const [path, ...others] = call.arguments;
    if (!path) return '';
    return others.length === 0 && ts.isStringLiteralLike(path) ? path.text : undefined;
  },
  /** The path is where the file stands: `export async function GET`, `export const GET =`, `export default`. */
  next(source, at) {
    const named = innermost(source, at, (node): node is ts.Identifier => {
      return ts.isIdentifier(node) && node.getStart(source) === at.start;
    });
    const declared = source.statements.some((statement) => {
      if (ts.isExportAssignment(statement)) return statement.expression.getStart(source) === at.start;
      const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
      const has = (kind: ts.SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind);
      if (!has(ts.SyntaxKind.ExportKeyword)) return false;
      const isDefault = has(ts.SyntaxKind.DefaultKeyword);
      if (ts.isFunctionDeclaration(statement))
        return (
          (statement.name === named && named !== undefined && (isDefault || isMethod(named))) ||
          (isDefault && statement.getStart(source) <= at.start && at.start < (statement.body?.pos ?? statement.end))
        );
      return (
        ts.isVariableStatement(statement) &&
        statement.declarationList.declarations.some(
          ({ name }) => name === named && named !== undefined && isMethod(named),
        )
      );
    });
    return declared ? '' : undefined;
  },
};

const isMethod = ({ text }: ts.Identifier): boolean => /^[A-Z]+$/.test(text);

/** The innermost node of a kind around a place. */
function innermost<T extends ts.Node>(
  source: ts.SourceFile,
  at: Place,
  wanted: (node: ts.Node) => node is T,
): T | undefined {
  let found: T | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > at.start || node.end < Math.min(at.end, at.start + 1)) return;
    if (wanted(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
