// Owns loops: which are unrolled, which are tried once, and what one element of an iterated value is.
// It must not know frameworks.

import ts from 'typescript';
import { unknownShape } from '../../../shape/shape.ts';
import { tryArms } from './arms.ts';
import { evaluate } from './expressions.ts';
import { Flow } from './flow.ts';
import { everyItem, join, members } from './join.ts';
import { evaluateArrayItems } from './literals.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { bindPattern } from './patterns.ts';
import { execute } from './statements.ts';
import { itemValue } from './type-answers.ts';
import { Frame, literal, numberOf, someNumber, truth, undefinedValue, unknown, type Value } from './value.ts';

const unrollLimit = 10_000;

/** Handlers loop over data, of which a few items show the shape as well as all of them. */
const handlerUnrollLimit = 60;

/**
 * Runs a body that may run any number of times. It is tried twice, the second time from the joined state of once and never, so
 * that it meets what an earlier turn left behind; inside of another loop, whose own second turn does the same, once.
 */
export function loopSome(m: Machine, body: () => Flow): Flow {
  // While modules are loaded, a body may register routes, which is told once.
  if (m.looping || !m.summarising) return loopOnce(m, body);
  m.looping = true;
  try {
    loopOnce(m, body);
    return loopOnce(m, body);
  } finally {
    m.looping = false;
  }
}

function loopOnce(m: Machine, body: () => Flow): Flow {
  const turn = (): Flow => {
    const flow = body();
    m.dead &&= flow === Flow.Exit;
    return flow === Flow.Break ? Flow.Next : flow;
  };
  tryArms(m, [turn, () => Flow.Next], m.summarising ? joinTurns : join);
  m.dead = false;
  return Flow.Next;
}

/** A number that a turn changes goes on changing: a counter is any number, however few turns were tried. */
function joinTurns(values: readonly Value[]): Value {
  const numbers = new Set(values.flatMap(members).map(numberOf));
  return numbers.size > 1 && !numbers.has(undefined) ? someNumber(true) : join(values);
}

export function iterate(m: Machine, statement: ts.ForOfStatement, frame: Frame): Flow {
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
  const element = items ? join(everyItem(items)) : elementOf(m, subject, statement.expression);
  return loopSome(m, () => execute(m, statement.statement, loopFrame(m, statement, element, frame)));
}

/** The part of a run's steps after which the turns of a loop are no longer counted out one by one. */
const shareOfTurns = 1 / 8;

/**
 * `for (let i = 0; i < list.length; i++)`: turn by turn, as long as the condition is decided; where it is not, the variables of the
 * loop may hold anything of their kind.
 */
export function iterateCounted(m: Machine, statement: ts.ForStatement, frame: Frame): Flow {
  const { initializer, condition, incrementor } = statement;
  const head = new Frame(frame, frame.module);
  if (initializer && ts.isVariableDeclarationList(initializer)) {
    for (const { name, initializer: first } of initializer.declarations)
      bindPattern(m, name, first ? evaluate(m, first, head) : undefinedValue, head);
  } else if (initializer) evaluate(m, initializer, head);
  const least = m.summarising ? m.budget - m.budgetOfRun * shareOfTurns : 0;
  const most = m.summarising ? handlerUnrollLimit : unrollLimit;
  for (let turn = 0; condition && incrementor && turn < most && m.budget > least; turn++) {
    const goesOn = truth(evaluate(m, condition, head));
    if (goesOn === undefined) break;
    if (!goesOn) return Flow.Next;
    // What a turn leaves behind it finds the variables as they were in that turn.
    const own = new Frame(frame, frame.module);
    for (const [name, cell] of head.cells) own.declare(name, m.force(cell));
    const flow = execute(m, statement.statement, own);
    if (flow === Flow.Exit) return flow;
    m.dead = false;
    for (const [name, cell] of own.cells) m.write(head.cells.get(name)!, m.force(cell));
    evaluate(m, incrementor, head);
  }
  for (const cell of head.cells.values()) m.write(cell, anyOf(m.force(cell)));
  if (condition) evaluate(m, condition, head);
  return loopSome(m, () => execute(m, statement.statement, head));
}

/** What the variable of a loop may hold in any turn. */
function anyOf(value: Value): Value {
  if (numberOf(value) !== undefined) return someNumber(true);
  return value.kind === 'unknown' ? value : unknown('spread-or-any');
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
  if (subject.kind === 'array') return join(everyItem(subject));
  if (subject.kind === 'typed') return m.typeMembers.element(subject) ?? unknown('spread-or-any');
  if (subject.kind === 'unknown' && subject.shape?.kind === 'array') {
    return itemValue(subject.shape.items) ?? { kind: 'unknown', reason: subject.reason, shape: subject.shape.items };
  }
  return unknown('spread-or-any', placeOf(node));
}

export function iterateKeys(m: Machine, statement: ts.ForInStatement, subject: Value, frame: Frame): Flow {
  if (subject.kind === 'object' && !subject.open && subject.props.size <= unrollLimit) {
    for (const key of subject.props.keys()) {
      const flow = execute(m, statement.statement, loopFrame(m, statement, literal(key), frame));
      if (flow === Flow.Exit) return flow;
      m.dead = false;
    }
    return Flow.Next;
  }
  const ofRequest = subject.kind === 'input';
  if (ofRequest) subject.sink.escape(subject, 'request-escapes', placeOf(statement.expression), true);
  const key: Value = { kind: 'unknown', reason: 'spread-or-any', shape: unknownShape(), anyKey: ofRequest };
  return loopSome(m, () => execute(m, statement.statement, loopFrame(m, statement, key, frame)));
}
