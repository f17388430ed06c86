// Owns where a module writes one of its exports, for pointing at it.
// It must not evaluate anything.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import { type Module, placeOf } from '../module.ts';

/** The place of an export's name, else of the statement that exports it; the file's beginning when the text does not show it. */
export function placeOfExport(module: Module, name: string): Place {
  for (const statement of module.source.statements) {
    const found = placeIn(statement, name);
    if (found) return found;
  }
  return { file: module.file, start: 0, end: 0 };
}

function placeIn(statement: ts.Statement, name: string): Place | undefined {
  if (ts.isExportAssignment(statement)) return name === 'default' ? placeOf(statement.expression) : undefined;
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    if (!exportClause || !ts.isNamedExports(exportClause)) return undefined;
    const element = exportClause.elements.find((one) => one.name.text === name);
    return element && placeOf(element.name);
  }
  if (ts.isExpressionStatement(statement))
    return name === 'default' ? placeOfAssignment(statement.expression) : undefined;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return undefined;
  const isDefault = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    const written = isDefault ? 'default' : statement.name?.text;
    return written === name ? placeOf(statement.name ?? statement) : undefined;
  }
  if (!ts.isVariableStatement(statement)) return undefined;
  for (const declaration of statement.declarationList.declarations) {
    const bound = boundName(declaration.name, name);
    if (bound) return placeOf(bound);
  }
  return undefined;
}

function boundName(pattern: ts.BindingName, name: string): ts.Identifier | undefined {
  if (ts.isIdentifier(pattern)) return pattern.text === name ? pattern : undefined;
  for (const element of pattern.elements) {
    const found = ts.isBindingElement(element) ? boundName(element.name, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** `module.exports = handler` and `exports.default = handler`. */
function placeOfAssignment(expression: ts.Expression): Place | undefined {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return undefined;
  return /^(module\.exports|exports\.default)$/.test(expression.left.getText()) ? placeOf(expression.right) : undefined;
}
