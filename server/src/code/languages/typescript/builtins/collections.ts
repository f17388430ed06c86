// Owns `Map` and `Set` as far as registries and caches in real code need them.
// It must not know frameworks.

import { objectShape } from '../../../../shape/shape.ts';
import { join } from '../join.ts';
import { evaluateArrayItems } from '../literals.ts';
import type { Machine } from '../machine.ts';
import { typedValue } from '../typed-values.ts';
import {
  type ArrayValue,
  type CallSite,
  type Model,
  type NativeValue,
  native,
  someBoolean,
  someNumber,
  someString,
  type TypeReference,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** One key with its value; `many` when it stands for any number of them, or for one that may not be there. */
interface Entry {
  readonly key: Value;
  value: Value;
  many: boolean;
}

interface Collection {
  readonly kind: 'map' | 'set';
  readonly entries: Entry[];
  /** The branch in which it was made: what other branches put there may not be there. */
  readonly born: number;
  open: boolean;
  /** Made when a module was loaded: when a request comes, others may have changed it. */
  readonly shared: boolean;
  /** What its type arguments say of a value. */
  readonly type?: TypeReference;
}

/** `new Map(entries)` or `new Set(items)`. */
export function collection(m: Machine, kind: 'map' | 'set', site: CallSite): Value {
  const [source] = site.args;
  const items = source ? evaluateArrayItems(m, source) : undefined;
  const argument = site.node?.typeArguments?.at(-1);
  const data: Collection = {
    kind,
    shared: !m.summarising,
    type: argument ? { node: argument, frame: site.frame } : undefined,
    entries: [],
    born: m.arm,
    open: !!source && source.kind !== 'literal' && (!items || !!items.rest),
  };
  for (const item of items?.items ?? []) {
    if (kind === 'set') data.entries.push({ key: item, value: item, many: false });
    else if (item.kind === 'array')
      data.entries.push({ key: item.items[0] ?? undefinedValue, value: item.items[1] ?? undefinedValue, many: false });
    else data.open = true;
  }
  return native(model, data, site.place);
}

/** The items that iterating a collection gives. */
export function collectionItems(m: Machine, value: NativeValue): ArrayValue {
  const data = value.data as Collection;
  if (m.summarising && data.shared) return { kind: 'array', items: [], rest: held(m, data, undefined) };
  return listOf(data, ({ key, value: held }) => (data.kind === 'set' ? held : { kind: 'array', items: [key, held] }));
}

/** What stands for each entry, as a list: what is there for certain one by one, and any number of the others. */
function listOf(data: Collection, part: (entry: Entry) => Value): ArrayValue {
  const rest = data.entries.filter(({ many }) => many).map(part);
  if (data.open) rest.push(unknown('spread-or-any'));
  return {
    kind: 'array',
    items: data.entries.filter(({ many }) => !many).map(part),
    rest: rest.length > 0 ? join(rest) : undefined,
  };
}

const model: Model = {
  // Neither a map nor a set has fields of its own that are enumerable.
  shape: (_m, self) => objectShape([], 'none', self.place),
  name: 'collection',
  holds: (self) => (self.data as Collection).entries.flatMap(({ key, value }) => [key, value]),
  get: (m, self, key) => {
    const data = self.data as Collection;
    if (key !== 'size') return undefined;
    if (data.open || stale(m, data) || data.entries.some(({ many }) => many)) return someNumber(true);
    return { kind: 'literal', value: data.entries.length };
  },
  method: (m, self, key, site) => {
    const data = self.data as Collection;
    const [first, second] = site.args;
    switch (key) {
      case 'set':
        // A cache that handlers fill is not what the next request finds in it.
        if (stale(m, data)) return self;
        put(m, data, first ?? undefinedValue, second ?? undefinedValue);
        return self;
      case 'add':
        if (stale(m, data)) return self;
        put(m, data, first ?? undefinedValue, first ?? undefinedValue);
        return self;
      case 'get':
        return stale(m, data) ? join([held(m, data, first), undefinedValue]) : lookUp(data, first);
      case 'has':
        return someBoolean();
      case 'keys':
        return listOf(data, ({ key }) => key);
      case 'values':
        if (stale(m, data)) return { kind: 'array', items: [], rest: held(m, data, undefined) };
        return listOf(data, ({ value }) => value);
      case 'entries':
        if (stale(m, data))
          return { kind: 'array', items: [], rest: { kind: 'array', items: [someString(), held(m, data, undefined)] } };
        return collectionItems(m, self);
      case 'delete':
      case 'clear':
        for (const entry of data.entries) entry.many = true;
        return key === 'delete' ? someBoolean() : undefinedValue;
      case 'forEach': {
        if (!first) return undefinedValue;
        for (const entry of data.entries)
          m.call(first, { ...site, args: [entry.value, entry.key], argPlaces: [site.place, site.place] });
        return undefinedValue;
      }
      default:
        return undefined;
    }
  },
};

/** Whether requests may have changed a collection since it was made. */
function stale(m: Machine, data: Collection): boolean {
  return m.summarising && data.shared;
}

/** What a shared collection may hold under a key: constants that it was made with, else what its type says. */
function held(m: Machine, data: Collection, key: Value | undefined): Value {
  const constants = data.entries.map((entry) => entry.value);
  if (
    constants.length > 0 &&
    constants.every((value) => value.kind === 'literal' || value.kind === 'function' || value.kind === 'class')
  )
    return lookUp(data, key);
  return (data.type && typedValue(m, data.type)) ?? unknown('spread-or-any');
}

/** One entry for each constant key and one for all others, so that a cache that handlers fill stays small. */
function put(m: Machine, data: Collection, key: Value, value: Value): void {
  const constant = key.kind === 'literal';
  const sure = constant && m.arm === data.born;
  const same = data.entries.find((entry) =>
    constant
      ? entry.key.kind === 'literal' && entry.key.value === key.value
      : data.kind === 'map' && entry.key.kind !== 'literal',
  );
  if (same) {
    same.value = sure ? value : join([same.value, value]);
    if (sure) same.many = false;
  } else if (data.entries.length < entryLimit) data.entries.push({ key, value, many: !sure });
  else data.open = true;
}

const entryLimit = 500;

function lookUp(data: Collection, key: Value | undefined): Value {
  if (key?.kind === 'literal') {
    const found = data.entries.filter((entry) => entry.key.kind === 'literal' && entry.key.value === key.value).at(-1);
    if (found) return found.many ? join([found.value, undefinedValue]) : found.value;
    if (!data.open && data.entries.every((entry) => entry.key.kind === 'literal')) return undefinedValue;
  }
  if (data.entries.length === 0) return unknown('spread-or-any');
  return join([
    ...data.entries.map((entry) => entry.value),
    ...(data.open ? [unknown('spread-or-any')] : []),
    undefinedValue,
  ]);
}
