// Owns `@asyncapi/problem`: classes of errors that carry problem details (RFC 9457) and give them out whole or by their names.
// It must not know a framework, nor who answers with them.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { setMember } from '../members.ts';
import {
  type CallSite,
  type ExternalValue,
  nativeFunction,
  type ObjectValue,
  objectOf,
  type PackageModel,
  someBoolean,
  someString,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';

/** `new Problem(details[, options])`. The details are the error's own from then on; a class of `ProblemMixin` completes their type. */
function makeProblem(m: Machine, cls: ExternalValue, site: CallSite): Value {
  const [given] = site.args;
  const details: ObjectValue =
    given?.kind === 'object'
      ? { ...given, props: new Map(given.props), born: m.arm }
      : { kind: 'object', props: new Map(), open: { reason: 'spread-or-any', place: site.place }, born: m.arm };
  if (cls.path[0] === 'ProblemMixin') details.props.set('type', { value: someString() });
  const made = objectOf({ problem: details, message: someString(), stack: someString() });
  return { ...made, cls, place: site.place, born: m.arm };
}

/** The members that every problem has. */
function member(m: Machine, self: Value, key: string, place: Place): Value | undefined {
  const details = () => m.get(self, 'problem', place);
  switch (key) {
    case 'get':
      return nativeFunction(key, (_machine, site) => part(m, details(), site));
    case 'set':
      return nativeFunction(key, (_machine, site) => change(m, details(), site));
    case 'toObject':
      return nativeFunction(key, (_machine, site) => plain(m, details(), site));
    case 'stringify':
      return nativeFunction(key, () => someString());
    case 'isOfType':
      return nativeFunction(key, () => someBoolean());
    case 'copy':
      return nativeFunction(key, (_machine, site) => (site.args.length === 0 ? self : unknown('spread-or-any', place)));
    default:
      return undefined;
  }
}

/** `get()` gives all details, `get('a.b')` one of them. */
function part(m: Machine, details: Value, site: CallSite): Value {
  const path = textOf(site.args[0]);
  if (path === undefined) return site.args.length === 0 ? details : unknown('spread-or-any', site.place);
  return path
    .split('.')
    .filter(Boolean)
    .reduce((value, name) => m.get(value, name, site.place), details);
}

/** `set(name, value)`, or `set({ name: value })`. */
function change(m: Machine, details: Value, site: CallSite): Value {
  const [first, second] = site.args;
  const name = textOf(first);
  if (name !== undefined) setMember(m, details, name, second ?? undefinedValue, site.place);
  else if (first?.kind === 'object' && !first.open)
    for (const [key, cell] of first.props) setMember(m, details, key, m.force(cell), site.place);
  else if (details.kind === 'object') details.open ??= { reason: 'spread-or-any', place: site.place };
  return second ?? details;
}

/** `toObject()`: the details without the stack and the cause, unless they are asked for. */
function plain(m: Machine, details: Value, site: CallSite): Value {
  if (details.kind !== 'object') return unknown('spread-or-any', site.place);
  const [options] = site.args;
  const props = new Map(details.props);
  for (const [name, option] of [
    ['stack', 'includeStack'],
    ['cause', 'includeCause'],
  ] as const) {
    const wanted = options ? truth(m.get(options, option, site.place)) : false;
    if (wanted === false) props.delete(name);
  }
  return { ...details, props, born: m.arm };
}

export const problemClassesPackage: PackageModel = {
  packages: ['@asyncapi/problem'],
  construct: (m, external, site) => makeProblem(m, external, site),
  instanceMember: (m, _cls, key, self, place) => member(m, self, key, place),
  inherited: (_m, _parent, key) => (key === 'createType' ? nativeFunction(key, () => someString()) : undefined),
  // A class that `ProblemMixin` makes extends `Problem`.
  extended: (cls) => (cls.path[0] === 'ProblemMixin' ? { ...cls, path: ['Problem'] } : undefined),
};
