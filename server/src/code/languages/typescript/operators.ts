// Owns operators: what arithmetic, comparison, logic and `typeof` give for values that may be known in part.
// It must not know frameworks.

import ts from 'typescript';
import { booleanShape, numberShape } from '../../../shape/shape.ts';
import { enterAbsence, leaveAbsence } from './absences.ts';
import { assign } from './assignments.ts';
import { matches } from './branches.ts';
import { isInstance } from './classes.ts';
import { contains } from './containment.ts';
import { evaluate } from './expressions.ts';
import { Flow } from './flow.ts';
import { errorClass } from './installed/openings.ts';
import { join, joinParts, members } from './join.ts';
import { fillsBehindReturn, isLasting, startUp } from './lasting.ts';
import { concatenate } from './literals.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { assume } from './narrow.ts';
import {
  type Frame,
  isEmpty,
  isOpaque,
  literal,
  resultOf,
  shaped,
  someBoolean,
  someNumber,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** Leaves out `null` and `undefined`, as `!` and a passed check do. */
export function withoutNull(value: Value): Value {
  if (value.kind !== 'union') return value;
  const rest = value.members.filter((member) => !isEmpty(member));
  return rest.length === 0 ? value : join(rest);
}

/** What is assigned; `lasting` for what is made once and kept. */
function filled(m: Machine, node: ts.BinaryExpression, lasting: boolean, frame: Frame): Value {
  const fill = () => evaluate(m, node.right, frame);
  return lasting ? startUp(m, fill, unknown('dependency-injection')) : fill();
}

export function binary(m: Machine, node: ts.BinaryExpression, frame: Frame): Value {
  const operator = node.operatorToken.kind;
  switch (operator) {
    case ts.SyntaxKind.EqualsToken:
      return assign(m, node.left, filled(m, node, fillsBehindReturn(node, frame), frame), frame);
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return logical(m, node, evaluate(m, node.left, frame), operator, frame);
    case ts.SyntaxKind.BarBarEqualsToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
    case ts.SyntaxKind.AmpersandAmpersandEqualsToken: {
      const left = evaluate(m, node.left, frame);
      return assign(m, node.left, join([left, filled(m, node, isLasting(node.left, frame), frame)]), frame);
    }
    case ts.SyntaxKind.PlusEqualsToken: {
      const sum = add(evaluate(m, node.left, frame), evaluate(m, node.right, frame), node);
      return assign(m, node.left, sum, frame);
    }
    case ts.SyntaxKind.CommaToken:
      evaluate(m, node.left, frame);
      return evaluate(m, node.right, frame);
    default:
      break;
  }
  const left = evaluate(m, node.left, frame);
  if (operator === ts.SyntaxKind.InstanceOfKeyword) {
    const answer = isInstance(m, left, errorClass(m, evaluate(m, node.right, frame)));
    return answer === undefined ? someBoolean() : literal(answer);
  }
  const right = evaluate(m, node.right, frame);
  if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment) {
    return assign(m, node.left, someNumber(), frame);
  }
  switch (operator) {
    case ts.SyntaxKind.PlusToken:
      return add(left, right, node);
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return eachPart(left, (part) => equality(part, right, true, operator === ts.SyntaxKind.EqualsEqualsToken));
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return eachPart(left, (part) => equality(part, right, false, operator === ts.SyntaxKind.ExclamationEqualsToken));
    case ts.SyntaxKind.InKeyword:
      return contains(m, left, right, placeOf(node.left));
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return eachPart(left, (part) => compare(part, right, operator));
    default:
      return arithmetic(left, right, operator);
  }
}

