// Owns the utility types of TypeScript's standard library, applied to shapes.
// It must not know packages or modules.

import type ts from 'typescript';
import {
  arrayShape,
  neverShape,
  objectShape,
  resolveShape,
  type Shape,
  stringShape,
  union,
  unknownShape,
} from '../../../shape/shape.ts';
import { placeOf } from './module.ts';
import { recordShape } from './type-operators.ts';
import type { TypeReader } from './types.ts';
import type { TypeReference } from './value.ts';

/** The shape of a global type such as `Partial<T>`, `Array<T>` or `Date`; unknown when it is not modelled. */
export function applyUtility(
  reader: TypeReader,
  name: string,
  args: readonly TypeReference[],
  node: ts.Node,
  depth: number,
): Shape {
  const [first, second] = args;
  const origin = placeOf(node);
  const shape = (type: TypeReference | undefined) =>
    type ? reader.shapeOf(type, depth + 1) : unknownShape('spread-or-any', origin);
  switch (name) {
    case 'Date':
      return stringShape(origin, { format: 'date-time' });
    case 'Array':
    case 'ReadonlyArray':
      return arrayShape(shape(first), origin);
    case 'Promise':
    case 'PromiseLike':
    case 'Awaited':
    case 'Readonly':
      return shape(first);
    case 'Partial':
      return withRequired(shape(first), false);
    case 'Required':
      return withRequired(shape(first), true);
    case 'Record':
      return recordShape(shape(first), shape(second), origin);
    case 'Pick':
      return select(shape(first), shape(second), true);
    case 'Omit':
      return select(shape(first), shape(second), false);
    case 'NonNullable':
      return withoutNull(shape(first));
    case 'Exclude':
      return exclude(shape(first), shape(second));
    case 'Extract':
      return shape(second);
    case 'Function':
      return neverShape;
    default:
      return unknownShape('spread-or-any', origin);
  }
}

function withRequired(shape: Shape, required: boolean): Shape {
  const target = resolveShape(shape);
  if (target.kind !== 'object') return target;
  return { ...target, fields: new Map([...target.fields].map(([name, field]) => [name, { ...field, required }])) };
}

function select(shape: Shape, keys: Shape, keep: boolean): Shape {
  const target = resolveShape(shape);
  const names = resolveShape(keys);
  if (target.kind !== 'object' || names.kind !== 'string' || !names.values)
    return unknownShape('spread-or-any', shape.origin);
  const wanted = new Set(names.values);
  return objectShape(
    [...target.fields.values()].filter((field) => wanted.has(field.name) === keep),
    target.additional,
    target.origin,
    {
      values: target.values,
      reason: target.reason,
    },
  );
}

function withoutNull(shape: Shape): Shape {
  const target = resolveShape(shape);
  return target.kind === 'union' ? union(target.members.filter((member) => member.kind !== 'null')) : target;
}

function exclude(shape: Shape, removed: Shape): Shape {
  const target = resolveShape(shape);
  const names = resolveShape(removed);
  if (target.kind !== 'string' || names.kind !== 'string' || !target.values || !names.values)
    return unknownShape('spread-or-any', shape.origin);
  const gone = new Set(names.values);
  return { ...target, values: target.values.filter((value) => !gone.has(value)) };
}
