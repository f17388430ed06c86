// Owns calls: evaluating arguments, finding what is called, running functions, and what happens to values that go where nobody follows.
// It must not know frameworks; natives and packages answer through their models.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { callArrayMethod } from './builtins/arrays.ts';
import { callTextMethod } from './builtins/text.ts';
import { callSuper, classMember, constructClass, homeOf } from './classes.ts';
import { evaluate, evaluateArrayItems, selfOf } from './expressions.ts';
import type { Access, Machine } from './machine.ts';
import { getMember, isWritten } from './members.ts';
import { placeOf } from './module.ts';
import { bindPattern, elementOf, executeAll, Flow, hoist, returnLists, withType } from './statements.ts';
import { summarised, summaryKey } from './summary.ts';
import { typedValue } from './types.ts';
import {
  type ArrayValue,
  type CallSite,
  Frame,
  type FunctionValue,
  isOpaque,
  join,
  literal,
  members,
  native,
  nativeFunction,
  resultOf,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

const depthLimit = 24;
const recursionLimit = 2;

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
  const present = members(target).filter(
    (value) => !(value.kind === 'literal' && (value.value === null || value.value === undefined)),
  );
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
  return requireFrom(m, evaluate(m, argument, frame), frame);
}

function requireFrom(m: Machine, specifier: Value, frame: Frame): Value {
  if (specifier.kind !== 'literal' || typeof specifier.value !== 'string')
    return unknown('unresolved-import', specifier.kind === 'template' ? specifier.place : undefined);
  return m.importValue(specifier.value, '=', frame.module.file);
}

function dynamicImport(m: Machine, node: ts.CallExpression, frame: Frame): Value {
  const argument = node.arguments[0];
  const specifier = argument ? evaluate(m, argument, frame) : undefinedValue;
  if (specifier.kind !== 'literal' || typeof specifier.value !== 'string') return m.lost('unresolved-import', node);
  const text = specifier.value.startsWith('file://') ? specifier.value.slice(7) : specifier.value;
  return m.importValue(text, null, frame.module.file);
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
  return callUnknown(m, site);
}

/** `.then`, `.catch` and `.finally`. A promise is taken as its value; what it rejects with is what its making threw. */
function callPromise(
  m: Machine,
  node: ts.CallExpression,
  callee: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  name: string,
  frame: Frame,
): Value {
  const handlesErrors = name === 'catch' || (name === 'then' && node.arguments.length > 1);
  if (!handlesErrors) {
    const base = evaluate(m, callee.expression, frame);
    if (m.dead) return undefinedValue;
    const site = siteOf(m, node, callee, frame);
    const ready = base.kind === 'native' && base.model.method?.(m, base, name, site);
    if (ready) return ready;
    const callback = site.args[0];
    if (name === 'finally' || !callback || callback.kind === 'literal') return base;
    return callValue(m, callback, { ...site, args: [base], argPlaces: [placeOf(callee.expression)] });
  }
  let result = undefinedValue as Value;
  const { thrown } = m.catching(() => {
    const flow = m.fork([
      () => {
        m.conditional--;
        result = evaluate(m, callee.expression, frame);
        m.conditional++;
        return Flow.Next;
      },
    ]);
    if (flow === Flow.Exit) result = undefinedValue;
  });
  const settledDead = m.dead;
  m.dead = false;
  const site = siteOf(m, node, callee, frame);
  // Not everything with a `catch` is a promise: a schema's `catch` takes a value.
  const own: Value = result;
  const answer = own.kind === 'native' ? own.model.method?.(m, own, name, site) : undefined;
  if (answer) {
    m.thrown.push(...thrown);
    return answer;
  }
  const onRejected = name === 'catch' ? site.args[0] : site.args[1];
  const onFulfilled = name === 'then' ? site.args[0] : undefined;
  const handle =
    (value: Value, via = m.steps) =>
    () => {
      const steps = m.steps;
      m.steps = [...via];
      const answer = onRejected
        ? callValue(m, onRejected, { ...site, args: [value], argPlaces: [site.place] })
        : undefinedValue;
      m.steps = steps;
      return answer;
    };
  const arms: (() => Value)[] = [];
  if (!settledDead) arms.push(() => (onFulfilled ? callValue(m, onFulfilled, { ...site, args: [result] }) : result));
  for (const one of thrown.slice(0, 8))
    arms.push(handle(one.value, [...one.via, { place: one.place, what: 'throws here' }]));
  const unseen: Value = { kind: 'unknown', reason: 'unreadable-exit', caught: true, truthy: true, place: site.place };
  arms.push(() => m.suspecting(handle(unseen)));
  return m.choose(arms);
}

/** `new X(…)`. */
export function evaluateNew(m: Machine, node: ts.NewExpression, frame: Frame): Value {
  const target = evaluate(m, node.expression, frame);
  const site = siteOf(m, node, node.expression, frame);
  if (m.dead) return undefinedValue;
  return constructValue(m, target, site);
}