function logical(m: Machine, node: ts.BinaryExpression, left: Value, operator: ts.SyntaxKind, frame: Frame): Value {
  if (m.dead) return undefinedValue;
  const nullish = operator === ts.SyntaxKind.QuestionQuestionToken;
  const isOr = operator === ts.SyntaxKind.BarBarToken;
  const state = nullish ? presence(left) : truth(left);
  // `a ?? b` and `a || b` give b when a is lacking; `a && b` gives b when a holds.
  const rightWhen = operator === ts.SyntaxKind.AmpersandAmpersandToken;
  if (state !== undefined && state !== rightWhen) return left;
  const right = () => {
    const absent = nullish ? [] : assume(m, node.left, frame, rightWhen);
    enterAbsence(m, absent);
    const value = evaluate(m, node.right, frame);
    leaveAbsence(m, absent);
    return value;
  };
  if (state === rightWhen) return right();
  if ((nullish || isOr) && left.kind === 'input') {
    const value = m.choose([right]);
    const died = m.dead;
    m.dead = false;
    if (died) return left;
    left.sink.defaultTo(left, value.kind === 'literal' ? value.value : undefined, placeOf(node.right));
    return { ...left, defaulted: true };
  }
  let value: Value = undefinedValue;
  const flow = m.fork([
    () => {
      value = right();
      return Flow.Next;
    },
    () => Flow.Next,
  ]);
  if (flow === Flow.Exit) return undefinedValue;
  if (rightWhen) return together(left, value, join([...falsy(left), value]));
  const present = members(nullish ? withoutNull(left) : truthyPart(left));
  // An empty object that stands in for something unknown proves nothing: the code may only guard against what never happens.
  if (isEmptyObject(value) && present.some(isOpaque)) return join(present);
  return join([...present, value]);
}

/** `a && b` where both speak of alternatives that vary together: what it is for each of them. */
function together(left: Value, right: Value, joined: Value): Value {
  const first = left.kind === 'union' ? left.parts : undefined;
  const second = right.kind === 'union' ? right.parts : undefined;
  const of = first?.of ?? second?.of;
  const count = first?.values.length ?? second?.values.length;
  if (of === undefined || count === undefined || (first && second && first.of !== second.of)) return joined;
  const values = Array.from({ length: count }, (_, index) => {
    const [a, b] = [first?.values[index] ?? left, second?.values[index] ?? right];
    const state = truth(a);
    return state === undefined ? join([...falsy(a), b]) : state ? b : a;
  });
  return joinParts(of, values);
}

function isEmptyObject(value: Value): boolean {
  return value.kind === 'object' && value.props.size === 0 && !value.open && !value.cls && !value.base?.length;
}

/** Whether a value is there at all, for `??`. */
function presence(value: Value): boolean | undefined {
  if (value.kind === 'literal') return value.someFalsy ? undefined : !isEmpty(value);
  if (value.kind === 'union') {
    const answers = value.members.map(presence);
    return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
  }
  if (value.kind === 'external') return value.path.includes(resultOf) ? undefined : true;
  if (value.kind === 'unknown' || value.kind === 'typed' || value.kind === 'input')
    return value.kind === 'unknown' && value.truthy ? true : undefined;
  return true;
}

/** What is left of a value where it is known to be true. */
export function truthyPart(value: Value): Value {
  const rest = members(value).filter((member) => truth(member) !== false);
  if (rest.length === 0) return value;
  return join(rest.map((member) => (isSomeBoolean(member) ? literal(true) : member)));
}

/** Whether a value is a boolean of which nobody knows which. */
function isSomeBoolean(value: Value): boolean {
  return value.kind === 'unknown' && value.shape?.kind === 'boolean' && value.shape.value === undefined && !value.maybe;
}

/** What a value may be where it is not true. */
function falsy(value: Value): Value[] {
  return members(value).flatMap((member): Value[] => {
    if (truth(member) === true) return [];
    if (member.kind === 'literal') return [member];
    return [isSomeBoolean(member) ? literal(false) : { kind: 'literal', value: false, someFalsy: true }];
  });
}

function add(left: Value, right: Value, node: ts.Node): Value {
  if (
    left.kind === 'literal' &&
    right.kind === 'literal' &&
    typeof left.value === 'number' &&
    typeof right.value === 'number'
  ) {
    return literal(left.value + right.value);
  }
  const textual = (value: Value) =>
    value.kind === 'template' ||
    (value.kind === 'literal' && typeof value.value === 'string') ||
    (value.kind === 'unknown' && value.shape?.kind === 'string');
  if (textual(left) || textual(right)) return concatenate([left, right], node);
  const numeric = (value: Value) =>
    (value.kind === 'literal' && typeof value.value === 'number') ||
    (value.kind === 'unknown' && value.shape?.kind === 'number');
  if (numeric(left) && numeric(right)) return someNumber();
  return unknown('spread-or-any', placeOf(node));
}

