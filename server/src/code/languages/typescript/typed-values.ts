// Owns what a declared type stands for where no value is known: the value of a parameter, a field or a result.
// It must not know frameworks; a package's types answer through the package's model.

import ts from 'typescript';
import { abstractInstance, emptySite } from './classes.ts';
import { enumShape } from './enums.ts';
import { evaluate } from './expressions.ts';
import { join } from './join.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { holdsReference } from './rows/mongoose/decorated.ts';
import { withinShare } from './shares.ts';
import { evaluateName, resolveName, withArguments } from './type-names.ts';
import { unseenException } from './unseen.ts';
import {
  type Frame,
  nullValue,
  shaped,
  someBoolean,
  someNumber,
  someString,
  type TypeReference,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** A value that stands for a declared type; undefined when the type says nothing. */
export function typedValue(m: Machine, type: TypeReference, depth = 0): Value | undefined {
  if (depth > 12) return undefined;
  const { node, frame } = type;
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return someString();
    case ts.SyntaxKind.NumberKeyword:
      return someNumber();
    case ts.SyntaxKind.BooleanKeyword:
      return someBoolean();
    case ts.SyntaxKind.NullKeyword:
      return nullValue;
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.VoidKeyword:
      return undefinedValue;
    case ts.SyntaxKind.LiteralType: {
      const inner = (node as ts.LiteralTypeNode).literal;
      if (inner.kind === ts.SyntaxKind.NullKeyword) return nullValue;
      return evaluate(m, inner as ts.LiteralExpression, frame);
    }
    case ts.SyntaxKind.ParenthesizedType:
      return typedValue(m, { node: (node as ts.ParenthesizedTypeNode).type, frame }, depth + 1);
    case ts.SyntaxKind.UnionType: {
      const parts = (node as ts.UnionTypeNode).types.map((part) => typedValue(m, { node: part, frame }, depth + 1));
      return parts.some((part) => !part) ? undefined : join(parts as Value[]);
    }
    case ts.SyntaxKind.TypeReference:
      return referenceValue(m, node as ts.TypeReferenceNode, frame, depth);
    case ts.SyntaxKind.ArrayType:
    case ts.SyntaxKind.TupleType:
    case ts.SyntaxKind.TypeLiteral:
    case ts.SyntaxKind.IntersectionType:
    case ts.SyntaxKind.FunctionType:
    case ts.SyntaxKind.MappedType:
    case ts.SyntaxKind.IndexedAccessType:
    case ts.SyntaxKind.TypeOperator:
      return { kind: 'typed', type };
    case ts.SyntaxKind.TypeQuery:
      return evaluateName(m, (node as ts.TypeQueryNode).exprName, frame);
    default:
      return undefined;
  }
}

/** What a field without an initialiser holds by its type alone. Where an error may be kept, mostly there is none. */
export function fieldOfType(m: Machine, type: TypeReference, member: ts.PropertyDeclaration): Value {
  const value = typedValue(m, type) ?? unknown('dependency-injection', placeOf(member));
  const composite = value.kind === 'object' || value.kind === 'typed' || value.kind === 'union';
  if (composite && holdsReference(m, member, type.frame)) return unknown('spread-or-any', placeOf(member));
  const spare = member.questionToken && value.kind === 'unknown' && value.caught;
  return spare ? join([value, undefinedValue]) : value;
}

const transparent = new Set(['Promise', 'PromiseLike', 'Awaited', 'Readonly', 'Required', 'NonNullable']);

function referenceValue(m: Machine, node: ts.TypeReferenceNode, frame: Frame, depth: number): Value | undefined {
  const named = resolveName(m, node.typeName, frame);
  if (!named) return undefined;
  const args = (node.typeArguments ?? []).map((argument) => ({ node: argument, frame }));
  switch (named.kind) {
    case 'argument':
      return typedValue(m, named.reference, depth + 1);
    case 'class':
      return abstractInstance(m, named.cls);
    case 'interface':
      return { kind: 'typed', type: { node, frame } };
    case 'enum':
      return shaped(enumShape(m, named.node, named.frame));
    case 'alias': {
      const inner = withArguments(named.node.typeParameters, args, named.frame);
      return typedValue(m, { node: named.node.type, frame: inner }, depth + 1);
    }
    case 'package': {
      const model = m.model(named.package);
      const instance = model?.instance?.(m, named.path, args, placeOf(node), node);
      if (instance) return instance;
      const shape = model?.type?.(m, named.path, args, { node, frame });
      return shape ? shaped(shape) : undefined;
    }
    case 'global':
      if (named.name === 'ReturnType' && args[0]) return resultValue(m, args[0], depth);
      if (transparent.has(named.name) && args[0]) return typedValue(m, args[0], depth + 1);
      if (named.name === 'Date') return m.construct(m.force(m.globals.cells.get('Date')!), emptySite(node, frame));
      // Of an error of which only this is declared nobody knows where it came from, nor what it carries.
      if (named.name === 'Error') return unseenException(placeOf(node), []);
      return { kind: 'typed', type: { node, frame } };
  }
}

/** `ReturnType<typeof make>`: what the function is declared to give, or what it gives when it is called with what its parameters declare. */
function resultValue(m: Machine, type: TypeReference, depth: number): Value | undefined {
  if (ts.isFunctionTypeNode(type.node)) return typedValue(m, { node: type.node.type, frame: type.frame }, depth + 1);
  const made = typedValue(m, type, depth + 1);
  if (made?.kind !== 'function') return undefined;
  const { node, frame } = made;
  if (node.type) return typedValue(m, { node: node.type, frame }, depth + 1);
  const known = m.instances.get(node);
  if (known) return known;
  // Modules that are loaded have an order, in which nothing runs before its time.
  if (!m.summarising || (m.active.get(node) ?? 0) > 0) return undefined;
  const call = () => m.apart(() => m.catching(() => m.call(made, { ...emptySite(node, frame), open: true })).result);
  const result = withinShare(m, call) ?? unknown('budget', placeOf(node));
  m.instances.set(node, result);
  return result;
}
