// Owns what a type annotation adds to a value that the code computes.
// It must not know frameworks, nor how types are read.

import type ts from 'typescript';
import { resolveShape } from '../../../shape/shape.ts';
import { join, members } from './join.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { typedValue } from './typed-values.ts';
import { type Frame, isOpaque, type ObjectValue, type TypeReference, undefinedValue, type Value } from './value.ts';

/** Lets a type annotation speak where the value is unknown, and tells inputs what type the code gives them. */
export function withType(m: Machine, value: Value, type: ts.TypeNode | undefined, frame: Frame): Value {
  if (!type) return value;
  if (value.kind === 'input') {
    const typed = typedValue(m, { node: type, frame });
    if (typed) value.sink.declare(value, m.types.shapeOfValue(typed), placeOf(type));
    return value;
  }
  if (isOpaque(value)) return typedValue(m, { node: type, frame }) ?? value;
  if (value.kind === 'object' && !value.cls && m.summarising) refine(m, value, { node: type, frame });
  return value;
}

/**
 * What `value as T` says of a value that is one of several kinds: those of another kind than T are not meant. Absence is left as it is,
 * since an assertion does away with it on paper only.
 */
export function narrowedBy(m: Machine, value: Value, type: ts.TypeNode, frame: Frame): Value {
  const listed = value.kind === 'unknown' && value.shape ? resolveShape(value.shape) : undefined;
  if (value.kind !== 'union' && listed?.kind !== 'union') return value;
  const typed = typedValue(m, { node: type, frame });
  const kind = typed && resolveShape(m.types.shapeOfValue(typed)).kind;
  if (!kind || !scalars.has(kind)) return value;
  if (listed?.kind === 'union') return listed.members.every((member) => scalars.has(member.kind)) ? typed : value;
  const kept = members(value).filter((member) => {
    const own = resolveShape(m.types.shapeOfValue(member)).kind;
    return !scalars.has(own) || own === kind;
  });
  return kept.length === 0 || kept.length === members(value).length ? value : join(kept);
}

const scalars: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

/** Lets a declared type speak for those fields of an object that are unknown. */
function refine(m: Machine, value: ObjectValue, type: TypeReference): void {
  let typed: Value | undefined;
  for (const [key, cell] of value.props) {
    if (!cell.value || !isOpaque(cell.value)) continue;
    typed ??= typedValue(m, type) ?? undefinedValue;
    if (typed.kind !== 'typed') return;
    const member = m.typeMembers.member(typed, key);
    if (member && !isOpaque(member)) cell.value = member;
  }
}
