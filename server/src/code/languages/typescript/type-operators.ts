// Owns the operators of the type language over shapes: intersection, `keyof`, indexed access and records.
// It must not know the interpreter, names or syntax.

import { type Field, objectShape, resolveShape, type Shape, union, unknownShape } from '../../../shape/shape.ts';

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

export function indexed(object: Shape, key: Shape): Shape {
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
