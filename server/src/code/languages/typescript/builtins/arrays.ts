// Owns the array methods of the language: what they call and what they give.
// It must not know frameworks.

import { booleanShape, numberShape, stringShape, unknownShape } from '../../../../shape/shape.ts';
import { Flow } from '../flow.ts';
import { everyItem, join, members } from '../join.ts';
import type { Machine } from '../machine.ts';
import {
  type ArrayValue,
  type CallSite,
  literal,
  shaped,
  someBoolean,
  someNumber,
  someString,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** Items that are visited one by one; modules may register thousands of routes from a list, handlers have no such need. */
const unrollLimit = (m: Machine) => (m.summarising ? 60 : 10_000);

/** Calls an array method; undefined when it is not one that is modelled. */
export function callArrayMethod(m: Machine, given: ArrayValue, name: string, site: CallSite): Value | undefined {
  if (given.shared && m.summarising && given.items.some((item) => item.kind === 'object')) {
    return callArrayMethod(
      m,
      {
        kind: 'array',
        items: [],
        rest: join([...given.items.map(widen), ...(given.rest ? [given.rest] : [])]),
        place: given.place,
      },
      name,
      site,
    );
  }
  const array = given;
  const callback = site.args[0];
  switch (name) {
    case 'forEach':
      each(m, array, callback, site);
      return undefinedValue;
    case 'map':
      return { kind: 'array', ...each(m, array, callback, site), place: array.place };
    case 'flatMap':
      return flatten({ kind: 'array', ...each(m, array, callback, site) });
    case 'filter':
      return filter(m, array, callback, site);
    case 'find':
    case 'findLast': {
      each(m, array, callback, site);
      return join([...everyItem(array), undefinedValue]);
    }
    case 'some':
    case 'every':
      return quantified(array, each(m, array, callback, site), name === 'some');
    case 'findIndex':
      each(m, array, callback, site);
      return someNumber(true);
    case 'reduce':
      return reduce(m, array, site);
    case 'includes':
    case 'indexOf':
      return includes(array, site.args[0], name);
    case 'push':
    case 'unshift':
      add(m, array, site.args, name === 'unshift');
      if (site.open)
        array.rest = array.rest
          ? join([array.rest, unknown('spread-or-any', site.place)])
          : unknown('spread-or-any', site.place);
      return someNumber(true);
    case 'pop':
    case 'shift':
    case 'at':
      return join([...everyItem(array), undefinedValue]);
    case 'concat':
      return concat(m, array, site);
    case 'slice':
    case 'splice':
    case 'sort':
    case 'toSorted':
    case 'reverse':
    case 'toReversed':
      return name === 'slice' || name === 'splice' ? slice(array, site, name) : array;
    case 'flat':
      return flatten(array);
    case 'join':
      return joinText(array, site);
    case 'entries':
      return {
        kind: 'array',
        items: array.items.map((item, index) => ({ kind: 'array', items: [literal(index), item] })),
        rest: array.rest,
      };
    case 'values':
      return array;
    case 'keys':
      return {
        kind: 'array',
        items: array.items.map((_, index) => literal(index)),
        rest: array.rest ? someNumber(true) : undefined,
      };
    default:
      return undefined;
  }
}

/** A record of a list that outlives requests: its fields keep their types, but their values may be others by now. */
function widen(value: Value): Value {
  if (value.kind === 'object' && !value.cls) {
    return {
      ...value,
      props: new Map(
        [...value.props].map(([key, cell]) => [
          key,
          { value: cell.value ? widen(cell.value) : undefined, lazy: cell.lazy },
        ]),
      ),
    };
  }
  if (value.kind !== 'literal') return value;
  if (typeof value.value === 'string') return shaped(stringShape(value.place));
  if (typeof value.value === 'number') return shaped(numberShape(value.place));
  return typeof value.value === 'boolean' ? shaped(booleanShape(value.place)) : value;
}

function each(
  m: Machine,
  array: ArrayValue,
  callback: Value | undefined,
  site: CallSite,
): { items: Value[]; rest?: Value } {
  if (!callback || callback.kind === 'literal') return { items: [], rest: array.rest };
  const call = (item: Value, index: Value) =>
    m.call(callback, {
      ...site,
      args: [item, index, array],
      argPlaces: [site.place, site.place, site.place],
      open: false,
    });
  const items: Value[] = [];
  const limit = unrollLimit(m);
  for (const [index, item] of array.items.slice(0, limit).entries()) {
    items.push(call(item, literal(index)));
    m.dead = false;
  }
  let rest: Value | undefined;
  const beyond = [...array.items.slice(limit), ...(array.rest ? [array.rest] : [])];
  if (beyond.length > 0) {
    const some = join(beyond);
    m.fork([
      () => {
        m.conditional--;
        rest = call(some, someNumber(true));
        m.conditional++;
        return Flow.Next;
      },
      () => Flow.Next,
    ]);
    m.dead = false;
    rest ??= unknown('spread-or-any');
  }
  return { items, rest };
}

/** Each alternative of an item is asked for on its own, so that `filter((x) => x !== null)` takes the null away. */
function filter(m: Machine, array: ArrayValue, callback: Value | undefined, site: CallSite): ArrayValue {
  const answer = (item: Value): boolean | undefined => {
    const { rest } = each(m, { kind: 'array', items: [], rest: item }, callback, site);
    return rest && truth(rest);
  };
  const sure: Value[] = [];
  const maybe: Value[] = [];
  for (const item of array.items) {
    const answers = members(item).map((member) => ({ member, kept: answer(member) }));
    const kept = answers.filter((one) => one.kept !== false).map((one) => one.member);
    if (kept.length === 0) continue;
    if (answers.every((one) => one.kept === true)) sure.push(item);
    else maybe.push(join(kept));
  }
  if (array.rest) maybe.push(...members(array.rest).filter((member) => answer(member) !== false));
  return { ...array, items: sure, rest: maybe.length > 0 ? join(maybe) : undefined };
}

/** `some` holds as soon as one item does, `every` fails as soon as one does; the other way round all items must be known. */
function quantified(array: ArrayValue, answers: { items: Value[]; rest?: Value }, decisive: boolean): Value {
  const states = answers.items.map(truth);
  if (states.includes(decisive)) return literal(decisive);
  const complete = !array.rest && states.length === array.items.length;
  return complete && states.every((state) => state === !decisive) ? literal(!decisive) : someBoolean();
}

function isList(value: Value): boolean {
  return value.kind === 'array' || (value.kind === 'unknown' && value.shape?.kind === 'array');
}

/** What may stand in the place of an item after `flat()`. */
function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'array') return everyItem(value);
  const shape = value.kind === 'unknown' && value.shape?.kind === 'array' ? value.shape : undefined;
  return [shape ? shaped(shape.items) : value];
}

