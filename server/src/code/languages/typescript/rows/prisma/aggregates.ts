// Owns what Prisma's `count`, `aggregate` and `groupBy` give. It must not know rows or the client's other methods.

import { numberShape } from '../../../../../shape/shape.ts';
import { join } from '../../join.ts';
import { nullValue, type ObjectValue, objectOf, shaped, textOf, type Value } from '../../value.ts';
import { decimalValue, isOn, listOf, option, optionsOf, someCount, someRow } from '../row.ts';
import { scalarValue } from './columns.ts';
import type { PrismaModel } from './schema.ts';
import type { Selecting } from './selection.ts';

/** `count(args)`: a number, or one for each selected field. */
export function countOf(by: Selecting, args: Value | undefined): Value {
  const select = option(by.m, optionsOf(args), 'select');
  if (!select) return args && optionsOf(args) === 'lost' ? someRow(by.site.place) : someCount();
  return named(by, select, () => someCount());
}

/** `aggregate(args)`. */
export function aggregateOf(by: Selecting, model: PrismaModel, args: Value | undefined): Value {
  const options = optionsOf(args);
  if (typeof options === 'string') return someRow(by.site.place);
  return objectOf(aggregates(by, model, options), by.site.place);
}

/** `groupBy(args)`: rows of the fields that are grouped by, with the aggregates beside them. */
export function groupsOf(by: Selecting, model: PrismaModel, args: Value | undefined): Value {
  const options = optionsOf(args);
  const fields = option(by.m, options, 'by');
  if (typeof options === 'string' || !fields) return listOf(someRow(by.site.place));
  const names = fields.kind === 'array' && !fields.rest ? fields.items.map(textOf) : [textOf(fields)];
  if (names.some((name) => name === undefined)) return listOf(someRow(by.site.place));
  const columns: Record<string, Value> = {};
  for (const name of names as string[]) {
    const field = model.fields.find((one) => one.name === name);
    const value = field && scalarValue(by.m, by.schema, field, by.site);
    if (!value) return listOf(someRow(by.site.place));
    columns[name] = field.optional ? join([value, nullValue]) : value;
  }
  return listOf(objectOf({ ...columns, ...aggregates(by, model, options) }, by.site.place), by.site.place);
}

function aggregates(by: Selecting, model: PrismaModel, options: ObjectValue): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const name of ['_count', '_avg', '_sum', '_min', '_max']) {
    const wanted = option(by.m, options, name);
    if (!wanted || isOn(wanted) === false) continue;
    if (name === '_count') {
      found[name] = wanted.kind === 'object' ? named(by, wanted, () => someCount()) : someCount();
      continue;
    }
    found[name] = named(by, wanted, (field) => join([aggregated(by, model, name, field), nullValue]));
  }
  return found;
}

/** The mean of integers is a fraction; sums and extremes have the type of their field. */
function aggregated(by: Selecting, model: PrismaModel, name: string, fieldName: string): Value {
  const field = model.fields.find((one) => one.name === fieldName);
  if (!field) return someRow(by.site.place);
  if (name === '_avg') return field.type === 'Decimal' ? decimalValue() : shaped(numberShape());
  return scalarValue(by.m, by.schema, field, by.site) ?? someRow(by.site.place);
}

function named(by: Selecting, switches: Value, make: (name: string) => Value): Value {
  const options = optionsOf(switches);
  if (typeof options === 'string') return someRow(by.site.place);
  const names = [...options.props].filter(([, cell]) => isOn(by.m.force(cell)) !== false).map(([name]) => name);
  return objectOf(Object.fromEntries(names.map((name) => [name, make(name)])), by.site.place);
}
