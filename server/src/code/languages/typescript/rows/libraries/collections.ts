// Owns lodash, Ramda and their kin: what their functions make of objects and lists. None of them touches a request or keeps a callback.
// It must not know frameworks or rows.

import { arrayShape, objectShape, resolveShape } from '../../../../../shape/shape.ts';
import { callArrayMethod } from '../../builtins/arrays.ts';
import { everyItem, join, members } from '../../join.ts';
import { evaluateArrayItems } from '../../literals.ts';
import { elementOf } from '../../loops.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import {
  type ArrayValue,
  type CallSite,
  type ExternalValue,
  isEmpty,
  nativeFunction,
  type PackageModel,
  resultOf,
  shaped,
  someBoolean,
  someNumber,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { mapped, merged, namesIn, omitted, partAt, picked } from './fields.ts';

/** The name of a function, whichever way it was imported: `lodash/pick`, `lodash.pick`, `{ pick }`, `_.pick`. */
function functionName(external: ExternalValue): string {
  const parts = external.path.filter((part) => part !== 'default' && part !== '=');
  const last = parts.at(-1) ?? /^lodash\.(\w+)$/.exec(external.package)?.[1] ?? '';
  return last.replace(/^\//, '');
}

const listFunctions: Readonly<Record<string, string>> = {
  map: 'map',
  filter: 'filter',
  find: 'find',
  findLast: 'findLast',
  forEach: 'forEach',
  each: 'forEach',
  flatMap: 'flatMap',
  flatten: 'flat',
  some: 'some',
  every: 'every',
  reduce: 'reduce',
  concat: 'concat',
  includes: 'includes',
};

/** Functions that give a list of the same items, fewer or in another order. */
const sameItems =
  /^(uniq\w*|orderBy|sort(ed|By|With)?|compact|reverse|shuffle|take\w*|drop\w*|slice|tail|initial|difference\w*|intersection\w*|union\w*|without|reject|sampleSize|values|toArray|pull\w*|partial)$/;

const texts =
  /^(camelCase|kebabCase|snakeCase|startCase|capitalize|upperFirst|lowerFirst|lowerCase|upperCase|toLower|toUpper|trim\w*|pad\w*|truncate|escape|unescape|deburr|repeat|toString|uniqueId|join)$/;
const numbers =
  /^(size|sum\w*|mean\w*|round|floor|ceil|clamp|random|toNumber|toInteger|indexOf|findIndex|length|max|min|inc|dec|add|subtract)$/;
const questions = /^(is[A-Z]\w*|has\w*|eq|equals|startsWith|endsWith|gt|gte|lt|lte|matches)$/;

function call(m: Machine, name: string, site: CallSite): Value | undefined {
  const [first = undefinedValue, second, ...rest] = site.args;
  const others = site.args.slice(1);
  if (site.open && name !== 'merge' && name !== 'assign') return undefined;
  switch (name) {
    case 'pick': {
      const names = namesIn(m, others);
      return names ? picked(m, first, names, site) : openObject(site);
    }
    case 'omit': {
      const names = namesIn(m, others);
      return names ? omitted(m, first, names, site) : openObject(site);
    }
    case 'omitBy':
    case 'pickBy':
      return mapped(m, first, (part) => join([part, undefinedValue]), site);
    case 'mapValues':
      return mapped(m, first, (part) => iterated(m, second, part, site), site);
    case 'mapKeys':
    case 'invert':
      return openObject(site);
    case 'clone':
    case 'cloneDeep':
    case 'identity':
    case 'tap':
      return first.kind === 'object' ? merged(m, [first], site) : first;
    case 'assign':
    case 'extend':
    case 'assignIn':
      return site.open ? openObject(site) : intoFirst(m, site);
    case 'merge':
    case 'mergeWith':
    case 'defaults':
    case 'defaultsDeep':
      // Merged deeply, what either side has below a field may be there.
      return openObject(site);
    case 'get': {
      const path = textOf(second);
      if (path === undefined) return undefined;
      const part = partAt(m, first, path, site);
      const fallback = rest[0];
      return fallback && members(part).some((one) => isEmpty(one) || one.kind === 'unknown')
        ? join([part, fallback])
        : part;
    }
    case 'keyBy':
    case 'groupBy':
    case 'indexBy': {
      const item = itemOf(m, first, site);
      const shape = shapeOfValue(m, item);
      return shaped(
        objectShape([], 'allowed', site.place, { values: name === 'groupBy' ? arrayShape(shape) : shape }),
        true,
      );
    }
    case 'head':
    case 'first':
    case 'last':
    case 'nth':
    case 'sample':
    case 'maxBy':
    case 'minBy':
      return join([itemOf(m, first, site), undefinedValue]);
    default:
      return byKind(m, name, first, others, site);
  }
}

function byKind(m: Machine, name: string, first: Value, others: readonly Value[], site: CallSite): Value | undefined {
  const listed = listFunctions[name];
  if (listed && Object.hasOwn(listFunctions, name)) {
    const list = listOf(m, first, site);
    const args = others.map((argument, index) => (index === 0 ? iteratee(argument) : argument));
    return list && callArrayMethod(m, list, listed, { ...site, args, argPlaces: site.argPlaces.slice(1) });
  }
  if (sameItems.test(name)) return { kind: 'array', items: [], rest: itemOf(m, first, site), place: site.place };
  if (name === 'chunk')
    return { kind: 'array', items: [], rest: { kind: 'array', items: [], rest: itemOf(m, first, site) } };
  if (name === 'keys') return { kind: 'array', items: [], rest: someString() };
  if (texts.test(name)) return someString();
  if (numbers.test(name)) return someNumber();
  return questions.test(name) ? someBoolean() : undefined;
}

const openObject = (site: CallSite): Value => ({
  kind: 'object',
  props: new Map(),
  place: site.place,
  open: { reason: 'spread-or-any', place: site.place },
});

function intoFirst(m: Machine, site: CallSite): Value {
  const object = m.globals.cells.get('Object');
  const assign = object && m.get(m.force(object), 'assign', site.place);
  return assign ? m.call(assign, site) : openObject(site);
}

function listOf(m: Machine, value: Value, site: CallSite): ArrayValue | undefined {
  const items = evaluateArrayItems(m, value);
  if (items) return items;
  // lodash also goes through the fields of an object, of which nothing is said here.
  const known =
    value.kind === 'typed' ||
    value.kind === 'input' ||
    (value.kind === 'unknown' && resolveShape(value.shape ?? { kind: 'never' }).kind === 'array');
  return known
    ? { kind: 'array', items: [], rest: elementOf(m, value, site.node ?? site.frame.module.source) }
    : undefined;
}

function itemOf(m: Machine, value: Value, site: CallSite): Value {
  const list = listOf(m, value, site);
  if (!list) return unknown('spread-or-any', site.place);
  const items = everyItem(list);
  return items.length > 0 ? join(items) : unknown('spread-or-any', site.place);
}

/** `map(users, 'name')`: a name stands for the function that takes that field. */
function iteratee(value: Value): Value {
  const name = textOf(value);
  if (name !== undefined)
    return nativeFunction('property', (m, site) => partAt(m, site.args[0] ?? undefinedValue, name, site));
  return value.kind === 'object' || value.kind === 'array' ? nativeFunction('matches', () => someBoolean()) : value;
}

function iterated(m: Machine, fn: Value | undefined, part: Value, site: CallSite): Value {
  return fn ? m.call(iteratee(fn), { ...site, args: [part], argPlaces: [site.place], node: undefined }) : part;
}

const lodash: PackageModel = {
  packages: [
    'lodash',
    'lodash-es',
    'underscore',
    ...[
      'pick',
      'omit',
      'clonedeep',
      'get',
      'map',
      'keyby',
      'groupby',
      'uniq',
      'uniqby',
      'sortby',
      'isempty',
      'isequal',
    ].map((name) => `lodash.${name}`),
  ],
  call(m, external, site) {
    if (external.path.includes(resultOf)) return undefined;
    const name = functionName(external)
      .replace('clonedeep', 'cloneDeep')
      .replace('keyby', 'keyBy')
      .replace('groupby', 'groupBy')
      .replace('uniqby', 'uniqBy')
      .replace('sortby', 'sortBy');
    return call(m, name, site);
  },
};

/** Ramda takes the data last, and functions that lack an argument wait for it. */
const ramda: PackageModel = {
  packages: ['ramda'],
  call(m, external, site) {
    if (external.path.includes(resultOf) || site.open) return undefined;
    const name = functionName(external);
    const [first, second] = site.args;
    const run = (data: Value, inner: CallSite) =>
      call(m, name, { ...inner, args: first ? [data, first] : [data], argPlaces: [inner.place, inner.place] });
    if (!/^(pick|omit|map|filter|find|reject|sortBy|uniqBy|groupBy|indexBy|some|every|forEach)$/.test(name))
      return undefined;
    if (second) return run(second, site);
    return nativeFunction(name, (_m, inner) => run(inner.args[0] ?? undefinedValue, inner));
  },
};

/** How deep objects are merged; data of this kind is a few levels deep. */
const deepest = 8;

/** Merges as `deepmerge` does: objects field by field, lists one behind the other, of anything else the second. */
function mergedDeeply(m: Machine, first: Value, second: Value, site: CallSite, depth = 0): Value {
  if (first.kind === 'array' && second.kind === 'array') {
    const rests = [first.rest, ...(first.rest ? second.items : []), second.rest].filter((rest) => rest !== undefined);
    const items = first.rest ? first.items : [...first.items, ...second.items];
    return { kind: 'array', items, rest: rests.length > 0 ? join(rests) : undefined, place: site.place };
  }
  if (first.kind !== 'object' || second.kind !== 'object')
    return second.kind === 'object' ? second : either(first, second);
  if (depth >= deepest) return openObject(site);
  const result = merged(m, [first, second], site);
  if (result.kind !== 'object') return result;
  for (const [name, cell] of second.props) {
    const own = first.props.get(name);
    if (own) result.props.set(name, { value: mergedDeeply(m, m.force(own), m.force(cell), site, depth + 1) });
  }
  return result;
}

/** What nobody knows may be an object that leaves fields of the first as they are. */
const either = (first: Value, second: Value): Value =>
  second.kind === 'unknown' || second.kind === 'typed' || second.kind === 'union' ? join([first, second]) : second;

const deepmerge: PackageModel = {
  packages: ['deepmerge'],
  call(m, external, site) {
    if (external.path.includes(resultOf) || site.open) return undefined;
    const [first, second, options] = site.args;
    const all = external.path.at(-1) === 'all';
    if (all ? second : options) {
      // Lists may be merged in a way of their own; which objects are merged is the same for plain ones.
      const own = all ? second : options;
      if (own?.kind !== 'object' || own.open || own.props.has('arrayMerge') || own.props.has('customMerge'))
        return openObject(site);
    }
    const parts = all ? first && evaluateArrayItems(m, first) : { items: [first, second], rest: undefined };
    if (!parts || parts.rest) return openObject(site);
    const [head, ...others] = parts.items.map((part) => part ?? undefinedValue);
    return others.reduce((left, right) => mergedDeeply(m, left, right, site), head ?? undefinedValue);
  },
};

export const collectionPackages: readonly PackageModel[] = [lodash, ramda, deepmerge];
