// Owns expressions: what each kind of them evaluates to. Calls and member access are in `calls.ts` and `members.ts`.
// It must not know frameworks.

import ts from 'typescript';
import { booleanShape, numberShape, stringShape } from '../../../shape/shape.ts';
import { evaluateCall, evaluateNew } from './calls.ts';
import { createClass, isInstance } from './classes.ts';
import type { Machine } from './machine.ts';
import { instanceTarget, setMember } from './members.ts';
import { placeOf } from './module.ts';
import { assume } from './narrow.ts';
import { Flow, matches, propertyKey, withType } from './statements.ts';
import { typedValue } from './types.ts';
import {
  type ArrayValue,
  type Cell,
  Frame,
  isOpaque,
  join,
  joinParts,
  literal,
  members,
  type ObjectValue,
  objectOf,
  resultOf,
  shaped,
  someBoolean,
  someNumber,
  someString,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** Evaluates an expression in a frame. Never throws, except that the budget may be spent. */
export function evaluate(m: Machine, node: ts.Expression, frame: Frame): Value {
  m.spend();
  switch (node.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return literal((node as ts.StringLiteral).text, placeOf(node));
    case ts.SyntaxKind.NumericLiteral:
      return literal(Number((node as ts.NumericLiteral).text.replaceAll('_', '')), placeOf(node));
    case ts.SyntaxKind.BigIntLiteral:
      return shaped(numberShape(placeOf(node), { integer: true }));
    case ts.SyntaxKind.TrueKeyword:
      return literal(true, placeOf(node));
    case ts.SyntaxKind.FalseKeyword:
      return literal(false, placeOf(node));
    case ts.SyntaxKind.NullKeyword:
      return literal(null, placeOf(node));
    case ts.SyntaxKind.RegularExpressionLiteral:
      return {
        kind: 'external',
        package: ':regexp',
        path: [(node as ts.RegularExpressionLiteral).text],
        place: placeOf(node),
      };
    case ts.SyntaxKind.Identifier:
      return identifier(m, node as ts.Identifier, frame);
    case ts.SyntaxKind.ThisKeyword:
      return selfOf(frame) ?? unknown('spread-or-any', placeOf(node));
    case ts.SyntaxKind.TemplateExpression:
      return template(m, node as ts.TemplateExpression, frame);
    case ts.SyntaxKind.ParenthesizedExpression:
      return evaluate(m, (node as ts.ParenthesizedExpression).expression, frame);
    case ts.SyntaxKind.AwaitExpression:
      return evaluate(m, (node as ts.AwaitExpression).expression, frame);
    case ts.SyntaxKind.NonNullExpression:
      return withoutNull(evaluate(m, (node as ts.NonNullExpression).expression, frame));
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
      return asserted(m, node as ts.AsExpression, frame);
    case ts.SyntaxKind.SatisfiesExpression:
      return evaluate(m, (node as ts.SatisfiesExpression).expression, frame);
    case ts.SyntaxKind.PropertyAccessExpression:
      return property(m, node as ts.PropertyAccessExpression, frame);
    case ts.SyntaxKind.ElementAccessExpression:
      return element(m, node as ts.ElementAccessExpression, frame);
    case ts.SyntaxKind.CallExpression:
      return evaluateCall(m, node as ts.CallExpression, frame);
    case ts.SyntaxKind.NewExpression:
      return evaluateNew(m, node as ts.NewExpression, frame);
    case ts.SyntaxKind.ConditionalExpression:
      return conditional(m, node as ts.ConditionalExpression, frame);
    case ts.SyntaxKind.BinaryExpression:
      return binary(m, node as ts.BinaryExpression, frame);
    case ts.SyntaxKind.PrefixUnaryExpression:
      return prefix(m, node as ts.PrefixUnaryExpression, frame);
    case ts.SyntaxKind.PostfixUnaryExpression:
      evaluate(m, (node as ts.PostfixUnaryExpression).operand, frame);
      return someNumber();
    case ts.SyntaxKind.TypeOfExpression: {
      const value = evaluate(m, (node as ts.TypeOfExpression).expression, frame);
      const name = typeName(value);
      return name === undefined ? someString() : literal(name);
    }
    case ts.SyntaxKind.VoidExpression:
      evaluate(m, (node as ts.VoidExpression).expression, frame);
      return undefinedValue;
    case ts.SyntaxKind.DeleteExpression:
      return remove(m, (node as ts.DeleteExpression).expression, frame);
    case ts.SyntaxKind.ObjectLiteralExpression:
      return objectLiteral(m, node as ts.ObjectLiteralExpression, frame);
    case ts.SyntaxKind.ArrayLiteralExpression:
      return arrayLiteral(m, node as ts.ArrayLiteralExpression, frame);
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
      return { kind: 'function', node: node as ts.ArrowFunction, frame, props: new Map() };
    case ts.SyntaxKind.ClassExpression:
      return createClass(m, node as ts.ClassExpression, frame);
    case ts.SyntaxKind.YieldExpression: {
      const { expression } = node as ts.YieldExpression;
      return expression ? evaluate(m, expression, frame) : undefinedValue;
    }
    case ts.SyntaxKind.MetaProperty:
      return objectOf({
        url: literal(`file://${frame.module.file}`),
        filename: literal(frame.module.file),
        dirname: literal(frame.module.file.slice(0, frame.module.file.lastIndexOf('/'))),
      });
    default:
      return unknown('spread-or-any', placeOf(node));
  }
}

/** The value of `this` in a frame. */
export function selfOf(frame: Frame): Value | undefined {
  for (let current: Frame | undefined = frame; current; current = current.parent) if (current.self) return current.self;
  return undefined;
}

function identifier(m: Machine, node: ts.Identifier, frame: Frame): Value {
  if (node.text === 'undefined') return undefinedValue;
  const cell = frame.find(node.text);
  if (!cell) return unknown('unresolved-import', placeOf(node));
  if (cell.sources) for (const file of cell.sources) m.touched.add(file);
  return m.present(cell);
}

function template(m: Machine, node: ts.TemplateExpression, frame: Frame): Value {
  const parts: (string | Value)[] = [node.head.text];
  for (const span of node.templateSpans) {
    parts.push(evaluate(m, span.expression, frame), span.literal.text);
  }
  return concatenate(parts, node);
}

/** Joins texts and values; the result is a literal when every part is. */
export function concatenate(parts: readonly (string | Value)[], node: ts.Node): Value {
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

function asserted(m: Machine, node: ts.AsExpression, frame: Frame): Value {
  const value = evaluate(m, node.expression, frame);
  if (node.type.kind === ts.SyntaxKind.TypeReference && node.type.getText() === 'const') return value;
  return withType(m, value, node.type, frame);
}

/** Leaves out `null` and `undefined`, as `!` and a passed check do. */
export function withoutNull(value: Value): Value {
  if (value.kind !== 'union') return value;
  const rest = value.members.filter(
    (member) => !(member.kind === 'literal' && (member.value === null || member.value === undefined)),
  );
  return rest.length === 0 ? value : join(rest);
}

function property(m: Machine, node: ts.PropertyAccessExpression, frame: Frame): Value {
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return m.lost('spread-or-any', node);
  const base = evaluate(m, node.expression, frame);
  if (m.dead) return undefinedValue;
  return optional(base, !!node.questionDotToken || ts.isOptionalChain(node), (value) =>
    m.get(value, node.name.text, placeOf(node.name)),
  );
}

function element(m: Machine, node: ts.ElementAccessExpression, frame: Frame): Value {
  const base = evaluate(m, node.expression, frame);
  const key = evaluate(m, node.argumentExpression, frame);
  if (m.dead) return undefinedValue;
  return optional(base, ts.isOptionalChain(node), (value) => getElement(m, value, key, node));
}

function getElement(m: Machine, base: Value, key: Value, node: ts.ElementAccessExpression): Value {
  if (key.kind === 'literal') return m.get(base, String(key.value), placeOf(node.argumentExpression));
  if (key.kind === 'union' && key.members.every((member) => member.kind === 'literal')) {
    return join(key.members.map((member) => getElement(m, base, member, node)));
  }
  if (base.kind === 'input') {
    base.sink.escape(base, 'request-escapes', placeOf(node));
    return unknown('request-escapes', placeOf(node));
  }
  if (base.kind === 'array') return join([...base.items, base.rest ?? unknown('spread-or-any'), undefinedValue]);
  if (base.kind === 'object' && !base.open && base.props.size > 0 && base.props.size <= 40) {
    return join([...[...base.props.values()].map((cell) => m.force(cell)), undefinedValue]);
  }
  if (base.kind === 'typed') return m.types.element(base) ?? unknown('spread-or-any', placeOf(node));
  return unknown('spread-or-any', placeOf(node));
}

/** Applies an access to what is there; `?.` gives undefined for what is not. */
function optional(base: Value, chained: boolean, access: (value: Value) => Value): Value {
  const parts = members(base);
  const absent = (value: Value) => value.kind === 'literal' && (value.value === null || value.value === undefined);
  const present = parts.filter((value) => !absent(value));
  if (present.length === 0) return undefinedValue;
  const results = present.map(access);
  if (base.kind === 'union' && present.length === parts.length) return joinParts(base, results);
  if (chained && present.length < parts.length) results.push(undefinedValue);
  return join(results);
}

function conditional(m: Machine, node: ts.ConditionalExpression, frame: Frame): Value {
  const test = evaluate(m, node.condition, frame);
  const arm = (positive: boolean) => () => {
    const absent = assume(m, node.condition, frame, positive);
    m.enterAbsence(absent);
    const value = evaluate(m, positive ? node.whenTrue : node.whenFalse, frame);
    m.leaveAbsence(absent);
    if (!m.dead) for (const input of absent) input.sink.tolerate(input);
    return value;
  };
  const sure = truth(test);
  if (sure !== undefined) return arm(sure)();
  return m.choose([arm(true), arm(false)]);
}

function binary(m: Machine, node: ts.BinaryExpression, frame: Frame): Value {
  const operator = node.operatorToken.kind;
  switch (operator) {
    case ts.SyntaxKind.EqualsToken:
      return assign(m, node.left, evaluate(m, node.right, frame), frame);
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return logical(m, node, evaluate(m, node.left, frame), operator, frame);
    case ts.SyntaxKind.BarBarEqualsToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
    case ts.SyntaxKind.AmpersandAmpersandEqualsToken: {
      const left = evaluate(m, node.left, frame);
      return assign(m, node.left, join([left, evaluate(m, node.right, frame)]), frame);
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
    const answer = isInstance(m, left, evaluate(m, node.right, frame));
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
      return equality(left, right, true, operator === ts.SyntaxKind.EqualsEqualsToken);
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return equality(left, right, false, operator === ts.SyntaxKind.ExclamationEqualsToken);
    case ts.SyntaxKind.InKeyword:
      return contains(m, left, right, node);
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return compare(left, right, operator);
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
    m.enterAbsence(absent);
    const value = evaluate(m, node.right, frame);
    m.leaveAbsence(absent);
    return value;
  };
  if (state === rightWhen) return right();
  if ((nullish || isOr) && left.kind === 'input') {
    const value = m.choose([right]);
    const died = m.dead;
    m.dead = false;
    if (!died) left.sink.defaultTo(left, value.kind === 'literal' ? value.value : undefined, placeOf(node.right));
    return left;
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
  if (rightWhen) return join([...falsy(left), value]);
  const present = members(nullish ? withoutNull(left) : truthyPart(left));
  // An empty object that stands in for something unknown proves nothing: the code may only guard against what never happens.
  if (isEmptyObject(value) && present.some(isOpaque)) return join(present);
  return join([...present, value]);
}

function isEmptyObject(value: Value): boolean {
  return value.kind === 'object' && value.props.size === 0 && !value.open && !value.cls && !value.base?.length;
}

/** Whether a value is there at all, for `??`. */
function presence(value: Value): boolean | undefined {
  if (value.kind === 'literal') return value.value !== null && value.value !== undefined;
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
  return join(rest);
}

function falsy(value: Value): Value[] {
  return members(value).flatMap((member) => {
    const state = truth(member);
    if (state === true) return [];
    return member.kind === 'literal' ? [member] : [literal(false)];
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
    const leftNull = left.kind === 'literal' && (left.value === null || left.value === undefined);
    const rightNull = right.kind === 'literal' && (right.value === null || right.value === undefined);
    if (leftNull && rightNull) return literal(positive);
    if (rightNull || leftNull) {
      const state = presence(rightNull ? left : right);
      return state === undefined ? someBoolean() : literal(state !== positive);
    }
  }
  if (right.kind === 'literal' && (right.value === undefined || right.value === null) && left.kind !== 'literal') {
    if (left.kind !== 'union' && presence(left) === true) return literal(!positive);
  }
  const answer =
    right.kind === 'literal' ? matches(left, right) : left.kind === 'literal' ? matches(right, left) : undefined;
  if (answer === undefined) return someBoolean();
  return literal(answer === positive);
}

function contains(m: Machine, key: Value, subject: Value, node: ts.BinaryExpression): Value {
  if (subject.kind === 'input') {
    if (key.kind === 'literal') m.get(subject, String(key.value), placeOf(node.left));
    else subject.sink.escape(subject, 'request-escapes', placeOf(node));
    return someBoolean();
  }
  if (key.kind === 'literal' && subject.kind === 'object' && !subject.open && !subject.base?.length) {
    if (subject.props.has(String(key.value))) return literal(true);
    if (!subject.cls) return literal(false);
  }
  return someBoolean();
}

function compare(left: Value, right: Value, operator: ts.SyntaxKind): Value {
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

function prefix(m: Machine, node: ts.PrefixUnaryExpression, frame: Frame): Value {
  const value = evaluate(m, node.operand, frame);
  if (node.operator === ts.SyntaxKind.ExclamationToken) {
    const state = truth(value);
    return state === undefined ? shaped(booleanShape()) : literal(!state);
  }
  if (node.operator === ts.SyntaxKind.MinusToken && value.kind === 'literal' && typeof value.value === 'number')
    return literal(-value.value);
  if (node.operator === ts.SyntaxKind.PlusToken && value.kind === 'input')
    value.sink.convert(value, numberShape(), placeOf(node));
  if (node.operator === ts.SyntaxKind.PlusToken && value.kind === 'literal' && typeof value.value === 'number')
    return value;
  return someNumber();
}

/** What `typeof` gives, when it is sure. */
function typeName(value: Value): string | undefined {
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

function remove(m: Machine, target: ts.Expression, frame: Frame): Value {
  if (!ts.isPropertyAccessExpression(target)) return someBoolean();
  const base = evaluate(m, target.expression, frame);
  const owner = instanceTarget(base);
  const cell = owner?.get(target.name.text);
  if (cell) m.write(cell, undefinedValue);
  return someBoolean();
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

function objectLiteral(m: Machine, node: ts.ObjectLiteralExpression, frame: Frame): Value {
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
  if (ts.isShorthandPropertyAssignment(part)) return { value: identifier(m, part.name, frame) };
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
    case 'union': {
      const present = value.members.filter((member) => member.kind !== 'literal');
      if (present.length === 1 && present[0]!.kind === 'object' && !present[0]!.open) {
        for (const [key, cell] of present[0]!.props) {
          const old = object.props.get(key);
          object.props.set(key, { value: join([old ? m.force(old) : undefinedValue, m.force(cell)]) });
          const place = present[0]!.places?.get(key);
          if (place) object.places?.set(key, place);
        }
        return;
      }
      if (present.length > 0) object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
      return;
    }
    case 'literal':
      return;
    case 'typed':
    case 'unknown':
      object.base?.push(value);
      if (value.kind === 'unknown' && !value.shape) object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
      return;
    case 'input':
      value.sink.escape(value, 'request-escapes', placeOf(node));
      object.open ??= { reason: 'request-escapes', place: placeOf(node) };
      return;
    case 'native':
      for (const [key, cell] of value.props) object.props.set(key, { value: m.force(cell) });
      object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
      return;
    case 'namespace':
      for (const name of value.module.exports.keys())
        object.props.set(name, { value: undefined, lazy: () => m.exportOf(value.module, name) });
      return;
    default:
      object.open ??= { reason: 'spread-or-any', place: placeOf(node) };
  }
}

function withoutUndefined(value: Value): Value {
  const rest = members(value).filter((member) => !(member.kind === 'literal' && member.value === undefined));
  return rest.length === 0 ? value : join(rest);
}

function arrayLiteral(m: Machine, node: ts.ArrayLiteralExpression, frame: Frame): Value {
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
  if (value.kind === 'native' && value.model.name === 'collection') return m.collections.items(value);
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

export { typedValue };
