// Owns the language's global names: constructors, namespaces and functions that real handlers use.
// It must not know frameworks or packages.

import type { Place } from '../../../../base/place.ts';
import { arrayShape, numberShape, stringShape, unknownShape } from '../../../../shape/shape.ts';
import { objectPrototype } from '../containment.ts';
import { errorClass } from '../error-class.ts';
import { join, members } from '../join.ts';
import { evaluateArrayItems } from '../literals.ts';
import type { Machine } from '../machine.ts';
import { dataOf } from '../packages/data-files.ts';
import { settled } from '../settle.ts';
import { callUnknown } from '../unknown-calls.ts';
import {
  type ArrayValue,
  type CallSite,
  literal,
  type Model,
  native,
  nativeFunction,
  numberOf,
  shaped,
  someBoolean,
  someNumber,
  someString,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { webGlobals } from '../web/globals.ts';
import { collection } from './collections.ts';
import { type Functions, objectFunctions } from './objects.ts';

/** The global names with their values. */
export function globals(): Iterable<[string, Value]> {
  return Object.entries({
    ...errors(),
    Object: space('Object', objectFunctions, (m, site) => site.args[0] ?? callUnknown(m, site), undefined, {
      prototype: objectPrototype,
    }),
    Array: space('Array', arrayFunctions, () => ({ kind: 'array', items: [], rest: unknown('spread-or-any') })),
    JSON: space('JSON', jsonFunctions),
    Number: space('Number', numberFunctions, convertNumber),
    String: space('String', { raw: () => someString() }, convertText),
    Boolean: space('Boolean', {}, (_m, site) => convertTruth(site.args[0])),
    BigInt: space('BigInt', {}, (_m, site) =>
      convert(site, shaped(unknownShape('custom-serializer', site.place)), true),
    ),
    Math: space('Math', new Proxy({}, { get: () => () => someNumber(), has: () => true }) as Functions),
    Date: space('Date', { now: () => someNumber(true), parse: () => someNumber(true) }, () => someString(), dateValue),
    Promise: space('Promise', promiseFunctions, undefined, newPromise),
    Map: space('Map', {}, undefined, (m, site) => collection(m, 'map', site)),
    Set: space('Set', {}, undefined, (m, site) => collection(m, 'set', site)),
    WeakMap: space('WeakMap', {}, undefined, (m, site) => collection(m, 'map', site)),
    ...webGlobals,
    RegExp: space(
      'RegExp',
      {},
      () => unknown('spread-or-any'),
      (_m, site) => unknown('spread-or-any', site.place),
    ),
    Buffer: space('Buffer', {}, undefined),
    // A client of other services: what comes back from it is known by where it comes from.
    fetch: { kind: 'external', package: ':fetch', path: [] },
    parseInt: nativeFunction('parseInt', (_m, site) => convert(site, someNumber(true), true)),
    parseFloat: nativeFunction('parseFloat', (_m, site) => convert(site, someNumber())),
    isNaN: nativeFunction('isNaN', () => someBoolean()),
    isFinite: nativeFunction('isFinite', () => someBoolean()),
    encodeURIComponent: nativeFunction('encodeURIComponent', () => someString()),
    decodeURIComponent: nativeFunction('decodeURIComponent', (_m, site) => site.args[0] ?? someString()),
    setTimeout: nativeFunction('setTimeout', later),
    setInterval: nativeFunction('setInterval', later),
    setImmediate: nativeFunction('setImmediate', later),
    queueMicrotask: nativeFunction('queueMicrotask', later),
    structuredClone: nativeFunction('structuredClone', (_m, site) => site.args[0]),
    process: processObject(),
    console: space('console', new Proxy({}, { get: () => () => undefinedValue, has: () => true }) as Functions),
    NaN: literal(Number.NaN),
    Infinity: literal(Number.POSITIVE_INFINITY),
  });
}

function errors(): Record<string, Value> {
  const names = [
    'Error',
    'TypeError',
    'RangeError',
    'SyntaxError',
    'ReferenceError',
    'EvalError',
    'URIError',
    'AggregateError',
  ];
  return Object.fromEntries(names.map((name) => [name, errorClass(name)]));
}

function space(
  name: string,
  functions: Functions,
  call?: (m: Machine, site: CallSite) => Value | undefined,
  construct?: (m: Machine, site: CallSite) => Value | undefined,
  constants: Readonly<Record<string, Value>> = {},
): Value {
  const model: Model = {
    name,
    method: (m, _self, key, site) => functionOf(functions, key)?.(m, site),
    ...(call ? { call: (m, _self, site) => call(m, site) } : {}),
    ...(construct ? { construct: (m, _self, site) => construct(m, site) } : {}),
    get: (_m, _self, key) => {
      const found = functionOf(functions, key);
      return found ? nativeFunction(key, found) : Object.hasOwn(constants, key) ? constants[key] : undefined;
    },
  };
  return native(model, undefined);
}

/** A table's own entry: names that every object inherits (`Object.hasOwnProperty`) are none. */
function functionOf(functions: Functions, key: string): Functions[string] | undefined {
  return Object.hasOwn(Object.prototype, key) ? undefined : functions[key];
}

const arrayFunctions: Functions = {
  isArray: (_m, site) => {
    const [value] = site.args;
    if (value?.kind === 'array') return literal(true);
    if (value?.kind === 'literal' || value?.kind === 'object' || value?.kind === 'template') return literal(false);
    return someBoolean();
  },
  from: (m, site) => {
    const items = site.args[0] ? evaluateArrayItems(m, site.args[0]) : undefined;
    const list: ArrayValue = items ? { ...items } : { kind: 'array', items: [], rest: unknown('spread-or-any') };
    const callback = site.args[1];
    if (!callback) return list;
    const call = (item: Value) =>
      m.call(callback, { ...site, args: [item, someNumber(true)], argPlaces: [site.place, site.place] });
    return { kind: 'array', items: list.items.map(call), rest: list.rest ? call(list.rest) : undefined };
  },
  of: (_m, site) => ({ kind: 'array', items: [...site.args] }),
};

const jsonFunctions: Functions = {
  parse: (m, site) => {
    const [value] = site.args;
    return value?.kind === 'native' && value.model.name === 'json-text'
      ? (value.data as Value)
      : ((value && dataOf(m, value, 'json')) ?? unknown('spread-or-any', site.place));
  },
  stringify: (_m, site) => jsonOf(site.args[0] ?? undefinedValue, site.place),
};

/** The text that a value's JSON is. */
export function jsonOf(value: Value, place: Place): Value {
  return native(jsonText, value, place);
}

/** A text that is the JSON of a known value, so that `JSON.parse(JSON.stringify(x))` and `send(JSON.stringify(x))` keep it. */
const jsonText: Model = {
  name: 'json-text',
  shape: () => stringShape(),
  method: () => undefined,
  holds: (self) => [self.data as Value],
};

const numberFunctions: Functions = {
  parseInt: (_m, site) => convert(site, someNumber(true), true),
  parseFloat: (_m, site) => convert(site, someNumber()),
  isInteger: () => someBoolean(),
  isNaN: () => someBoolean(),
  isFinite: () => someBoolean(),
  isSafeInteger: () => someBoolean(),
};

function convertNumber(_m: Machine, site: CallSite): Value {
  const constant = numberOf(site.args[0]);
  return constant === undefined ? convert(site, someNumber()) : literal(constant);
}

function convertTruth(value: Value | undefined): Value {
  const state = value ? truth(value) : false;
  return state === undefined ? someBoolean() : literal(state);
}

function convertText(_m: Machine, site: CallSite): Value {
  const [value] = site.args;
  if (value?.kind === 'literal') return literal(String(value.value));
  return value?.kind === 'template' ? value : someString();
}

/** A conversion tells an input which type the code makes of it. */
function convert(site: CallSite, result: Value, integer = false): Value {
  const [value] = site.args;
  for (const member of value?.kind === 'union' ? value.members : value ? [value] : []) {
    if (member.kind === 'input') member.sink.convert(member, numberShape(undefined, { integer }), site.place);
  }
  return result;
}

function dateValue(_m: Machine, site: CallSite): Value {
  return native(date, undefined, site.place);
}

const date: Model = {
  name: 'Date',
  stable: true,
  shape: (_m) => stringShape(undefined, { format: 'date-time' }),
  method: (_m, _self, key, site) => {
    if (key === 'toISOString' || key === 'toJSON') return shaped(stringShape(site.place, { format: 'date-time' }));
    if (key.startsWith('get') || key === 'valueOf') return someNumber(true);
    if (key.startsWith('set')) return someNumber(true);
    if (key.startsWith('to')) return someString();
    return undefined;
  },
};

const promiseFunctions: Functions = {
  resolve: (_m, site) => site.args[0] ?? undefinedValue,
  reject: (m, site) => {
    for (const value of members(site.args[0] ?? undefinedValue)) m.throwValue(value, site.argPlaces[0] ?? site.place);
    return undefinedValue;
  },
  all: (m, site) => settledItems(m, site.args[0]),
  race: (_m, site) =>
    site.args[0]?.kind === 'array' ? join(site.args[0].items) : unknown('spread-or-any', site.place),
  any: (_m, site) => (site.args[0]?.kind === 'array' ? join(site.args[0].items) : unknown('spread-or-any', site.place)),
  allSettled: (_m, site) => shaped(arrayShape(unknownShape(), site.place)),
};

/** Each item as it is once it has been awaited. */
function settledItems(m: Machine, list: Value | undefined): Value | undefined {
  if (list?.kind !== 'array') return list;
  return { ...list, items: list.items.map((item) => settled(m, item)), rest: list.rest && settled(m, list.rest) };
}

/** What a timer runs may answer, but it throws to nobody: whoever set the timer has gone on (Node.js, "Timers"). */
const later = (m: Machine, site: CallSite): Value => m.catching(() => callUnknown(m, site)).result;

function newPromise(m: Machine, site: CallSite): Value {
  const [executor] = site.args;
  if (executor?.kind !== 'function') return callUnknown(m, site);
  // A promise is rejected for those who wait for it, whoever calls `reject`, and when.
  const { thrown } = m;
  const resolved: Value[] = [];
  const resolve = nativeFunction('resolve', (_machine, inner) => {
    resolved.push(inner.args[0] ?? undefinedValue);
    return undefinedValue;
  });
  const reject = nativeFunction('reject', (machine, inner) => {
    for (const value of members(inner.args[0] ?? undefinedValue))
      thrown.push({ value, place: inner.argPlaces[0] ?? inner.place, via: [...machine.steps], absent: [] });
    return undefinedValue;
  });
  m.call(executor, { ...site, args: [resolve, reject], argPlaces: [site.place, site.place] });
  return resolved.length > 0 ? join(resolved) : unknown('spread-or-any', site.place);
}

function processObject(): Value {
  const env = native(
    {
      name: 'environment',
      get: (_m, _self, _key, place) => ({ ...unknown('environment-dependent', place), shape: undefined }),
    },
    undefined,
  );
  return native(
    {
      name: 'process',
      get: (_m, _self, key) => (key === 'env' ? env : undefined),
      method: (m, _self, key, site) => {
        if (key === 'cwd') return literal(m.files.roots[0] ?? '');
        if (key === 'exit') m.dead = true;
        if (key === 'nextTick') return later(m, site);
        return callUnknown(m, site);
      },
    },
    undefined,
  );
}
