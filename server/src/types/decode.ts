// Owns the reading of a checker's answer into our shapes. It must not know a checker, nor trust it: a table that does not fit
// together is an answer that says nothing.

import type { Place } from '../base/place.ts';
import type { TypeAnswer } from '../code/type-questions.ts';
import { type Field, type Shape, union, unknownShape } from '../shape/shape.ts';
import type { WireNode, WireOrigin, WireType } from './messages.ts';

/** The answer that a table of nodes stands for. `place` is the expression's own. */
export function decodeType(type: WireType, place: Place): TypeAnswer {
  const { nodes, files } = type;
  const made = new Map<number, Shape>();
  const underWay = new Set<number>();

  const placeOf = (origin: WireOrigin | undefined): Place | undefined => {
    const file = origin && files[origin[0]];
    return origin && file !== undefined ? { file, start: origin[1], end: origin[2] } : undefined;
  };

  const shapeAt = (index: number): Shape => {
    const known = made.get(index);
    if (known) return known;
    const node = nodes[index];
    if (!node) return unknownShape('spread-or-any');
    if (underWay.has(index)) {
      const name = node.kind === 'object' ? (node.name ?? 'type') : 'type';
      return { kind: 'reference', name, resolve: () => made.get(index) ?? unknownShape('circular reference') };
    }
    underWay.add(index);
    const shape = decodeNode(node, placeOf(node.origin) ?? (index === type.root ? place : undefined));
    underWay.delete(index);
    made.set(index, shape);
    return shape;
  };

  const decodeNode = (node: WireNode, origin: Place | undefined): Shape => {
    const stated = { origin, stated: 'type' } as const;
    switch (node.kind) {
      case 'unknown':
        return { kind: 'unknown', reason: node.reason, ...stated };
      case 'never':
      case 'null':
        return { kind: node.kind, ...stated };
      case 'boolean':
        return { kind: 'boolean', value: node.value, ...stated };
      case 'number':
        return {
          kind: 'number',
          integer: node.values?.every((value) => Number.isInteger(value)) ?? false,
          values: node.values,
          ...stated,
        };
      case 'string':
        return { kind: 'string', values: node.values, format: node.format, ...stated };
      case 'array':
        return { kind: 'array', items: shapeAt(node.items), ...stated };
      case 'union': {
        const joined = union(node.members.map(shapeAt), origin);
        return joined.kind === 'union' ? { ...joined, ...stated } : joined;
      }
      case 'object': {
        const fields = node.fields.map(
          ({ name, node: at, required, origin: own }): Field => ({
            name,
            shape: shapeAt(at),
            required,
            origin: placeOf(own),
          }),
        );
        return {
          kind: 'object',
          fields: new Map(fields.map((field) => [field.name, field])),
          additional: node.additional,
          values: node.values === undefined ? undefined : shapeAt(node.values),
          reason: node.reason,
          ...stated,
        };
      }
    }
  };
  return { shape: shapeAt(type.root), optional: type.optional };
}
