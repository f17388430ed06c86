// Owns the trying of branches: each from the same state, and then one state for all that go on.
// It must not know statements or expressions.

import { Flow } from './flow.ts';
import { join } from './join.ts';
import type { Machine } from './machine.ts';
import { type Cell, undefinedValue, type Value } from './value.ts';

/**
 * Whether the present statement runs under a condition of which nothing is known, other than that under which something was made: a
 * program's own start (`if (isMain) createServer()`) is the start of all that it makes.
 */
export function isConditional(m: Machine, { born }: { readonly born: number }): boolean {
  return m.conditional > 0 && m.arm !== born;
}

/** Tries each arm from the present state and joins the states of those that go on, by `join` unless somebody knows better. */
export function tryArms(
  m: Machine,
  arms: readonly (() => Flow)[],
  joined: (values: readonly Value[]) => Value = join,
): Flow {
  const outer = m.log;
  const outerArm = m.arm;
  const before = new Map<Cell, Value | undefined>();
  const outcomes: { flow: Flow; after: Map<Cell, Value | undefined> }[] = [];
  m.conditional++;
  try {
    for (const arm of arms) {
      const log = new Map<Cell, Value | undefined>();
      m.log = log;
      m.arm = ++m.arms;
      m.dead = false;
      let flow: Flow;
      try {
        flow = arm();
      } catch (error) {
        // A spent budget leaves by this way: what the arm wrote must not outlive it.
        for (const [cell, old] of log) cell.value = old;
        throw error;
      }
      if (m.dead) flow = Flow.Exit;
      const after = new Map<Cell, Value | undefined>();
      for (const [cell, old] of log) {
        after.set(cell, cell.value);
        cell.value = old;
        if (!before.has(cell)) before.set(cell, old);
      }
      outcomes.push({ flow, after });
    }
  } finally {
    m.log = outer;
    m.arm = outerArm;
    m.conditional--;
    m.dead = false;
  }
  const going = outcomes.filter((outcome) => outcome.flow === Flow.Next);
  const last = going.length > 0 ? going : outcomes;
  for (const [cell, old] of before) {
    const values = last.map((outcome) => (outcome.after.has(cell) ? outcome.after.get(cell) : old));
    if (values.every((value) => value === undefined)) continue;
    m.write(cell, joined(values.map((value) => value ?? undefinedValue)));
  }
  if (going.length > 0) return Flow.Next;
  if (outcomes.some((outcome) => outcome.flow === Flow.Break)) return Flow.Break;
  m.dead = true;
  return Flow.Exit;
}
