// Owns `conditionalHandler`: handlers of one path, of which the version or the type that is asked for picks one.
// It must not know servers.

import { createNext, mayHaveCalled } from '../http-run.ts';
import { everyItem } from '../join.ts';
import type { Machine } from '../machine.ts';
import { type CallSite, type Model, native, undefinedValue, type Value } from '../value.ts';

/** The handler that `conditionalHandler(candidates)` gives; undefined where the candidates cannot be told apart. */
export function conditionalHandler(m: Machine, site: CallSite): Value | undefined {
  const [given] = site.args;
  if (given?.kind !== 'object' && (given?.kind !== 'array' || given.rest)) return undefined;
  const candidates = given.kind === 'array' ? everyItem(given) : [given];
  const handlers = candidates.map((one) => m.get(one, 'handler', site.place));
  const known = handlers.every((one) => one.kind === 'function' || one.kind === 'native' || one.kind === 'array');
  return known ? native(model, handlers, site.place) : undefined;
}

const model: Model = {
  name: 'restify conditional handler',
  call(m, self, site) {
    const handlers = self.data as readonly Value[];
    return m.choose(handlers.map((handler) => () => run(m, handler, site)));
  },
};

/** A list of handlers is a chain, which hands on to what stands behind it where its last one does. */
function run(m: Machine, handler: Value, site: CallSite): Value {
  if (handler.kind !== 'array') return m.call(handler, site);
  const list = everyItem(handler);
  const [request = undefinedValue, response = undefinedValue] = site.args;
  for (const [index, one] of list.entries()) {
    if (index === list.length - 1) return m.call(one, site);
    const next = createNext();
    m.call(one, { ...site, args: [request, response, next.value] });
    if (m.dead || !mayHaveCalled(next.called)) return undefinedValue;
  }
  return undefinedValue;
}
