// Owns decorators of methods: what a decorator of the workspace puts in a method's place (`@validate`, `@authorised('admin')`).
// It must not know frameworks: a decorator of a package leaves the method as it is.

import ts from 'typescript';
import type { Machine } from './machine.ts';
import { placeOf } from './module.ts';
import { type FunctionValue, literal, objectOf, type Value } from './value.ts';

const remembered = new WeakMap<Machine, Map<ts.Node, Value>>();

/**
 * The method as its decorators leave it, innermost first, each called with the class's prototype, the name and the property's
 * descriptor (TypeScript's experimental decorators, which is what services use). What cannot be followed leaves the method alone.
 */
export function decorated(m: Machine, method: FunctionValue, self: Value): Value {
  const decorators = ts.canHaveDecorators(method.node) ? ts.getDecorators(method.node) : undefined;
  if (!decorators || decorators.length === 0) return method;
  const known = remembered.get(m) ?? new Map<ts.Node, Value>();
  remembered.set(m, known);
  const held = known.get(method.node) ?? m.apart(() => apply(m, { ...method, self: undefined }, decorators));
  known.set(method.node, held);
  return held.kind === 'function' ? { ...held, self } : method;
}

function apply(m: Machine, method: FunctionValue, decorators: readonly ts.Decorator[]): Value {
  let current: FunctionValue = method;
  const name = literal(method.node.name?.getText() ?? '');
  for (const decorator of [...decorators].reverse()) {
    const decorate = m.evaluate(decorator.expression, method.frame);
    if (decorate.kind !== 'function') continue;
    const place = placeOf(decorator);
    const descriptor = objectOf({ value: current }, place);
    const prototype = objectOf({}, place);
    const site = {
      args: [prototype, name, descriptor],
      open: false,
      place,
      argPlaces: [place, place, place],
      namePlace: place,
      frame: method.frame,
    };
    const answer = m.call(decorate, site);
    const next = m.get(answer.kind === 'object' ? answer : descriptor, 'value', place);
    if (next.kind === 'function' && next.node !== current.node) current = { ...next, decorates: method.node };
  }
  return current;
}
