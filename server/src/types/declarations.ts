// Owns what the declarations behind a type tell of it: whose they are, where their names stand, and whether something above them
// could not be read. It must not know shapes.

import ts from 'typescript';
import type { Place } from '../base/place.ts';

/** What is known of the files of a program. */
export interface TypeOrigins {
  readonly isStandardLibrary: (file: ts.SourceFile) => boolean;
  /** Whether a place in the file may be shown to somebody: the workspace's own sources. */
  readonly isOwn: (file: string) => boolean;
}

/** Whether a name is declared by the language's own library and by nobody else. */
export function isFromStandardLibrary(symbol: ts.Symbol, origins: TypeOrigins): boolean {
  const declarations = symbol.declarations ?? [];
  return declarations.length > 0 && declarations.some((one) => origins.isStandardLibrary(one.getSourceFile()));
}

/** Whether a name is declared by an installed package. */
export function isFromPackage(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((one) => one.getSourceFile().fileName.includes('/node_modules/'));
}

/** Where a property's name stands, when that is in the workspace's own sources. */
export function placeOfName(symbol: ts.Symbol, origins: TypeOrigins): Place | undefined {
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  const name = declaration && ts.getNameOfDeclaration(declaration);
  const source = name?.getSourceFile();
  if (!name || !source || !origins.isOwn(source.fileName)) return undefined;
  return { file: source.fileName, start: name.getStart(source), end: name.end };
}

/**
 * Whether a class or interface extends something that could not be resolved: the checker then gives it its own members alone, which
 * looks complete and is not.
 */
export function hasUnreadHeritage(checker: ts.TypeChecker, type: ts.Type, depth = 0): boolean {
  if (depth > 12) return true;
  if (type.isIntersection()) return type.types.some((part) => hasUnreadHeritage(checker, part, depth + 1));
  const target = 'target' in type && type.target ? (type.target as ts.Type) : type;
  if (!target.isClassOrInterface()) return false;
  for (const declaration of target.symbol.declarations ?? []) {
    if (!ts.isClassLike(declaration) && !ts.isInterfaceDeclaration(declaration)) continue;
    for (const clause of declaration.heritageClauses ?? []) {
      if (clause.token !== ts.SyntaxKind.ExtendsKeyword) continue;
      for (const parent of clause.types) {
        const above = checker.getTypeAtLocation(parent);
        if (above.flags & ts.TypeFlags.Any || checker.getTypeAtLocation(parent.expression).flags & ts.TypeFlags.Any) {
          // An interface's parent is a type name, which has no type of its own as an expression.
          if (above.flags & ts.TypeFlags.Any || ts.isClassLike(declaration)) return true;
        }
        if (hasUnreadHeritage(checker, above, depth + 1)) return true;
      }
    }
  }
  return false;
}
