// Owns Sequelize's attributes: what a model's definition says of each column. It must not know queries or instances.

import type { Place } from '../../../../../base/place.ts';
import { numberShape, stringShape } from '../../../../../shape/shape.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type Model,
  native,
  nullValue,
  type ObjectValue,
  shaped,
  someBoolean,
  textOf,
  truth,
  type Value,
} from '../../value.ts';
import { dateValue, listOf, option, optionsOf, something } from '../row.ts';

export interface Attribute {
  readonly name: string;
  readonly type: Value;
  /** The definition says so in words; what it leaves open is taken for a column that is filled. */
  readonly nullable: boolean;
  /** The database or Sequelize fills it when a row is made without it. */
  readonly generated: boolean;
  /** No column: only a getter gives it. */
  readonly virtual: boolean;
  readonly getter?: Value;
  readonly place?: Place;
}

const typeModel: Model = { name: 'sequelize-type' };

interface CalledType {
  readonly name: string;
  readonly args: readonly Value[];
}

/** `DataTypes.ENUM('a', 'b')`: a type that is made with arguments. */
export const calledType = (name: string, args: readonly Value[]): Value =>
  native(typeModel, { name, args } satisfies CalledType);

/** Reads the attributes of `init` or `define`; undefined when they cannot be seen. */
export function attributesOf(m: Machine, value: Value | undefined): Attribute[] | undefined {
  const options = optionsOf(value);
  if (options === 'lost') return undefined;
  if (options === 'none') return [];
  return [...options.props].map(([name, cell]) => attributeOf(m, name, m.force(cell), options.places?.get(name)));
}

function attributeOf(m: Machine, name: string, value: Value, place: Place | undefined): Attribute {
  const given = value.kind === 'object' ? value : undefined;
  const type = given ? (option(m, given, 'type') ?? something()) : value;
  const on = (key: string) => {
    const setting = given && option(m, given, key);
    return !!setting && truth(setting) === true;
  };
  const standard = given && option(m, given, 'defaultValue');
  const isKey = on('primaryKey') || on('autoIncrement');
  return {
    name,
    type: values(m, given) ?? type,
    nullable: on('allowNull') && !isKey,
    generated: isKey || !!standard,
    virtual: typeName(type).name === 'VIRTUAL',
    getter: given && option(m, given, 'get'),
    place,
  };
}

/** `{ type: DataTypes.ENUM, values: ['a', 'b'] }`. */
function values(m: Machine, given: ObjectValue | undefined): Value | undefined {
  const list = given && option(m, given, 'values');
  return list?.kind === 'array' ? calledType('ENUM', [list]) : undefined;
}

function typeName(type: Value): CalledType {
  if (type.kind === 'native' && type.model === typeModel) return type.data as CalledType;
  if (type.kind === 'external') {
    const name = type.path.filter((part) => part !== '()').findLast((part) => /^[A-Z0-9]+$/.test(part));
    return { name: name ?? '', args: [] };
  }
  return { name: textOf(type) ?? '', args: [] };
}

/** The value of an attribute in a row that was read. */
export function attributeValue(m: Machine, attribute: Attribute, site: CallSite): Value {
  const value = typedValueOf(m, attribute.type, attribute.place, site);
  return attribute.nullable ? join([value, { ...nullValue, place: attribute.place }]) : value;
}

function typedValueOf(m: Machine, type: Value, place: Place | undefined, site: CallSite): Value {
  const { name, args } = typeName(type);
  switch (name) {
    case 'STRING':
    case 'TEXT':
    case 'CHAR':
    case 'CITEXT':
    case 'TIME':
      return shaped(stringShape(place));
    case 'UUID':
      return shaped(stringShape(place, { format: 'uuid' }));
    case 'DATEONLY':
      return shaped(stringShape(place, { format: 'date' }));
    case 'INTEGER':
    case 'SMALLINT':
    case 'TINYINT':
    case 'MEDIUMINT':
      return shaped(numberShape(place, { integer: true }));
    case 'FLOAT':
    case 'DOUBLE':
    case 'REAL':
      return shaped(numberShape(place));
    case 'BOOLEAN':
      return someBoolean();
    case 'DATE':
      return dateValue(m, site);
    case 'ENUM':
      return shaped(stringShape(place, constants(args)));
    case 'ARRAY':
      return listOf(args[0] ? typedValueOf(m, args[0], place, site) : something('spread-or-any', place), place);
    case 'BIGINT':
    case 'DECIMAL':
    case 'BLOB':
      // Drivers differ: texts here, numbers there.
      return something('custom-serializer', place);
    default:
      return something('spread-or-any', place);
  }
}

function constants(args: readonly Value[]): { values: string[] } | Record<string, never> {
  const items = args.flatMap((argument) => (argument.kind === 'array' && !argument.rest ? argument.items : [argument]));
  const texts = items.map(textOf);
  return texts.length > 0 && texts.every((text) => text !== undefined) ? { values: texts as string[] } : {};
}
