// Owns enums: the object that one is at run time, and the shape of its members in JSON.
// It must not know frameworks, nor how a type name leads to an enum.

import ts from 'typescript';
import { numberShape, type Shape, stringShape, unknownShape } from '../../../shape/shape.ts';
import { evaluate } from './expressions.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { type Frame, literal, type ObjectValue, type Value } from './value.ts';

/** The object that an enum is at run time. */
export function enumObject(m: Machine, node: ts.EnumDeclaration, frame: Frame): Value {
  const names = new Map<string, Value>();
  const object: ObjectValue = { kind: 'object', props: new Map(), places: new Map(), place: placeOf(node.name), names };
  let next = 0;
  for (const member of node.members) {
    const key = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : undefined;
    if (key === undefined) continue;
    const value: Value = member.initializer ? evaluate(m, member.initializer, frame) : literal(next);
    if (value.kind === 'literal' && typeof value.value === 'number') {
      next = value.value + 1;
      names.set(String(value.value), literal(key, placeOf(member.name)));
    }
    object.props.set(key, { value });
    object.places!.set(key, placeOf(member.name));
  }
  return object;
}

export function enumShape(m: Machine, node: ts.EnumDeclaration, frame: Frame): Shape {
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
