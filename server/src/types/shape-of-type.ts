// Owns the way from a checked type to a shape on the wire: what `JSON.stringify` makes of a value of the type, as far as the type
// tells. It must not know who asks. Whatever a type leaves open stays unknown; nothing here guesses.

import ts from 'typescript';
import { classField, isOwnClass } from './class-fields.ts';
import {
  hasUnreadHeritage,
  isFromPackage,
  isFromStandardLibrary,
  placeOfName,
  type TypeOrigins,
} from './declarations.ts';
import type { WireField, WireNode, WireOrigin, WireType } from './messages.ts';

/** Types nest deeper than this only where they are computed. */
const deepest = 10;
/** Parts of one answer; a type that needs more is a library's world and not a body. */
const mostNodes = 1_000;
const mostFields = 200;
const mostMembers = 40;
const mostLiterals = 200;

/** The shape of a value of the type; undefined when nothing at all is known of it. */
export function wireType(
  checker: ts.TypeChecker,
  type: ts.Type,
  node: ts.Node,
  origins: TypeOrigins,
): WireType | undefined {
  const awaited = checker.getAwaitedType(type) ?? type;
  const writer = new ShapeWriter(checker, node, origins);
  const { root, optional } = writer.write(awaited);
  const kind = writer.nodes[root]?.kind;
  if (kind === 'unknown' || kind === 'never') return undefined;
  return { root, optional, nodes: writer.nodes, files: writer.files };
}

