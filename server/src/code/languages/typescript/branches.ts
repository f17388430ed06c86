// Owns branches: `if` and `switch`, whose arms are tried apart and joined.
// It must not know frameworks.

import ts from 'typescript';
import { enterAbsence, leaveAbsence } from './absences.ts';
import { evaluate } from './expressions.ts';
import { Flow } from './flow.ts';
import { hoist } from './hoist.ts';
import { fillsLasting, startUp } from './lasting.ts';
import type { Machine } from './machine.ts';
import { assume } from './narrow.ts';
import { execute, executeAll } from './statements.ts';
import { Frame, truth, type Value } from './value.ts';

export function branch(m: Machine, statement: ts.IfStatement, frame: Frame): Flow {
  const test = evaluate(m, statement.expression, frame);
  if (m.dead) return Flow.Exit;
  const sure = truth(test);
  const arm = (positive: boolean) => () => {
    const body = positive ? statement.thenStatement : statement.elseStatement;
    const absent = assume(m, statement.expression, frame, positive);
    enterAbsence(m, absent);
    m.chain?.assume(test, positive);
    const run = () => (body ? execute(m, body, frame) : Flow.Next);
    const flow = positive && fillsLasting(statement, frame) ? startUp(m, run, Flow.Next) : run();
    // `if (input) …` without an else is how code says that it can do without.
    if (!body) for (const input of absent) input.sink.tolerate(input);
    leaveAbsence(m, absent);
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

export function select(m: Machine, statement: ts.SwitchStatement, frame: Frame): Flow {
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

const isNothing = (value: Value): boolean =>
  value.kind === 'literal' && (value.value === undefined || value.value === null || value.value === '');

/** Whether a value strictly equals a case's; undefined when it may. */
export function matches(subject: Value, value: Value): boolean | undefined {
  if (subject.kind === 'union') {
    const answers = subject.members.map((member) => matches(member, value));
    if (answers.every((answer) => answer === false)) return false;
    return answers.every((answer) => answer === true) ? true : undefined;
  }
  if (subject.kind === 'literal' && value.kind === 'literal') {
    if (subject.someFalsy || value.someFalsy) return subject.value || value.value ? false : undefined;
    return subject.value === value.value;
  }
  if (subject.kind === 'object' && value.kind === 'literal') return false;
  if (subject.kind === 'input' && isNothing(value) && subject.sink.gives?.(subject)) return false;
  // A text of which the beginning is known equals nothing that begins otherwise.
  const [head] = subject.kind === 'template' ? subject.parts : [];
  if (typeof head === 'string' && value.kind === 'literal' && !String(value.value).startsWith(head)) return false;
  return undefined;
}
