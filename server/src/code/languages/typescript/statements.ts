// Owns statements: declarations, branches, loops, exceptions and the binding of patterns.
// It must not know frameworks; whatever a statement means to a route happens in the calls that it contains.

import ts from 'typescript';
import { unknownShape } from '../../../shape/shape.ts';
import { createClass } from './classes.ts';
import { evaluate, evaluateArrayItems } from './expressions.ts';
import type { Machine, Thrown } from './machine.ts';
import { boundNames, placeOf } from './module.ts';
import { assume } from './narrow.ts';
import { enumObject, typedValue } from './types.ts';
import {
  type ArrayValue,
  type Cell,
  Frame,
  type FunctionValue,
  isOpaque,
  join,
  literal,
  members,
  type ObjectValue,
  objectOf,
  type TypeReference,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** How a statement ends: the next one follows, a loop is left, or the function is left. */
export enum Flow {
  Next = 0,
  Break = 1,
  Exit = 2,
}

const unrollLimit = 10_000;
/** Handlers loop over data, of which a few items show the shape as well as all of them. */
const handlerUnrollLimit = 60;

/** Declares what a list of statements declares, before any of them runs. Module-level variables are computed when first read. */
export function hoist(m: Machine, statements: readonly ts.Statement[], frame: Frame, lazy: boolean): void {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement)) {
      // A declaration without a body still states its result, unless it is an overload of what has one.
      const name = statement.name?.text ?? 'default';
      if (!statement.body && frame.cells.has(name)) continue;
      const value: FunctionValue = { kind: 'function', node: statement, frame, props: new Map() };
      frame.declare(name, value);
    } else if (ts.isClassDeclaration(statement)) {
      const cell = frame.declare(statement.name?.text ?? 'default');
      cell.lazy = () => createClass(m, statement, frame);
    } else if (ts.isEnumDeclaration(statement)) {
      const cell = frame.declare(statement.name.text);
      cell.lazy = () => enumObject(m, statement, frame);
    } else if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
      const specifier = statement.moduleReference.expression;
      if (!ts.isStringLiteral(specifier)) continue;
      frame.declare(statement.name.text).lazy = () => m.importValue(specifier.text, '=', frame.module.file);
    } else if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)) {
      const body = statement.body;
      frame.declare(statement.name.text).lazy = () => namespaceObject(m, body, frame);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) hoistVariable(m, declaration, frame, lazy);
    }
  }
}

function hoistVariable(m: Machine, declaration: ts.VariableDeclaration, frame: Frame, lazy: boolean): void {
  const names = boundNames(declaration.name);
  const mutable = lazy && (declaration.parent.flags & ts.NodeFlags.Const) === 0;
  for (const name of names) {
    const cell = frame.cells.get(name) ?? frame.declare(name);
    if (mutable) cell.mutable = true;
  }
  if (!lazy || !declaration.initializer) return;
  if (ts.isIdentifier(declaration.name)) {
    frame.cells.get(declaration.name.text)!.lazy = () => m.apart(() => declared(m, declaration, frame));
    return;
  }
  let done = false;
  for (const name of names) {
    const cell = frame.cells.get(name)!;
    cell.lazy = () => {
      if (!done) {
        done = true;
        m.apart(() => bindPattern(m, declaration.name, declared(m, declaration, frame), frame));
      }
      return cell.value ?? undefinedValue;
    };
  }
}

/** The value of a variable's initialiser; its declared type stands in for what cannot be computed. */
function declared(m: Machine, declaration: ts.VariableDeclaration, frame: Frame): Value {
  const value = declaration.initializer ? evaluate(m, declaration.initializer, frame) : undefinedValue;
  return withType(m, value, declaration.type, frame);
}

/** Lets a type annotation speak where the value is unknown, and tells inputs what type the code gives them. */
export function withType(m: Machine, value: Value, type: ts.TypeNode | undefined, frame: Frame): Value {
  if (!type) return value;
  if (value.kind === 'input') {
    const typed = typedValue(m, { node: type, frame });
    if (typed) value.sink.declare(value, m.types.shapeOfValue(typed), placeOf(type));
    return value;
  }
  if (isOpaque(value)) return typedValue(m, { node: type, frame }) ?? value;
  if (value.kind === 'object' && !value.cls && m.summarising) refine(m, value, { node: type, frame });
  return value;
}

