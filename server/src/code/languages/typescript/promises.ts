// Owns promise handlers: `then`, `catch` and `finally` of a call, which run in order and take what was thrown.
// It must not know frameworks.

import type ts from 'typescript';
import { callValue, siteOf } from './calls.ts';
import { handled, passHanded } from './exceptions.ts';
import { evaluate } from './expressions.ts';
import { Flow } from './flow.ts';
import type { Machine, Thrown } from './machine.ts';
import { placeOf } from './module.ts';
import { settled } from './settle.ts';
import { isForeign, suspecting, unseenException } from './unseen.ts';
import { type CallSite, type Frame, undefinedValue, type Value } from './value.ts';

/** `.then`, `.catch` and `.finally`. A promise is taken as its value; what it rejects with is what its making threw. */
export function callPromise(
  m: Machine,
  node: ts.CallExpression,
  callee: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  name: string,
  frame: Frame,
): Value {
  const handlesErrors = name === 'catch' || (name === 'then' && node.arguments.length > 1);
  if (!handlesErrors) {
    const promise = evaluate(m, callee.expression, frame);
    if (m.dead) return undefinedValue;
    const site = siteOf(m, node, callee, frame);
    const ready = promise.kind === 'native' && promise.model.method?.(m, promise, name, site);
    if (ready) return ready;
    const base = settled(m, promise);
    const callback = site.args[0];
    if (name === 'finally' || !callback || callback.kind === 'literal') return base;
    return callValue(m, callback, { ...site, args: [base], argPlaces: [placeOf(callee.expression)] });
  }
  const run = observe(m, () => settled(m, evaluate(m, callee.expression, frame)));
  const site = siteOf(m, node, callee, frame);
  // Not everything with a `catch` is a promise: a schema's `catch` takes a value.
  const own = run.result;
  const answer = own.kind === 'native' ? own.model.method?.(m, own, name, site) : undefined;
  if (answer) {
    m.thrown.push(...run.thrown);
    return answer;
  }
  const onRejected = name === 'catch' ? site.args[0] : site.args[1];
  const onFulfilled = name === 'then' ? site.args[0] : undefined;
  const give = (value: Value) =>
    onFulfilled ? callValue(m, onFulfilled, { ...site, args: [value], argPlaces: [site.place] }) : value;
  return continued(m, run, give, onRejected, site);
}

/** Work that ran: what it gave, what was seen to be thrown, and whether it can only have thrown. */
interface Run {
  readonly result: Value;
  readonly thrown: readonly Thrown[];
  readonly ended: boolean;
  readonly handedOn: number | undefined;
  /** Whether only packages can have thrown what was not seen. */
  readonly foreign: boolean;
}

function observe(m: Machine, work: () => Value): Run {
  let result = undefinedValue as Value;
  const handedOn = m.chain?.handedOn;
  const { strangers } = m;
  const { thrown } = m.catching(() => {
    const flow = m.fork([
      () => {
        m.conditional--;
        result = work();
        m.conditional++;
        return Flow.Next;
      },
    ]);
    if (flow === Flow.Exit) result = undefinedValue;
  });
  passHanded(m, thrown);
  const ended = m.dead;
  m.dead = false;
  return { result, thrown, ended, handedOn, foreign: isForeign(m, strangers, thrown) };
}

/** What comes of a run: what it gave goes on, what it threw goes to the handler, and so does an error that nobody saw. */
function continued(
  m: Machine,
  run: Run,
  give: (value: Value) => Value,
  onRejected: Value | undefined,
  site: CallSite,
): Value {
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
  if (!run.ended) arms.push(() => give(run.result));
  const seen = run.thrown.filter(({ value }) => !(value.kind === 'unknown' && value.caught));
  for (const one of handled(seen, 8))
    arms.push(handling(m, one, handle(one.value, [...one.via, { place: one.place, what: 'throws here' }])));
  if (m.chain && m.chain.handedOn !== run.handedOn && arms.length > 0) return m.choose(arms);
  const unseen = unseenException(site.place, run.thrown, run.foreign);
  arms.push(() => suspecting(m, handle(unseen)));
  return m.choose(arms);
}

/** Calls a function, or takes a promise, whose errors another function is given; what that gives stands for the result then. */
export function callRescued(m: Machine, work: Value, onRejected: Value | undefined, site: CallSite): Value {
  const run = observe(m, () =>
    work.kind === 'function' ? settled(m, callValue(m, work, { ...site, args: [], argPlaces: [] })) : settled(m, work),
  );
  return continued(m, run, (value) => value, onRejected, site);
}

/** Does work that handles a thrown value, and lets the running chain know. */
function handling(m: Machine, thrown: Thrown, work: () => Value): () => Value {
  return () => (m.chain ? m.chain.handling(thrown, work) : work());
}
