// Owns calls: evaluating arguments and finding what is called. Functions, methods and calls that nobody can follow have files of their own.
// It must not know frameworks; natives and packages answer through their models.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { callSuper, classMember, constructClass, homeOf } from './classes.ts';
import { evaluate, selfOf } from './expressions.ts';
import { callFunction, depthLimit, recursionLimit } from './functions.ts';
import { callInstalled, errorClass } from './installed/openings.ts';
import { join, members } from './join.ts';
import { evaluateArrayItems } from './literals.ts';
import type { Machine } from './machine.ts';
import { callMethod } from './methods.ts';
import { placeOf } from './module.ts';
import { callHelper } from './packages/compiled.ts';
import { callPromise } from './promises.ts';
import { callUnknown } from './unknown-calls.ts';
import {
  type CallSite,
  type ExternalValue,
  type Frame,
  isEmpty,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** A call expression. */
export function evaluateCall(m: Machine, node: ts.CallExpression, frame: Frame): Value {
  m.reached.add(node);
  const callee = bareCallee(node.expression);
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return callSuper(m, frame, siteOf(m, node, callee, frame));
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return dynamicImport(m, node, frame);
  if (ts.isIdentifier(callee) && callee.text === 'require') {
    const required = evaluateRequire(m, node, frame);
    if (required) return required;
  }
  if (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee))
    return callMember(m, node, callee, frame);
  const target = evaluate(m, callee, frame);
  if (m.dead) return undefinedValue;
  const site = siteOf(m, node, callee, frame);
  if (m.dead) return undefinedValue;
  const helped = ts.isIdentifier(callee) && callee.text.startsWith('__') && callHelper(m, callee.text, site);
  if (helped) return helped;
  if (node.questionDotToken) return callPresent(m, target, (value) => callValue(m, value, site));
  return callValue(m, target, site);
}

function bareCallee(node: ts.Expression): ts.Expression {
  let current = node;
  while (ts.isParenthesizedExpression(current) || ts.isNonNullExpression(current) || ts.isAsExpression(current))
    current = current.expression;
  return current;
}

function callPresent(m: Machine, target: Value, call: (value: Value) => Value): Value {
  const present = members(target).filter((value) => !isEmpty(value));
  if (present.length === 0) return undefinedValue;
  if (present.length === members(target).length) return call(target);
  return m.choose([() => call(join(present)), () => undefinedValue]);
}

/** Evaluates the arguments of a call or construction. */
export function siteOf(m: Machine, node: ts.CallExpression | ts.NewExpression, name: ts.Node, frame: Frame): CallSite {
  const args: Value[] = [];
  const argPlaces: Place[] = [];
  let open = false;
  for (const argument of node.arguments ?? []) {
    if (ts.isSpreadElement(argument)) {
      const items = evaluateArrayItems(m, evaluate(m, argument.expression, frame));
      if (items && !items.rest) {
        for (const item of items.items) {
          args.push(item);
          argPlaces.push(placeOf(argument));
        }
      } else open = true;
      continue;
    }
    args.push(evaluate(m, argument, frame));
    argPlaces.push(placeOf(argument));
  }
  const namePlace = ts.isPropertyAccessExpression(name) ? placeOf(name.name) : placeOf(name);
  return { args, open, place: placeOf(node), argPlaces, namePlace, node, frame };
}

function evaluateRequire(m: Machine, node: ts.CallExpression, frame: Frame): Value | undefined {
  const argument = node.arguments[0];
  if (!argument || frame.find('require')) return undefined;
  return requireFrom(m, evaluate(m, argument, frame), frame, placeOf(node));
}

function requireFrom(m: Machine, specifier: Value, frame: Frame, place: Place): Value {
  if (specifier.kind !== 'literal' || typeof specifier.value !== 'string')
    return unknown('unresolved-import', specifier.kind === 'template' ? specifier.place : undefined);
  const { file } = frame.module;
  // What this checkout lacks of its own (another edition's part) cannot be loaded: so a service of it does not get here.
  if (m.tentative && m.resolver.lacksOwn(specifier.value, file)) {
    m.throwValue(unknown('unresolved-import', place), place);
    return undefinedValue;
  }
  return m.modules.importValue(specifier.value, '=', file);
}

function dynamicImport(m: Machine, node: ts.CallExpression, frame: Frame): Value {
  const argument = node.arguments[0];
  const specifier = argument ? evaluate(m, argument, frame) : undefinedValue;
  if (specifier.kind !== 'literal' || typeof specifier.value !== 'string') return m.lost('unresolved-import', node);
  const text = specifier.value.startsWith('file://') ? specifier.value.slice(7) : specifier.value;
  return m.modules.importValue(text, null, frame.module.file);
}

function callMember(
  m: Machine,
  node: ts.CallExpression,
  callee: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  frame: Frame,
): Value {
  if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) return callSuperMethod(m, node, callee, frame);
  const name = memberName(m, callee, frame);
  if (name === 'catch' || name === 'then' || name === 'finally') return callPromise(m, node, callee, name, frame);
  const base = evaluate(m, callee.expression, frame);
  if (m.dead) return undefinedValue;
  if (name === undefined) return callComputed(m, node, callee, base, frame);
  const site = siteOf(m, node, callee, frame);
  if (m.dead) return undefinedValue;
  if (callee.questionDotToken || ts.isOptionalChain(callee))
    return callPresent(m, base, (value) => callMethod(m, value, name, site));
  return callMethod(m, base, name, site);
}

