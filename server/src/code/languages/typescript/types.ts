// Owns declared types: what a type annotation means as a value and as a shape, without the type checker.
// It must not know frameworks; a package's types answer through the package's model.

import ts from 'typescript';
import {
  arrayShape,
  booleanShape,
  type Field,
  neverShape,
  nullShape,
  numberShape,
  objectShape,
  resolveShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../../shape/shape.ts';
import { callUnknown } from './calls.ts';
import { abstractInstance } from './classes.ts';
import { evaluate } from './expressions.ts';
import type { Machine } from './machine.ts';
import { type Module, placeOf } from './module.ts';
import { shapeOfValue } from './serialise.ts';
import { applyUtility } from './utility-types.ts';
import {
  type CallSite,
  type ClassValue,
  Frame,
  join,
  literal,
  native,
  nullValue,
  type ObjectValue,
  shaped,
  someBoolean,
  someNumber,
  someString,
  type TypedValue,
  type TypeReference,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** What a type name stands for. */
export type NamedType =
  | { readonly kind: 'interface'; readonly node: ts.InterfaceDeclaration; readonly frame: Frame }
  | { readonly kind: 'alias'; readonly node: ts.TypeAliasDeclaration; readonly frame: Frame }
  | { readonly kind: 'enum'; readonly node: ts.EnumDeclaration; readonly frame: Frame }
  | { readonly kind: 'class'; readonly cls: ClassValue }
  | { readonly kind: 'argument'; readonly reference: TypeReference }
  | { readonly kind: 'package'; readonly package: string; readonly path: readonly string[] }
  | { readonly kind: 'global'; readonly name: string };

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
      const instance = model?.instance?.(m, named.path, args, placeOf(node));
      if (instance) return instance;
      const shape = model?.type?.(m, named.path, args, { node, frame });
      return shape ? shaped(shape) : undefined;
    }
    case 'global':
      if (transparent.has(named.name) && args[0]) return typedValue(m, args[0], depth + 1);
      if (named.name === 'Date') return m.construct(m.force(m.globals.cells.get('Date')!), siteOfType(node, frame));
      return { kind: 'typed', type: { node, frame } };
  }
}

function siteOfType(node: ts.Node, frame: Frame): CallSite {
  const place = placeOf(node);
  return { args: [], open: false, place, argPlaces: [], namePlace: place, frame };
}

function withArguments(
  parameters: ts.NodeArray<ts.TypeParameterDeclaration> | undefined,
  args: readonly TypeReference[],
  frame: Frame,
): Frame {
  if (!parameters || parameters.length === 0) return frame;
  const types = new Map<string, TypeReference>();
  for (const [index, parameter] of parameters.entries()) {
    const given = args[index] ?? (parameter.default ? { node: parameter.default, frame } : undefined);
    if (given) types.set(parameter.name.text, given);
  }
  return new Frame(frame, frame.module, undefined, undefined, types);
}

/** Finds what a type name means where it is written. */
export function resolveName(m: Machine, name: ts.EntityName, frame: Frame): NamedType | undefined {
  if (ts.isQualifiedName(name)) return resolveQualified(m, name, frame);
  for (let current: Frame | undefined = frame; current; current = current.parent) {
    const bound = current.types?.get(name.text);
    if (bound) return { kind: 'argument', reference: bound };
  }
  return typeInModule(m, frame.module, name.text, frame) ?? { kind: 'global', name: name.text };
}

function typeInModule(m: Machine, module: Module, name: string, frame: Frame | undefined): NamedType | undefined {
  const declared = module.types.get(name);
  const home = module.frame!;
  if (declared) return namedOf(declared, home);
  const imported = module.imports.get(name);
  if (imported) return importedType(m, imported.specifier, imported.name, module, 0);
  const cell = (frame ?? home).find(name);
  if (!cell || cell === m.globals.cells.get(name)) return undefined;
  const value = m.force(cell);
  return value.kind === 'class' ? { kind: 'class', cls: value } : undefined;
}

function namedOf(
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration,
  frame: Frame,
): NamedType {
  if (ts.isInterfaceDeclaration(node)) return { kind: 'interface', node, frame };
  return ts.isEnumDeclaration(node) ? { kind: 'enum', node, frame } : { kind: 'alias', node, frame };
}

function importedType(
  m: Machine,
  specifier: string,
  name: string | null,
  from: Module,
  depth: number,
): NamedType | undefined {
  if (depth > 12) return undefined;
  const resolution = m.resolver.resolve(specifier, from.file);
  if (resolution.kind === 'package')
    return { kind: 'package', package: resolution.name, path: name === null || name === '=' ? [] : [name] };
  const module = resolution.kind === 'file' ? m.module(resolution.file) : undefined;
  if (!module || name === null || name === '=') return undefined;
  return exportedType(m, module, name, depth);
}

