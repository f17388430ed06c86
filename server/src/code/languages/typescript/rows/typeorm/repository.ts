// Owns what the methods of TypeORM's repositories give and throw. It must not know how a row is loaded.

import type { Place } from '../../../../../base/place.ts';
import { join } from '../../join.ts';
import { spreadInto } from '../../literals.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import {
  type CallSite,
  isEmpty,
  type Model,
  native,
  nullValue,
  type ObjectValue,
  objectOf,
  someBoolean,
  someNumber,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import {
  escapeArguments,
  libraryError,
  listOf,
  mayThrow,
  option,
  optionsOf,
  perhaps,
  someCount,
  someRow,
  something,
} from '../row.ts';
import { columnValue } from './columns.ts';
import { type Entity, entityOf, typeormPackage } from './entity.ts';
import { addRelations, type Loading, loadedRow, looseRow, nothingMore, selectionOf } from './loading.ts';
import { queryBuilder } from './query-builder.ts';

/** The repository of a class. */
export function repositoryOf(m: Machine, cls: Value, place?: Place): Value {
  const known = repositories.get(m) ?? new Map<Value, Value>();
  repositories.set(m, known);
  const held = known.get(cls) ?? native(repository, cls, place);
  known.set(cls, held);
  return held;
}

const repositories = new WeakMap<Machine, Map<Value, Value>>();

const repository: Model = {
  name: 'typeorm-repository',
  stable: true,
  get: (_m, self, key) => (key === 'target' ? (self.data as Value) : undefined),
  method: (m, self, key, site) => callRepository(m, self.data as Value, key, site, self),
};

/** `repository.method(…)`; undefined for what is not modelled. */
export function callRepository(m: Machine, cls: Value, method: string, site: CallSite, self: Value): Value | undefined {
  if (method === '[escape]') return undefinedValue;
  const entity = entityOf(m, cls);
  if (method === 'createQueryBuilder') return queryBuilder(m, entity, site);
  if (method === 'extend') return extended(self, site);
  escapeArguments(m, site);
  const [first, second] = site.args;
  const row = (options: Value | undefined) => (entity ? found(m, entity, options, site) : someRow(site.place));
  switch (method) {
    case 'find':
    case 'findByIds':
      return listOf(row(method === 'find' ? first : second), site.place);
    case 'findBy':
    case 'findTrees':
    case 'findRoots':
      return listOf(row(undefined), site.place);
    case 'findAndCount':
    case 'findAndCountBy':
      return pair(listOf(row(method === 'findAndCount' ? first : undefined), site.place), site);
    case 'findOne':
    case 'findOneBy':
    case 'findOneById':
      return join([
        row(method === 'findOne' ? optionsFrom(first, second) : undefined),
        { ...nullValue, place: site.place },
      ]);
    case 'findOneOrFail':
    case 'findOneByOrFail':
      mayThrow(m, libraryError(typeormPackage, ['EntityNotFoundError'], {}, site.place), site.place);
      return row(method === 'findOneOrFail' ? optionsFrom(first, second) : undefined);
    case 'count':
    case 'countBy':
      return someCount();
    case 'exist':
    case 'exists':
    case 'existsBy':
      return someBoolean();
    case 'sum':
    case 'average':
    case 'minimum':
    case 'maximum':
      return join([someNumber(), nullValue]);
    case 'create':
      return entity ? created(m, entity, first, site) : (first ?? someRow(site.place));
    case 'save':
    case 'recover':
      return saved(m, entity, first, site);
    case 'remove':
    case 'softRemove':
    case 'merge':
      return first ?? someRow(site.place);
    case 'preload':
      return entity ? join([looseRow(m, entity, site), undefinedValue]) : someRow(site.place);
    case 'insert':
    case 'update':
    case 'upsert':
    case 'delete':
    case 'softDelete':
    case 'restore':
    case 'increment':
    case 'decrement':
    case 'query':
      return { ...unknown('spread-or-any', site.place), truthy: true };
    case 'clear':
      return undefinedValue;
    default:
      return undefined;
  }
}

