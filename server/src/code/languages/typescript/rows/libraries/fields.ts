// Owns taking fields out of values and putting values together, as collection libraries do it.
// It must not know any one library.

import { join } from '../../join.ts';
import { evaluateArrayItems, spreadInto } from '../../literals.ts';
import type { Machine } from '../../machine.ts';
import { type CallSite, type ObjectValue, objectOf, textOf, undefinedValue, unknown, type Value } from '../../value.ts';

/** The names that arguments list, in arrays or one by one; undefined when one of them cannot be seen. */
export function namesIn(m: Machine, args: readonly Value[]): string[] | undefined {
  const names: string[] = [];
  for (const argument of args) {
    const items = evaluateArrayItems(m, argument);
    if (items?.rest) return undefined;
    for (const item of items?.items ?? [argument]) {
      const name = textOf(item);
      if (name === undefined) return undefined;
      names.push(name);
    }
  }
  return names;
}

/** An object of the named fields of a value; fields that may be missing there may be missing here. */
export function picked(m: Machine, value: Value, names: readonly string[], site: CallSite): Value {
  if (value.kind === 'union') return join(value.members.map((member) => picked(m, member, names, site)));
  const result: ObjectValue = { kind: 'object', props: new Map(), places: new Map(), place: site.place, born: m.arm };
  for (const name of names) {
    // A path takes a part of a field along.
    const [head = name] = name.split(/[.[]/);
    const part = m.get(value, head, site.place);
    if (part.kind === 'literal' && part.value === undefined) continue;
    result.props.set(head, { value: head === name ? part : unknown('spread-or-any', site.place) });
    const place = value.kind === 'object' ? value.places?.get(head) : undefined;
    if (place) result.places!.set(head, place);
  }
  return result;
}

/** A copy of a value without the named fields. */
export function omitted(m: Machine, value: Value, names: readonly string[], site: CallSite): Value {
  if (value.kind === 'union') return join(value.members.map((member) => omitted(m, member, names, site)));
  if (value.kind === 'typed' || (value.kind === 'unknown' && value.shape)) return m.typeMembers.omit(value, names);
  const result = merged(m, [value], site);
  if (result.kind !== 'object') return result;
  for (const name of names) {
    if (/[.[]/.test(name)) {
      const [head = ''] = name.split(/[.[]/);
      if (result.props.has(head)) result.props.set(head, { value: unknown('spread-or-any', site.place) });
    } else result.props.delete(name);
  }
  return result;
}

/** A new object of what the sources have, later ones over earlier ones. */
export function merged(m: Machine, sources: readonly Value[], site: CallSite): Value {
  const result: ObjectValue = {
    kind: 'object',
    props: new Map(),
    places: new Map(),
    place: site.place,
    base: [],
    born: m.arm,
  };
  for (const source of sources) spreadInto(m, result, source, site.node ?? site.frame.module.source);
  return result;
}

/** An object with the same fields, each made into something else; open where the fields cannot be listed. */
export function mapped(m: Machine, value: Value, make: (part: Value, name: string) => Value, site: CallSite): Value {
  if (value.kind !== 'object' || value.open || value.base?.length)
    return { ...objectOf({}, site.place), open: { reason: 'spread-or-any', place: site.place } };
  const result = objectOf({}, site.place);
  for (const [name, cell] of value.props) result.props.set(name, { value: make(m.force(cell), name) });
  return result;
}

/** What lies at a constant path of a value. */
export function partAt(m: Machine, value: Value, path: string, site: CallSite): Value {
  let current = value;
  for (const step of path.split(/[.[\]]+/).filter((one) => one !== '')) {
    if (current.kind === 'literal') return undefinedValue;
    current = m.get(current, step, site.place);
  }
  return current;
}