/** A type that a module exports, re-exports followed. */
function exportedType(m: Machine, module: Module, name: string, depth: number): NamedType | undefined {
  if (depth > 12) return undefined;
  const entry = module.exports.get(name);
  if (entry?.kind === 'local') return typeInModule(m, module, entry.name, undefined);
  if (entry?.kind === 'reexport') return importedType(m, entry.specifier, entry.name, module, depth + 1);
  if (entry?.kind === 'expression') {
    const value = m.exportOf(module, name);
    return value.kind === 'class' ? { kind: 'class', cls: value } : undefined;
  }
  for (const specifier of module.starExports) {
    const found = importedType(m, specifier, name, module, depth + 1);
    if (found && found.kind !== 'package') return found;
  }
  if (module.types.has(name)) return typeInModule(m, module, name, undefined);
  return undefined;
}

function resolveQualified(m: Machine, name: ts.QualifiedName, frame: Frame): NamedType | undefined {
  const path = [name.right.text];
  let left: ts.EntityName = name.left;
  while (ts.isQualifiedName(left)) {
    path.unshift(left.right.text);
    left = left.left;
  }
  const imported = frame.module.imports.get(left.text);
  if (!imported) return { kind: 'global', name: `${left.text}.${path.join('.')}` };
  const resolution = m.resolver.resolve(imported.specifier, frame.module.file);
  if (resolution.kind === 'package') {
    const head = imported.name === null || imported.name === '=' ? [] : [imported.name];
    return { kind: 'package', package: resolution.name, path: [...head, ...path] };
  }
  const module = resolution.kind === 'file' ? m.module(resolution.file) : undefined;
  if (!module || path.length !== 1) return undefined;
  if (imported.name === null || imported.name === '=') return exportedType(m, module, path[0]!, 0);
  const entry = module.exports.get(imported.name);
  const target = entry?.kind === 'namespace' ? m.resolver.resolve(entry.specifier, module.file) : undefined;
  const inner = target?.kind === 'file' ? m.module(target.file) : undefined;
  return inner ? exportedType(m, inner, path[0]!, 0) : undefined;
}

function evaluateName(m: Machine, name: ts.EntityName, frame: Frame): Value {
  if (ts.isIdentifier(name)) {
    const cell = frame.find(name.text);
    return cell ? m.force(cell) : unknown('unresolved-import');
  }
  return m.get(evaluateName(m, name.left, frame), name.right.text, placeOf(name.right));
}

/** The object that an enum is at run time. */
export function enumObject(m: Machine, node: ts.EnumDeclaration, frame: Frame): Value {
  const object: ObjectValue = { kind: 'object', props: new Map(), places: new Map(), place: placeOf(node.name) };
  let next = 0;
  for (const member of node.members) {
    const key = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : undefined;
    if (key === undefined) continue;
    const value: Value = member.initializer ? evaluate(m, member.initializer, frame) : literal(next);
    if (value.kind === 'literal' && typeof value.value === 'number') next = value.value + 1;
    object.props.set(key, { value });
    object.places!.set(key, placeOf(member.name));
  }
  return object;
}

function enumShape(m: Machine, node: ts.EnumDeclaration, frame: Frame): Shape {
  const object = enumObject(m, node, frame);
  if (object.kind !== 'object') return unknownShape();
  const values = [...object.props.values()].map((cell) => m.force(cell));
  const texts = values.flatMap((value) =>
    value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : [],
  );
  if (texts.length === values.length) return stringShape(placeOf(node.name), { values: texts });
  const numbers = values.flatMap((value) =>
    value.kind === 'literal' && typeof value.value === 'number' ? [value.value] : [],
  );
  return numbers.length === values.length
    ? numberShape(placeOf(node.name), { values: numbers, integer: numbers.every(Number.isInteger) })
    : unknownShape();
}

/** Reads types for one machine; shapes of named types are kept, so that recursive types stay finite. */
export class TypeReader {
  private readonly named = new Map<ts.Node, { readonly shape: Shape; readonly sources: ReadonlySet<string> }>();

  constructor(private readonly m: Machine) {}

  shapeOfValue(value: Value): Shape {
    return shapeOfValue(this.m, value);
  }