/** Lets a declared type speak for those fields of an object that are unknown. */
function refine(m: Machine, value: ObjectValue, type: TypeReference): void {
  let typed: Value | undefined;
  for (const [key, cell] of value.props) {
    if (!cell.value || !isOpaque(cell.value)) continue;
    typed ??= typedValue(m, type) ?? undefinedValue;
    if (typed.kind !== 'typed') return;
    const member = m.types.member(typed, key);
    if (member && !isOpaque(member)) cell.value = member;
  }
}

function namespaceObject(m: Machine, body: ts.ModuleBlock, frame: Frame): Value {
  const inner = new Frame(frame, frame.module);
  hoist(m, body.statements, inner, true);
  return { kind: 'object', props: inner.cells };
}

/** Runs statements in order until one leaves. */
export function executeAll(m: Machine, statements: readonly ts.Statement[], frame: Frame): Flow {
  for (const statement of statements) {
    const flow = execute(m, statement, frame);
    if (flow !== Flow.Next) return flow;
  }
  return Flow.Next;
}

/** Runs one statement. */
export function execute(m: Machine, statement: ts.Statement, frame: Frame): Flow {
  m.spend();
  const flow = step(m, statement, frame);
  return m.dead ? Flow.Exit : flow;
}

function step(m: Machine, statement: ts.Statement, frame: Frame): Flow {
  switch (statement.kind) {
    case ts.SyntaxKind.ExpressionStatement:
      evaluate(m, (statement as ts.ExpressionStatement).expression, frame);
      return Flow.Next;
    case ts.SyntaxKind.VariableStatement:
      for (const declaration of (statement as ts.VariableStatement).declarationList.declarations)
        declare(m, declaration, frame);
      return Flow.Next;
    case ts.SyntaxKind.ReturnStatement: {
      const { expression } = statement as ts.ReturnStatement;
      const list = returnsOf(frame);
      m.watch?.before(list, expression);
      const value = expression ? evaluate(m, expression, frame) : undefinedValue;
      if (m.dead) return Flow.Exit;
      m.watch?.returned(list, expression, value);
      list?.push(value);
      return Flow.Exit;
    }
    case ts.SyntaxKind.IfStatement:
      return branch(m, statement as ts.IfStatement, frame);
    case ts.SyntaxKind.Block: {
      const inner = new Frame(frame, frame.module);
      hoist(m, (statement as ts.Block).statements, inner, false);
      return executeAll(m, (statement as ts.Block).statements, inner);
    }
    case ts.SyntaxKind.ThrowStatement: {
      const { expression } = statement as ts.ThrowStatement;
      const value = evaluate(m, expression, frame);
      if (!m.dead) for (const member of members(value)) m.throwValue(member, placeOf(expression));
      return Flow.Exit;
    }
    case ts.SyntaxKind.TryStatement:
      return attempt(m, statement as ts.TryStatement, frame);
    case ts.SyntaxKind.SwitchStatement:
      return select(m, statement as ts.SwitchStatement, frame);
    case ts.SyntaxKind.ForOfStatement:
      return iterate(m, statement as ts.ForOfStatement, frame);
    case ts.SyntaxKind.ForInStatement: {
      const { expression } = statement as ts.ForInStatement;
      return iterateKeys(m, statement as ts.ForInStatement, evaluate(m, expression, frame), frame);
    }
    case ts.SyntaxKind.ForStatement: {
      const loop = statement as ts.ForStatement;
      const inner = new Frame(frame, frame.module);
      if (loop.initializer && ts.isVariableDeclarationList(loop.initializer)) {
        for (const declaration of loop.initializer.declarations) {
          for (const name of boundNames(declaration.name)) inner.declare(name, unknown('spread-or-any'));
        }
      }
      return loopOnce(m, () => execute(m, loop.statement, inner));
    }
    case ts.SyntaxKind.WhileStatement: {
      const loop = statement as ts.WhileStatement;
      const always = loop.expression.kind === ts.SyntaxKind.TrueKeyword;
      if (!always) evaluate(m, loop.expression, frame);
      if (!always) return loopOnce(m, () => execute(m, loop.statement, frame));
      return execute(m, loop.statement, frame) === Flow.Exit ? Flow.Exit : Flow.Next;
    }
    case ts.SyntaxKind.DoStatement: {
      const flow = execute(m, (statement as ts.DoStatement).statement, frame);
      return flow === Flow.Exit ? Flow.Exit : Flow.Next;
    }
    case ts.SyntaxKind.BreakStatement:
    case ts.SyntaxKind.ContinueStatement:
      return Flow.Break;
    case ts.SyntaxKind.LabeledStatement:
      return execute(m, (statement as ts.LabeledStatement).statement, frame);
    case ts.SyntaxKind.ExportAssignment:
      runDefaultExport(m, statement as ts.ExportAssignment, frame);
      return Flow.Next;
    case ts.SyntaxKind.ImportDeclaration:
      runImport(m, statement as ts.ImportDeclaration, frame);
      return Flow.Next;
    default:
      return Flow.Next;
  }
}

