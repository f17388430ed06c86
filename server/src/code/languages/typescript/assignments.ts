// Owns assignments: what `=` writes into variables, members and patterns, and what `delete` takes away.
// It must not know frameworks.

import ts from 'typescript';
import { evaluate } from './expressions.ts';
import { members } from './join.ts';
import type { Machine } from './machine.ts';
import { instanceTarget, setMember } from './members.ts';
import { placeOf } from './module.ts';
import { propertyKey } from './patterns.ts';
import { type Cell, type Frame, type InputValue, someBoolean, undefinedValue, unknown, type Value } from './value.ts';
import { anyKeyModel } from './web/url.ts';

export function remove(m: Machine, target: ts.Expression, frame: Frame): Value {
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return someBoolean();
  const bases = members(evaluate(m, target.expression, frame));
  const key = ts.isPropertyAccessExpression(target)
    ? target.name.text
    : literalKey(evaluate(m, target.argumentExpression, frame));
  for (const base of bases) {
    const fields = instanceTarget(base);
    if (key === undefined) loseFields(m, fields);
    const cell = key === undefined ? undefined : fields?.get(key);
    if (cell) m.write(cell, undefinedValue);
  }
  return someBoolean();
}

const literalKey = (value: Value) => (value.kind === 'literal' ? String(value.value) : undefined);

/** Some field was deleted, and nobody can tell which: any of them may be gone. */
function loseFields(m: Machine, fields: Map<string, Cell> | undefined): void {
  for (const cell of fields?.values() ?? []) {
    const held = m.force(cell);
    if (held.kind !== 'function') m.write(cell, unknown('spread-or-any'));
  }
}

/** Assigns to a name, a member or a pattern, and gives the value. */
export function assign(m: Machine, target: ts.Expression, value: Value, frame: Frame): Value {
  if (m.dead) return value;
  if (ts.isIdentifier(target)) {
    const cell = frame.find(target.text) ?? frame.module.frame?.declare(target.text);
    if (cell) m.write(cell, value);
    return value;
  }
  if (ts.isPropertyAccessExpression(target)) {
    const base = evaluate(m, target.expression, frame);
    setMember(m, base, target.name.text, value, placeOf(target.name));
    return value;
  }
  if (ts.isElementAccessExpression(target)) {
    const base = evaluate(m, target.expression, frame);
    const key = evaluate(m, target.argumentExpression, frame);
    if (key.kind === 'literal') setMember(m, base, String(key.value), value, placeOf(target.argumentExpression));
    else if (base.kind === 'object' && key.kind === 'native' && key.model === anyKeyModel)
      base.base?.push(key.data as InputValue);
    else if (base.kind === 'object') base.open ??= { reason: 'spread-or-any', place: placeOf(target) };
    return value;
  }
  if (ts.isParenthesizedExpression(target) || ts.isNonNullExpression(target) || ts.isAsExpression(target)) {
    return assign(m, target.expression, value, frame);
  }
  if (ts.isObjectLiteralExpression(target)) assignObject(m, target, value, frame);
  return value;
}

function assignObject(m: Machine, target: ts.ObjectLiteralExpression, value: Value, frame: Frame): void {
  for (const part of target.properties) {
    if (ts.isShorthandPropertyAssignment(part))
      assign(m, part.name, m.get(value, part.name.text, placeOf(part)), frame);
    else if (ts.isPropertyAssignment(part)) {
      const key = propertyKey(m, part.name, frame);
      if (key !== undefined) assign(m, part.initializer, m.get(value, key, placeOf(part.name)), frame);
    }
  }
}
