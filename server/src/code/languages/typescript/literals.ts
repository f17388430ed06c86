// Owns literals: objects and arrays with their spreads, and templates.
// It must not know frameworks.

import ts from 'typescript';
import { collectionItems } from './builtins/collections.ts';
import { evaluate, identifier } from './expressions.ts';
import { join, joinParts, members } from './join.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { propertyKey } from './patterns.ts';
import { consult } from './type-answers.ts';
import {
  type ArrayValue,
  type Cell,
  Frame,
  literal,
  type ObjectValue,
  type UnionValue,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

export function template(m: Machine, node: ts.TemplateExpression, frame: Frame): Value {
  const parts: (string | Value)[] = [node.head.text];
  for (const span of node.templateSpans) {
    parts.push(evaluate(m, span.expression, frame), span.literal.text);
  }
  return concatenate(parts, node);
}

/** The parts of a template with neighbouring texts made one, constants among them. */
export function mergedParts(parts: readonly (string | Value)[]): (string | Value)[] {
  const merged: (string | Value)[] = [];
  for (const part of parts) {
    const flat = typeof part !== 'string' && part.kind === 'template' ? part.parts : [part];
    for (const piece of flat) {
      const text = typeof piece === 'string' ? piece : piece.kind === 'literal' ? String(piece.value) : undefined;
      const last = merged.at(-1);
      if (text === undefined) merged.push(piece);
      else if (typeof last === 'string') merged[merged.length - 1] = last + text;
      else merged.push(text);
    }
  }
  return merged;
}

/** Characters and parts of the longest text that is put together: what is longer is no path, no name and no message. */
const longestText = 1_000_000;
const mostParts = 10_000;

/** Joins texts and values; the result is a literal when every part is, and unknown when it is longer than any text that matters. */
export function concatenate(parts: readonly (string | Value)[], node: ts.Node): Value {
  if (parts.reduce((sum, part) => sum + lengthOf(part), 0) > longestText) return unknown('budget', placeOf(node));
  const merged = mergedParts(parts);
  if (merged.length > mostParts) return unknown('budget', placeOf(node));
  if (merged.length === 0) return literal('', placeOf(node));
  if (merged.length === 1 && typeof merged[0] === 'string') return literal(merged[0], placeOf(node));
  const variants = merged.find((part) => typeof part !== 'string' && part.kind === 'union');
  if (
    variants &&
    typeof variants !== 'string' &&
    variants.kind === 'union' &&
    variants.members.every((one) => one.kind === 'literal')
  ) {
    return join(
      variants.members.map((one) =>
        concatenate(
          merged.map((part) => (part === variants ? one : part)),
          node,
        ),
      ),
    );
  }
  return { kind: 'template', parts: merged, place: placeOf(node) };
}

/** The characters of a part that are known. */
function lengthOf(part: string | Value): number {
  if (typeof part === 'string') return part.length;
  if (part.kind === 'literal') return typeof part.value === 'string' ? part.value.length : 1;
  return part.kind === 'template' ? part.parts.reduce((sum, piece) => sum + lengthOf(piece), 0) : 1;
}

export function objectLiteral(m: Machine, node: ts.ObjectLiteralExpression, frame: Frame): Value {
  const object: ObjectValue = {
    kind: 'object',
    props: new Map(),
    places: new Map(),
    place: placeOf(node),
    base: [],
    born: m.arm,
  };
  const inner = new Frame(frame, frame.module, object);
  for (const part of node.properties) {
    if (ts.isSpreadAssignment(part)) {
      spreadInto(m, object, evaluate(m, part.expression, frame), part);
      continue;
    }
    const key = propertyKey(m, part.name, frame);
    if (key === undefined) {
      object.open ??= { reason: 'spread-or-any', place: placeOf(part) };
      if (ts.isPropertyAssignment(part)) evaluate(m, part.initializer, frame);
      continue;
    }
    object.places!.set(key, placeOf(part.name));
    object.props.set(key, { ...partCell(m, part, key, frame, inner), born: m.arm });
  }
  return object;
}

function partCell(m: Machine, part: ts.ObjectLiteralElementLike, key: string, frame: Frame, inner: Frame): Cell {
  if (ts.isPropertyAssignment(part)) {
    const { initializer } = part;
    // A function's `this` is the object that it is called on, so that only functions need the inner frame.
    return { value: evaluate(m, initializer, ts.isFunctionExpression(initializer) ? inner : frame) };
  }
  if (ts.isShorthandPropertyAssignment(part))
    return { value: consult(m, part.name, identifier(m, part.name, frame), frame) };
  if (ts.isMethodDeclaration(part)) return { value: { kind: 'function', node: part, frame: inner } };
  if (ts.isGetAccessorDeclaration(part)) {
    const getter: Value = { kind: 'function', node: part, frame: inner };
    const site = { args: [], open: false, place: placeOf(part), argPlaces: [], namePlace: placeOf(part.name), frame };
    return { value: undefined, lazy: () => m.call(getter, site) };
  }
  return { value: unknown('spread-or-any', { file: frame.module.file, start: 0, end: key.length }) };
}

/** Copies what is known of a value's fields into an object, as a spread or `Object.assign` does. */
export function spreadInto(m: Machine, object: ObjectValue, value: Value, node: ts.Node): void {
  switch (value.kind) {
    case 'object': {
      for (const [key, cell] of value.props) {
        const next = m.force(cell);
        const old = object.props.get(key);
        const maybe = members(next).some((member) => member.kind === 'literal' && member.value === undefined);
        object.props.set(key, { value: maybe && old ? join([m.force(old), withoutUndefined(next)]) : next });
        const place = value.places?.get(key);
        if (place) object.places?.set(key, place);
      }
      if (value.open) object.open ??= value.open;
      if (value.base) object.base?.push(...value.base);
      return;
    }
    case 'union':
      spreadAlternatives(m, object, value, node);
      return;
    case 'literal':
      return;
    case 'typed':
    case 'unknown':
      object.base?.push(value);
      if (value.kind === 'unknown' && !value.shape) object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
      return;
    case 'input':
      // What the request brings may take the place of what stood before; a name that is asked for later is a read of the request.
      for (const [key, cell] of object.props)
        object.props.set(key, { value: join([m.force(cell), unknown('request-escapes', placeOf(node))]) });
      if (object.base) object.base.push(value);
      else object.open ??= { reason: 'request-escapes', place: placeOf(node) };
      return;
    case 'external':
      // Nothing is known of its fields, but a type checker may be asked about it.
      if (value.asks) object.base?.push({ ...unknown('unresolved-import', value.place), asks: value.asks });
      object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
      return;
    case 'native':
      for (const [key, cell] of value.props) object.props.set(key, { value: m.force(cell) });
      object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
      return;
    case 'namespace':
      for (const name of value.module.exports.keys())
        object.props.set(name, { value: undefined, lazy: () => m.modules.exportOf(value.module, name) });
      return;
    default:
      object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
  }
}

/**
 * Spreads one of several values: each field is what the one or the other of them says, or as it was where one lacks it. The fields
 * remember that they vary together.
 */
function spreadAlternatives(m: Machine, object: ObjectValue, spread: UnionValue, node: ts.Node): void {
  const alternatives = spread.members;
  const present = alternatives.filter((member) => member.kind !== 'literal');
  if (present.length === 0) return;
  const records = present.filter((member): member is ObjectValue => member.kind === 'object' && !member.base?.length);
  if (records.length < present.length) {
    object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
    return;
  }
  const open = records.find((record) => record.open)?.open;
  const names = new Set(records.flatMap((record) => [...record.props.keys()]));
  for (const key of names) {
    const old = object.props.get(key);
    const before = old ? m.force(old) : undefinedValue;
    const values = records.map((record) => {
      const cell = record.props.get(key);
      return cell ? m.force(cell) : record.open ? unknown(record.open.reason, record.open.place) : before;
    });
    const parts = records.length < alternatives.length ? [before, ...values] : values;
    object.props.set(key, { value: joinParts(spread, parts) });
    const place = records.find((record) => record.places?.has(key))?.places?.get(key);
    if (place) object.places?.set(key, place);
  }
  object.open ??= open;
}

function withoutUndefined(value: Value): Value {
  const rest = members(value).filter((member) => !(member.kind === 'literal' && member.value === undefined));
  return rest.length === 0 ? value : join(rest);
}

export function arrayLiteral(m: Machine, node: ts.ArrayLiteralExpression, frame: Frame): Value {
  const array: ArrayValue = { kind: 'array', items: [], place: placeOf(node), shared: !m.summarising };
  for (const item of node.elements) {
    if (ts.isSpreadElement(item)) {
      const value = evaluate(m, item.expression, frame);
      const spread = evaluateArrayItems(m, value);
      if (spread) {
        array.items.push(...spread.items);
        if (spread.rest) array.rest = array.rest ? join([array.rest, spread.rest]) : spread.rest;
      } else array.rest = unknown('spread-or-any', placeOf(item));
    } else if (!ts.isOmittedExpression(item)) array.items.push(evaluate(m, item, frame));
    else array.items.push(undefinedValue);
  }
  return array;
}

/** A value's items when it is an array or a union of arrays; undefined when it is not known to be one. */
export function evaluateArrayItems(m: Machine, value: Value): ArrayValue | undefined {
  if (value.kind === 'array') return value;
  if (value.kind === 'native' && value.model.name === 'collection') return collectionItems(m, value);
  if (value.kind === 'native') {
    const items = value.model.items?.(m, value);
    return items?.kind === 'array' ? items : undefined;
  }
  if (value.kind === 'union') {
    const parts = value.members
      .filter((member) => member.kind !== 'literal')
      .map((member) => evaluateArrayItems(m, member));
    if (parts.length === 0 || parts.some((part) => !part)) return undefined;
    if (parts.length === 1) return parts[0];
    return {
      kind: 'array',
      items: [],
      rest: join(parts.flatMap((part) => [...part!.items, ...(part!.rest ? [part!.rest] : [])])),
    };
  }
  return undefined;
}