function declare(m: Machine, declaration: ts.VariableDeclaration, frame: Frame): void {
  if (ts.isIdentifier(declaration.name)) {
    const cell = frame.cells.get(declaration.name.text) ?? frame.declare(declaration.name.text);
    if (cell.lazy) m.force(cell);
    else if (cell.value === undefined || declaration.parent.parent.parent.kind !== ts.SyntaxKind.SourceFile) {
      if (declaration.initializer || cell.value === undefined) m.write(cell, declared(m, declaration, frame));
    }
    return;
  }
  const lazy = boundNames(declaration.name)
    .map((name) => frame.cells.get(name))
    .filter((cell) => cell?.lazy);
  if (lazy.length > 0) for (const cell of lazy) m.force(cell!);
  else if (frame.module.frame !== frame) bindPattern(m, declaration.name, declared(m, declaration, frame), frame);
}

function runDefaultExport(m: Machine, statement: ts.ExportAssignment, frame: Frame): void {
  const entry = frame.module.exports.get('default');
  if (entry?.kind !== 'expression') return;
  entry.cell ??= { value: undefined, lazy: () => evaluate(m, statement.expression, frame) };
  m.force(entry.cell);
}

/** An import for its effects runs the module; other imports are read when their names are. */
function runImport(m: Machine, statement: ts.ImportDeclaration, frame: Frame): void {
  if (statement.importClause || !ts.isStringLiteral(statement.moduleSpecifier)) return;
  const resolution = m.resolver.resolve(statement.moduleSpecifier.text, frame.module.file);
  if (resolution.kind === 'package') {
    m.importValue(statement.moduleSpecifier.text, null, frame.module.file);
    return;
  }
  const module = resolution.kind === 'file' ? m.module(resolution.file) : undefined;
  if (module) m.run(module);
}

/** Where the function that a frame belongs to collects its return values. */
export const returnLists = new WeakMap<Frame, Value[]>();

function returnsOf(frame: Frame): Value[] | undefined {
  for (let current: Frame | undefined = frame; current; current = current.parent) {
    const list = returnLists.get(current);
    if (list) return list;
  }
  return undefined;
}

function branch(m: Machine, statement: ts.IfStatement, frame: Frame): Flow {
  const test = evaluate(m, statement.expression, frame);
  if (m.dead) return Flow.Exit;
  const sure = truth(test);
  const arm = (positive: boolean) => () => {
    const body = positive ? statement.thenStatement : statement.elseStatement;
    const absent = assume(m, statement.expression, frame, positive);
    m.enterAbsence(absent);
    const flow = body ? execute(m, body, frame) : Flow.Next;
    // `if (input) …` without an else is how code says that it can do without.
    if (!body) for (const input of absent) input.sink.tolerate(input);
    m.leaveAbsence(absent);
    return flow;
  };
  if (sure !== undefined) return arm(sure)();
  return m.fork([gated(m, arm(true)), gated(m, arm(false))]);
}

/** Counts an arm that returns quietly: what follows holds only where that condition did not. */
function gated(m: Machine, arm: () => Flow): () => Flow {
  return () => {
    const { answers, thrown } = m;
    const before = thrown.length;
    const flow = arm();
    if (flow === Flow.Exit && !m.dead && m.answers === answers && thrown.length === before) m.gates++;
    return flow;
  };
}

