// Owns reading and writing members of values.
// It must not know frameworks; natives and packages answer through their models.

import type { Place } from '../../../base/place.ts';
import { numberShape } from '../../../shape/shape.ts';
import { abstractInstance, classMember } from './classes.ts';
import { hasOwn } from './containment.ts';
import { partKey } from './input-sink.ts';
import { joinParts, members } from './join.ts';
import type { Machine } from './machine.ts';
import { isFinal, isOutdated } from './outdated.ts';
import { fieldValue } from './type-answers.ts';
import { callUnknown } from './unknown-calls.ts';
import { lacksStatus } from './unseen.ts';
import {
  type ArrayValue,
  type Cell,
  type ClassValue,
  type InputValue,
  isEmpty,
  literal,
  nativeFunction,
  type ObjectValue,
  type UnknownValue,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';

/** The value of `value.key`. */
export function getMember(m: Machine, value: Value, key: string, place: Place): Value {
  switch (value.kind) {
    case 'union': {
      const present = value.members.filter((member) => !isEmpty(member));
      // Parts of parts vary together with what those are parts of.
      if (value.parts && present.length === value.members.length)
        return joinParts(
          value.parts.of,
          value.parts.values.map((part) => getMember(m, part, key, place)),
        );
      return present.length === 0
        ? undefinedValue
        : joinParts(
            value,
            present.map((member) => getMember(m, member, key, place)),
          );
    }
    case 'object':
      return objectMember(m, value, key, place);
    case 'array':
      if (key === 'length') return lengthOf(value);
      if (/^\d+$/.test(key)) return value.items[Number(key)] ?? value.rest ?? undefinedValue;
      return unknown('spread-or-any', place);
    case 'function': {
      const own = value.props?.get(key);
      if (own) return m.force(own);
      if (key === 'name') return unknown('spread-or-any', place);
      return undefinedValue;
    }
    case 'class':
      return staticMember(m, value, key, place);
    case 'external':
      // Compilers ask modules for it, and what they make of one that says so is what an import of it means.
      if (key === '__esModule') return literal(true);
      return m.modules.external({
        kind: 'external',
        package: value.package,
        path: [...value.path, key],
        place,
        asks: value.asks,
        installed: value.installed?.member(key),
      });
    case 'namespace':
      return m.modules.exportOf(value.module, key);
    case 'input':
      return inputMember(value, key, place);
    case 'native':
      return nativeMember(m, value, key, place);
    case 'typed':
      return m.typeMembers.member(value, key) ?? unknown('spread-or-any', place);
    case 'literal':
      if (typeof value.value === 'string' && key === 'length') return literal(value.value.length);
      if (value.value === null || value.value === undefined) return undefinedValue;
      return hasMember(value.value, key) ? unknown('spread-or-any', place) : undefinedValue;
    case 'template':
      return hasMember('', key) ? unknown('spread-or-any', place) : undefinedValue;
    case 'unknown':
      if (value.shape?.kind === 'object') {
        const field = value.shape.fields.get(key);
        if (field) return fieldValue(field) ?? { kind: 'unknown', reason: value.reason, shape: field.shape, place };
      }
      if (value.instanceOf) return ofClass(m, value, value.instanceOf, key, place);
      if (lacksStatus(m, value, key, place)) return undefinedValue;
      return {
        ...{ kind: 'unknown', reason: value.reason, place: value.place ?? place, asks: value.asks },
        ...(value.given ? { given: true } : {}),
        ...((value.caught || value.ofUnseen) && (key === 'status' || key === 'statusCode') ? { ofUnseen: true } : {}),
      };
    default:
      return unknown('spread-or-any', place);
  }
}

/** A field of a value of which only the class is known. What its class cannot tell is as unknown as the value. */
/** How many items a list has: at least those that are known one by one. */
function lengthOf({ items, rest }: ArrayValue): Value {
  if (!rest) return literal(items.length);
  if (items.length === 0) return unknown('spread-or-any');
  return { ...unknown('spread-or-any'), shape: { ...numberShape(), integer: true, minimum: items.length } };
}

function ofClass(m: Machine, value: UnknownValue, cls: ClassValue, key: string, place: Place): Value {
  const found = getMember(m, abstractInstance(m, cls), key, place);
  const missing = found.kind === 'literal' && found.value === undefined;
  return missing ? { kind: 'unknown', reason: value.reason, place: value.place ?? place, asks: value.asks } : found;
}

/** Whether the language gives a plain value such a member, by its prototype. */
function hasMember(value: string | number | bigint | boolean, key: string): boolean {
  return key in Object(value);
}

function objectMember(m: Machine, value: ObjectValue, key: string, place: Place): Value {
  const cell = value.props.get(key);
  if (cell) {
    const held = m.force(cell);
    if (cell.sources) for (const file of cell.sources) m.touched.add(file);
    if (m.summarising && isOutdated(cell, held)) return unknown('dependency-injection', place);
    // A field of an object that outlives requests and starts empty has been filled by the time of one.
    return m.summarising && value.born === 0 && isEmpty(held) && !isFinal(value, key)
      ? { ...unknown('dependency-injection', place), cached: true }
      : held;
  }
  if (value.cls?.kind === 'class') {
    if (key === 'constructor') return value.cls;
    const member = classMember(m, value.cls, key, value);
    if (member) return member;
  }
  if (value.cls?.kind === 'external') {
    const member = m.model(value.cls.package)?.instanceMember?.(m, value.cls, key, value, place);
    if (member) return member;
  }
  if (value.base) {
    for (const part of [...value.base].reverse()) {
      const inherited = getMember(m, part, key, place);
      if (inherited.kind !== 'unknown' || inherited.shape) return inherited;
    }
    if (value.base.length > 0) return unknown('spread-or-any', place);
  }
  const name = value.names?.get(key);
  if (name) return name;
  if (value.open) return unknown(value.open.reason, value.open.place ?? place);
  if (key === 'hasOwnProperty')
    return nativeFunction(key, (machine, site) => hasOwn(machine, value, site.args[0], site));
  return undefinedValue;
}

function staticMember(m: Machine, value: Value & { kind: 'class' }, key: string, place: Place): Value {
  if (!value.statics.has(key)) {
    // Every class has these of its own (ECMAScript, 15.7.14 ClassDefinitionEvaluation).
    const { name } = value.node;
    if (key === 'name') return name ? literal(name.text) : unknown('spread-or-any', place);
    if (key === 'prototype') return unknown('spread-or-any', place);
  }
  for (let current: Value | undefined = value, hops = 0; current && hops < 16; hops++) {
    if (current.kind !== 'class') {
      const model = current.kind === 'external' ? m.model(current.package) : undefined;
      const inherited = current.kind === 'external' ? model?.inherited?.(m, current, key, value, place) : undefined;
      return inherited ?? getMember(m, current, key, place);
    }
    const cell: Cell | undefined = current.statics.get(key);
    if (cell) {
      const held = m.force(cell);
      return m.summarising && isEmpty(held) ? unknown('dependency-injection', place) : held;
    }
    current = current.parent;
  }
  return undefinedValue;
}

/** The part of an input by this name; undefined where nothing nests. */
function partOf(value: InputValue, key: string, place: Place): InputValue | undefined {
  const name = value.in === 'header' ? key.toLowerCase() : key;
  // Query, path and header values are texts; only bodies nest.
  const nested = value.name !== '' && value.in !== 'body' && value.in !== 'form';
  if (nested) return undefined;
  const index = /^\d+$/.test(key) && value.name !== '';
  const path = index ? `${value.name}[]` : value.name === '' ? name : `${value.name}.${name}`;
  const asked: InputValue = { ...value, name: path, place };
  return value.sink.relocate?.(asked) ?? asked;
}

function inputMember(value: InputValue, key: string, place: Place): Value {
  if (key === 'length') return unknown('spread-or-any', place);
  const part = partOf(value, key, place);
  if (!part) return unknown('spread-or-any', place);
  // What the code itself has put there is no longer what the request brought.
  const written = part.sink.written?.get(partKey(part))?.value;
  if (written && !members(written).some((one) => one.kind === 'input')) return written;
  if (part.sink.lacks?.(part)) return written ?? undefinedValue;
  value.sink.read(part, place);
  return written ?? part;
}

/** `req.body.userId = user.id`: from here on the part is what was put there. */
function writeInput(m: Machine, base: InputValue, key: string, value: Value, place: Place): void {
  const part = partOf(base, key, place);
  const written = part?.sink.written;
  if (!part || !written) return;
  // A branch that does not write it leaves what the request brought.
  const cell = written.get(partKey(part)) ?? { value: part };
  written.set(partKey(part), cell);
  m.write(cell, value);
}

function nativeMember(m: Machine, value: Value & { kind: 'native' }, key: string, place: Place): Value {
  const own = value.props.get(key);
  if (own && isWritten(own)) return m.force(own);
  const answer = value.model.get?.(m, value, key, place);
  if (answer) return answer;
  const { method } = value.model;
  if (method)
    return nativeFunction(
      key,
      (machine, site) => method(machine, value, key, site) ?? callUnknown(machine, site, value),
    );
  return unknown('spread-or-any', place);
}

/** Whether a cell holds something: undoing a branch may leave an empty one behind. */
export function isWritten(cell: Cell): boolean {
  return cell.value !== undefined || cell.lazy !== undefined;
}

/** The fields of a value that can be written, or undefined. */
export function instanceTarget(value: Value): Map<string, Cell> | undefined {
  if (value.kind === 'object' || value.kind === 'native') return value.props;
  if (value.kind === 'function') return value.props;
  if (value.kind === 'class') return value.statics;
  return undefined;
}

/** `base.key = value`. */
export function setMember(m: Machine, base: Value, key: string, value: Value, place: Place): void {
  if (base.kind === 'union') {
    for (const member of base.members) setMember(m, member, key, value, place);
    return;
  }
  if (base.kind === 'input') {
    writeInput(m, base, key, value, place);
    return;
  }
  if (base.kind === 'native') {
    if (base.model.set?.(m, base, key, value, place)) return;
    if (base.model.name === 'module' && key === 'exports') {
      m.write(base.props.get('exports')!, value);
      return;
    }
  }
  const target = instanceTarget(base);
  if (!target) return;
  const cell = target.get(key);
  if (cell) m.write(cell, value);
  else {
    // A branch that does not write it leaves a framework's object as its model has it.
    const before = base.kind === 'native' ? base.model.get?.(m, base, key, place) : undefined;
    const fresh: Cell = { value: before, born: base.kind === 'object' ? base.born : undefined };
    target.set(key, fresh);
    m.write(fresh, value);
  }
  if (base.kind === 'object' && base.places && !base.places.has(key)) base.places.set(key, place);
}
