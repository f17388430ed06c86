// Owns expressions: what each kind of them evaluates to. Operators, literals, assignments, calls and members have files of their own.
// It must not know frameworks.

import ts from 'typescript';
import { unknownShape } from '../../../shape/shape.ts';
import { enterAbsence, leaveAbsence } from './absences.ts';
import { narrowedBy, withType } from './annotations.ts';
import { remove } from './assignments.ts';
import { evaluateCall, evaluateNew } from './calls.ts';
import { createClass } from './classes.ts';
import { join, joinParts, members } from './join.ts';
import { arrayLiteral, objectLiteral, template } from './literals.ts';
import { elementOf } from './loops.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { assume } from './narrow.ts';
import { binary, prefix, step, typeName, withoutNull } from './operators.ts';
import { settled } from './settle.ts';
import { consult } from './type-answers.ts';
import {
  type Frame,
  isEmpty,
  literal,
  objectOf,
  shaped,
  someString,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** Evaluates an expression in a frame. Never throws, except that the budget may be spent. */
export function evaluate(m: Machine, node: ts.Expression, frame: Frame): Value {
  m.spend();
  return consult(m, node, evaluateKind(m, node, frame), frame);
}

function evaluateKind(m: Machine, node: ts.Expression, frame: Frame): Value {
  switch (node.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return literal((node as ts.StringLiteral).text, placeOf(node));
    case ts.SyntaxKind.NumericLiteral:
      return literal(Number((node as ts.NumericLiteral).text.replaceAll('_', '')), placeOf(node));
    case ts.SyntaxKind.BigIntLiteral:
      return shaped(unknownShape('custom-serializer', placeOf(node)));
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
      return selfOf(frame) ?? (isAtTop(node) ? undefinedValue : unknown('spread-or-any', placeOf(node)));
    case ts.SyntaxKind.TemplateExpression:
      return template(m, node as ts.TemplateExpression, frame);
    case ts.SyntaxKind.ParenthesizedExpression:
      return evaluate(m, (node as ts.ParenthesizedExpression).expression, frame);
    case ts.SyntaxKind.AwaitExpression:
      return settled(m, evaluate(m, (node as ts.AwaitExpression).expression, frame));
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
      return step(m, node as ts.PostfixUnaryExpression, frame).before;
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
      return expression ? settled(m, evaluate(m, expression, frame)) : undefinedValue;
    }
    case ts.SyntaxKind.MetaProperty:
      if ((node as ts.MetaProperty).keywordToken === ts.SyntaxKind.NewKeyword) return newTarget(frame, node);
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
/** `new.target`: in a constructor, the class of which an instance is made (ECMAScript, 13.3.12). */
function newTarget(frame: Frame, node: ts.Node): Value {
  const self = selfOf(frame);
  return (self?.kind === 'object' && self.cls) || unknown('spread-or-any', placeOf(node));
}

export function selfOf(frame: Frame): Value | undefined {
  for (let current: Frame | undefined = frame; current; current = current.parent) if (current.self) return current.self;
  return undefined;
}

/** Whether an expression stands in no function of its own `this`: there it is a module's, which has nothing in it. */
function isAtTop(node: ts.Node): boolean {
  for (let current = node.parent; current; current = current.parent)
    if ((ts.isFunctionLike(current) && !ts.isArrowFunction(current)) || ts.isClassLike(current)) return false;
  return true;
}

export function identifier(m: Machine, node: ts.Identifier, frame: Frame): Value {
  if (node.text === 'undefined') return undefinedValue;
  const cell = frame.find(node.text);
  if (!cell) return unknown('unresolved-import', placeOf(node));
  if (cell.sources) for (const file of cell.sources) m.touched.add(file);
  return m.present(cell);
}

function asserted(m: Machine, node: ts.AsExpression, frame: Frame): Value {
  const value = evaluate(m, node.expression, frame);
  if (node.type.kind === ts.SyntaxKind.TypeReference && node.type.getText() === 'const') return value;
  return withType(m, narrowedBy(m, value, node.type, frame), node.type, frame);
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
  const isIndex = key.kind === 'unknown' && key.shape?.kind === 'number';
  if (base.kind === 'input' && isIndex && base.name !== '') return elementOf(m, base, node);
  if (base.kind === 'input') {
    // Whatever its name is, a request that brings none of them has it not.
    if (base.in === 'cookie' && base.name === '' && base.sink.lacks?.(base)) return undefinedValue;
    base.sink.escape(base, 'request-escapes', placeOf(node), key.kind === 'unknown' && key.anyKey === true);
    return unknown('request-escapes', placeOf(node));
  }
  if (base.kind === 'array') {
    const others = base.rest ?? (base.shared && m.summarising ? unknown('spread-or-any') : undefined);
    return join([...base.items, ...(others ? [others] : []), undefinedValue]);
  }
  if (base.kind === 'object' && !base.open && base.props.size > 0 && base.props.size <= 40) {
    return join([...[...base.props.values()].map((cell) => m.force(cell)), undefinedValue]);
  }
  if (base.kind === 'object' && m.summarising && base.born === 0 && base.props.size === 0)
    return { ...unknown('dependency-injection', placeOf(node)), cached: true };
  if (base.kind === 'typed') return m.typeMembers.element(base) ?? unknown('spread-or-any', placeOf(node));
  return unknown('spread-or-any', placeOf(node));
}

/** Applies an access to what is there; `?.` gives undefined for what is not. */
function optional(base: Value, chained: boolean, access: (value: Value) => Value): Value {
  const parts = members(base);
  const absent = (value: Value) => isEmpty(value);
  const present = parts.filter((value) => !absent(value));
  if (present.length === 0) return undefinedValue;
  if (base.kind === 'union' && base.parts && present.length === parts.length)
    return joinParts(base.parts.of, base.parts.values.map(access));
  const results = present.map(access);
  if (base.kind === 'union' && present.length === parts.length) return joinParts(base, results);
  if (chained && present.length < parts.length) results.push(undefinedValue);
  return join(results);
}

function conditional(m: Machine, node: ts.ConditionalExpression, frame: Frame): Value {
  const test = evaluate(m, node.condition, frame);
  const arm = (positive: boolean) => () => {
    const absent = assume(m, node.condition, frame, positive);
    enterAbsence(m, absent);
    m.chain?.assume(test, positive);
    const value = evaluate(m, positive ? node.whenTrue : node.whenFalse, frame);
    leaveAbsence(m, absent);
    if (!m.dead) for (const input of absent) input.sink.tolerate(input);
    return value;
  };
  const sure = truth(test);
  if (sure !== undefined) return arm(sure)();
  return m.choose([arm(true), arm(false)]);
}
