// Owns narrowing: what a condition tells of variables where it holds or fails, and which inputs it proves absent.
// It must not evaluate anything that has effects a second time.

import ts from 'typescript';
import { matches } from './branches.ts';
import { isInstance } from './classes.ts';
import { contains } from './containment.ts';
import { errorClass } from './installed/openings.ts';
import { join, members } from './join.ts';
import type { Machine } from './machine.ts';
import { isWritten } from './members.ts';
import { truthyPart, withoutNull } from './operators.ts';
import { discriminant } from './type-answers.ts';
import { type Cell, type Frame, type InputValue, truth, type Value } from './value.ts';

/**
 * Narrows the variables that a condition speaks of, for the branch in which it is `positive`.
 * Gives the inputs of which the condition says, each on its own, that they are absent or unusable here.
 */
export function assume(m: Machine, test: ts.Expression, frame: Frame, positive: boolean): InputValue[] {
  const node = bare(test);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return assume(m, node.operand, frame, !positive);
  }
  if (ts.isBinaryExpression(node)) return assumeBinary(m, node, frame, positive);
  if (ts.isCallExpression(node)) return assumeCall(m, node, frame, positive);
  discriminate(m, node, frame, (value) => truth(value) !== !positive);
  const found = lookUp(m, node, frame);
  if (!found) return [];
  if (positive) narrow(m, found, given(truthyPart(found.value)));
  else {
    const absent = inputsOf(found.value);
    narrow(m, found, join(members(found.value).filter((member) => truth(member) !== true)));
    return absent;
  }
  return [];
}

function assumeBinary(m: Machine, node: ts.BinaryExpression, frame: Frame, positive: boolean): InputValue[] {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken) {
    const isAnd = operator === ts.SyntaxKind.AmpersandAmpersandToken;
    if (isAnd === positive) {
      // Both sides are known. An input is absent on its own only when the two agree on which one it is.
      const left = assume(m, node.left, frame, positive);
      const right = assume(m, node.right, frame, positive);
      if (left.length === 0 || right.length === 0)
        return isAnd && sameSubject(m, node.left, node.right, frame) ? [...left, ...right] : [];
      return left.filter((one) => right.some((other) => other.in === one.in && other.name === one.name));
    }
    // One of the two sides is the cause, so each input alone leads here; nothing is certain about the variables.
    return [...absentOnly(m, node.left, frame, positive), ...absentOnly(m, node.right, frame, positive)];
  }
  const equals = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
  const differs =
    operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
  if (operator === ts.SyntaxKind.InstanceOfKeyword) assumeInstance(m, node, frame, positive);
  if (operator === ts.SyntaxKind.InKeyword) assumeField(m, node, frame, positive);
  assumeOrder(m, node, frame, positive);
  if (!equals && !differs) return [];
  const holds = equals === positive;
  if (ts.isTypeOfExpression(bare(node.left))) {
    const found = lookUp(m, bare((bare(node.left) as ts.TypeOfExpression).expression), frame);
    const isUndefined = ts.isStringLiteral(node.right) && node.right.text === 'undefined';
    return found && holds === isUndefined ? inputsOf(found.value) : [];
  }
  const nothing = isNothing(node.right);
  if (!nothing && isConstant(node.right)) {
    const constant = m.evaluate(node.right, frame);
    discriminate(m, bare(node.left), frame, (value) => matches(value, constant) !== !holds);
  }
  const found = lookUp(m, bare(node.left), frame);
  if (!found || !nothing) return [];
  if (holds) {
    const rest = members(found.value).filter(
      (member) => member.kind !== 'object' && member.kind !== 'array' && member.kind !== 'function',
    );
    const absent = inputsOf(found.value);
    if (rest.length > 0) narrow(m, found, join(rest));
    return absent;
  }
  narrow(m, found, withoutNull(found.value));
  return [];
}

