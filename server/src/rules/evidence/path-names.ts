// Owns the pairing of path parameters: which name of the contract is which name of the route. It must not know what any rule decides.

import type { Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';

/** Names by position, counted from the end, since a mount prefix may stand before what the contract names. */
export function pairedNames(operation: Operation, route: Route): readonly (readonly [string, string])[] {
  const declared = operation.path.split('/').filter(Boolean);
  const served = route.path.split('/').filter(Boolean);
  const tail = served.slice(-declared.length);
  if (tail.length !== declared.length) return [];
  const pairs: (readonly [string, string])[] = [];
  for (const [index, segment] of declared.entries()) {
    const names = parameterNames(segment);
    const others = parameterNames(tail[index] ?? '');
    if (names.length !== others.length) continue;
    // An underscore stands for a name that was not found in the code.
    for (const [at, name] of names.entries()) if (others[at] !== '_') pairs.push([name, others[at]!]);
  }
  return pairs;
}

function parameterNames(segment: string): string[] {
  return [...segment.matchAll(/\{([^{}*?]+)\??\}/g)].map(([, name = '']) => name);
}
