// Owns which fields a Prisma query gives: `select`, `include`, `omit` and `_count`, nested as deep as they are written.
// It must not know the client's methods.

import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type Cell,
  isEmpty,
  nullValue,
  type ObjectValue,
  objectOf,
  undefinedValue,
  type Value,
} from '../../value.ts';
import { isOn, listOf, option, optionsOf, someCount, someRow, something } from '../row.ts';
import { scalarValue } from './columns.ts';
import type { PrismaField, PrismaModel, PrismaSchema } from './schema.ts';

/** What a query is made of beside its own arguments. */
export interface Selecting {
  readonly m: Machine;
  readonly schema: PrismaSchema;
  readonly site: CallSite;
  /** Fields that the client leaves out of every row, by model. */
  readonly omitted?: (model: string) => Value | undefined;
  /** Adds what an extension of the client gives to the rows of a model. */
  readonly extend?: (model: string, row: ObjectValue) => void;
}

const depthLimit = 8;

/** A row of a model as a query with these arguments gives it. */
export function selectedRow(by: Selecting, model: PrismaModel, args: Value | undefined, depth = 0): Value {
  if (args?.kind === 'union') return join(args.members.map((member) => selectedRow(by, model, member, depth)));
  const options = optionsOf(args);
  if (options === 'lost' || depth > depthLimit) return someRow(by.site.place);
  const { m } = by;
  const row: ObjectValue = {
    kind: 'object',
    props: new Map(),
    places: new Map(),
    place: by.site.place,
    born: m.arm,
  };
  const select = option(m, options, 'select');
  if (select && !isEmpty(select)) {
    if (!addSelected(by, model, row, select, depth)) return someRow(by.site.place);
    by.extend?.(model.name, row);
    return row;
  }
  for (const field of model.fields) if (!isRelation(by, field)) addField(by, row, field, undefined, depth);
  const omit = [by.omitted?.(model.name), option(m, options, 'omit')];
  for (const one of omit) if (one && !leaveOut(m, row, one)) return someRow(by.site.place);
  const include = option(m, options, 'include');
  if (include && !isEmpty(include) && !addSelected(by, model, row, include, depth)) return someRow(by.site.place);
  by.extend?.(model.name, row);
  return row;
}

/** Adds the fields that are switched on; false when not all switches can be seen. */
function addSelected(by: Selecting, model: PrismaModel, row: ObjectValue, switches: Value, depth: number): boolean {
  const options = optionsOf(switches);
  if (options === 'lost') return false;
  if (options === 'none') return true;
  for (const [name, cell] of options.props) {
    const setting = by.m.force(cell);
    const on = setting.kind === 'object' ? true : isOn(setting);
    if (on === false) continue;
    const args = setting.kind === 'object' || setting.kind === 'union' ? withoutSwitches(setting) : undefined;
    if (name === '_count') {
      row.props.set(name, { value: countsOf(by, model, args) });
      continue;
    }
    const field = model.fields.find((one) => one.name === name);
    if (!field || field.hidden) {
      // A field that an extension adds, or that the schema does not have yet.
      row.props.set(name, { value: something() });
      continue;
    }
    addField(by, row, field, args, depth, on === undefined);
  }
  return true;
}

/** The alternatives of a setting that are arguments rather than a switch. */
function withoutSwitches(setting: Value): Value {
  if (setting.kind !== 'union') return setting;
  const parts = setting.members.map((member) => (member.kind === 'object' ? member : undefinedValue));
  return join(parts);
}

function leaveOut(m: Machine, row: ObjectValue, omit: Value): boolean {
  const options = optionsOf(omit);
  if (options === 'lost') return false;
  if (options === 'none') return true;
  for (const [name, cell] of options.props) {
    const on = isOn(m.force(cell));
    const held = row.props.get(name);
    if (on === false || !held) continue;
    if (on) row.props.delete(name);
    else row.props.set(name, { value: join([m.force(held), undefinedValue]) });
  }
  return true;
}

function isRelation(by: Selecting, field: PrismaField): boolean {
  const target = by.schema.models.get(field.type);
  return !!target && target.kind !== 'type';
}

function addField(
  by: Selecting,
  row: ObjectValue,
  field: PrismaField,
  args: Value | undefined,
  depth: number,
  maybe = false,
): void {
  if (field.hidden) return;
  const cell: Cell = { value: undefined, born: by.m.arm };
  cell.lazy = () => {
    const value = fieldValue(by, field, args, depth);
    return maybe ? join([value, undefinedValue]) : value;
  };
  row.props.set(field.name, cell);
  row.places!.set(field.name, field.place);
}

function fieldValue(by: Selecting, field: PrismaField, args: Value | undefined, depth: number): Value {
  const target = by.schema.models.get(field.type);
  const one =
    scalarValue(by.m, by.schema, field, by.site) ??
    (target ? selectedRow(by, target, args, depth + 1) : something('spread-or-any', field.place));
  if (field.list) return listOf(one, field.place);
  return field.optional ? join([one, { ...nullValue, place: field.place }]) : one;
}

/** `_count`: of the relations that are named, or of all lists. */
function countsOf(by: Selecting, model: PrismaModel, args: Value | undefined): Value {
  const select = option(by.m, optionsOf(args), 'select');
  const named = select ? optionsOf(select) : 'none';
  if (named === 'lost') return someRow(by.site.place);
  const names =
    named === 'none'
      ? model.fields.filter((field) => field.list && isRelation(by, field)).map((field) => field.name)
      : [...named.props].filter(([, cell]) => isOn(by.m.force(cell)) !== false).map(([name]) => name);
  return objectOf(Object.fromEntries(names.map((name) => [name, someCount()])), by.site.place);
}
