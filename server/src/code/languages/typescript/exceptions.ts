// Owns `try`: which thrown values a `catch` clause takes, and what runs in the end.
// It must not know frameworks.

import type ts from 'typescript';
import { formOfError } from './call-key.ts';
import { Flow } from './flow.ts';
import type { Machine, Thrown } from './machine.ts';
import { placeOf } from './module.ts';
import { bindPattern } from './patterns.ts';
import { execute } from './statements.ts';
import { isForeign, suspecting, unseenException } from './unseen.ts';
import { Frame, type Value } from './value.ts';

export function attempt(m: Machine, statement: ts.TryStatement, frame: Frame): Flow {
  const { catchClause, finallyBlock } = statement;
  let flow: Flow;
  if (!catchClause) flow = execute(m, statement.tryBlock, frame);
  else {
    const outer = m.thrown;
    const thrown: Thrown[] = [];
    const handedOn = m.chain?.handedOn;
    const { strangers } = m;
    flow = m.fork([
      () => {
        m.conditional--;
        m.thrown = thrown;
        try {
          return execute(m, statement.tryBlock, frame);
        } finally {
          m.thrown = outer;
          passHanded(m, thrown);
          m.conditional++;
        }
      },
      ...catches(m, catchClause, thrown, frame, { handedOn, strangers }),
    ]);
  }
  if (!finallyBlock) return flow;
  const wasDead = m.dead;
  m.dead = false;
  const last = execute(m, finallyBlock, frame);
  m.dead ||= wasDead;
  return last === Flow.Next ? flow : last;
}

/** Leaves to whoever runs the chain what was handed to it, and takes it out of what a `catch` is given. */
export function passHanded(m: Machine, thrown: Thrown[]): void {
  m.thrown.push(...thrown.filter(({ handed }) => handed));
  thrown.splice(0, thrown.length, ...thrown.filter(({ handed }) => !handed));
}

/** Fields that tell people of an error, by which nobody tells one kind from another. */
const toldToPeople = new Set(['message', 'stack', 'details']);

/** Kinds of errors that are handled at most. */
const mostKinds = 48;

/** Those that a handler is tried with: all of them where they are few, and one of each kind where they are many. */
export function handled(seen: readonly Thrown[], few: number): readonly Thrown[] {
  if (seen.length <= few) return seen;
  const kinds = new Map<string, Thrown>();
  for (const one of seen) {
    const kind = `${one.value.kind}:${formOfError(one.value, toldToPeople)}`;
    if (!kinds.has(kind)) kinds.set(kind, one);
  }
  return [...kinds.values()].slice(0, mostKinds);
}

/** One arm for what the block is known to throw and one for what cannot be seen. They run after the block's own arm. */
function catches(
  m: Machine,
  clause: ts.CatchClause,
  thrown: Thrown[],
  frame: Frame,
  before: { readonly handedOn: number | undefined; readonly strangers: number },
): (() => Flow)[] {
  const handle = (value: Value) => {
    const inner = new Frame(frame, frame.module);
    if (clause.variableDeclaration) bindPattern(m, clause.variableDeclaration.name, value, inner);
    return execute(m, clause.block, inner);
  };
  // What a middleware catches around those behind it is theirs: an error that nobody saw there is the framework's failure.
  const passing = () => m.chain !== undefined && m.chain.handedOn !== before.handedOn;
  const known = () => {
    // An error of which nobody knows more than that it was caught elsewhere says no more here than one that nobody saw.
    const seen = thrown.filter(({ value }) => !(value.kind === 'unknown' && value.caught));
    if (seen.length === 0) return Flow.Exit;
    return m.fork(
      handled(seen, m.chain ? 48 : 16).map((one) => () => {
        const steps = m.steps;
        m.steps = [...one.via, { place: one.place, what: 'throws here' }];
        try {
          return m.chain ? m.chain.handling(one, () => handle(one.value)) : handle(one.value);
        } finally {
          m.steps = steps;
        }
      }),
    );
  };
  const unseen = () => {
    if (passing()) return Flow.Exit;
    const exception = unseenException(placeOf(clause), thrown, isForeign(m, before.strangers, thrown));
    return suspecting(m, () => handle(exception));
  };
  return [known, unseen];
}
