// Owns how the runs of one route become its facts: the request as anybody sends it, and one without credentials where guards were met.
// It must not know how a run is made.

import type { HandlerFacts } from '../../../model.ts';
import type { FactCollector } from '../facts.ts';
import { native, undefinedValue, type Value } from '../value.ts';
import type { OnionRoute } from './chain.ts';

/** What one run gave. */
export interface OnionRun {
  readonly collector: FactCollector;
  /** Whether something that carries who the caller is was asked for. */
  readonly asked: boolean;
  readonly touched: ReadonlySet<string>;
}

/** The facts of a route of which `follow` runs one request; `bare` is one without credentials. */
export function factsOfOnion<R extends OnionRoute>(
  route: R,
  follow: (route: R, bare: boolean) => OnionRun,
): HandlerFacts {
  const { collector, asked, touched } = follow(route, false);
  if (!asked || !collector.hasGuards()) return collector.facts([...touched]);
  // Only a guard that refuses who brings nothing asks for credentials.
  const bare = follow(collector.guardsItself() ? route : { ...route, layers: withoutHandler(route) }, true);
  collector.bare = bare.collector.asBareRun();
  return collector.facts([...new Set([...touched, ...bare.touched])]);
}

/** The handler and what is registered behind it tell nothing of the guards before it. */
function withoutHandler({ layers, handler }: OnionRoute): OnionRoute['layers'] {
  return layers.slice(0, handler + 1).map((layer, index) => (index === handler ? { ...layer, value: nothing } : layer));
}

const nothing: Value = native({ name: 'handler', call: () => undefinedValue }, undefined);
