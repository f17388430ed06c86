// Owns where a route's handler stands, what it is called and whether it is marked as deprecated.
// It must not know any one framework.

import type { Route } from '../../model.ts';
import { deprecationOf } from './deprecation.ts';
import { nameOf } from './functions.ts';
import { placeOf } from './module.ts';
import type { FunctionValue, Value } from './value.ts';

/** Where and what a route's handler is. */
export function describeHandler(value: Value | undefined): Pick<Route, 'handlerPlace' | 'handlerName' | 'deprecated'> {
  const own = value?.kind === 'native' ? (value.model.wraps?.(value) ?? value) : value;
  const fn = own?.kind === 'union' ? own.members.find((member) => member.kind === 'function') : own;
  if (fn?.kind !== 'function') return {};
  const node = fn.decorates ?? wrapped(fn).node;
  const deprecated = deprecationOf(node);
  return { handlerPlace: placeOf(node), handlerName: nameOf(node), ...(deprecated ? { deprecated } : {}) };
}

/** The function that a wrapper was given, when a handler is a closure over one. */
function wrapped(fn: FunctionValue): FunctionValue {
  let current = fn;
  for (let hops = 0; hops < 6 && current.frame !== current.frame.module.frame; hops++) {
    const given = [...current.frame.cells.values()]
      .map((cell) => cell.value)
      .filter((value) => value?.kind === 'function' && value.node !== current.node);
    const next = given.at(-1);
    if (given.length !== 1 || next?.kind !== 'function') break;
    current = next;
  }
  return current;
}
