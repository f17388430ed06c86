// Owns the reading of steps: which of them a reader knows by name. It must not know what any rule decides.

import type { Step } from '../../code/model.ts';

/**
 * Whether a call is written with the name of what it calls. A wrapper (`wrap(createOrder)`) calls its parameter, which has
 * a name of its own; then the handler that a reader looks for is one step further.
 */
export function callsByOwnName({ place, what }: Step): boolean {
  if (what === 'calls a function') return false;
  const [, name] = /^calls ([\w$.]+)$/.exec(what) ?? [];
  if (name === undefined) return true;
  const last = name.slice(name.lastIndexOf('.') + 1);
  const written = place.end - place.start;
  return written === last.length || written >= name.length;
}
