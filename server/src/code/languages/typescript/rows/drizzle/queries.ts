// Owns Drizzle's queries: what selections, joins, `returning` and the relational queries give. It must not know how columns are read.

import { callArrayMethod } from '../../builtins/arrays.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import {
  type CallSite,
  type Model,
  type NativeValue,
  native,
  nullValue,
  type ObjectValue,
  objectOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { escapeArguments, listOf, option, optionsOf, someCount, someRow, something } from '../row.ts';
import { columnValue, isColumn, isTable, rowOf, type TableData } from './tables.ts';

interface QueryData {
  /** `select({ … })`, or what `returning` names; undefined for all columns. */
  selection?: Value;
  from?: Value;
  readonly joins: { readonly table: Value; readonly optional: boolean }[];
  /** A left side that a right or full join may leave empty. */
  optional: boolean;
  gives: 'rows' | 'nothing' | 'lost';
  readonly arm: number;
}

/** The database: it starts queries. */
export const databaseModel: Model = {
  name: 'drizzle',
  stable: true,
  get: (_m, self, key) => (key === 'query' ? native(relationalModel, self.data) : undefined),
  method(m, self, key, site) {
    const [first] = site.args;
    const start = (more: Partial<QueryData>) =>
      native(
        queryModel,
        { joins: [], optional: false, gives: 'rows', arm: m.arm, ...more } satisfies QueryData,
        site.place,
      );
    switch (key) {
      case '[escape]':
        return undefinedValue;
      case 'select':
      case 'selectDistinct':
        return start({ selection: first });
      case 'selectDistinctOn':
        return start({ selection: site.args[1] });
      case 'insert':
      case 'update':
      case 'delete':
        return start({ from: first, gives: 'nothing' });
      case '$count':
        return someCount();
      case 'transaction':
        return first ? m.call(first, { ...site, args: [self], argPlaces: [site.place], node: undefined }) : undefined;
      case 'with':
        return native({ ...databaseModel, get: () => undefined }, undefined);
      case 'execute':
      case 'run':
      case 'all':
        escapeArguments(m, site);
        return unknown('spread-or-any', site.place);
      default:
        return undefined;
    }
  },
};

const queryModel: Model = {
  name: 'drizzle-query',
  settle: (m, self) => resultOf(m, self),
  shape: (m, self) => shapeOfValue(m, resultOf(m, self)),
  method(m, self, key, site) {
    const data = self.data as QueryData;
    const [first] = site.args;
    switch (key) {
      case '[escape]':
        data.gives = 'lost';
        return undefinedValue;
      case 'then':
      case 'catch':
      case 'finally':
        return undefined;
      case 'from':
        data.from = first;
        return self;
      case 'leftJoin':
      case 'innerJoin':
      case 'rightJoin':
      case 'fullJoin':
        if (m.arm !== data.arm) data.gives = 'lost';
        if (first) data.joins.push({ table: first, optional: key === 'leftJoin' || key === 'fullJoin' });
        if (key === 'rightJoin' || key === 'fullJoin') data.optional = true;
        return self;
      case 'returning':
        data.gives = m.arm === data.arm ? 'rows' : 'lost';
        data.selection = first;
        return self;
      case '$returningId':
      case 'as':
      case 'union':
      case 'unionAll':
      case 'prepare':
        data.gives = 'lost';
        return self;
      case 'execute':
      case 'all':
        return resultOf(m, self);
      case 'get': {
        const rows = resultOf(m, self);
        return rows.kind === 'array' && rows.rest ? join([rows.rest, undefinedValue]) : rows;
      }
      case 'map':
      case 'filter': {
        const rows = resultOf(m, self);
        return rows.kind === 'array' ? callArrayMethod(m, rows, key, site) : undefined;
      }
      default:
        escapeArguments(m, site);
        return self;
    }
  },
};

function resultOf(m: Machine, self: NativeValue): Value {
  const data = self.data as QueryData;
  if (data.gives !== 'rows') return { ...unknown('spread-or-any', self.place), truthy: true };
  return listOf(selectedRow(m, data, self), self.place);
}

