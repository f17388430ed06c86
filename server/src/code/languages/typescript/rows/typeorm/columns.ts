// Owns the values of an entity's columns, as drivers give them. It must not know relations or queries.

import { numberShape, stringShape } from '../../../../../shape/shape.ts';
import { join, members } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { typedValue } from '../../typed-values.ts';
import {
  type CallSite,
  isEmpty,
  isOpaque,
  nullValue,
  shaped,
  someBoolean,
  someNumber,
  someString,
  type Value,
} from '../../value.ts';
import { dateValue, listOf, option, something } from '../row.ts';
import type { Column } from './entity.ts';

/** Drivers give these as texts, so that no digit is lost, whatever the property's type says. */
const exact = /^(bigint|int8|unsigned big int|decimal|dec|numeric|number|fixed|money|smallmoney)$/i;
const whole = /^(int|int2|int4|integer|smallint|mediumint|tinyint|serial)$/i;

/** The value of a column in a loaded row. */
export function columnValue(m: Machine, column: Column, site: CallSite): Value {
  const value = presentValue(m, column, site);
  if (!column.nullable || members(value).some((member) => member.kind === 'literal' && member.value === null))
    return value;
  return join([value, { ...nullValue, place: column.member.place }]);
}

function presentValue(m: Machine, column: Column, site: CallSite): Value {
  const { member, type } = column;
  const typed = member.type && typedValue(m, { node: member.type, frame: member.frame });
  const declared = typed && !isOpaque(typed) ? present(typed, column) : undefined;
  const transformed = !!option(m, column.options, 'transformer');
  if (transformed) return declared ?? something('custom-serializer', member.place);
  if (column.decorator === 'ObjectIdColumn') return shaped(stringShape(member.place));
  if (exact.test(type)) return isText(declared) ? declared! : something('custom-serializer', member.place);
  if (type === 'date' && !isText(declared)) return shaped(stringShape(member.place, { format: 'date' }));
  if (isNumber(declared) && (whole.test(type) || column.decorator === 'PrimaryGeneratedColumn'))
    return shaped(numberShape(member.place, { integer: true }));
  return declared ?? fromType(m, column, site);
}

/** What the column holds where its property says `undefined` for what the database has as null. */
function present(value: Value, column: Column): Value {
  const parts = members(value).filter((member) => !(member.kind === 'literal' && member.value === undefined));
  return parts.length === 0 || parts.every(isEmpty) ? something('spread-or-any', column.member.place) : join(parts);
}

const isText = (value: Value | undefined) => value?.kind === 'unknown' && value.shape?.kind === 'string';
const isNumber = (value: Value | undefined) => value?.kind === 'unknown' && value.shape?.kind === 'number';

/** A column of which only the database's type is written, as in JavaScript. */
function fromType(m: Machine, column: Column, site: CallSite): Value {
  const { type, decorator, member } = column;
  if (decorator === 'PrimaryGeneratedColumn')
    return type === 'uuid' ? someString() : shaped(numberShape(member.place, { integer: true }));
  if (decorator === 'VersionColumn') return someNumber(true);
  if (/DateColumn$/.test(decorator) || /^(timestamp|timestamptz|datetime)/i.test(type)) return dateValue(m, site);
  if (/^(varchar|nvarchar|char|text|uuid|citext|longtext|mediumtext|character varying)/i.test(type))
    return someString();
  if (whole.test(type)) return someNumber(true);
  if (/^(float|double|real)/i.test(type)) return someNumber();
  if (/^bool/i.test(type)) return someBoolean();
  return type === 'simple-array' ? listOf(someString()) : something('spread-or-any', member.place);
}
