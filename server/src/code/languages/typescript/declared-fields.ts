// Owns what a class declares of the plain fields of its instances. It must not know constructors or heritage of packages.

import ts from 'typescript';
import type { Machine } from './machine.ts';
import { typedValue } from './typed-values.ts';
import { type Cell, type ClassValue, Frame, isEmpty, type ObjectValue } from './value.ts';

/**
 * Plain data of an instance that was made elsewhere (a row that became an entity) is what its class declares, whatever the constructor
 * makes of arguments that nobody saw.
 */
export function trustDeclarations(m: Machine, cls: ClassValue, self: ObjectValue, depth = 0): void {
  if (cls.parent?.kind === 'class' && depth < 12) trustDeclarations(m, cls.parent, self, depth + 1);
  const inherits = depth > 0;
  const frame = new Frame(cls.frame, cls.frame.module, self, cls);
  for (const member of cls.node.members) {
    if (!ts.isPropertyDeclaration(member) || isStatic(member) || !member.type || !ts.isIdentifier(member.name))
      continue;
    if (member.questionToken || member.initializer || !isPlainType(member.type)) continue;
    // What a child's constructor handed to that of its parent is known better.
    if (inherits && isKnown(m, self.props.get(member.name.text))) continue;
    const value = typedValue(m, { node: member.type, frame });
    if (value) self.props.set(member.name.text, { value });
  }
}

function isKnown(m: Machine, cell: Cell | undefined): boolean {
  const value = cell && m.force(cell);
  return !!value && value.kind !== 'unknown' && !isEmpty(value);
}

function isPlainType(node: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(node)) return node.types.every(isPlainType);
  if (ts.isArrayTypeNode(node)) return isPlainType(node.elementType);
  if (ts.isTypeReferenceNode(node)) return ts.isIdentifier(node.typeName) && node.typeName.text === 'Date';
  return ts.isLiteralTypeNode(node) || plainKeywords.has(node.kind);
}

const plainKeywords: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.BigIntKeyword,
]);

/** Whether a member belongs to the class itself. */
export function isStatic(member: ts.ClassElement): boolean {
  return (
    ts.canHaveModifiers(member) && !!ts.getModifiers(member)?.some((flag) => flag.kind === ts.SyntaxKind.StaticKeyword)
  );
}
