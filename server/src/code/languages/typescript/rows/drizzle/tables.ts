// Owns Drizzle's tables: their columns, as the builders of a column say them, and the relations between tables.
// It must not know queries.

import { numberShape, stringShape } from '../../../../../shape/shape.ts';
import { emptySite } from '../../classes.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import {
  type CallSite,
  type ExternalValue,
  type Model,
  type NativeValue,
  native,
  nullValue,
  type ObjectValue,
  objectOf,
  shaped,
  someBoolean,
  someNumber,
  textOf,
  type Value,
} from '../../value.ts';
import { dateValue, listOf, option, optionsOf, something } from '../row.ts';

export interface ColumnData {
  /** The builder's name: `text`, `timestamp`. */
  readonly type: string;
  readonly args: readonly Value[];
  readonly notNull: boolean;
  /** The database fills it when a row is inserted without it. */
  readonly defaulted: boolean;
  readonly array: boolean;
  readonly site: CallSite;
}

export interface TableData {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Value>;
  readonly places: ObjectValue['places'];
  readonly relations: Map<string, { readonly table: Value; readonly list: boolean }>;
  readonly known: boolean;
}

export const columnModel: Model = {
  name: 'drizzle-column',
  stable: true,
  get: (_m, self, key) =>
    key === '$type' ? undefined : key === 'name' ? (self.data as ColumnData).args[0] : undefined,
  method(_m, self, key) {
    const data = self.data as ColumnData;
    const change = (more: Partial<ColumnData>) =>
      native(columnModel, { ...data, ...more } satisfies ColumnData, self.place);
    if (key === 'notNull') return change({ notNull: true });
    if (key === 'primaryKey') return change({ notNull: true, defaulted: data.defaulted || /serial/i.test(data.type) });
    if (key === 'array') return change({ array: true });
    if (key === '$type') return change({ type: '$type' });
    if (/^(default|\$default|\$onUpdate|generated|autoincrement)/.test(key)) return change({ defaulted: true });
    return self;
  },
};

/** A column as a builder of the package makes it. */
export const columnOf = (type: string, site: CallSite): Value =>
  native(
    columnModel,
    {
      type,
      args: site.args,
      notNull: /serial$/i.test(type),
      defaulted: /serial$/i.test(type),
      array: false,
      site,
    } satisfies ColumnData,
    site.place,
  );

export const isColumn = (value: Value | undefined): value is NativeValue =>
  value?.kind === 'native' && value.model === columnModel;

/** What a column holds in a row that was read. */
export function columnValue(m: Machine, column: NativeValue, nullable = false): Value {
  const data = column.data as ColumnData;
  const one = typeValue(m, data);
  const value = data.array ? listOf(one) : one;
  return data.notNull && !nullable ? value : join([value, { ...nullValue, place: column.place }]);
}

function typeValue(m: Machine, data: ColumnData): Value {
  const options = data.args.find((argument) => argument.kind === 'object');
  const mode = textOf(option(m, optionsOf(options), 'mode'));
  const { place } = data.site;
  switch (data.type.toLowerCase()) {
    case 'text':
    case 'varchar':
    case 'char':
    case 'tinytext':
    case 'mediumtext':
    case 'longtext':
    case 'citext':
    case 'time':
    case 'inet':
    case 'interval': {
      if (mode === 'json') return something('spread-or-any', place);
      const values = option(m, optionsOf(options), 'enum');
      return shaped(stringShape(place, constants(values)));
    }
    case 'uuid':
      return shaped(stringShape(place, { format: 'uuid' }));
    case 'integer':
    case 'int':
      if (mode === 'timestamp' || mode === 'timestamp_ms') return dateValue(m, data.site);
      return mode === 'boolean' ? someBoolean() : shaped(numberShape(place, { integer: true }));
    case 'serial':
    case 'smallserial':
    case 'smallint':
    case 'tinyint':
    case 'mediumint':
      return shaped(numberShape(place, { integer: true }));
    case 'bigint':
    case 'bigserial':
      return mode === 'number' ? shaped(numberShape(place, { integer: true })) : something('custom-serializer', place);
    case 'real':
    case 'double':
    case 'doubleprecision':
    case 'float':
      return someNumber();
    case 'numeric':
    case 'decimal':
      // Texts, so that no digit is lost, unless a mode says otherwise.
      return mode === 'number'
        ? someNumber()
        : mode
          ? something('custom-serializer', place)
          : shaped(stringShape(place));
    case 'boolean':
      return someBoolean();
    case 'timestamp':
    case 'datetime':
      return mode === 'string' ? shaped(stringShape(place)) : dateValue(m, data.site);
    case 'date':
      return mode === 'date'
        ? dateValue(m, data.site)
        : mode === 'string'
          ? shaped(stringShape(place, { format: 'date' }))
          : something('spread-or-any', place);
    case 'enum':
      return shaped(stringShape(place, constants(data.args[1])));
    default:
      return something('spread-or-any', place);
  }
}