/** `x instanceof C`: alternatives that are something else are left out, and what is unknown is at least known to be a C. */
function assumeInstance(m: Machine, node: ts.BinaryExpression, frame: Frame, positive: boolean): void {
  const found = lookUp(m, bare(node.left), frame);
  const cls = found?.cell && errorClass(m, m.evaluate(node.right, frame));
  if (!found?.cell || !cls) return;
  const kept = members(found.value).filter((member) => isInstance(m, member, cls) !== !positive);
  if (kept.length === 0) return;
  // Beside an instance that was seen, what nobody saw says nothing more.
  const refines = positive && cls.kind === 'class' && kept.every((member) => member.kind === 'unknown');
  const seen = kept.map(
    (member): Value =>
      refines && member.kind === 'unknown' && !member.shape ? { ...member, instanceOf: cls } : member,
  );
  if (kept.length < members(found.value).length || seen.some((member, index) => member !== kept[index]))
    m.write(found.cell, join(seen));
}

const orders: ReadonlyMap<ts.SyntaxKind, (a: number, b: number) => boolean> = new Map([
  [ts.SyntaxKind.GreaterThanToken, (a, b) => a > b],
  [ts.SyntaxKind.GreaterThanEqualsToken, (a, b) => a >= b],
  [ts.SyntaxKind.LessThanToken, (a, b) => a < b],
  [ts.SyntaxKind.LessThanEqualsToken, (a, b) => a <= b],
]);

/** `x > 1`: constants among the alternatives that compare otherwise are left out. */
function assumeOrder(m: Machine, node: ts.BinaryExpression, frame: Frame, positive: boolean): void {
  const compare = orders.get(node.operatorToken.kind);
  if (!compare || !ts.isNumericLiteral(node.right)) return;
  const limit = Number(node.right.text);
  const keeps = (value: Value) =>
    value.kind !== 'literal' ||
    value.someFalsy === true ||
    typeof value.value === 'string' ||
    compare(Number(value.value), limit) === positive;
  discriminate(m, bare(node.left), frame, keeps);
  const found = lookUp(m, bare(node.left), frame);
  if (found?.value.kind !== 'union') return;
  const kept = found.value.members.filter(keeps);
  if (kept.length > 0 && kept.length < found.value.members.length) narrow(m, found, join(kept));
}

/** `'error' in x`: alternatives of which it is known that they have the field, or lack it, are left out. */
function assumeField(m: Machine, node: ts.BinaryExpression, frame: Frame, positive: boolean): void {
  const found = lookUp(m, bare(node.right), frame);
  if (found?.value.kind !== 'union' || !ts.isStringLiteralLike(bare(node.left))) return;
  const key = m.evaluate(node.left, frame);
  const place = { file: frame.module.file, start: node.getStart(), end: node.end };
  const has = (member: Value) => (member.kind === 'object' ? truth(contains(m, key, member, place)) : undefined);
  const kept = found.value.members.filter((member) => has(member) !== !positive);
  if (kept.length > 0) narrow(m, found, join(kept));
}

/** `isNaN(x)` and `Array.isArray(x)` reject absence as well as nonsense. */
function assumeCall(m: Machine, node: ts.CallExpression, frame: Frame, positive: boolean): InputValue[] {
  const name = ts.isPropertyAccessExpression(node.expression)
    ? node.expression.name.text
    : ts.isIdentifier(node.expression)
      ? node.expression.text
      : '';
  const argument = node.arguments[0];
  if (!argument) return [];
  const rejects =
    (name === 'isNaN' && positive) ||
    ((name === 'isArray' || name === 'isInteger' || name === 'isFinite') && !positive);
  if (!rejects) return [];
  const found = lookUp(m, bare(argument), frame);
  return found ? inputsOf(found.value) : [];
}

/** Keeps those alternatives of `x` for which a test of `x.key` may come out as it did. */
function discriminate(m: Machine, node: ts.Expression, frame: Frame, keeps: (value: Value) => boolean): void {
  if (!ts.isPropertyAccessExpression(node)) return;
  const base = lookUp(m, bare(node.expression), frame);
  if (base?.value.kind !== 'union') return;
  const place = { file: frame.module.file, start: node.getStart(), end: node.end };
  const kept = base.value.members.filter((member) =>
    member.kind === 'object'
      ? keeps(m.get(member, node.name.text, place))
      : keeps(discriminant(member, node.name.text)),
  );
  if (kept.length > 0 && kept.length < base.value.members.length) narrow(m, base, join(kept));
}

