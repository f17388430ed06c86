// Owns declared types: the shape that a type annotation means in JSON, without the type checker.
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
import { enumShape } from './enums.ts';
import { evaluate } from './expressions.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { holdsReference } from './rows/mongoose/decorated.ts';
import { shapeOfValue } from './serialise.ts';
import { entityOf, evaluateName, resolveName, withArguments } from './type-names.ts';
import { indexed, intersect, keysOf, recordShape } from './type-operators.ts';
import { applyUtility } from './utility-types.ts';
import type { ClassValue, Frame, TypeReference, Value } from './value.ts';

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
        if (scalars) return scalars;
        const joined = union((node as ts.UnionTypeNode).types.map(inner), placeOf(node));
        // What a type lists may be there; code that gives several alternatives has a path for each of them.
        return joined.kind === 'union' ? { ...joined, stated: 'type' } : joined;
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
        return shapeOfValue(this.m, evaluateName(this.m, (node as ts.TypeQueryNode).exprName, frame), depth + 1);
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
        // A parent that a package made of other classes says its own shape.
        const made = current.kind === 'native' ? resolveShape(shapeOfValue(this.m, current)) : undefined;
        if (made?.kind === 'object') {
          const own = new Set(fields.map((field) => field.name));
          fields.push(...[...made.fields.values()].filter((field) => !own.has(field.name)));
        }
        if (made?.kind !== 'object' || made.additional === 'unknown') open = 'unresolved-import';
        if (isRowClass(current)) return rowShape(fields, cls);
        break;
      }
      const home: ClassValue = current;
      const writer = home.node.members.find((one) => ts.isMethodDeclaration(one) && one.name.getText() === 'toJSON');
      if (writer && ts.isMethodDeclaration(writer)) {
        // What such a class leaves as is what it says itself, whatever its fields are.
        return writer.type
          ? this.shapeOf({ node: writer.type, frame: home.frame })
          : unknownShape('custom-serializer', placeOf(writer));
      }
      for (const member of home.node.members) {
        if (!ts.isPropertyDeclaration(member) || !ts.isIdentifier(member.name) || !member.type) continue;
        if (fields.some((field) => field.name === (member.name as ts.Identifier).text)) continue;
        const declared = this.shapeOf({ node: member.type, frame: home.frame });
        if (declared.kind === 'never') continue;
        const stored = isComposite(declared) && holdsReference(this.m, member, home.frame);
        fields.push({
          name: member.name.text,
          shape: stored ? unknownShape('spread-or-any', placeOf(member.name)) : declared,
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

/** Whether a shape has parts: what a database may hold as another document's id. */
const isComposite = (shape: Shape): boolean => ['object', 'array', 'union', 'reference'].includes(shape.kind);

function includesUndefined(node: ts.TypeNode): boolean {
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  return ts.isUnionTypeNode(node) && node.types.some(includesUndefined);
}

/** Whether a package's class is what rows of a database are made of, by the name that such classes have. */
function isRowClass(value: Value): boolean {
  return value.kind === 'external' && /(Model|Entity|Document)$/.test(value.path.at(-1) ?? '');
}

/** Columns as a class declares them. A truth value leaves some drivers as a number, whatever is declared. */
function rowShape(fields: readonly Field[], cls: ClassValue): Shape {
  const columns = fields.map((field) =>
    resolveShape(field.shape).kind === 'boolean'
      ? { ...field, shape: unknownShape('unresolved-import', field.origin) }
      : field,
  );
  return objectShape(columns, 'unknown', placeOf(cls.node.name ?? cls.node), { reason: 'unresolved-import' });
}