/** `findOne(id, options)` of older versions: an id is no options. */
function optionsFrom(first: Value | undefined, second: Value | undefined): Value | undefined {
  if (second && !isEmpty(second)) return second;
  return first?.kind === 'object' || first?.kind === 'union' ? first : undefined;
}

function found(m: Machine, entity: Entity, options: Value | undefined, site: CallSite): Value {
  if (options?.kind === 'union') return join(options.members.map((member) => found(m, entity, member, site)));
  const loading = loadingOf(m, options);
  return loading ? loadedRow(m, entity, loading, site) : someRow(site.place);
}

/** What find options load; undefined when it cannot be seen which columns are selected. */
function loadingOf(m: Machine, given: Value | undefined): Loading | undefined {
  const options = optionsOf(given);
  if (options === 'lost') return undefined;
  const loading = nothingMore();
  const select = option(m, options, 'select');
  if (select) {
    loading.select = selectionOf(m, select);
    if (!loading.select) return undefined;
    if (loading.select.size === 0) loading.select = undefined;
  }
  const relations = option(m, options, 'relations');
  if (relations) addRelations(m, loading, relations);
  if (option(m, options, 'loadRelationIds') || option(m, options, 'join')) loading.lost = true;
  return loading;
}

const pair = (rows: Value, site: CallSite): Value => ({ kind: 'array', items: [rows, someCount()], place: site.place });

/** A new instance with the fields that the code gives. */
function created(m: Machine, entity: Entity, given: Value | undefined, site: CallSite): Value {
  if (given?.kind === 'array')
    return {
      ...given,
      items: given.items.map((item) => created(m, entity, item, site)),
      rest: given.rest && created(m, entity, given.rest, site),
    };
  if (given && given.kind !== 'object') return looseRow(m, entity, site);
  const made = m.construct(entity.cls, { ...site, args: [], argPlaces: [], open: false, node: undefined });
  const row: ObjectValue = made.kind === 'object' ? made : objectOf({}, site.place, entity.cls);
  for (const [name, cell] of row.props) if (cell.lazy) row.props.delete(name);
  if (given) spreadInto(m, row, given, site.node ?? site.frame.module.source);
  return row;
}

/** `save` gives back what it was given, with what the database made beside it. */
function saved(m: Machine, entity: Entity | undefined, given: Value | undefined, site: CallSite): Value {
  if (given?.kind === 'array')
    return {
      ...given,
      items: given.items.map((item) => saved(m, entity, item, site)),
      rest: given.rest && saved(m, entity, given.rest, site),
    };
  if (given?.kind === 'union') return join(given.members.map((member) => saved(m, entity, member, site)));
  const known = entity ?? (given?.kind === 'object' && given.cls ? entityOf(m, given.cls) : undefined);
  if (given?.kind !== 'object')
    return known && given?.kind !== 'typed' ? looseRow(m, known, site) : (given ?? something());
  for (const column of known?.columns ?? []) {
    const { name, place } = column.member;
    const held = given.props.get(name);
    if (held?.lazy) {
      // The class declares it and nobody set it: what is not generated is not there either.
      if (column.hidden || !column.generated) given.props.delete(name);
      if (!column.hidden && !column.generated)
        given.props.set(name, { value: perhaps(shapeOfValue(m, columnValue(m, column, site))) });
    }
    const value = held && m.force(held);
    if (!column.generated || (value && !isEmpty(value) && value.kind !== 'unknown')) continue;
    const fresh = held ?? { value: undefined, born: given.born };
    given.props.set(name, fresh);
    m.write(fresh, columnValue(m, column, site));
    given.places?.set(name, place);
  }
  for (const { member } of known?.relations ?? [])
    if (given.props.get(member.name)?.lazy) given.props.delete(member.name);
  return given;
}

/** `repository.extend({ … })`: the methods run with the repository as `this`. */
function extended(self: Value, site: CallSite): Value {
  const [methods] = site.args;
  if (self.kind !== 'native' || methods?.kind !== 'object') return self;
  const own = native(self.model, self.data, site.place);
  for (const [key, cell] of methods.props) own.props.set(key, cell);
  return own;
}