function flatten(array: ArrayValue): ArrayValue {
  const items: Value[] = [];
  const rest: Value[] = [];
  for (const item of array.items) {
    if (item.kind === 'array') {
      items.push(...item.items);
      if (item.rest) rest.push(item.rest);
    } else if (members(item).some(isList)) rest.push(...members(item).flatMap(itemsOf));
    else items.push(item);
  }
  if (array.rest) rest.push(...members(array.rest).flatMap(itemsOf));
  return { kind: 'array', items, rest: rest.length > 0 ? join(rest) : undefined, place: array.place };
}

function reduce(m: Machine, array: ArrayValue, site: CallSite): Value {
  const [callback, initial] = site.args;
  if (!callback) return unknown('spread-or-any');
  let current = initial ?? array.items[0] ?? unknown('spread-or-any');
  const items = initial ? array.items : array.items.slice(1);
  const step = (item: Value, index: number) => {
    current = m.call(callback, {
      ...site,
      args: [current, item, literal(index)],
      argPlaces: [site.place, site.place, site.place],
    });
    m.dead = false;
  };
  items.slice(0, unrollLimit(m)).forEach(step);
  const beyond = [...items.slice(unrollLimit(m)), ...(array.rest ? [array.rest] : [])];
  if (beyond.length === 0) return current;
  const rest = join(beyond);
  const before = current;
  m.fork([
    () => {
      step(rest, 0);
      return Flow.Next;
    },
    () => Flow.Next,
  ]);
  if (current.kind === 'object') current.open ??= { reason: 'spread-or-any', place: site.place };
  return current === before ? current : join([before, current]);
}

function includes(array: ArrayValue, wanted: Value | undefined, name: string): Value {
  if (name === 'indexOf') return someNumber(true);
  if (!wanted || array.rest) return someBoolean();
  const answers = array.items.map((item) => isSame(item, wanted));
  if (answers.includes(true)) return literal(true);
  return answers.includes(undefined) ? someBoolean() : literal(false);
}

/** Whether two values are one constant, or one class or function of the language; undefined when nobody knows. */
function isSame(a: Value, b: Value): boolean | undefined {
  if (a === b) return true;
  if (a.kind === 'literal' && b.kind === 'literal') return a.value === b.value;
  if (a.kind === 'class' && b.kind === 'class') return a.node === b.node;
  const told = (value: Value) => value.kind === 'literal' || value.kind === 'class' || value.kind === 'native';
  return told(a) && told(b) ? false : undefined;
}

/** A list is shared by all branches; what is added under a condition only may be there. */
function add(m: Machine, array: ArrayValue, items: readonly Value[], front: boolean): void {
  if (!m.tentative && !array.rest) {
    if (front) array.items.unshift(...items);
    else array.items.push(...items);
    return;
  }
  array.rest = join([...(array.rest ? [array.rest] : []), ...items]);
}

function concat(m: Machine, array: ArrayValue, site: CallSite): ArrayValue {
  const parts = site.args.map((argument) => (argument.kind === 'array' ? argument : undefined));
  const items = [...array.items];
  let rest = array.rest;
  for (const [index, part] of parts.entries()) {
    if (part) {
      items.push(...part.items);
      if (part.rest) rest = rest ? join([rest, part.rest]) : part.rest;
    } else if (site.args[index]!.kind === 'literal' || site.args[index]!.kind === 'object')
      items.push(site.args[index]!);
    else
      rest = rest
        ? join([rest, m.lost('spread-or-any', site.node ?? site.frame.module.source)])
        : unknown('spread-or-any');
  }
  return { kind: 'array', items, rest, place: array.place };
}

function slice(array: ArrayValue, site: CallSite, name: string): ArrayValue {
  const bounds = site.args.map((argument) =>
    argument.kind === 'literal' && typeof argument.value === 'number' ? argument.value : undefined,
  );
  if (name === 'slice' && !array.rest && bounds.every((bound) => bound !== undefined)) {
    return { ...array, items: array.items.slice(...(bounds as number[])) };
  }
  const some = everyItem(array);
  return { kind: 'array', items: [], rest: some.length > 0 ? join(some) : undefined, place: array.place };
}

function joinText(array: ArrayValue, site: CallSite): Value {
  const separator = site.args[0] ? textOf(site.args[0]) : ',';
  if (separator === undefined || array.rest) return someString();
  const parts = array.items.map((item) => (item.kind === 'literal' ? String(item.value ?? '') : undefined));
  return parts.every((part) => part !== undefined) ? literal(parts.join(separator)) : someString();
}

/** A value about which nothing at all is known, not even why. */
export const anything: Value = shaped(unknownShape());
