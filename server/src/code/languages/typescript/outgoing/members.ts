// Owns members of what a module writes down: of objects, classes and enums. It must not know who asks for them.

import ts from 'typescript';
import type { Evaluator } from './evaluate.ts';
import { typedValue } from './making.ts';
import { text, type Value } from './values.ts';

/** A member of an object; `absent` only where the object certainly has none. */
export function partOfObject(
  evaluator: Evaluator,
  { node, given }: Extract<Value, { kind: 'object' }>,
  name: string,
  seen: readonly ts.Node[] = [],
): { readonly value: Value | undefined } | 'absent' {
  for (const property of [...node.properties].reverse()) {
    if (ts.isSpreadAssignment(property)) {
      const spread = evaluator.evaluate(property.expression, given);
      if (spread?.kind === 'nothing') continue;
      // An object may be spread into itself where its text is no program.
      if (spread?.kind !== 'object' || seen.includes(spread.node)) return { value: undefined };
      const part = partOfObject(evaluator, spread, name, [...seen, node]);
      if (part !== 'absent') return part;
    } else if (property.name && ts.isComputedPropertyName(property.name)) {
      const key = evaluator.evaluate(property.name.expression, given);
      if (key?.kind !== 'text') return { value: undefined };
      if (key.text === name) return { value: valueOfPart(evaluator, property, given) };
    } else if (property.name && nameOf(property.name) === name) {
      return { value: valueOfPart(evaluator, property, given) };
    }
  }
  return 'absent';
}

export function memberOfObject(
  evaluator: Evaluator,
  object: Extract<Value, { kind: 'object' }>,
  name: string,
): Value | undefined {
  const part = partOfObject(evaluator, object, name);
  return part === 'absent' ? undefined : part.value;
}

function valueOfPart(
  evaluator: Evaluator,
  property: ts.ObjectLiteralElementLike,
  given: Extract<Value, { kind: 'object' }>['given'],
): Value | undefined {
  if (ts.isPropertyAssignment(property)) return evaluator.evaluate(property.initializer, given);
  if (ts.isShorthandPropertyAssignment(property)) return evaluator.evaluate(property.name, given);
  return ts.isMethodDeclaration(property) ? { kind: 'function', node: property, given } : undefined;
}

/** A member of a class or, where `own` says so, one that the class itself has. */
export function memberOfClass(
  evaluator: Evaluator,
  node: ts.ClassLikeDeclaration,
  name: string,
  own: boolean,
): Value | undefined {
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member)) {
      const property = own ? undefined : setBy(evaluator, member, name);
      if (property) return property;
    }
    if (!member.name || nameOf(member.name) !== name || isStatic(member) !== own) continue;
    if (ts.isPropertyDeclaration(member)) {
      const value = member.initializer && evaluator.evaluate(member.initializer);
      const typed = value ?? typedValue(evaluator, member.type);
      if (typed) return typed;
    }
    if (ts.isMethodDeclaration(member)) return { kind: 'function', node: member, given: undefined };
  }
  return undefined;
}

/** What a constructor makes of a field: a parameter that is one, or what it assigns. */
function setBy(evaluator: Evaluator, node: ts.ConstructorDeclaration, name: string): Value | undefined {
  for (const parameter of node.parameters) {
    if (ts.isParameterPropertyDeclaration(parameter, node) && nameOf(parameter.name) === name)
      return typedValue(evaluator, parameter.type);
  }
  for (const statement of node.body?.statements ?? []) {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, right, operatorToken } = statement.expression;
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) continue;
    if (left.expression.kind === ts.SyntaxKind.ThisKeyword && left.name.text === name) return evaluator.evaluate(right);
  }
  return undefined;
}

const isStatic = (member: ts.ClassElement): boolean =>
  ts.canHaveModifiers(member) &&
  (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);

export function memberOfEnum(evaluator: Evaluator, node: ts.EnumDeclaration, name: string): Value | undefined {
  const member = node.members.find((one) => nameOf(one.name) === name);
  const value = member?.initializer && evaluator.evaluate(member.initializer);
  return value?.kind === 'text' ? text(value.text) : undefined;
}

/** The class in whose members a node stands. */
export function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (ts.isClassLike(at)) return at;
    if (ts.isFunctionDeclaration(at) || ts.isFunctionExpression(at)) return undefined;
  }
  return undefined;
}

function nameOf(name: ts.PropertyName | ts.BindingName): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  return ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}
