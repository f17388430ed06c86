// Owns rows of entities: which columns and relations a query loads, and the instance that comes of it.
// It must not know the methods of repositories and query builders.

import { classMember } from '../../classes.ts';
import { everyItem, join, members } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import { typedValue } from '../../typed-values.ts';
import { type CallSite, nullValue, type ObjectValue, textOf, undefinedValue, type Value } from '../../value.ts';
import { isOn, listOf, optionsOf, perhaps, someRow, something } from '../row.ts';
import { columnValue } from './columns.ts';
import { type Entity, entityOf, type Relation } from './entity.ts';

/** What a query loads beside the columns that it always does. */
export interface Loading {
  /** Relations by name, each with what is loaded below it. */
  readonly relations: Map<string, Loading>;
  /** Only these fields, when something selects. */
  select?: Map<string, Value>;
  /** Fields that are hidden otherwise. */
  readonly shown: Set<string>;
  /** It is only loaded under a condition that cannot be decided. */
  maybe: boolean;
  /** More may be loaded than can be seen. */
  lost: boolean;
}

export const nothingMore = (): Loading => ({ relations: new Map(), shown: new Set(), maybe: false, lost: false });

const depthLimit = 6;

/** A row as a query gives it: an instance of the entity's class, made without arguments and then filled. */
export function loadedRow(m: Machine, entity: Entity, loading: Loading, site: CallSite, depth = 0): Value {
  if (depth > depthLimit) return someRow(site.place);
  const made = m.construct(entity.cls, { ...site, args: [], argPlaces: [], open: false, node: undefined });
  const row: ObjectValue =
    made.kind === 'object'
      ? made
      : { kind: 'object', props: new Map(), places: new Map(), cls: entity.cls, place: site.place, born: m.arm };
  const { select } = loading;
  for (const member of [...entity.others, ...entity.relations.map((relation) => relation.member)]) {
    // What a constructor or an initialiser sets is there; a mere declaration is not.
    if (row.props.get(member.name)?.lazy && !('initializer' in member.node && member.node.initializer))
      row.props.delete(member.name);
  }
  for (const column of entity.columns) {
    const { name, place } = column.member;
    const wanted = select
      ? select.get(name)
      : column.hidden
        ? loading.shown.has(name)
          ? undefinedValue
          : null
        : undefinedValue;
    const state = wanted === null ? false : wanted === undefinedValue ? true : wanted ? isOn(wanted) : false;
    const nested = wanted && wanted.kind === 'object';
    if (state === false && !nested) {
      row.props.delete(name);
      continue;
    }
    const inner = column.embedded && entityOf(m, column.embedded());
    const value = inner ? loadedRow(m, inner, nothingMore(), site, depth + 1) : columnValue(m, column, site);
    row.props.set(name, {
      value: state === undefined && !nested ? join([value, undefinedValue]) : value,
      born: row.born,
    });
    row.places?.set(name, place);
  }
  for (const relation of entity.relations) addRelation(m, row, relation, loading, site, depth);
  for (const name of entity.afterLoad) {
    const method = classMember(m, entity.cls, name, row);
    if (method) m.call(method, { ...site, args: [], argPlaces: [], node: undefined }, row);
  }
  return row;
}

function addRelation(
  m: Machine,
  row: ObjectValue,
  relation: Relation,
  loading: Loading,
  site: CallSite,
  depth: number,
): void {
  const { name, place } = relation.member;
  const asked = loading.relations.get(name);
  const selected = loading.select?.get(name);
  if (!asked && !relation.eager) {
    if (loading.lost) row.props.set(name, { value: { ...something(), maybe: true } });
    return;
  }
  if (!asked && depth > 2) {
    row.props.set(name, { value: something() });
    return;
  }
  const below = asked ?? nothingMore();
  if (selected?.kind === 'object') below.select ??= selectionOf(m, selected);
  row.places?.set(name, place);
  row.props.set(name, {
    value: undefined,
    lazy: () => {
      const target = entityOf(m, relation.target());
      const one = target ? loadedRow(m, target, below, site, depth + 1) : something();
      const value = relation.list ? listOf(one) : relation.nullable ? join([one, { ...nullValue, place }]) : one;
      return below.maybe ? join([value, undefinedValue]) : value;
    },
  });
}

/** Reads `select`: names in a list, or switches by name; undefined when it cannot be seen. */
export function selectionOf(m: Machine, value: Value): Map<string, Value> | undefined {
  if (value.kind === 'array') {
    const names = value.rest ? [undefined] : value.items.map(textOf);
    if (names.some((name) => name === undefined)) return undefined;
    return new Map((names as string[]).map((name) => [name, { kind: 'literal', value: true }]));
  }
  const options = optionsOf(value);
  if (typeof options === 'string') return options === 'none' ? new Map() : undefined;
  return new Map([...options.props].map(([name, cell]) => [name, m.force(cell)]));
}

/** Reads `relations`: paths in a list, or nested switches. */
export function addRelations(m: Machine, loading: Loading, value: Value, maybe = false): void {
  for (const one of members(value)) {
    if (one.kind === 'array') {
      for (const item of everyItem(one)) addPath(loading, textOf(item), maybe || item === one.rest);
      continue;
    }
    const options = optionsOf(one);
    if (options === 'lost') loading.lost = true;
    if (typeof options === 'string') continue;
    for (const [name, cell] of options.props) {
      const setting = m.force(cell);
      const on = setting.kind === 'object' ? true : isOn(setting);
      if (on === false) continue;
      const below = stepInto(loading, name, maybe || on === undefined || value.kind === 'union');
      if (setting.kind === 'object') addRelations(m, below, setting);
    }
  }
}

/** Adds a dotted path of relations. */
export function addPath(loading: Loading, path: string | undefined, maybe: boolean): void {
  if (path === undefined) {
    loading.lost = true;
    return;
  }
  let current = loading;
  for (const name of path.split('.')) current = stepInto(current, name, maybe);
}

export function stepInto(loading: Loading, name: string, maybe: boolean): Loading {
  const known = loading.relations.get(name);
  if (known) {
    known.maybe &&= maybe;
    return known;
  }
  const below = { ...nothingMore(), maybe };
  loading.relations.set(name, below);
  return below;
}

/** A row that the code itself filled in ways that cannot be seen: every column may be there. */
export function looseRow(m: Machine, entity: Entity, site: CallSite): ObjectValue {
  const row: ObjectValue = {
    kind: 'object',
    props: new Map(),
    places: new Map(),
    place: site.place,
    born: m.arm,
    cls: entity.cls,
    open: { reason: 'spread-or-any', place: site.place },
  };
  for (const column of entity.columns) {
    const value = columnValue(m, column, site);
    const sure = column.generated && !column.nullable;
    row.props.set(column.member.name, { value: sure ? value : perhaps(shapeOfValue(m, value)) });
    row.places?.set(column.member.name, column.member.place);
  }
  return row;
}

/** The class that a type names, for `Repository<User>`. */
export function classOf(m: Machine, type: Parameters<typeof typedValue>[1] | undefined): Value | undefined {
  const value = type && typedValue(m, type);
  return value?.kind === 'object' ? value.cls : undefined;
}
