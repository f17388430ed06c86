// Owns binding patterns: which names of a pattern get which parts of a value.
// It must not know frameworks.

import ts from 'typescript';
import { evaluate } from './expressions.ts';
import { join, members } from './join.ts';
import { evaluateArrayItems } from './literals.ts';
import { elementOf } from './loops.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import {
  type ArrayValue,
  type Cell,
  type Frame,
  isEmpty,
  objectOf,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** Gives the names of a pattern their parts of a value. */
export function bindPattern(m: Machine, pattern: ts.BindingName, value: Value, frame: Frame): void {
  if (ts.isIdentifier(pattern)) {
    const cell = frame.cells.get(pattern.text);
    if (cell && frame.module.frame !== frame) m.write(cell, value);
    else if (cell) {
      cell.lazy = undefined;
      cell.value = value;
    } else frame.declare(pattern.text, value);
    return;
  }
  if (ts.isObjectBindingPattern(pattern)) {
    bindObject(m, pattern, value, frame);
    return;
  }
  const items = evaluateArrayItems(m, value);
  // Each of several lists keeps its own order: the second of `[rows, count]` is no row, whatever another path gives.
  const placed = value.kind === 'union' && value.members.some((member) => member.kind === 'array');
  pattern.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    if (element.dotDotDotToken) {
      const rest: ArrayValue = {
        kind: 'array',
        items: items?.items.slice(index) ?? [],
        rest: items ? items.rest : elementOf(m, value, element),
      };
      bindPattern(m, element.name, rest, frame);
      return;
    }
    const item = placed
      ? m.get(value, String(index), placeOf(element))
      : items
        ? (items.items[index] ?? items.rest ?? undefinedValue)
        : elementOf(m, value, element);
    bindPattern(m, element.name, withDefault(m, item, element, frame), frame);
  });
}

function bindObject(m: Machine, pattern: ts.ObjectBindingPattern, value: Value, frame: Frame): void {
  const taken: string[] = [];
  for (const element of pattern.elements) {
    if (element.dotDotDotToken) {
      bindPattern(m, element.name, withoutKeys(m, value, taken, element), frame);
      continue;
    }
    const keyNode = element.propertyName ?? element.name;
    const key = propertyKey(m, keyNode, frame);
    if (key === undefined) {
      if (value.kind === 'input') value.sink.escape(value, 'request-escapes', placeOf(element));
      bindPattern(m, element.name, unknown('spread-or-any', placeOf(element)), frame);
      continue;
    }
    taken.push(key);
    const part = m.get(value, key, placeOf(keyNode));
    // What a caller names is there as a rule, so that nothing shows the default being taken, however little is known of the value.
    const named = value.kind === 'object' && value.props.has(key) && members(part).every(isGiven);
    bindPattern(m, element.name, named ? part : withDefault(m, part, element, frame), frame);
  }
}

/** The constant name of a property, when it has one. */
export function propertyKey(m: Machine, node: ts.PropertyName | ts.BindingName, frame: Frame): string | undefined {
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return node.text;
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  if (!ts.isComputedPropertyName(node)) return undefined;
  const value = evaluate(m, node.expression, frame);
  return value.kind === 'literal' ? String(value.value) : undefined;
}

/** Whether a value is no input, whose default is told, and not known to be lacking. */
const isGiven = (value: Value): boolean => value.kind !== 'input' && !isEmpty(value);

function withDefault(m: Machine, value: Value, element: ts.BindingElement, frame: Frame): Value {
  const { initializer } = element;
  if (!initializer) return value;
  if (value.kind === 'union' && value.members.some((one) => one.kind === 'literal' && one.value === undefined)) {
    const given = value.members.filter((one) => one.kind !== 'literal' || one.value !== undefined);
    return join([...given, evaluate(m, initializer, frame)]);
  }
  if (value.kind === 'literal') return value.value === undefined ? evaluate(m, initializer, frame) : value;
  const fallback = evaluate(m, initializer, frame);
  if (value.kind === 'input') {
    if (fallback.kind === 'literal') value.sink.defaultTo(value, fallback.value, placeOf(initializer));
    else value.sink.defaultTo(value, undefined, placeOf(initializer));
    return { ...value, defaulted: true };
  }
  return value.kind === 'object' || value.kind === 'native' || value.kind === 'function'
    ? value
    : join([value, fallback]);
}

function withoutKeys(m: Machine, value: Value, keys: readonly string[], element: ts.BindingElement): Value {
  if (value.kind === 'object') {
    const props = new Map<string, Cell>([...value.props].filter(([key]) => !keys.includes(key)));
    return { ...value, props };
  }
  if (value.kind === 'input') {
    // A name that is asked of the rest is a read of the request.
    return { ...objectOf({}), base: [value] };
  }
  if (value.kind === 'typed' || value.kind === 'unknown') return m.typeMembers.omit(value, keys);
  if (value.kind === 'union') return join(value.members.map((member) => withoutKeys(m, member, keys, element)));
  // Only null and undefined are known to leave nothing behind.
  if (value.kind === 'literal') return objectOf({});
  return unknown('spread-or-any', placeOf(element));
}
