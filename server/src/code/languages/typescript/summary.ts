// Owns summaries of function calls: a call that cannot touch the request or the response is interpreted once for the same arguments.
// It must not be used while modules are being run, where calls register routes.

import type { Step } from '../../model.ts';
import { stateOfResult } from './call-key.ts';
import type { Machine, Thrown } from './machine.ts';
import { allowance } from './shares.ts';
import type { Value } from './value.ts';

/** What a call did: its value, what it threw, and which files it read. */
export interface Summary {
  readonly value: Value;
  /** What the value held when the call had ended. */
  readonly state: string;
  readonly dead: boolean;
  /** Whether a call inside of it was not followed to its end, and whether it is known to throw nothing with a status. */
  readonly lost: false | 'plain' | 'whole';
  /** The share of the steps that it had. */
  readonly share: number;
  /** Whether code of the workspace may have run that was not followed. */
  readonly strange: boolean;
  readonly thrown: readonly { readonly thrown: Thrown; readonly inner: readonly Step[] }[];
  readonly touched: ReadonlySet<string>;
}

/** How many times the share of an unfinished call another one must have to try again. */
const fairChance = 1.5;

/**
 * Runs a call or repeats its summary. What asked for something of the request that runs is no summary for others, and neither is what
 * changed its arguments: `keyNow` is another then.
 */
export function summarised(m: Machine, key: string, keyNow: () => string | undefined, run: () => Value): Value {
  const own = m.glancing ? `glance ${key}` : key;
  const known = m.summaries.get(key) ?? m.summaries.get(own);
  const share = allowance(m);
  const tried = known && (!known.lost || share < known.share * fairChance);
  if (tried && known.state === stateOfResult(known.value)) {
    for (const { thrown, inner } of known.thrown) m.thrown.push({ ...thrown, via: [...m.steps, ...inner] });
    for (const file of known.touched) m.touched.add(file);
    if (known.dead) m.dead = true;
    if (known.lost) m.loseCall(known.lost === 'plain');
    if (known.strange) m.strangers++;
    return known.value;
  }
  const outer = m.touched;
  m.touched = new Set();
  const depth = m.steps.length;
  const { particular, lostCalls, lostStatuses, strangers } = m;
  try {
    const { result: value, thrown } = m.catching(run);
    if (m.particular === particular && keyNow() === key)
      m.summaries.set(own, {
        value,
        state: stateOfResult(value),
        dead: m.dead,
        lost: m.lostStatuses !== lostStatuses ? 'whole' : m.lostCalls !== lostCalls && 'plain',
        share,
        strange: m.strangers !== strangers,
        thrown: thrown.map((one) => ({ thrown: one, inner: one.via.slice(depth) })),
        touched: m.touched,
      });
    m.thrown.push(...thrown);
    return value;
  } finally {
    for (const file of m.touched) outer.add(file);
    m.touched = outer;
  }
}
