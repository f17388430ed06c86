// Owns what class-transformer makes of instances on the way out: excluded fields are dropped, exposed ones renamed, getters added.
// It must not know routes.

import ts from 'typescript';
import { resolveShape } from '../../../../../shape/shape.ts';
import { classMember, filledInstance } from '../../classes.ts';
import { join, members } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import type { Note } from '../../nest/notes.ts';
import { siteAt } from '../../sites.ts';
import {
  type Cell,
  type ClassValue,
  type ObjectValue,
  objectOf,
  textOf,
  truth,
  unknown,
  type Value,
} from '../../value.ts';
import { type DtoField, fieldsOf, isExcludedWhole } from './fields.ts';

/** The plain object that an instance becomes; values without decorators are themselves. */
export function plainOf(m: Machine, value: Value, depth = 0): Value {
  if (depth > 6) return value;
  switch (value.kind) {
    case 'union':
      return { kind: 'union', members: value.members.map((member) => plainOf(m, member, depth + 1)) };
    case 'array':
      return {
        ...value,
        items: value.items.map((item) => plainOf(m, item, depth + 1)),
        rest: value.rest ? plainOf(m, value.rest, depth + 1) : undefined,
      };
    case 'object':
      return value.cls?.kind === 'class' ? plainInstance(m, value, value.cls, depth) : plainFields(m, value, depth);
    default:
      return value;
  }
}

function plainFields(m: Machine, value: ObjectValue, depth: number): Value {
  // Only what may hold an instance is worth a copy.
  const holds = [...value.props.values()].some((cell) =>
    members(m.force(cell)).some((member) => member.kind === 'object' || member.kind === 'array'),
  );
  if (!holds || value.cls) return value;
  const props = new Map<string, Cell>();
  for (const [key, cell] of value.props) props.set(key, { value: plainOf(m, m.force(cell), depth + 1) });
  return { ...value, props };
}

function plainInstance(m: Machine, value: ObjectValue, cls: ClassValue, depth: number): Value {
  const { fields } = fieldsOf(m, cls);
  const noted = [...fields.values()].filter((field) => outwards(m, field).length > 0);
  const whole = isExcludedWhole(m, cls);
  if (noted.length === 0 && !whole) return value;
  const props = new Map<string, Cell>();
  const places = new Map(value.places);
  for (const [key, cell] of value.props) {
    const field = fields.get(key);
    const notes = field ? outwards(m, field) : [];
    const exposed = notes.find((note) => note.name === 'Expose');
    if (notes.some((note) => note.name === 'Exclude')) continue;
    if (whole && !exposed) continue;
    put(m, props, places, key, field, plainOf(m, asInstances(m, field, m.force(cell)), depth + 1), exposed, notes);
  }
  for (const field of noted) {
    const exposed = outwards(m, field).find((note) => note.name === 'Expose');
    if (!exposed || value.props.has(field.name)) continue;
    const given = classMember(m, cls, field.name, value);
    if (given) put(m, props, places, field.name, field, given, exposed, []);
  }
  return { ...value, cls: undefined, props, places, open: value.open };
}

/** What `@Type(() => X)` makes of a field of which only the type is known: instances of X, whose own decorators count. */
function asInstances(m: Machine, field: DtoField | undefined, value: Value): Value {
  const note = field?.notes.find((one) => one.package === 'class-transformer' && one.name === 'Type');
  if (!note?.args[0] || !members(value).some(isDeclared)) return value;
  const { place } = note;
  const cls = m.call(note.args[0], siteAt(m, place, []));
  if (cls.kind !== 'class') return value;
  const made = members(value).map((member) => {
    if (!isDeclared(member)) return member;
    if (m.typeMembers.element(member)) return listOf(filledInstance(m, cls));
    // Of several types nobody knows which one came.
    const single = member.kind === 'typed' && ts.isTypeReferenceNode(member.type.node);
    return single ? filledInstance(m, cls) : unknown('custom-serializer', place);
  });
  return join(made);
}

/** Whether nothing but the type of a value is known, and it may be an instance. */
function isDeclared(value: Value): boolean {
  if (value.kind === 'typed') return true;
  return (
    value.kind === 'unknown' && !!value.shape && ['object', 'array', 'union'].includes(resolveShape(value.shape).kind)
  );
}

const listOf = (rest: Value): Value => ({ kind: 'array', items: [], rest });

function put(
  m: Machine,
  props: Map<string, Cell>,
  places: Map<string, { file: string; start: number; end: number }>,
  key: string,
  field: DtoField | undefined,
  value: Value,
  exposed: Note | undefined,
  notes: readonly Note[],
): void {
  const options = exposed?.args[0];
  const name = options?.kind === 'object' ? textOf(m.get(options, 'name', exposed!.place)) : undefined;
  const grouped = options?.kind === 'object' && m.get(options, 'groups', exposed!.place).kind === 'array';
  const transform = notes.find((note) => note.name === 'Transform')?.args[0];
  const place = field?.place ?? exposed?.place;
  const given =
    transform && place
      ? m.call(
          transform,
          siteAt(m, place, [objectOf({ value, obj: unknown('spread-or-any'), key: unknown('spread-or-any') })]),
        )
      : value;
  props.set(name ?? key, { value: grouped ? unknown('spread-or-any', place) : given });
  const at = places.get(key) ?? field?.place;
  if (at) places.set(name ?? key, at);
}

/** The decorators that count on the way out. */
function outwards(m: Machine, field: DtoField): readonly Note[] {
  return field.notes.filter((note) => {
    if (note.package !== 'class-transformer' || note.name === 'Type') return false;
    const options = note.args.at(-1);
    return !(options?.kind === 'object' && truth(m.get(options, 'toClassOnly', note.place)) === true);
  });
}

/** `excludeExtraneousValues`: an instance that has the exposed fields and no others. */
export function exposedOnly(m: Machine, cls: ClassValue, value: ObjectValue): Value {
  const props = new Map<string, Cell>();
  for (const field of fieldsOf(m, cls).fields.values()) {
    if (!field.notes.some((note) => note.name === 'Expose')) continue;
    const held = value.props.get(field.name);
    const transformed = field.notes.some((note) => note.name === 'Transform' || note.name === 'Type');
    if (held && !transformed) props.set(field.name, { value: m.force(held) });
    else if (held || value.open) props.set(field.name, { value: unknown('spread-or-any', field.place) });
  }
  return { kind: 'object', props, places: new Map(), place: value.place, cls };
}
