// Owns TypeORM's query builder as far as it decides what is loaded: joins, selections and the methods that end a chain.
// It must not know how a row is loaded.

import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type Model,
  type NativeValue,
  native,
  nullValue,
  objectOf,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { escapeArguments, libraryError, listOf, mayThrow, someCount, someRow, something } from '../row.ts';
import { type Entity, entityOf, typeormPackage } from './entity.ts';
import { type Loading, loadedRow, nothingMore, stepInto } from './loading.ts';

interface Builder {
  entity: Entity | undefined;
  readonly loading: Loading;
  /** Where each alias lies: relations from the root. */
  readonly aliases: Map<string, readonly string[]>;
  /** Fields that are added to every row beside its columns. */
  readonly added: Map<string, Value>;
  /** The branch in which the builder was made: what another branch adds may be missing. */
  readonly arm: number;
  /** What the selection is cannot be seen. */
  lost: boolean;
}

/** `createQueryBuilder(alias)`, or with a class first, as managers have it. */
export function queryBuilder(m: Machine, entity: Entity | undefined, site: CallSite): Value {
  const alias = textOf(site.args.find((argument) => textOf(argument) !== undefined));
  const data: Builder = {
    entity,
    loading: nothingMore(),
    aliases: new Map(),
    added: new Map(),
    arm: m.arm,
    lost: false,
  };
  const name = alias ?? entity?.cls.node.name?.text;
  if (name !== undefined) data.aliases.set(name, []);
  return native(builder, data, site.place);
}

const builder: Model = {
  name: 'typeorm-query-builder',
  method(m, self, key, site) {
    const data = self.data as Builder;
    if (key === '[escape]') {
      // Whoever takes the builder may add to it.
      data.lost = true;
      return undefinedValue;
    }
    return finish(m, data, key, site) ?? chain(m, self, data, key, site);
  },
};

function finish(m: Machine, data: Builder, key: string, site: CallSite): Value | undefined {
  switch (key) {
    case 'getMany':
      return listOf(rowOf(m, data, site), site.place);
    case 'getOne':
      return join([rowOf(m, data, site), { ...nullValue, place: site.place }]);
    case 'getOneOrFail':
      mayThrow(m, libraryError(typeormPackage, ['EntityNotFoundError'], {}, site.place), site.place);
      return rowOf(m, data, site);
    case 'getManyAndCount':
      return { kind: 'array', items: [listOf(rowOf(m, data, site), site.place), someCount()], place: site.place };
    case 'getCount':
      return someCount();
    case 'getRawMany':
      return listOf(someRow(site.place), site.place);
    case 'getRawAndEntities':
      return objectOf({ entities: listOf(rowOf(m, data, site)), raw: listOf(someRow(site.place)) }, site.place);
    case 'getRawOne':
    case 'execute':
    case 'stream':
    case 'getQuery':
    case 'getSql':
    case 'getParameters':
    case 'getQueryAndParameters':
    case 'expressionMap':
      return unknown('spread-or-any', site.place);
    default:
      return undefined;
  }
}

function rowOf(m: Machine, data: Builder, site: CallSite): Value {
  if (!data.entity || data.lost) return someRow(site.place);
  const row = loadedRow(m, data.entity, data.loading, site);
  if (row.kind === 'object') for (const [name, value] of data.added) row.props.set(name, { value });
  return row;
}

function chain(m: Machine, self: NativeValue, data: Builder, key: string, site: CallSite): Value {
  const maybe = m.arm !== data.arm;
  const [first, second, third] = site.args;
  switch (key) {
    case 'leftJoinAndSelect':
    case 'innerJoinAndSelect':
    case 'leftJoin':
    case 'innerJoin':
      joinRelation(data, first, textOf(second), key.endsWith('AndSelect'), maybe);
      break;
    case 'leftJoinAndMapOne':
    case 'leftJoinAndMapMany':
    case 'innerJoinAndMapOne':
    case 'innerJoinAndMapMany':
    case 'loadRelationCountAndMap':
    case 'loadRelationIdAndMap':
      addField(data, textOf(first), key === 'loadRelationCountAndMap' ? someCount() : something());
      if (textOf(third) !== undefined) data.aliases.set(textOf(third)!, ['?']);
      break;
    case 'select':
    case 'addSelect':
      select(data, first, key === 'select', second !== undefined, maybe);
      break;
    case 'from':
      if (first) data.entity = entityOf(m, first);
      if (textOf(second) !== undefined) data.aliases.set(textOf(second)!, []);
      data.loading.select = undefined;
      data.lost = false;
      break;
    case 'clone':
      return native(builder, { ...data, loading: { ...data.loading }, arm: m.arm } satisfies Builder, site.place);
    default:
      escapeArguments(m, site);
      for (const argument of site.args)
        if (argument.kind === 'function')
          m.call(argument, { ...site, args: [self], argPlaces: [site.place], node: undefined });
  }
  return self;
}

function joinRelation(
  data: Builder,
  given: Value | undefined,
  alias: string | undefined,
  loads: boolean,
  maybe: boolean,
): void {
  const [owner, name] = (textOf(given) ?? '').split('.');
  const above = owner === undefined ? undefined : data.aliases.get(owner);
  if (name === undefined || !above) {
    // A join of a class or of a table loads nothing into the rows by itself.
    if (alias !== undefined) data.aliases.set(alias, ['?']);
    return;
  }
  const path = [...above, name];
  if (alias !== undefined) data.aliases.set(alias, path);
  if (!loads || path.includes('?')) return;
  let current = data.loading;
  for (const step of path) current = stepInto(current, step, maybe);
}

/** `select(['user.id', 'user.name'])`: fields of the root, or of what is joined. */
function select(data: Builder, given: Value | undefined, replaces: boolean, computed: boolean, maybe: boolean): void {
  // With a name of its own a selection is only seen in raw results.
  if (computed) return;
  const items = given?.kind === 'array' && !given.rest ? given.items : given ? [given] : [];
  for (const item of items) {
    const text = textOf(item);
    const [owner, name] = (text ?? '').split('.');
    const above = owner === undefined ? undefined : data.aliases.get(owner);
    if (text === undefined || maybe) data.lost = true;
    else if (name === undefined) {
      // The alias itself selects all of its columns; any other text is an expression, which entities do not show.
      if (!above && !data.aliases.size) data.aliases.set(text, []);
    } else if (above) selectField(data, above, name, replaces);
  }
}

function selectField(data: Builder, path: readonly string[], name: string, replaces: boolean): void {
  let current = data.loading;
  for (const step of path) current = stepInto(current, step, false);
  if (replaces || current.select || path.length > 0) {
    current.select ??= new Map();
    current.select.set(name, { kind: 'literal', value: true });
  } else current.shown.add(name);
}

function addField(data: Builder, target: string | undefined, value: Value): void {
  const [owner, name] = (target ?? '').split('.');
  const above = owner === undefined ? undefined : data.aliases.get(owner);
  if (name !== undefined && above?.length === 0) data.added.set(name, value);
}