function loopOnce(m: Machine, body: () => Flow): Flow {
  m.fork([
    () => {
      const flow = body();
      m.dead &&= flow === Flow.Exit;
      return flow === Flow.Break ? Flow.Next : flow;
    },
    () => Flow.Next,
  ]);
  m.dead = false;
  return Flow.Next;
}

function iterate(m: Machine, statement: ts.ForOfStatement, frame: Frame): Flow {
  const subject = evaluate(m, statement.expression, frame);
  const items = evaluateArrayItems(m, subject);
  if (items && !items.rest && items.items.length <= (m.summarising ? handlerUnrollLimit : unrollLimit)) {
    for (const item of items.items) {
      const flow = execute(m, statement.statement, loopFrame(m, statement, item, frame));
      if (flow === Flow.Exit) return flow;
      m.dead = false;
    }
    return Flow.Next;
  }
  const element = items
    ? join([...items.items, ...(items.rest ? [items.rest] : [])])
    : elementOf(m, subject, statement.expression);
  return loopOnce(m, () => execute(m, statement.statement, loopFrame(m, statement, element, frame)));
}

function loopFrame(m: Machine, statement: ts.ForOfStatement | ts.ForInStatement, item: Value, frame: Frame): Frame {
  const inner = new Frame(frame, frame.module);
  if (ts.isVariableDeclarationList(statement.initializer)) {
    const declaration = statement.initializer.declarations[0];
    if (declaration) bindPattern(m, declaration.name, item, inner);
  }
  return inner;
}

/** The value of one element of something that is iterated. */
export function elementOf(m: Machine, subject: Value, node: ts.Node): Value {
  if (subject.kind === 'input')
    return { ...subject, name: subject.name === '' ? '[]' : `${subject.name}[]`, place: placeOf(node) };
  if (subject.kind === 'union') return join(subject.members.map((member) => elementOf(m, member, node)));
  if (subject.kind === 'array') return join([...subject.items, ...(subject.rest ? [subject.rest] : [])]);
  if (subject.kind === 'typed') return m.types.element(subject) ?? unknown('spread-or-any');
  if (subject.kind === 'unknown' && subject.shape?.kind === 'array') {
    return { kind: 'unknown', reason: subject.reason, shape: subject.shape.items };
  }
  return unknown('spread-or-any', placeOf(node));
}

function iterateKeys(m: Machine, statement: ts.ForInStatement, subject: Value, frame: Frame): Flow {
  if (subject.kind === 'object' && !subject.open && subject.props.size <= unrollLimit) {
    for (const key of subject.props.keys()) {
      const flow = execute(m, statement.statement, loopFrame(m, statement, literal(key), frame));
      if (flow === Flow.Exit) return flow;
      m.dead = false;
    }
    return Flow.Next;
  }
  if (subject.kind === 'input') subject.sink.escape(subject, 'request-escapes', placeOf(statement.expression));
  const key: Value = { kind: 'unknown', reason: 'spread-or-any', shape: unknownShape() };
  return loopOnce(m, () => execute(m, statement.statement, loopFrame(m, statement, key, frame)));
}

function attempt(m: Machine, statement: ts.TryStatement, frame: Frame): Flow {
  const { catchClause, finallyBlock } = statement;
  let flow: Flow;
  if (!catchClause) flow = execute(m, statement.tryBlock, frame);
  else {
    const outer = m.thrown;
    const thrown: Thrown[] = [];
    flow = m.fork([
      () => {
        m.conditional--;
        m.thrown = thrown;
        try {
          return execute(m, statement.tryBlock, frame);
        } finally {
          m.thrown = outer;
          m.conditional++;
        }
      },
      ...catches(m, catchClause, thrown, frame),
    ]);
  }
  if (!finallyBlock) return flow;
  const wasDead = m.dead;
  m.dead = false;
  const last = execute(m, finallyBlock, frame);
  m.dead ||= wasDead;
  return last === Flow.Next ? flow : last;
}