function selectedRow(m: Machine, data: QueryData, self: NativeValue): Value {
  if (data.selection) {
    const options = optionsOf(data.selection);
    return typeof options === 'string' ? someRow(self.place) : selection(m, data, options, self);
  }
  if (!isTable(data.from)) return someRow(self.place);
  if (data.joins.length === 0) return rowOf(m, data.from);
  // With joins each table's columns lie under its name.
  const all = [{ table: data.from as Value, optional: data.optional }, ...data.joins];
  if (!all.every((one) => isTable(one.table))) return someRow(self.place);
  const row = objectOf({}, self.place);
  for (const { table, optional } of all) {
    const inner = rowOf(m, table as NativeValue);
    row.props.set(((table as NativeValue).data as TableData).name, {
      value: optional ? join([inner, nullValue]) : inner,
    });
  }
  return row;
}

function selection(m: Machine, data: QueryData, options: ObjectValue, self: NativeValue): Value {
  const row = objectOf({}, self.place);
  for (const [name, cell] of options.props) row.props.set(name, { value: selected(m, data, m.force(cell), self) });
  return { ...row, places: options.places };
}

function selected(m: Machine, data: QueryData, value: Value, self: NativeValue): Value {
  if (isTable(value)) return mayLack(data, value) ? join([rowOf(m, value), nullValue]) : rowOf(m, value);
  if (isColumn(value)) return columnValue(m, value, ownerMayLack(data, value));
  if (value.kind === 'object') return selection(m, data, value, self);
  // `count()` counts; what a piece of SQL gives is not known.
  return value.kind === 'external' && value.path.includes('count') ? someCount() : something();
}

const mayLack = (data: QueryData, table: NativeValue) =>
  (data.from === table && data.optional) || data.joins.some((one) => one.table === table && one.optional);

function ownerMayLack(data: QueryData, column: NativeValue): boolean {
  const owner = [data.from, ...data.joins.map((one) => one.table)].find(
    (table) => isTable(table) && [...(table.data as TableData).columns.values()].includes(column),
  );
  return isTable(owner) && mayLack(data, owner);
}

/** `db.query.users.findMany(…)`: the tables are those of the schema that the database was made with. */
const relationalModel: Model = {
  name: 'drizzle-relational',
  get(m, self, key) {
    const schema = self.data as Value | undefined;
    const table = schema && m.get(schema, key, { file: '', start: 0, end: 0 });
    return isTable(table) ? native(findModel, table) : undefined;
  },
};

const findModel: Model = {
  name: 'drizzle-find',
  method(m, self, key, site) {
    escapeArguments(m, site);
    const table = self.data as NativeValue;
    if (key === 'findMany') return listOf(related(m, table, site.args[0], site), site.place);
    return key === 'findFirst' ? join([related(m, table, site.args[0], site), undefinedValue]) : undefined;
  },
};

function related(m: Machine, table: NativeValue, given: Value | undefined, site: CallSite, depth = 0): Value {
  const options = optionsOf(given);
  if (options === 'lost' || depth > 6) return someRow(site.place);
  const row = rowOf(m, table);
  if (row.kind !== 'object') return row;
  const columns = option(m, options, 'columns');
  if (columns && !chooseColumns(m, row, columns)) return someRow(site.place);
  const extras = option(m, options, 'extras');
  if (extras) row.open = { reason: 'spread-or-any', place: site.place };
  const wanted = optionsOf(option(m, options, 'with'));
  if (wanted === 'lost') return someRow(site.place);
  for (const [name, cell] of typeof wanted === 'string' ? [] : wanted.props) {
    const setting = m.force(cell);
    const on = truth(setting);
    if (on === false) continue;
    const relation = (table.data as TableData).relations.get(name);
    const target = relation?.table;
    const inner = isTable(target)
      ? related(m, target, setting.kind === 'object' ? setting : undefined, site, depth + 1)
      : something();
    const value = !relation ? something() : relation.list ? listOf(inner) : join([inner, nullValue]);
    row.props.set(name, { value: on === undefined ? join([value, undefinedValue]) : value });
  }
  return row;
}

/** `columns: { id: true }` takes only those, `columns: { password: false }` all others. */
function chooseColumns(m: Machine, row: ObjectValue, columns: Value): boolean {
  const options = optionsOf(columns);
  if (typeof options === 'string') return options === 'none';
  const switches = [...options.props].map(([name, cell]) => [name, truth(m.force(cell))] as const);
  if (switches.some(([, on]) => on === undefined)) return false;
  const wanted = new Set(switches.filter(([, on]) => on).map(([name]) => name));
  for (const name of [...row.props.keys()]) {
    const off = switches.some(([one, on]) => one === name && on === false);
    if (off || (wanted.size > 0 && !wanted.has(name))) row.props.delete(name);
  }
  return true;
}