function constants(values: Value | undefined): { values: string[] } | Record<string, never> {
  if (values?.kind !== 'array' || values.rest) return {};
  const texts = values.items.map(textOf);
  return texts.length > 0 && texts.every((text) => text !== undefined) ? { values: texts as string[] } : {};
}

export const tableModel: Model = {
  name: 'drizzle-table',
  stable: true,
  get(m, self, key) {
    if (key === '$inferSelect') return shaped(shapeOfValue(m, rowOf(m, self)));
    return (self.data as TableData).columns.get(key);
  },
  method: () => undefined,
};

export const isTable = (value: Value | undefined): value is NativeValue =>
  value?.kind === 'native' && value.model === tableModel;

/** `pgTable('users', { … })`, or with a function that is given the builders. */
export function tableOf(m: Machine, external: ExternalValue, site: CallSite): Value {
  const [name, given] = site.args;
  const builders: Value = native(
    { name: 'drizzle-builders', method: (_m, _self, key, inner) => columnOf(key, inner) },
    external.package,
  );
  const made =
    given?.kind === 'function'
      ? m.call(given, { ...site, args: [builders], argPlaces: [site.place], node: undefined })
      : given;
  const options = optionsOf(made);
  const columns = new Map<string, Value>();
  if (typeof options !== 'string') for (const [key, cell] of options.props) columns.set(key, m.force(cell));
  const data: TableData = {
    name: textOf(name) ?? '',
    columns,
    places: typeof options === 'string' ? undefined : options.places,
    relations: new Map(),
    known: typeof options !== 'string',
  };
  return native(tableModel, data, site.place);
}

/** `relations(users, ({ one, many }) => ({ posts: many(posts) }))`. */
export function relate(m: Machine, site: CallSite): Value {
  const [table, make] = site.args;
  if (!isTable(table) || make?.kind !== 'function') return something();
  const kind = (list: boolean): Value =>
    native(
      {
        name: 'drizzle-relation',
        call: (_m, _self, inner) => native({ name: 'drizzle-related' }, { table: inner.args[0], list }),
      },
      undefined,
    );
  const helpers = objectOf({ one: kind(false), many: kind(true) });
  const made = m.call(make, { ...emptySite(make.node, make.frame), args: [helpers], argPlaces: [site.place] });
  if (made.kind !== 'object') return made;
  for (const [name, cell] of made.props) {
    const related = m.force(cell);
    if (related.kind === 'native' && related.model.name === 'drizzle-related')
      (table.data as TableData).relations.set(name, related.data as { table: Value; list: boolean });
  }
  return made;
}

/** A row with all columns of a table. */
export function rowOf(m: Machine, table: NativeValue, nullable = false): Value {
  const data = table.data as TableData;
  const row: ObjectValue = {
    kind: 'object',
    props: new Map(),
    places: new Map(data.places),
    place: table.place,
    born: m.arm,
  };
  for (const [name, column] of data.columns)
    row.props.set(name, { value: isColumn(column) ? columnValue(m, column, nullable) : something() });
  if (!data.known) row.open = { reason: 'spread-or-any', place: table.place };
  return row;
}