/** One arm for what the block is known to throw and one for what cannot be seen. They run after the block's own arm. */
function catches(m: Machine, clause: ts.CatchClause, thrown: Thrown[], frame: Frame): (() => Flow)[] {
  const handle = (value: Value) => {
    const inner = new Frame(frame, frame.module);
    if (clause.variableDeclaration) bindPattern(m, clause.variableDeclaration.name, value, inner);
    return execute(m, clause.block, inner);
  };
  const known = () => {
    if (thrown.length === 0) return Flow.Exit;
    return m.fork(
      thrown.slice(0, 16).map((one) => () => {
        const steps = m.steps;
        m.steps = [...one.via, { place: one.place, what: 'throws here' }];
        try {
          return handle(one.value);
        } finally {
          m.steps = steps;
        }
      }),
    );
  };
  const unseen: Value = {
    kind: 'unknown',
    reason: 'unreadable-exit',
    caught: true,
    truthy: true,
    place: placeOf(clause),
  };
  return [known, () => m.suspecting(() => handle(unseen))];
}

function select(m: Machine, statement: ts.SwitchStatement, frame: Frame): Flow {
  const subject = evaluate(m, statement.expression, frame);
  const inner = new Frame(frame, frame.module);
  const { clauses } = statement.caseBlock;
  for (const clause of clauses) hoist(m, clause.statements, inner, false);
  const runFrom = (start: number) => {
    for (const clause of clauses.slice(start)) {
      const flow = executeAll(m, clause.statements, inner);
      if (flow === Flow.Break) return Flow.Next;
      if (flow === Flow.Exit) return flow;
    }
    return Flow.Next;
  };
  const defaultAt = clauses.findIndex((clause) => ts.isDefaultClause(clause));
  const possible: number[] = [];
  let decided = false;
  for (const [index, clause] of clauses.entries()) {
    if (ts.isDefaultClause(clause)) continue;
    const value = evaluate(m, clause.expression, frame);
    const equal = matches(subject, value);
    if (equal === false) continue;
    possible.push(index);
    if (equal === true) {
      decided = true;
      break;
    }
  }
  if (!decided && defaultAt >= 0) possible.push(defaultAt);
  const arms = possible.map((index) => () => runFrom(index));
  if (!decided && defaultAt < 0) arms.push(() => Flow.Next);
  if (arms.length === 1) return arms[0]!();
  return m.fork(arms);
}

/** Whether a value strictly equals a case's; undefined when it may. */
export function matches(subject: Value, value: Value): boolean | undefined {
  if (subject.kind === 'union') {
    const answers = subject.members.map((member) => matches(member, value));
    if (answers.every((answer) => answer === false)) return false;
    return answers.every((answer) => answer === true) ? true : undefined;
  }
  if (subject.kind === 'literal' && value.kind === 'literal') return subject.value === value.value;
  if (subject.kind === 'object' && value.kind === 'literal') return false;
  // A text of which the beginning is known equals nothing that begins otherwise.
  const [head] = subject.kind === 'template' ? subject.parts : [];
  if (typeof head === 'string' && value.kind === 'literal' && !String(value.value).startsWith(head)) return false;
  return undefined;
}

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
    const item = items ? (items.items[index] ?? items.rest ?? undefinedValue) : elementOf(m, value, element);
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
    bindPattern(m, element.name, withDefault(m, part, element, frame), frame);
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

function withDefault(m: Machine, value: Value, element: ts.BindingElement, frame: Frame): Value {
  const { initializer } = element;
  if (!initializer) return value;
  if (value.kind === 'literal') return value.value === undefined ? evaluate(m, initializer, frame) : value;
  const fallback = evaluate(m, initializer, frame);
  if (value.kind === 'input') {
    if (fallback.kind === 'literal') value.sink.defaultTo(value, fallback.value, placeOf(initializer));
    else value.sink.defaultTo(value, undefined, placeOf(initializer));
    return value;
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
    value.sink.escape(value, 'request-escapes', placeOf(element));
    return unknown('request-escapes', placeOf(element));
  }
  if (value.kind === 'typed' || value.kind === 'unknown') return m.types.omit(value, keys);
  if (value.kind === 'native') return unknown('spread-or-any', placeOf(element));
  return objectOf({});
}
