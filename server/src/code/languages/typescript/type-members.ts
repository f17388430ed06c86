// Owns the parts of values of which only the type is known: elements, members, results of calls.
// It must not know frameworks; a package's types answer through the package's model.

import ts from 'typescript';
import { resolveShape } from '../../../shape/shape.ts';
import { join } from './join.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { entityOf, resolveName, withArguments } from './type-names.ts';
import { typedValue } from './typed-values.ts';
import { callUnknown } from './unknown-calls.ts';
import {
  type CallSite,
  type Frame,
  native,
  resultOf,
  shaped,
  type TypedValue,
  type TypeReference,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** Reads the parts of typed values for one machine. */
export class TypeMembers {
  constructor(private readonly m: Machine) {}

  /** The element of an array type, as a value. */
  element(value: TypedValue | Value): Value | undefined {
    if (value.kind !== 'typed') return undefined;
    const { node, frame } = value.type;
    if (ts.isArrayTypeNode(node))
      return typedValue(this.m, { node: node.elementType, frame }) ?? unknown('spread-or-any');
    if (ts.isTypeOperatorNode(node)) return this.element({ kind: 'typed', type: { node: node.type, frame } });
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
      const name = node.typeName.text;
      if ((name === 'Array' || name === 'ReadonlyArray' || name === 'Set') && node.typeArguments?.[0]) {
        return typedValue(this.m, { node: node.typeArguments[0], frame }) ?? unknown('spread-or-any');
      }
    }
    return undefined;
  }

  /** A member of a typed value, as a value; methods become functions that give their declared result. */
  member(value: TypedValue, key: string): Value | undefined {
    const found = this.findMember(value.type, key, 0) ?? this.ofAnswer(value.type, key);
    if (found) return found;
    const shape = resolveShape(this.m.types.shapeOf(value.type));
    const field = shape.kind === 'object' ? shape.fields.get(key) : undefined;
    return field ? shaped(field.shape) : undefined;
  }

  /** The status of what another service answered, where only the language's own type of answers is known. */
  private ofAnswer({ node, frame }: TypeReference, key: string): Value | undefined {
    if (key !== 'status' || !ts.isTypeReferenceNode(node)) return undefined;
    const named = resolveName(this.m, node.typeName, frame);
    if (named?.kind !== 'global' || named.name !== 'Response') return undefined;
    return { kind: 'external', package: ':fetch', path: [resultOf, key], place: placeOf(node) };
  }

  private findMember(type: TypeReference, key: string, depth: number): Value | undefined {
    const { node, frame } = type;
    if (depth > 8) return undefined;
    if (ts.isTypeLiteralNode(node)) return this.signature(node.members, key, frame);
    if (ts.isIntersectionTypeNode(node)) {
      for (const part of node.types) {
        const found = this.findMember({ node: part, frame }, key, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (!ts.isTypeReferenceNode(node)) return undefined;
    const named = resolveName(this.m, node.typeName, frame);
    const args = (node.typeArguments ?? []).map((argument) => ({ node: argument, frame }));
    if (named?.kind === 'alias') {
      return this.findMember(
        { node: named.node.type, frame: withArguments(named.node.typeParameters, args, named.frame) },
        key,
        depth + 1,
      );
    }
    if (named?.kind !== 'interface') return undefined;
    return this.interfaceMember(named.node, withArguments(named.node.typeParameters, args, named.frame), key, depth);
  }

  private interfaceMember(node: ts.InterfaceDeclaration, frame: Frame, key: string, depth: number): Value | undefined {
    const own = this.signature(node.members, key, frame);
    if (own || depth > 8) return own;
    for (const clause of node.heritageClauses ?? []) {
      for (const parent of clause.types) {
        const name = entityOf(parent.expression);
        const named = name ? resolveName(this.m, name, frame) : undefined;
        const found =
          named?.kind === 'interface' ? this.interfaceMember(named.node, named.frame, key, depth + 1) : undefined;
        if (found) return found;
        if (named?.kind !== 'package') continue;
        const instance = this.m.model(named.package)?.instance?.(this.m, named.path, [], placeOf(parent));
        if (instance) return this.m.get(instance, key, placeOf(parent));
      }
    }
    return undefined;
  }

  private signature(members: ts.NodeArray<ts.TypeElement>, key: string, frame: Frame): Value | undefined {
    for (const member of members) {
      if (
        !member.name ||
        !(ts.isIdentifier(member.name) || ts.isStringLiteral(member.name)) ||
        member.name.text !== key
      )
        continue;
      if (ts.isMethodSignature(member))
        return member.type ? this.functionReturning({ node: member.type, frame }) : undefined;
      if (!ts.isPropertySignature(member) || !member.type) return undefined;
      const value = typedValue(this.m, { node: member.type, frame });
      if (!value) return undefined;
      return member.questionToken ? join([value, undefinedValue]) : value;
    }
    return undefined;
  }

  /** A function of which only the declared result is known. */
  functionReturning(type: TypeReference): Value {
    return native(
      {
        name: 'declared function',
        call: (machine, _self, site) => {
          const lost = callUnknown(machine, site);
          return type.node.kind === ts.SyntaxKind.NeverKeyword ? lost : (typedValue(machine, type) ?? lost);
        },
      },
      undefined,
    );
  }

  /** Calls a value of a function type. */
  call(value: TypedValue, site: CallSite): Value | undefined {
    const { node, frame } = value.type;
    if (!ts.isFunctionTypeNode(node)) return undefined;
    callUnknown(this.m, site);
    return typedValue(this.m, { node: node.type, frame }) ?? unknown('dependency-injection', placeOf(node));
  }

  /** What is left of a typed value when some keys are taken out. */
  omit(value: Value, keys: readonly string[]): Value {
    const shape = resolveShape(this.m.types.shapeOfValue(value));
    if (shape.kind !== 'object') return unknown('spread-or-any');
    return shaped({ ...shape, fields: new Map([...shape.fields].filter(([key]) => !keys.includes(key))) });
  }
}
