// Owns the question whether a value has a field: `key in value`, `Object.hasOwn(value, key)` and the older spellings of it.
// It must not know statements or frameworks.

import type { Place } from '../../../base/place.ts';
import { classMember } from './classes.ts';
import { members } from './join.ts';
import type { Machine } from './machine.ts';
import { type CallSite, literal, type Model, native, type ObjectValue, someBoolean, type Value } from './value.ts';

/** Whether `subject` has `key`. Asking a part of the request for a constant key is a read of it. */
export function contains(m: Machine, key: Value, subject: Value, place: Place): Value {
  if (subject.kind === 'input') {
    if (key.kind === 'literal') m.get(subject, String(key.value), place);
    else subject.sink.escape(subject, 'request-escapes', place);
    return someBoolean();
  }
  if (key.kind !== 'literal') return someBoolean();
  if (isList(m, subject) && !/^\d+$/.test(String(key.value))) return literal(String(key.value) in Array.prototype);
  if (subject.kind === 'object' && !subject.open && !subject.base?.length) {
    if (subject.props.has(String(key.value))) return literal(true);
    if (!subject.cls || isDeclaredWithout(m, subject, String(key.value))) return literal(false);
  }
  // A request has its parts, whether or not anything was sent in them.
  if (subject.kind === 'native') {
    const part = subject.model.get?.(m, subject, String(key.value), place);
    if (part && members(part).every((one) => one.kind === 'input')) return literal(true);
    if (part?.kind === 'literal' && part.value === undefined) return literal(false);
  }
  return someBoolean();
}

/** Whether an instance of the workspace's own classes has no such member in any of them. */
function isDeclaredWithout(m: Machine, instance: ObjectValue, key: string): boolean {
  let current: Value | undefined = instance.cls;
  for (let hops = 0; current && hops < 16; hops++) {
    if (current.kind !== 'class') return false;
    current = current.parent;
  }
  return instance.cls?.kind === 'class' && classMember(m, instance.cls, key, instance) === undefined;
}

function isList(m: Machine, value: Value): boolean {
  if (value.kind === 'union') return value.members.length > 0 && value.members.every((member) => isList(m, member));
  if (value.kind === 'unknown') return value.shape?.kind === 'array';
  return value.kind === 'array' || (value.kind === 'typed' && m.typeMembers.element(value) !== undefined);
}

/** `value.hasOwnProperty(key)`, and the same by way of the prototype: `Object.prototype.hasOwnProperty.call(value, key)`. */
export function hasOwn(m: Machine, subject: Value | undefined, key: Value | undefined, site: CallSite): Value {
  return subject && key ? contains(m, key, subject, site.place) : someBoolean();
}

const hasOwnModel: Model = {
  name: 'hasOwnProperty',
  call: () => someBoolean(),
  method: (m, _self, name, site) => (name === 'call' ? hasOwn(m, site.args[0], site.args[1], site) : undefined),
};

/** `Object.prototype`. */
export const objectPrototype: Value = native(
  {
    name: 'Object.prototype',
    get: (_m, _self, key) => (key === 'hasOwnProperty' ? native(hasOwnModel, undefined) : undefined),
  },
  undefined,
);
