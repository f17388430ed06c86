// Owns the joining of shapes that must all hold at once: intersections, `allOf`, a base with additions.
// It must not know where the shapes come from.

import type { Place } from '../../../../../base/place.ts';
import {
  type Field,
  type ObjectShape,
  objectShape,
  resolveShape,
  type Shape,
  unknownShape,
} from '../../../../../shape/shape.ts';

/** The shape of values that every part accepts. What cannot be joined is unknown. */
export function merge(parts: readonly Shape[], origin?: Place): Shape {
  const plain = parts.map(resolveShape);
  const objects = plain.filter((part): part is ObjectShape => part.kind === 'object');
  const doubts = plain.filter((part) => part.kind === 'unknown');
  if (objects.length + doubts.length < plain.length) {
    // Scalars beside an unknown part keep their form: the unknown part can only narrow it.
    const rest = plain.filter((part) => part.kind !== 'unknown');
    const [only] = rest;
    return rest.length === 1 && only && doubts.every((part) => part.kind === 'unknown' && part.reason === undefined)
      ? only
      : unknownShape('spread-or-any', origin);
  }
  if (objects.length === 0) return doubts[0] ?? unknownShape(undefined, origin);
  if (objects.length === 1 && doubts.length === 0) return objects[0]!;
  const fields = new Map<string, Field>();
  for (const part of objects) {
    for (const [name, field] of part.fields) {
      const other = fields.get(name);
      fields.set(name, other ? mergeFields(other, field) : field);
    }
  }
  const lost =
    objects.some((part) => part.additional === 'unknown') ||
    doubts.some((part) => part.kind === 'unknown' && part.reason !== undefined);
  const strict = objects.every((part) => part.additional === 'none');
  return objectShape(fields.values(), lost ? 'unknown' : strict ? 'none' : 'allowed', origin, {
    values: objects.find((part) => part.values)?.values,
    reason: lost ? 'spread-or-any' : undefined,
  });
}

function mergeFields(a: Field, b: Field): Field {
  const required =
    a.required === true || b.required === true
      ? true
      : a.required === undefined || b.required === undefined
        ? undefined
        : false;
  const shape =
    resolveShape(a.shape).kind === 'unknown'
      ? b.shape
      : resolveShape(b.shape).kind === 'unknown' || a.shape === b.shape
        ? a.shape
        : merge([a.shape, b.shape], b.origin);
  return { ...a, ...b, required, shape };
}
