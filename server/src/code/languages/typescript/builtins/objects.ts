// Owns the functions of `Object`: what they make of the fields of a value, and what they take of one that is not known by name.
// It must not know frameworks or packages.

import { hasOwn } from '../containment.ts';
import { members } from '../join.ts';
import { spreadInto } from '../literals.ts';
import type { Machine } from '../machine.ts';
import { instanceTarget, setMember } from '../members.ts';
import { escapeValue } from '../unknown-calls.ts';
import {
  type CallSite,
  literal,
  type ObjectValue,
  someBoolean,
  someString,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** Functions of a namespace of the language, by name. */
export type Functions = Record<string, (m: Machine, site: CallSite) => Value | undefined>;

/** `Object.keys`, `Object.assign` and their like. */
export const objectFunctions: Functions = {
  keys: (m, site) => entries(m, site, (key) => literal(key)),
  values: (m, site) => entries(m, site, (_key, value) => value),
  entries: (m, site) => entries(m, site, (key, value) => ({ kind: 'array', items: [literal(key), value] })),
  assign: (m, site) => assignAll(m, site),
  freeze: (_m, site) => site.args[0],
  seal: (_m, site) => site.args[0],
  create: () => ({ kind: 'object', props: new Map() }),
  fromEntries: (m, site) => fromEntries(m, site),
  hasOwn: (m, site) => hasOwn(m, site.args[0], site.args[1], site),
  setPrototypeOf: (_m, site) => site.args[0],
  defineProperty: (m, site) => {
    const [target, key, descriptor] = site.args;
    const name = textOf(key);
    const getter = descriptor?.kind === 'object' ? descriptor.props.get('get')?.value : undefined;
    if (target && name !== undefined && getter) defineGetter(m, target, name, getter, site);
    else if (target && name !== undefined && descriptor)
      setMember(m, target, name, m.get(descriptor, 'value', site.place), site.place);
    return target;
  },
  is: () => someBoolean(),
  isFrozen: () => someBoolean(),
  isSealed: () => someBoolean(),
  preventExtensions: (_m, site) => site.args[0],
  getOwnPropertyNames: (m, site) => entries(m, site, (key) => literal(key)),
  // A description of a field says how it is defined and takes nothing out of it.
  getOwnPropertyDescriptor: (_m, site) => unknown('spread-or-any', site.place),
  getOwnPropertyDescriptors: (_m, site) => unknown('spread-or-any', site.place),
  getPrototypeOf: (_m, site) => unknown('spread-or-any', site.place),
};

/** A field that asks a function whenever it is read: what it gives first stands for what it gives. */
function defineGetter(m: Machine, target: Value, name: string, getter: Value, site: CallSite): void {
  const call: CallSite = { ...site, args: [], argPlaces: [], node: undefined };
  instanceTarget(target)?.set(name, { value: undefined, lazy: () => m.apart(() => m.call(getter, call, target)) });
}

function entries(m: Machine, site: CallSite, make: (key: string, value: Value) => Value): Value {
  const [subject] = site.args;
  if (subject?.kind === 'object' && !subject.open && !subject.base?.length) {
    return { kind: 'array', items: [...subject.props].map(([key, cell]) => make(key, m.force(cell))) };
  }
  if (subject?.kind === 'native' && subject.model.name === 'exports') {
    return { kind: 'array', items: [...subject.props].map(([key, cell]) => make(key, m.force(cell))) };
  }
  if (subject?.kind === 'class')
    return { kind: 'array', items: [...subject.statics].map(([key, cell]) => make(key, m.force(cell))) };
  if (subject?.kind === 'namespace') {
    const { module } = subject;
    return {
      kind: 'array',
      items: [...module.exports.keys()].map((key) => make(key, m.modules.exportOf(module, key))),
    };
  }
  const subjects = subject ? members(subject) : [];
  for (const one of subjects) {
    if (one.kind === 'input') one.sink.escape(one, 'request-escapes', site.place, true);
    else escapeValue(m, one, site.place, 0);
  }
  const part = make('', unknown('spread-or-any'));
  const key: Value = subjects.some((one) => one.kind === 'input') ? { ...someString(), anyKey: true } : someString();
  const rest: Value =
    part.kind === 'array'
      ? { kind: 'array', items: [key, unknown('spread-or-any')] }
      : part.kind === 'literal'
        ? key
        : part;
  // What a package made has fields, though they are not known by name.
  const some = subject?.kind === 'native' && subject.model.name !== 'collection' ? [rest] : [];
  return { kind: 'array', items: some, rest };
}

function assignAll(m: Machine, site: CallSite): Value | undefined {
  const [target, ...sources] = site.args;
  if (!target) return undefined;
  if (target.kind === 'object') {
    for (const source of sources) spreadInto(m, target, source, site.node ?? site.frame.module.source);
    // A spread list of sources may bring any field.
    if (site.open) target.open ??= { reason: 'spread-or-any', place: site.place };
    return target;
  }
  for (const source of sources.flatMap(members)) {
    // What takes all that the request brought may use any of it.
    if (source.kind === 'input' && target.kind !== 'input') source.sink.escape(source, 'request-escapes', site.place);
    if (source.kind !== 'object') continue;
    for (const [key, cell] of source.props) setMember(m, target, key, m.force(cell), site.place);
  }
  return target;
}

function fromEntries(m: Machine, site: CallSite): Value {
  const [list] = site.args;
  // What has entries of its own (a query, headers, a form) says what they are as an object.
  const record = list?.kind === 'native' ? list.model.method?.(m, list, '[record]', site) : undefined;
  if (record) return record;
  const object: ObjectValue = { kind: 'object', props: new Map(), place: site.place };
  if (list?.kind !== 'array' || list.rest) return { ...object, open: { reason: 'spread-or-any', place: site.place } };
  for (const item of list.items) {
    const key = item.kind === 'array' ? textOf(item.items[0]) : undefined;
    if (key === undefined || item.kind !== 'array') object.open ??= { reason: 'spread-or-any', place: site.place };
    else object.props.set(key, { value: item.items[1] ?? undefinedValue });
  }
  return object;
}