class ShapeWriter {
  readonly nodes: WireNode[] = [];
  readonly files: string[] = [];
  private readonly known = new Map<ts.Type, number>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly node: ts.Node,
    private readonly origins: TypeOrigins,
  ) {}

  write(type: ts.Type): { readonly root: number; readonly optional: boolean } {
    return { root: this.index(type, 0), optional: mayBeUndefined(type) };
  }

  private add(node: WireNode): number {
    this.nodes.push(node);
    return this.nodes.length - 1;
  }

  private lost(reason: string): number {
    return this.add({ kind: 'unknown', reason });
  }

  private index(type: ts.Type, depth: number): number {
    const known = this.known.get(type);
    if (known !== undefined) return known;
    if (depth > deepest || this.nodes.length > mostNodes) return this.lost('budget');
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || type.isUnion())
      return this.add(this.plain(type, depth));
    // The place in the table is taken first, so that a type that holds itself finds it.
    const at = this.lost('circular reference');
    this.known.set(type, at);
    this.nodes[at] = this.structured(type, depth);
    return at;
  }

  /** Types that are no objects. */
  private plain(type: ts.Type, depth: number): WireNode {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never | ts.TypeFlags.ESSymbolLike))
      return { kind: 'never' };
    if (flags & ts.TypeFlags.Null) return { kind: 'null' };
    if (flags & ts.TypeFlags.Boolean) return { kind: 'boolean' };
    if (type.isUnion()) return this.unionOf(type, depth);
    if (flags & ts.TypeFlags.BooleanLiteral)
      return { kind: 'boolean', value: this.checker.typeToString(type) === 'true' };
    if (type.isNumberLiteral()) return { kind: 'number', values: [type.value] };
    if (type.isStringLiteral()) return { kind: 'string', values: [type.value] };
    if (flags & ts.TypeFlags.Number) return { kind: 'number' };
    if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.StringMapping))
      return { kind: 'string' };
    return { kind: 'unknown', reason: 'spread-or-any' };
  }

  private unionOf(type: ts.UnionType, depth: number): WireNode {
    const members = type.types.filter((member) => !(member.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)));
    const texts = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
    const numbers = members.flatMap((member) => (member.isNumberLiteral() ? [member.value] : []));
    const flags = members.filter((member) => member.flags & ts.TypeFlags.BooleanLiteral);
    const rest = members.filter(
      (member) =>
        !member.isStringLiteral() && !member.isNumberLiteral() && !(member.flags & ts.TypeFlags.BooleanLiteral),
    );
    if (rest.length > mostMembers) return { kind: 'unknown', reason: 'budget' };
    const parts = rest.map((member) => this.index(member, depth + 1));
    if (texts.length > 0)
      parts.push(this.add({ kind: 'string', values: texts.length > mostLiterals ? undefined : texts.sort() }));
    if (numbers.length > 0)
      parts.push(this.add({ kind: 'number', values: numbers.length > mostLiterals ? undefined : numbers.sort() }));
    if (flags.length > 1) parts.push(this.add({ kind: 'boolean' }));
    else if (flags[0]) parts.push(this.index(flags[0], depth + 1));
    if (parts.length === 1) return this.nodes[parts[0]!]!;
    return { kind: 'union', members: parts };
  }

  /** Objects, lists, functions, instances, and intersections of them. */
  private structured(type: ts.Type, depth: number): WireNode {
    const { checker } = this;
    if (type.isIntersection()) {
      // A branded text is a text.
      const scalar = type.types.find((part) => part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike));
      if (scalar) return this.plain(scalar, depth);
      if (type.types.some((part) => !(part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))))
        return { kind: 'unknown', reason: 'spread-or-any' };
    }
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return { kind: 'never' };
    if (checker.isTupleType(type) || checker.isArrayType(type)) {
      const items = checker.getTypeArguments(type as ts.TypeReference);
      const parts = items.map((item) => this.index(item, depth + 1));
      const only = new Set(parts).size === 1 ? parts[0] : undefined;
      return { kind: 'array', items: only ?? this.add({ kind: 'union', members: parts }) };
    }
    return this.converted(type, depth) ?? this.objectOf(type, depth);
  }

  /** What is turned into something else when it is serialised, and what is serialised by rules that no type tells. */
  private converted(type: ts.Type, depth: number): WireNode | undefined {
    const { checker } = this;
    const named =
      type.isClassOrInterface() || !!(type.symbol?.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface));
    if (named && isFromStandardLibrary(type.symbol, this.origins)) {
      if (type.symbol.name === 'Date') return { kind: 'string', format: 'date-time' };
      return { kind: 'unknown', reason: 'spread-or-any' };
    }
    const toJson = type.getProperty('toJSON');
    if (toJson) {
      const signatures = checker.getTypeOfSymbolAtLocation(toJson, this.node).getCallSignatures();
      const [only] = signatures;
      if (!only || signatures.length > 1 || only.typeParameters)
        return { kind: 'unknown', reason: 'custom-serializer' };
      const at = this.index(only.getReturnType(), depth + 1);
      return this.nodes[at];
    }
    if (!named || !isFromPackage(type.symbol)) return undefined;
    // What an object with behaviour of its own holds is no business of the one who types it.
    const behaves = checker
      .getPropertiesOfType(type)
      .some((property) => property.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor));
    return behaves || type.isClass() ? { kind: 'unknown', reason: 'spread-or-any' } : undefined;
  }

  private objectOf(type: ts.Type, depth: number): WireNode {
    const { checker } = this;
    const properties = checker.getPropertiesOfType(type);
    if (properties.length > mostFields) return { kind: 'unknown', reason: 'budget' };
    let open = hasUnreadHeritage(checker, type);
    let values: number | undefined;
    for (const { keyType, type: value } of checker.getIndexInfosOfType(type)) {
      const at = this.index(value, depth + 1);
      if (!(keyType.flags & ts.TypeFlags.String) || this.nodes[at]?.kind === 'unknown') open = true;
      else values = at;
    }
    // `object` and `{}` say nothing of what is inside.
    if (properties.length === 0 && values === undefined) open = true;
    const fields: WireField[] = [];
    for (const property of properties) {
      const field = this.fieldOf(property, depth);
      if (field === 'hidden') open = true;
      else if (field) fields.push(field);
    }
    return {
      kind: 'object',
      name: type.aliasSymbol?.name ?? type.symbol?.name,
      fields,
      additional: open ? 'unknown' : 'allowed',
      reason: open ? 'spread-or-any' : undefined,
      values,
    };
  }

  /** A property as a field of the JSON; undefined when it is never there, `hidden` when that cannot be told. */
  private fieldOf(property: ts.Symbol, depth: number): WireField | 'hidden' | undefined {
    const { name } = property;
    if (name.startsWith('__@') || name.startsWith('__#') || name.startsWith('#')) return undefined;
    if (property.flags & ts.SymbolFlags.Method) return undefined;
    const own = isOwnClass(property) ? classField(property) : undefined;
    if (own === 'hidden') return 'hidden';
    const type = this.checker.getTypeOfSymbolAtLocation(property, this.node);
    const node = this.index(type, depth + 1);
    if (this.nodes[node]?.kind === 'never') return undefined;
    const optional = !!(property.flags & ts.SymbolFlags.Optional) || mayBeUndefined(type);
    const certain = !own && this.nodes[node]?.kind !== 'unknown';
    return {
      name,
      node,
      ...(optional ? { required: false } : certain ? { required: true } : {}),
      ...this.originOf(property),
    };
  }

  private originOf(symbol: ts.Symbol): { readonly origin?: WireOrigin } {
    const place = placeOfName(symbol, this.origins);
    if (!place) return {};
    let file = this.files.indexOf(place.file);
    if (file < 0) file = this.files.push(place.file) - 1;
    return { origin: [file, place.start, place.end] };
  }
}

function mayBeUndefined(type: ts.Type): boolean {
  const empty = ts.TypeFlags.Undefined | ts.TypeFlags.Void;
  return type.isUnion() ? type.types.some((member) => member.flags & empty) : !!(type.flags & empty);
}