function constructValue(m: Machine, target: Value, site: CallSite): Value {
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
      return m.model(target.package)?.construct?.(m, target, site) ?? callUnknown(m, site, target);
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

/** Calls a value as a function. */
export function callValue(m: Machine, target: Value, site: CallSite, self?: Value): Value {
  switch (target.kind) {
    case 'function':
      return callFunction(m, target, self, site);
    case 'native':
      return target.model.call?.(m, target, site) ?? callUnknown(m, site, target);
    case 'external':
      return m.model(target.package)?.call?.(m, target, site) ?? callUnknown(m, site, target);
    case 'union':
      return m.choose(target.members.map((member) => () => callValue(m, member, site, self)));
    case 'class':
      return constructValue(m, target, site);
    case 'typed':
      return m.types.call(target, site) ?? callUnknown(m, site, target);
    case 'namespace': {
      const inner = m.exportOf(target.module, 'default');
      return inner.kind === 'literal' ? callUnknown(m, site, target) : callValue(m, inner, site, self);
    }
    default:
      return callUnknown(m, site, target);
  }
}

/** `receiver.name(…)`. */
export function callMethod(m: Machine, receiver: Value, name: string, site: CallSite): Value {
  switch (receiver.kind) {
    case 'union': {
      const present = receiver.members.filter(
        (value) => !(value.kind === 'literal' && (value.value === null || value.value === undefined)),
      );
      if (present.length === 1) return callMethod(m, present[0]!, name, site);
      return m.choose(present.map((member) => () => callMethod(m, member, name, site)));
    }
    case 'native': {
      const own = receiver.props.get(name);
      if (own && isWritten(own)) return callValue(m, m.force(own), site, receiver);
      const answer = receiver.model.method?.(m, receiver, name, site);
      if (answer) return answer;
      if (receiver.model.call && (name === 'call' || name === 'apply' || name === 'bind'))
        return callNativeFunction(m, receiver, name, site);
      const member = receiver.model.get?.(m, receiver, name, site.namePlace);
      return member ? callValue(m, member, site, receiver) : callUnknown(m, site, receiver);
    }
    case 'array': {
      const answer = callArrayMethod(m, receiver, name, site);
      return answer ?? callUnknown(m, site);
    }
    case 'literal':
    case 'template':
      return callTextMethod(m, receiver, name, site) ?? callUnknown(m, site);
    case 'input':
      return callInputMethod(m, receiver, name, site);
    case 'function':
      return callFunctionMethod(m, receiver, name, site);
    case 'unknown':
      if (receiver.shape?.kind === 'array') {
        const items: ArrayValue = {
          kind: 'array',
          items: [],
          rest: elementOf(m, receiver, site.node ?? site.frame.module.source),
        };
        const answer = callArrayMethod(m, items, name, site);
        if (answer) return answer;
      }
      return callTextMethod(m, receiver, name, site) ?? callUnknown(m, site, receiver);
    case 'typed': {
      const items = m.types.element(receiver);
      if (items) {
        const answer = callArrayMethod(m, { kind: 'array', items: [], rest: items }, name, site);
        if (answer) return answer;
      }
      const member = getMember(m, receiver, name, site.namePlace);
      return callValue(m, member, site, receiver);
    }
    case 'external': {
      const member = m.external({
        kind: 'external',
        package: receiver.package,
        path: [...receiver.path, name],
        place: site.place,
      });
      return callValue(m, member, site, receiver);
    }
    default:
      return callValue(m, getMember(m, receiver, name, site.namePlace), site, receiver);
  }
}

/** `call`, `apply` and `bind` of a native function, which knows its own receiver. */
function callNativeFunction(m: Machine, receiver: Value, name: string, site: CallSite): Value {
  if (name === 'bind') return receiver;
  if (name === 'call')
    return callValue(m, receiver, { ...site, args: site.args.slice(1), argPlaces: site.argPlaces.slice(1) });
  const items = site.args[1] ? evaluateArrayItems(m, site.args[1]) : undefined;
  return callValue(m, receiver, {
    ...site,
    args: items?.items ?? [],
    argPlaces: items?.items.map(() => site.place) ?? [],
    open: !items,
  });
}

function callFunctionMethod(m: Machine, receiver: FunctionValue, name: string, site: CallSite): Value {
  if (name === 'bind')
    return {
      ...receiver,
      self: site.args[0] ?? receiver.self,
      bound: [...(receiver.bound ?? []), ...site.args.slice(1)],
    };
  if (name === 'call')
    return callFunction(m, receiver, site.args[0], {
      ...site,
      args: site.args.slice(1),
      argPlaces: site.argPlaces.slice(1),
    });
  if (name === 'apply') {
    const items = site.args[1] ? evaluateArrayItems(m, site.args[1]) : undefined;
    return callFunction(m, receiver, site.args[0], { ...site, args: items?.items ?? [], argPlaces: [], open: !items });
  }
  return callValue(m, getMember(m, receiver, name, site.namePlace), site, receiver);
}

/** Methods of a part of the request: of arrays for body lists, of texts otherwise. */
function callInputMethod(m: Machine, receiver: Value & { kind: 'input' }, name: string, site: CallSite): Value {
  const listLike = ['map', 'forEach', 'filter', 'some', 'every', 'find', 'reduce', 'flatMap'].includes(name);
  if (listLike) {
    const element = elementOf(m, receiver, site.node ?? site.frame.module.source);
    const answer = callArrayMethod(m, { kind: 'array', items: [], rest: element }, name, site);
    if (answer) return answer;
  }
  return callTextMethod(m, receiver, name, site) ?? callUnknown(m, site);
}

/**
 * A call that nobody can follow. Its callbacks may run, so they are tried; requests and responses among the arguments
 * escape; its result is unknown.
 */
export function callUnknown(m: Machine, site: CallSite, callee?: Value): Value {
  for (const [index, argument] of site.args.entries())
    escape(m, argument, site.argPlaces[index] ?? site.place, 0, callee);
  const results: Value[] = [];
  for (const argument of site.args) {
    if (argument.kind !== 'function') continue;
    if ((m.active.get(argument.node) ?? 0) > 0) continue;
    m.fork([
      () => {
        m.conditional--;
        const parameters = argument.node.parameters.map(() => unknown('spread-or-any', site.place));
        results.push(
          callFunction(m, argument, undefined, {
            ...site,
            args: parameters,
            argPlaces: parameters.map(() => site.place),
          }),
        );
        m.conditional++;
        return Flow.Next;
      },
      () => Flow.Next,
    ]);
  }
  m.dead = false;
  const typeArguments = site.node?.typeArguments;
  if (typeArguments?.length === 1 && callee?.kind !== 'literal') {
    const value = typedValue(m, { node: typeArguments[0]!, frame: site.frame });
    if (value && value.kind !== 'unknown') return join([value, unknown(reasonOf(callee), site.place)]);
  }
  if (callee?.kind === 'external')
    return { kind: 'external', package: callee.package, path: [...callee.path, resultOf], place: site.place };
  return { kind: 'unknown', reason: reasonOf(callee), place: site.place };
}

function reasonOf(callee: Value | undefined) {
  if (callee?.kind === 'unknown') return callee.reason;
  return callee?.kind === 'external' ? 'unresolved-import' : 'spread-or-any';
}

/** Tells a request or response that it goes where it cannot be followed; a router learns who takes it. */
export function escape(m: Machine, value: Value, place: Place, depth: number, callee?: Value): void {
  if (depth > 3) return;
  switch (value.kind) {
    case 'native':
      value.model.method?.(m, value, '[escape]', {
        args: callee ? [callee] : [],
        open: true,
        place,
        argPlaces: [],
        namePlace: place,
        frame: m.globals,
      });
      return;
    case 'input':
      if (value.name === '' || value.in === 'body') value.sink.escape(value, 'request-escapes', place);
      return;
    case 'object':
      for (const cell of value.props.values()) if (cell.value) escape(m, cell.value, place, depth + 1, callee);
      return;
    case 'array':
      for (const item of value.items) escape(m, item, place, depth + 1, callee);
      return;
    case 'union':
      for (const member of value.members) escape(m, member, place, depth + 1, callee);
      return;
    default:
      return;
  }
}

/** Runs a function of the workspace. */
export function callFunction(m: Machine, fn: FunctionValue, self: Value | undefined, site: CallSite): Value {
  const { node } = fn;
  const depth = m.active.get(node) ?? 0;
  if (depth >= recursionLimit || m.steps.length > depthLimit) {
    return lostResult(m, fn, site);
  }
  if (!node.body) {
    // What has no body may do anything with its arguments; only its result is declared.
    const lost = callUnknown(m, site);
    return node.type ? (typedValue(m, { node: node.type, frame: fn.frame }) ?? lost) : lost;
  }
  const key = m.summarising && depth === 0 ? summaryKey(fn, self, site) : undefined;
  const run = () => m.share(() => runFunction(m, fn, self, site, depth)) ?? lostResult(m, fn, site);
  return key === undefined ? run() : summarised(m, key, run);
}

/** What a call gives that took too long to follow. */
function lostResult(m: Machine, fn: FunctionValue, site: CallSite): Value {
  return (fn.node.type && typedValue(m, { node: fn.node.type, frame: fn.frame })) ?? unknown('budget', site.place);
}

function runFunction(m: Machine, fn: FunctionValue, self: Value | undefined, site: CallSite, depth: number): Value {
  const { node } = fn;
  const { file } = fn.frame.module;
  m.touched.add(file);
  if (!m.summarising) {
    const ran = m.wired.get(file);
    if (ran) ran.add(node);
    else m.wired.set(file, new Set([node]));
  }
  const arrow = ts.isArrowFunction(node);
  const frame = new Frame(
    fn.frame,
    fn.frame.module,
    arrow ? undefined : (fn.self ?? self),
    arrow ? undefined : fn.home,
  );
  const returned: Value[] = [];
  returnLists.set(frame, returned);
  m.watch?.enter(site, node, returned);
  m.active.set(node, depth + 1);
  const { steps, gates } = m;
  m.steps = [...steps, { place: site.namePlace, what: `calls ${nameOf(node)}` }];
  try {
    bindParameters(m, fn, frame, site);
    const value = runBody(m, node, frame, returned);
    if (isOpaque(value) && node.type) return withType(m, value, node.type, frame);
    return value;
  } finally {
    m.steps = steps;
    m.gates = gates;
    m.active.set(node, depth);
  }
}

function runBody(m: Machine, node: FunctionValue['node'], frame: Frame, returned: Value[]): Value {
  const body = node.body!;
  if (!ts.isBlock(body)) {
    m.watch?.before(returned, body);
    const value = evaluate(m, body, frame);
    if (!m.dead) m.watch?.returned(returned, body, value);
    return m.dead ? undefinedValue : value;
  }
  hoist(m, body.statements, frame, false);
  const flow = executeAll(m, body.statements, frame);
  if (flow === Flow.Exit && returned.length === 0) {
    // A service that serves has started: what refuses to start (a setting that is missing) did not refuse.
    m.dead = m.summarising;
    return m.summarising ? undefinedValue : unknown('environment-dependent');
  }
  m.dead = false;
  if (flow !== Flow.Exit) {
    m.watch?.returned(returned, undefined, undefinedValue);
    returned.push(undefinedValue);
  }
  return returned.length === 1 ? returned[0]! : join(returned);
}

function bindParameters(m: Machine, fn: FunctionValue, frame: Frame, site: CallSite): void {
  const args = fn.bound ? [...fn.bound, ...site.args] : site.args;
  const all: ArrayValue = { kind: 'array', items: [...args], rest: site.open ? unknown('spread-or-any') : undefined };
  if (!ts.isArrowFunction(fn.node)) frame.declare('arguments', all);
  // A first parameter named `this` only declares a type.
  const declared = fn.node.parameters.filter(
    (parameter) => !(ts.isIdentifier(parameter.name) && parameter.name.text === 'this'),
  );
  for (const [index, parameter] of declared.entries()) {
    const value = parameter.dotDotDotToken
      ? ({ kind: 'array', items: args.slice(index), rest: all.rest } as const)
      : argument(m, parameter, args[index], site.open, frame);
    bindPattern(m, parameter.name, value, frame);
    if (
      ts.isConstructorDeclaration(fn.node) &&
      ts.isParameterPropertyDeclaration(parameter, fn.node) &&
      ts.isIdentifier(parameter.name)
    ) {
      const owner = fn.self;
      if (owner?.kind === 'object') owner.props.set(parameter.name.text, { value });
    }
  }
}

function argument(
  m: Machine,
  parameter: ts.ParameterDeclaration,
  given: Value | undefined,
  open: boolean,
  frame: Frame,
): Value {
  if (given && !(given.kind === 'literal' && given.value === undefined)) {
    const value = withType(m, given, parameter.type, frame);
    const maybe =
      parameter.initializer &&
      given.kind === 'union' &&
      given.members.some((one) => one.kind === 'literal' && one.value === undefined);
    return maybe ? join([value, evaluate(m, parameter.initializer!, frame)]) : value;
  }
  if (open && !given) {
    const typed = parameter.type ? typedValue(m, { node: parameter.type, frame }) : undefined;
    return typed ?? unknown('dependency-injection', placeOf(parameter));
  }
  return parameter.initializer ? evaluate(m, parameter.initializer, frame) : undefinedValue;
}

/** A function's name for people. */
export function nameOf(node: ts.Node): string {
  const named = node as { name?: ts.Node };
  if (named.name && (ts.isIdentifier(named.name) || ts.isPrivateIdentifier(named.name))) return named.name.text;
  const { parent } = node;
  if (
    parent &&
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent))
  )
    return parent.name.getText();
  if (ts.isConstructorDeclaration(node))
    return `new ${parent && ts.isClassLike(parent) ? (parent.name?.text ?? 'class') : 'class'}`;
  return 'a function';
}

/** The seam that the machine offers to models. */
export const access: Access = { get: getMember, call: callValue, construct: constructValue };

export { literal, native, nativeFunction };