  /** The shape of JSON that a type describes. */
  shapeOf(type: TypeReference, depth = 0): Shape {
    const { node, frame } = type;
    if (depth > 14) return unknownShape('type nesting', placeOf(node));
    const inner = (part: ts.TypeNode) => this.shapeOf({ node: part, frame }, depth + 1);
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
      case ts.SyntaxKind.TemplateLiteralType:
        return stringShape(placeOf(node));
      case ts.SyntaxKind.NumberKeyword:
        return numberShape(placeOf(node));
      case ts.SyntaxKind.BooleanKeyword:
        return booleanShape(placeOf(node));
      case ts.SyntaxKind.NullKeyword:
        return nullShape(placeOf(node));
      case ts.SyntaxKind.UndefinedKeyword:
      case ts.SyntaxKind.VoidKeyword:
      case ts.SyntaxKind.NeverKeyword:
      case ts.SyntaxKind.FunctionType:
        return neverShape;
      case ts.SyntaxKind.LiteralType: {
        const constant = (node as ts.LiteralTypeNode).literal;
        if (constant.kind === ts.SyntaxKind.NullKeyword) return nullShape(placeOf(node));
        return shapeOfValue(this.m, evaluate(this.m, constant as ts.LiteralExpression, frame));
      }
      case ts.SyntaxKind.ParenthesizedType:
        return inner((node as ts.ParenthesizedTypeNode).type);
      case ts.SyntaxKind.ArrayType:
        return arrayShape(inner((node as ts.ArrayTypeNode).elementType), placeOf(node));
      case ts.SyntaxKind.TupleType:
        return arrayShape(
          union((node as ts.TupleTypeNode).elements.map((element) => inner(tupleElement(element)))),
          placeOf(node),
        );
      case ts.SyntaxKind.UnionType: {
        const scalars = this.literalUnion(node as ts.UnionTypeNode);
        return scalars ?? union((node as ts.UnionTypeNode).types.map(inner), placeOf(node));
      }
      case ts.SyntaxKind.IntersectionType:
        return intersect((node as ts.IntersectionTypeNode).types.map(inner));
      case ts.SyntaxKind.TypeLiteral:
        return this.membersShape((node as ts.TypeLiteralNode).members, frame, depth, node);
      case ts.SyntaxKind.TypeOperator: {
        const operator = node as ts.TypeOperatorNode;
        if (operator.operator === ts.SyntaxKind.ReadonlyKeyword) return inner(operator.type);
        if (operator.operator === ts.SyntaxKind.KeyOfKeyword) {
          const keys = keysOf(inner(operator.type));
          return keys ? stringShape(placeOf(node), { values: keys }) : stringShape(placeOf(node));
        }
        return unknownShape('spread-or-any', placeOf(node));
      }
      case ts.SyntaxKind.IndexedAccessType: {
        const access = node as ts.IndexedAccessTypeNode;
        return indexed(inner(access.objectType), inner(access.indexType));
      }
      case ts.SyntaxKind.MappedType:
        return this.mappedShape(node as ts.MappedTypeNode, frame, depth);
      case ts.SyntaxKind.TypeQuery:
        return shapeOfValue(this.m, evaluateName(this.m, (node as ts.TypeQueryNode).exprName, frame));
      case ts.SyntaxKind.TypeReference:
        return this.referenceShape(node as ts.TypeReferenceNode, frame, depth);
      case ts.SyntaxKind.ExpressionWithTypeArguments:
        return this.heritageShape(node as ts.ExpressionWithTypeArguments, frame, depth);
      default:
        return unknownShape('spread-or-any', placeOf(node));
    }
  }

  /** `'a' | 'b'` as one text with values. */
  private literalUnion(node: ts.UnionTypeNode): Shape | undefined {
    const texts: string[] = [];
    for (const part of node.types) {
      if (!ts.isLiteralTypeNode(part) || !ts.isStringLiteral(part.literal)) return undefined;
      texts.push(part.literal.text);
    }
    return stringShape(placeOf(node), { values: texts });
  }

  private referenceShape(node: ts.TypeReferenceNode, frame: Frame, depth: number): Shape {
    const named = resolveName(this.m, node.typeName, frame);
    if (!named) return unknownShape('unresolved-import', placeOf(node));
    const args = (node.typeArguments ?? []).map((argument) => ({ node: argument, frame }));
    switch (named.kind) {
      case 'argument':
        return this.shapeOf(named.reference, depth + 1);
      case 'enum':
        return enumShape(this.m, named.node, named.frame);
      case 'class':
        return this.shared(named.cls.node, named.cls.node.name?.text ?? 'class', () => this.classShape(named.cls));
      case 'interface':
      case 'alias': {
        const inner = withArguments(named.node.typeParameters, args, named.frame);
        const read = (): Shape =>
          named.kind === 'alias'
            ? this.shapeOf({ node: named.node.type, frame: inner }, inner === named.frame ? 0 : depth + 1)
            : this.interfaceShape(named.node, inner, inner === named.frame ? 0 : depth + 1);
        return inner === named.frame ? this.shared(named.node, named.node.name.text, read) : read();
      }
      case 'package':
        return (
          this.m.model(named.package)?.type?.(this.m, named.path, args, { node, frame }) ??
          unknownShape('unresolved-import', placeOf(node))
        );
      case 'global':
        return applyUtility(this, named.name, args, node, depth);
    }
  }

  /** One shape for each named type, looked up on demand. */
  private shared(node: ts.Node, name: string, read: () => Shape): Shape {
    const { m } = this;
    const known = this.named.get(node);
    if (known) {
      for (const file of known.sources) m.touched.add(file);
      return known.shape;
    }
    const sources = new Set([node.getSourceFile().fileName]);
    const { shape, settle } = recursiveShape(name, read);
    this.named.set(node, { shape, sources });
    // Read at once, so that the shape neither hides a file that it depends on nor keeps this machine alive.
    const outer = m.touched;
    m.touched = sources;
    settle();
    m.touched = outer;
    for (const file of sources) outer.add(file);
    return shape;
  }

  private interfaceShape(node: ts.InterfaceDeclaration, frame: Frame, depth: number): Shape {
    const own = this.membersShape(node.members, frame, depth, node.name);
    const parents = (node.heritageClauses ?? []).flatMap((clause) =>
      clause.types.map((type) => this.heritageShape(type, frame, depth + 1)),
    );
    return parents.length > 0 ? intersect([...parents, own]) : own;
  }

  private heritageShape(node: ts.ExpressionWithTypeArguments, frame: Frame, depth: number): Shape {
    const name = entityOf(node.expression);
    if (!name) return unknownShape('unresolved-import', placeOf(node));
    const reference = ts.factory.createTypeReferenceNode(name, node.typeArguments);
    const named = resolveName(this.m, name, frame);
    if (named?.kind === 'interface' || named?.kind === 'alias') {
      const args = (node.typeArguments ?? []).map((argument) => ({ node: argument, frame }));
      const inner = withArguments(named.node.typeParameters, args, named.frame);
      return named.kind === 'alias'
        ? this.shapeOf({ node: named.node.type, frame: inner }, depth + 1)
        : this.interfaceShape(named.node, inner, depth + 1);
    }
    if (named?.kind === 'class') return this.classShape(named.cls);
    if (named?.kind === 'global') {
      return applyUtility(
        this,
        named.name,
        (node.typeArguments ?? []).map((argument) => ({ node: argument, frame })),
        node,
        depth,
      );
    }
    return reference ? unknownShape('unresolved-import', placeOf(node)) : neverShape;
  }

  /** The declared fields of a class. A mapper may leave fields out or fill them late, so whether they are present is not known. */
  classShape(cls: ClassValue): Shape {
    const fields: Field[] = [];
    let open: string | undefined;
    for (let current: Value | undefined = cls, hops = 0; current && hops < 12; hops++) {
      if (current.kind !== 'class') {
        open = 'unresolved-import';
        break;
      }
      const home: ClassValue = current;
      for (const member of home.node.members) {
        if (!ts.isPropertyDeclaration(member) || !ts.isIdentifier(member.name) || !member.type) continue;
        if (fields.some((field) => field.name === (member.name as ts.Identifier).text)) continue;
        const shape = this.shapeOf({ node: member.type, frame: home.frame });
        if (shape.kind === 'never') continue;
        fields.push({
          name: member.name.text,
          shape,
          required: member.questionToken ? false : undefined,
          origin: placeOf(member.name),
        });
      }
      current = home.parent;
    }
    return objectShape(fields, open ? 'unknown' : 'allowed', placeOf(cls.node.name ?? cls.node), { reason: open });
  }

  private membersShape(members: ts.NodeArray<ts.TypeElement>, frame: Frame, depth: number, node: ts.Node): Shape {
    const fields: Field[] = [];
    let values: Shape | undefined;
    for (const member of members) {
      if (ts.isIndexSignatureDeclaration(member)) values = this.shapeOf({ node: member.type, frame }, depth + 1);
      if (!ts.isPropertySignature(member) || !member.type) continue;
      const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : undefined;
      if (name === undefined) continue;
      const shape = this.shapeOf({ node: member.type, frame }, depth + 1);
      if (shape.kind === 'never') continue;
      const optional = !!member.questionToken || includesUndefined(member.type);
      fields.push({ name, shape, required: !optional, origin: placeOf(member.name) });
    }
    const unconstrained = values?.kind === 'unknown';
    return objectShape(fields, unconstrained ? 'unknown' : 'allowed', placeOf(node), {
      values,
      reason: unconstrained ? 'spread-or-any' : undefined,
    });
  }

  private mappedShape(node: ts.MappedTypeNode, frame: Frame, depth: number): Shape {
    const constraint = node.typeParameter.constraint;
    const keys = constraint ? this.shapeOf({ node: constraint, frame }, depth + 1) : unknownShape();
    const value = node.type ? this.shapeOf({ node: node.type, frame }, depth + 1) : unknownShape();
    return recordShape(keys, value, placeOf(node), !!node.questionToken);
  }

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
    const found = this.findMember(value.type, key, 0);
    if (found) return found;
    const shape = resolveShape(this.shapeOf(value.type));
    const field = shape.kind === 'object' ? shape.fields.get(key) : undefined;
    return field ? shaped(field.shape) : undefined;
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
    const shape = resolveShape(this.shapeOfValue(value));
    if (shape.kind !== 'object') return unknown('spread-or-any');
    return shaped({ ...shape, fields: new Map([...shape.fields].filter(([key]) => !keys.includes(key))) });
  }
}