function memberName(
  m: Machine,
  callee: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  frame: Frame,
): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  const key = evaluate(m, callee.argumentExpression, frame);
  return key.kind === 'literal' ? String(key.value) : undefined;
}

/** `object[name](…)` with several possible names: each is tried. */
function callComputed(m: Machine, node: ts.CallExpression, callee: ts.Expression, base: Value, frame: Frame): Value {
  const key = ts.isElementAccessExpression(callee) ? evaluate(m, callee.argumentExpression, frame) : undefinedValue;
  const site = siteOf(m, node, callee, frame);
  if (key.kind === 'union' && key.members.every((member) => member.kind === 'literal')) {
    return m.choose(
      key.members.map(
        (member) => () => callMethod(m, base, member.kind === 'literal' ? String(member.value) : '', site),
      ),
    );
  }
  if (base.kind === 'native' && base.model.method) {
    const answer = base.model.method(m, base, '[computed]', site);
    if (answer) return answer;
  }
  return callUnknown(m, site, base);
}

function callSuperMethod(
  m: Machine,
  node: ts.CallExpression,
  callee: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  frame: Frame,
): Value {
  const name = memberName(m, callee, frame);
  const parent = homeOf(frame)?.parent;
  const self = selfOf(frame);
  const site = siteOf(m, node, callee, frame);
  if (name === undefined || !parent || !self) return callUnknown(m, site);
  if (parent.kind === 'class') {
    const method = classMember(m, parent, name, self);
    return method ? callValue(m, method, site, self) : callUnknown(m, site);
  }
  const inherited =
    parent.kind === 'external' && self.kind === 'class'
      ? m.model(parent.package)?.inherited?.(m, parent, name, self, site.namePlace)
      : parent.kind === 'external'
        ? m.model(parent.package)?.instanceMember?.(m, parent, name, self, site.namePlace)
        : undefined;
  return inherited ? callValue(m, inherited, site, self) : callUnknown(m, site);
}

/** `new X(…)`. */
export function evaluateNew(m: Machine, node: ts.NewExpression, frame: Frame): Value {
  m.reached.add(node);
  const target = evaluate(m, node.expression, frame);
  const site = siteOf(m, node, node.expression, frame);
  if (m.dead) return undefinedValue;
  return constructValue(m, target, site);
}

/** Calls a value with `new`. */
export function constructValue(m: Machine, target: Value, site: CallSite): Value {
  switch (target.kind) {
    case 'class': {
      const depth = m.active.get(target.node) ?? 0;
      if (depth >= recursionLimit || m.steps.length > depthLimit) return unknown('budget', site.place);
      m.active.set(target.node, depth + 1);
      try {
        return constructClass(m, target, site);
      } finally {
        m.active.set(target.node, depth);
      }
    }
    case 'native':
      return target.model.construct?.(m, target, site) ?? callUnknown(m, site);
    case 'external':
      return m.model(target.package)?.construct?.(m, target, site) ?? constructInstalled(m, target, site);
    case 'function': {
      const self: Value = { kind: 'object', props: new Map(), places: new Map(), place: site.place, cls: undefined };
      const result = callFunction(m, { ...target, self }, self, site);
      return result.kind === 'object' || result.kind === 'function' ? result : self;
    }
    case 'union':
      return m.choose(target.members.map((member) => () => constructValue(m, member, site)));
    default:
      return callUnknown(m, site, target);
  }
}

function constructInstalled(m: Machine, target: ExternalValue, site: CallSite): Value {
  const cls = errorClass(m, target);
  return cls.kind === 'class' ? constructValue(m, cls, site) : callUnknown(m, site, target);
}

/** Calls a value as a function. */
export function callValue(m: Machine, target: Value, site: CallSite, self?: Value): Value {
  switch (target.kind) {
    case 'function':
      return callFunction(m, target, self, site);
    case 'native':
      return target.model.call?.(m, target, site) ?? callUnknown(m, site, target);
    case 'external':
      return (
        m.model(target.package)?.call?.(m, target, site) ??
        callInstalled(m, target, site) ??
        callUnknown(m, site, target)
      );
    case 'union': {
      // Where there is no function nothing is called: the language throws.
      const present = target.members.filter((member) => !isEmpty(member));
      return m.choose(
        (present.length > 0 ? present : target.members).map((one) => () => callValue(m, one, site, self)),
      );
    }
    case 'class':
      return constructValue(m, target, site);
    case 'typed':
      return m.typeMembers.call(target, site) ?? callUnknown(m, site, target);
    case 'namespace': {
      const inner = m.modules.exportOf(target.module, 'default');
      return inner.kind === 'literal' ? callUnknown(m, site, target) : callValue(m, inner, site, self);
    }
    default:
      return callUnknown(m, site, target);
  }
}
