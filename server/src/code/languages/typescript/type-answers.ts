// Owns the second tier's door into the interpreter: which expressions a type checker could say more of, and the values that its
// answers stand for. It must not know a checker, nor frameworks.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { type Field, resolveShape, type Shape } from '../../../shape/shape.ts';
import type { TypeAnswer } from '../../type-questions.ts';
import { join } from './join.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { type Frame, isOpaque, literal, nullValue, undefinedValue, unknown, type Value } from './value.ts';

/** The kinds of expressions that are asked about; of all others the parts are asked about. */
const asked: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.TaggedTemplateExpression,
]);

/** How many expressions are remembered of the way that an unknown value took: where it began, and the latest. */
const mostPlaces = 3;

/**
 * The value of an expression after its type was consulted. Where the value is unknown and the type's answer is there, the answer
 * stands for it; where it is not there, the value remembers that it could be asked about here. Only for requests: what registers
 * routes never depends on types.
 */
export function consult(m: Machine, node: ts.Expression, value: Value, frame: Frame): Value {
  if (!m.summarising || !asked.has(node.kind)) return value;
  if (!isInQuestion(m, value)) return value;
  const place = placeOf(node, frame.module.source);
  const answer = m.typeAnswers.answerAt(place);
  if (answer && speaks(m, answer, value)) return answeredValue(answer);
  if (value.kind !== 'unknown' && value.kind !== 'external' && value.kind !== 'typed') return value;
  const before = value.asks ?? [];
  if (before.some((one) => one.start === place.start && one.end === place.end && one.file === place.file)) return value;
  const asks = before.length < mostPlaces ? [...before, place] : [before[0]!, ...before.slice(2), place];
  return { ...value, asks };
}

/** Whether types could say more of a value: nothing is known of it, or its declared type was read in part. */
function isInQuestion(m: Machine, value: Value): boolean {
  if (isOpaque(value)) return true;
  const shape = partlyKnown(m, value);
  return shape !== undefined && hasUnknown(shape);
}

/** The shape of a value of which nothing but the shape is known, as something other than a checker told it. */
function partlyKnown(m: Machine, value: Value): Shape | undefined {
  if (value.kind === 'typed') return m.types.shapeOf(value.type);
  return value.kind === 'unknown' && value.shape?.stated !== 'type' ? value.shape : undefined;
}

/** Whether an answer says more than the value does. What a package's model makes of its own values is not taken from it. */
function speaks(m: Machine, answer: TypeAnswer, value: Value): boolean {
  if (resolveShape(answer.shape).kind === 'unknown') return false;
  if (value.kind === 'external') return m.model(value.package) === undefined;
  const before = partlyKnown(m, value);
  return !before || isUnknownInside(before) || !hasUnknown(answer.shape);
}

/** Whether a shape says no more than that it is a list, if that. */
function isUnknownInside(shape: Shape): boolean {
  const resolved = resolveShape(shape);
  return resolved.kind === 'unknown' || (resolved.kind === 'array' && isUnknownInside(resolved.items));
}

/** The value that an answer stands for: alternatives apart, so that conditions can tell them from each other. */
export function answeredValue(answer: TypeAnswer): Value {
  const value = alternativesOf(answer.shape);
  return answer.optional ? join([value, undefinedValue]) : value;
}

function alternativesOf(shape: Shape): Value {
  const resolved = resolveShape(shape);
  if (resolved.kind === 'union') return join(resolved.members.map(alternativesOf));
  if (resolved.kind === 'null') return nullValue;
  if (resolved.kind === 'never') return undefinedValue;
  const truthy = resolved.kind === 'object' || resolved.kind === 'array';
  return { kind: 'unknown', reason: 'spread-or-any', shape: resolved, truthy };
}

/** A field of a shape as a value; a field that only a type states may hold what the type says it may. */
export function fieldValue(field: Field): Value | undefined {
  if (resolveShape(field.shape).stated !== 'type') return undefined;
  return answeredValue({ shape: field.shape, optional: field.required === false });
}

/** What a field holds in one alternative of a type, where that is a single constant: it tells the alternatives apart. */
export function discriminant(value: Value, key: string): Value {
  const shape =
    value.kind === 'unknown' && value.shape?.kind === 'object' ? value.shape.fields.get(key)?.shape : undefined;
  const found = shape && resolveShape(shape);
  if (found?.kind === 'boolean' && found.value !== undefined) return literal(found.value);
  if ((found?.kind === 'string' || found?.kind === 'number') && found.values?.length === 1)
    return literal(found.values[0]);
  return unknown('spread-or-any');
}

/** An element of a list of which only a type speaks. */
export function itemValue(items: Shape): Value | undefined {
  return resolveShape(items).stated === 'type' ? alternativesOf(items) : undefined;
}

/**
 * The shape that a type gives to a value of which nothing else is known, when it is serialised: the latest expression first, because
 * what was checked on the way is known there. Where there is none, the expressions are wanted.
 */
export function shapeFromTypes(m: Machine, value: Value): Shape | undefined {
  if (value.kind !== 'unknown' && value.kind !== 'external' && value.kind !== 'typed') return undefined;
  if (!value.asks) return undefined;
  const before = partlyKnown(m, value);
  for (const place of value.asks.toReversed()) {
    const answer = m.typeAnswers.answerAt(place);
    if (!answer || answer.optional || resolveShape(answer.shape).kind === 'unknown') continue;
    if (!before || isUnknownInside(before) || !hasUnknown(answer.shape)) return answer.shape;
  }
  for (const place of value.asks) m.wanted?.set(keyOf(place), place);
  return undefined;
}

const keyOf = ({ file, start, end }: Place): string => `${file}:${start}:${end}`;

const partly = new WeakMap<Shape, boolean>();

/** Whether some part of a shape is not known. */
export function hasUnknown(shape: Shape, depth = 0): boolean {
  const known = partly.get(shape);
  if (known !== undefined) return known;
  if (depth > 6) return false;
  const resolved = resolveShape(shape);
  const inside = (part: Shape): boolean => hasUnknown(part, depth + 1);
  let answer = resolved.kind === 'unknown';
  if (resolved.kind === 'union') answer = resolved.members.some(inside);
  if (resolved.kind === 'array') answer = inside(resolved.items);
  if (resolved.kind === 'object')
    answer = resolved.additional === 'unknown' || [...resolved.fields.values()].some((field) => inside(field.shape));
  if (depth === 0) partly.set(shape, answer);
  return answer;
}