/** A shape that may name itself, and the act of reading it, after which nothing but the shape is held. */
function recursiveShape(name: string, read: () => Shape): { shape: Shape; settle: () => void } {
  let found: Shape = unknownShape('circular reference');
  let pending: (() => Shape) | undefined = read;
  return {
    shape: { kind: 'reference', name, resolve: () => found },
    settle: () => {
      if (pending) found = pending();
      pending = undefined;
    },
  };
}

function tupleElement(element: ts.TypeNode | ts.NamedTupleMember): ts.TypeNode {
  if (ts.isNamedTupleMember(element)) return element.type;
  if (ts.isRestTypeNode(element)) return ts.isArrayTypeNode(element.type) ? element.type.elementType : element.type;
  return ts.isOptionalTypeNode(element) ? element.type : element;
}

function includesUndefined(node: ts.TypeNode): boolean {
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  return ts.isUnionTypeNode(node) && node.types.some(includesUndefined);
}

function entityOf(node: ts.Expression): ts.EntityName | undefined {
  if (ts.isIdentifier(node)) return node;
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.name)) return undefined;
  const left = entityOf(node.expression);
  return left ? ts.factory.createQualifiedName(left, node.name) : undefined;
}

/** Joins object shapes as an intersection does; anything else makes it unknown. */
export function intersect(parts: readonly Shape[]): Shape {
  const fields = new Map<string, Field>();
  let additional: 'none' | 'allowed' | 'unknown' = 'allowed';
  let values: Shape | undefined;
  for (const part of parts) {
    const shape = resolveShape(part);
    if (shape.kind !== 'object') {
      if (parts.length === 1) return part;
      if (shape.kind === 'unknown') {
        additional = 'unknown';
        continue;
      }
      return unknownShape('spread-or-any');
    }
    for (const [name, field] of shape.fields) fields.set(name, field);
    if (shape.additional === 'unknown') additional = 'unknown';
    values ??= shape.values;
  }
  return objectShape(fields.values(), additional, parts.at(-1)?.origin, {
    values,
    reason: additional === 'unknown' ? 'spread-or-any' : undefined,
  });
}

/** The field names of an object shape, when they can be listed. */
export function keysOf(shape: Shape): string[] | undefined {
  const resolved = resolveShape(shape);
  return resolved.kind === 'object' && !resolved.values ? [...resolved.fields.keys()] : undefined;
}

function indexed(object: Shape, key: Shape): Shape {
  const target = resolveShape(object);
  const index = resolveShape(key);
  if (target.kind === 'array' && index.kind === 'number') return target.items;
  if (target.kind !== 'object' || index.kind !== 'string' || !index.values) return unknownShape('spread-or-any');
  return union(
    index.values.map((name) => target.fields.get(name)?.shape ?? target.values ?? unknownShape('spread-or-any')),
  );
}

/** `Record<keys, value>`. */
export function recordShape(keys: Shape, value: Shape, origin: Shape['origin'], optional = false): Shape {
  const index = resolveShape(keys);
  if (index.kind === 'string' && index.values) {
    return objectShape(
      index.values.map((name) => ({ name, shape: value, required: !optional })),
      'allowed',
      origin,
    );
  }
  const open = resolveShape(value).kind === 'unknown';
  return objectShape([], open ? 'unknown' : 'allowed', origin, {
    values: value,
    reason: open ? 'spread-or-any' : undefined,
  });
}