function isConstant(node: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** The absences of a condition without its narrowing. */
function absentOnly(m: Machine, test: ts.Expression, frame: Frame, positive: boolean): InputValue[] {
  const node = bare(test);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return absentOnly(m, node.operand, frame, !positive);
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    const isAnd = operator === ts.SyntaxKind.AmpersandAmpersandToken;
    if (isAnd || operator === ts.SyntaxKind.BarBarToken) {
      if (isAnd === positive) return [];
      return [...absentOnly(m, node.left, frame, positive), ...absentOnly(m, node.right, frame, positive)];
    }
    const equals = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
    const differs =
      operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
    const left = bare(node.left);
    if (ts.isTypeOfExpression(left) && (equals || differs)) {
      const isUndefined = ts.isStringLiteral(node.right) && node.right.text === 'undefined';
      const found = lookUp(m, bare(left.expression), frame);
      return found && (equals === positive) === isUndefined ? inputsOf(found.value) : [];
    }
    if ((equals || differs) && equals === positive && isNothing(node.right)) {
      const found = lookUp(m, left, frame);
      return found ? inputsOf(found.value) : [];
    }
    return [];
  }
  if (ts.isCallExpression(node)) return assumeCall(m, node, frame, positive);
  if (positive) return [];
  const found = lookUp(m, node, frame);
  return found ? inputsOf(found.value) : [];
}

function sameSubject(m: Machine, a: ts.Expression, b: ts.Expression, frame: Frame): boolean {
  const left = lookUp(m, bare(a), frame);
  const right = lookUp(m, bare(b), frame);
  return !!left && !!right && left.cell === right.cell;
}

function bare(node: ts.Expression): ts.Expression {
  let current = node;
  while (
    ts.isParenthesizedExpression(current) ||
    ts.isAwaitExpression(current) ||
    ts.isAsExpression(current) ||
    ts.isNonNullExpression(current)
  ) {
    current = current.expression;
  }
  return current;
}

function isNothing(node: ts.Expression): boolean {
  const plain = bare(node);
  if (plain.kind === ts.SyntaxKind.NullKeyword) return true;
  if (ts.isIdentifier(plain)) return plain.text === 'undefined';
  return ts.isStringLiteral(plain) && plain.text === '';
}

interface Found {
  readonly cell?: Cell;
  readonly value: Value;
}

/** The variable or field that an expression names, found without evaluating calls. */
function lookUp(m: Machine, node: ts.Expression, frame: Frame): Found | undefined {
  if (ts.isIdentifier(node)) {
    const cell = frame.find(node.text);
    return cell ? { cell, value: m.force(cell) } : undefined;
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword) {
    const value = m.evaluate(node, frame);
    return { value };
  }
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  const base = lookUp(m, bare(node.expression), frame)?.value;
  if (!base) return undefined;
  const key = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : ts.isStringLiteralLike(node.argumentExpression)
      ? node.argumentExpression.text
      : undefined;
  if (key === undefined) return undefined;
  if (base.kind === 'object' || base.kind === 'native') {
    const cell = base.props.get(key);
    if (cell && isWritten(cell)) return { cell, value: m.force(cell) };
    if (base.kind === 'object') return undefined;
  }
  if (base.kind !== 'native' && base.kind !== 'input') return undefined;
  return { value: m.get(base, key, { file: frame.module.file, start: node.getStart(), end: node.end }) };
}

function narrow(m: Machine, found: Found, value: Value): void {
  if (!found.cell || value === found.value) return;
  if (found.value.kind !== 'union' && found.value.kind !== 'input') return;
  m.narrowings.push({ cell: found.cell, before: found.value, after: value });
  m.write(found.cell, value);
}

/** The same value where it is known to be true: a part of the request that a condition asked for is there, also for whom it is handed to. */
function given(value: Value): Value {
  if (value.kind !== 'input' || value.name === '' || value.given) return value;
  return { ...value, given: true };
}

/** The input whose absence makes the value absent: with a second source beside it (`a ?? b`), neither is missed alone. */
function inputsOf(value: Value): InputValue[] {
  const inputs = members(value).filter((member): member is InputValue => member.kind === 'input' && !member.defaulted);
  const others = members(value).filter((member) => member.kind !== 'input');
  const [first] = inputs;
  const one = inputs.every((input) => input.in === first?.in && input.name === first.name);
  return one && others.every((member) => truth(member) === false) ? inputs : [];
}