function equality(left: Value, right: Value, positive: boolean, loose: boolean): Value {
  if (loose) {
    const leftNull = isEmpty(left);
    const rightNull = isEmpty(right);
    if (leftNull && rightNull) return literal(positive);
    if (rightNull || leftNull) {
      const state = presence(rightNull ? left : right);
      return state === undefined ? someBoolean() : literal(state !== positive);
    }
  }
  if (isEmpty(right) && left.kind !== 'literal') {
    if (left.kind !== 'union' && presence(left) === true) return literal(!positive);
  }
  const answer =
    right.kind === 'literal' ? matches(left, right) : left.kind === 'literal' ? matches(right, left) : undefined;
  if (answer === undefined) return someBoolean();
  return literal(answer === positive);
}

function compare(left: Value, right: Value, operator: ts.SyntaxKind): Value {
  const least = left.kind === 'unknown' && left.shape?.kind === 'number' ? left.shape.minimum : undefined;
  // A list of which one item is known has more than none.
  if (least !== undefined && right.kind === 'literal' && typeof right.value === 'number') {
    if (operator === ts.SyntaxKind.GreaterThanToken && least > right.value) return literal(true);
    if (operator === ts.SyntaxKind.LessThanToken && least >= right.value) return literal(false);
  }
  if (left.kind !== 'literal' || right.kind !== 'literal') return someBoolean();
  const a = Number(left.value);
  const b = Number(right.value);
  if (operator === ts.SyntaxKind.LessThanToken) return literal(a < b);
  if (operator === ts.SyntaxKind.GreaterThanToken) return literal(a > b);
  return literal(operator === ts.SyntaxKind.LessThanEqualsToken ? a <= b : a >= b);
}

function arithmetic(left: Value, right: Value, operator: ts.SyntaxKind): Value {
  if (
    left.kind === 'literal' &&
    right.kind === 'literal' &&
    typeof left.value === 'number' &&
    typeof right.value === 'number'
  ) {
    if (operator === ts.SyntaxKind.MinusToken) return literal(left.value - right.value);
    if (operator === ts.SyntaxKind.AsteriskToken) return literal(left.value * right.value);
    if (operator === ts.SyntaxKind.SlashToken) return literal(left.value / right.value);
  }
  return someNumber();
}

function negated(value: Value): Value {
  const state = truth(value);
  return state === undefined ? shaped(booleanShape()) : literal(!state);
}

/** Works on a value as a whole, or on each part of alternatives that vary together, so that they go on doing so. */
export function eachPart(value: Value, work: (part: Value) => Value): Value {
  if (value.kind !== 'union' || !value.parts) return work(value);
  return joinParts(value.parts.of, value.parts.values.map(work));
}

/** `count++` and its like: what the number was, and what it is from now on. */
export function step(
  m: Machine,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  frame: Frame,
): { readonly before: Value; readonly after: Value } {
  const held = evaluate(m, node.operand, frame);
  const by = node.operator === ts.SyntaxKind.PlusPlusToken ? 1 : -1;
  const count = held.kind === 'literal' && typeof held.value === 'number' ? held.value : undefined;
  const after = count === undefined ? someNumber() : literal(count + by);
  assign(m, node.operand, after, frame);
  return { before: count === undefined ? someNumber() : held, after };
}

export function prefix(m: Machine, node: ts.PrefixUnaryExpression, frame: Frame): Value {
  if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
    return step(m, node, frame).after;
  const value = evaluate(m, node.operand, frame);
  if (node.operator === ts.SyntaxKind.ExclamationToken) return eachPart(value, negated);
  if (node.operator === ts.SyntaxKind.MinusToken && value.kind === 'literal' && typeof value.value === 'number')
    return literal(-value.value);
  if (node.operator === ts.SyntaxKind.PlusToken && value.kind === 'input')
    value.sink.convert(value, numberShape(), placeOf(node));
  if (node.operator === ts.SyntaxKind.PlusToken && value.kind === 'literal' && typeof value.value === 'number')
    return value;
  return someNumber();
}

/** What `typeof` gives, when it is sure. */
export function typeName(value: Value): string | undefined {
  switch (value.kind) {
    case 'literal':
      return value.value === null ? 'object' : typeof value.value;
    case 'object':
    case 'array':
    case 'namespace':
      return 'object';
    case 'function':
    case 'class':
      return 'function';
    case 'template':
      return 'string';
    case 'native':
      return value.model.call || value.model.construct ? 'function' : 'object';
    case 'unknown':
      if (value.shape?.kind === 'string' || value.shape?.kind === 'number' || value.shape?.kind === 'boolean')
        return value.shape.kind;
      return undefined;
    default:
      return undefined;
  }
}
