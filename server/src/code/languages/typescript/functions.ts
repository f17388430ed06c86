// Owns running a function of the workspace: its parameters, its body, its result, and the limits of depth.
// It must not know frameworks, nor how a callee was found.

import ts from 'typescript';
import { withType } from './annotations.ts';
import { callKey } from './call-key.ts';
import { evaluate } from './expressions.ts';
import { Flow } from './flow.ts';
import { hoist } from './hoist.ts';
import { join } from './join.ts';
import { loseTrack } from './lost-calls.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { bindPattern } from './patterns.ts';
import { allowance, withinShare } from './shares.ts';
import { executeAll, returnLists } from './statements.ts';
import { summarised } from './summary.ts';
import { typedValue } from './typed-values.ts';
import { callUnknown } from './unknown-calls.ts';
import {
  type ArrayValue,
  type CallSite,
  Frame,
  type FunctionValue,
  isOpaque,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

export const depthLimit = 24;

export const recursionLimit = 2;

/** Runs a function of the workspace. */
export function callFunction(m: Machine, fn: FunctionValue, self: Value | undefined, site: CallSite): Value {
  const { node } = fn;
  if (m.taught?.take(m, nameOf(node), fn.frame.module.file, site)) return undefinedValue;
  const depth = m.active.get(node) ?? 0;
  if (depth >= recursionLimit || m.steps.length > depthLimit) {
    return lostResult(m, fn, site);
  }
  if (!node.body) {
    // What has no body may do anything with its arguments; only its result is declared.
    const lost = callUnknown(m, site);
    return node.type ? (typedValue(m, { node: node.type, frame: fn.frame }) ?? lost) : lost;
  }
  const key = m.summarising && depth === 0 ? callKey(fn, self, site) : undefined;
  const run = () =>
    isLeftAlone(m, fn, site) ? runAlone(m, fn, self, site, depth) : runWithin(m, fn, self, site, depth);
  return key === undefined ? run() : summarised(m, key, () => callKey(fn, self, site), run);
}

/**
 * Whether a request starts work and does not wait for it (`void refresh()`, or the call as a statement): an asynchronous function gives what it
 * throws to its promise, which nobody looks at.
 */
function isLeftAlone(m: Machine, fn: FunctionValue, site: CallSite): boolean {
  if (!m.summarising || !site.node || !isAsynchronous(fn.node)) return false;
  const { parent } = site.node;
  return ts.isVoidExpression(parent) || ts.isExpressionStatement(parent);
}

function isAsynchronous(node: FunctionValue['node']): boolean {
  const flags = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return !!flags?.some((flag) => flag.kind === ts.SyntaxKind.AsyncKeyword);
}

/** Runs such work: what it throws is nobody's, and where it has nothing of the request, it is no loss if it cannot be followed. */
function runAlone(m: Machine, fn: FunctionValue, self: Value | undefined, site: CallSite, depth: number): Value {
  const { onShareSpent, lostCalls, lostStatuses, strangers } = m;
  const apart = fn.frame === fn.frame.module.frame && site.args.length === 0 && !site.open && !fn.self && !self;
  if (apart) m.onShareSpent = undefined;
  try {
    const { result } = m.catching(() => runWithin(m, fn, self, site, depth));
    m.dead = false;
    return result;
  } finally {
    m.onShareSpent = onShareSpent;
    if (apart) Object.assign(m, { lostCalls, lostStatuses, strangers });
  }
}

/** How often a function may use up its share in one run before it is taken for one that always does. */
const patience = 2;

/** Runs a function within its share of the budget. */
function runWithin(m: Machine, fn: FunctionValue, self: Value | undefined, site: CallSite, depth: number): Value {
  const share = allowance(m);
  // Loading modules has an order that nobody chose, so that only requests are impatient.
  const before = m.summarising ? m.exhausted.get(fn.node) : undefined;
  if (!before || before.times < patience || before.share < share) {
    const value = withinShare(m, () => runFunction(m, fn, self, site, depth), share);
    if (value) return value;
    m.exhausted.set(fn.node, { share: Math.max(before?.share ?? 0, share), times: (before?.times ?? 0) + 1 });
  }
  loseTrack(m, fn, self, site);
  return lostResult(m, fn, site);
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
  const { steps, gates, narrowings } = m;
  m.narrowings = [];
  m.steps = [...steps, { place: site.namePlace, what: `calls ${nameOf(node)}` }];
  try {
    bindParameters(m, fn, frame, site);
    const value = runBody(m, node, frame, returned);
    if (isOpaque(value) && node.type) return withType(m, value, node.type, frame);
    return value;
  } finally {
    m.steps = steps;
    m.gates = gates;
    m.narrowings = narrowings;
    m.active.set(node, depth);
  }
}

/** Takes back what the function's conditions said of fields and outer variables: the paths that returned before had them otherwise. */
function widenAgain(m: Machine): void {
  for (const { cell, before, after } of m.narrowings.reverse()) if (cell.value === after) m.write(cell, before);
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
  // The state is that of the last path: one that threw, or one of several that returned.
  if (returned.length > (m.dead ? 0 : 1)) widenAgain(m);
  m.dead = false;
  if (flow !== Flow.Exit) {
    m.watch?.returned(returned, undefined, undefinedValue);
    returned.push(undefinedValue);
    m.chain?.leaves(returned);
  }
  const value = returned.length === 1 ? returned[0]! : join(returned);
  return m.chain ? m.chain.ended(returned, value) : value;
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
    if (typed && typed.kind !== 'typed' && typed.kind !== 'unknown') return typed;
    const usual = parameter.initializer ? evaluate(m, parameter.initializer, frame) : undefined;
    return (usual && hasBehaviour(m, usual) ? usual : typed) ?? unknown('dependency-injection', placeOf(parameter));
  }
  return parameter.initializer ? evaluate(m, parameter.initializer, frame) : undefinedValue;
}

/**
 * Whether a default says what kind of thing a parameter takes: an instance or functions, of which callers that nobody sees give the same
 * kind. Plain data says nothing, because they give other data.
 */
function hasBehaviour(m: Machine, value: Value): boolean {
  if (value.kind === 'function') return true;
  if (value.kind !== 'object') return false;
  return value.cls !== undefined || [...value.props.values()].some((cell) => m.force(cell).kind === 'function');
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
