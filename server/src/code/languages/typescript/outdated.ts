// Owns the question whether what a variable held after loading may have been replaced since.
// It must not know who asks.

import ts from 'typescript';
import type { Cell, ObjectValue, Value } from './value.ts';

/** Whether a cell still holds the plain value that loading its module left in it, although functions write it since. */
export function isOutdated(cell: Cell, value: Value): boolean {
  return cell.wired !== undefined && value.kind === 'literal' && cell.wired.value === value;
}

/** Whether nobody writes a field once its constructor is through: it is `readonly`, and no decorator asks a container for it. */
export function isFinal(instance: ObjectValue, key: string): boolean {
  for (let cls: Value | undefined = instance.cls; cls?.kind === 'class'; cls = cls.parent) {
    const declared = declarationOf(cls.node, key);
    if (declared) return isReadonly(declared) && (ts.getDecorators(declared) ?? []).length === 0;
  }
  return false;
}

function declarationOf(
  cls: ts.ClassLikeDeclaration,
  key: string,
): ts.PropertyDeclaration | ts.ParameterDeclaration | undefined {
  for (const member of cls.members) {
    if (ts.isPropertyDeclaration(member) && member.name.getText() === key) return member;
    if (!ts.isConstructorDeclaration(member)) continue;
    const parameter = member.parameters.find((one) => ts.isIdentifier(one.name) && one.name.text === key);
    if (parameter && ts.isParameterPropertyDeclaration(parameter, member)) return parameter;
  }
  return undefined;
}

const isReadonly = (node: ts.PropertyDeclaration | ts.ParameterDeclaration): boolean =>
  !!ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.ReadonlyKeyword);
