// Owns Mongoose documents: which fields a query gives, and what becomes of a document in JSON.
// It must not know the methods of models and queries.

import { numberShape, stringShape } from '../../../../../shape/shape.ts';
import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import {
  type CallSite,
  type Cell,
  isEmpty,
  type NativeValue,
  nullValue,
  type ObjectValue,
  objectOf,
  shaped,
  someBoolean,
  someString,
  textOf,
  truth,
  undefinedValue,
  type Value,
} from '../../value.ts';
import { type DocumentKind, documentOf, isDocument, plainObject } from '../document.ts';
import { dateValue, listOf, option, optionsOf, perhaps, someRow, something } from '../row.ts';
import type { FieldType, SchemaData, SchemaField } from './schema.ts';

/** What a query asks for beside the documents themselves. */
export interface Asked {
  lean: boolean;
  /** Names that are wanted, or that are not; undefined when nothing selects. */
  select?: { readonly only: boolean; readonly names: ReadonlySet<string> };
  readonly shown: Set<string>;
  readonly populated: Map<string, Value | undefined>;
  lost: boolean;
}

export const asking = (): Asked => ({ lean: false, shown: new Set(), populated: new Map(), lost: false });

/** Finds the schema that a reference names. */
export type Referred = (ref: Value | undefined) => SchemaData | undefined;

/** A document, or a plain object for a lean query. */
export function documentFor(m: Machine, schema: SchemaData, asked: Asked, site: CallSite, referred: Referred): Value {
  if (asked.lost) return someRow(site.place);
  const fields = fieldsFor(m, schema, asked, site, referred);
  const open = schema.lost ? ({ reason: 'spread-or-any', place: site.place } as const) : undefined;
  if (asked.lean) {
    const places = new Map(schema.fields.flatMap((field) => (field.place ? [[field.name, field.place] as const] : [])));
    return { kind: 'object', props: fields, places, place: site.place, born: m.arm, ...(open ? { open } : {}) };
  }
  return documentOf(kindFor(schema, site), fields, site);
}

function fieldsFor(
  m: Machine,
  schema: SchemaData,
  asked: Asked,
  site: CallSite,
  referred: Referred,
): Map<string, Cell> {
  const fields = new Map<string, Cell>();
  const put = (name: string, value: () => Value) => {
    if (wanted(asked, name)) fields.set(name, { value: undefined, lazy: value });
  };
  const off = (name: string) => {
    const setting = option(m, schema.options, name);
    return !!setting && truth(setting) === false;
  };
  if (!off('_id')) put('_id', () => shaped(stringShape(undefined, { pattern: '^[0-9a-f]{24}$' })));
  if (schema.fields.some((field) => field.name === '_id')) fields.delete('_id');
  for (const field of schema.fields) {
    if (field.hidden && !asked.shown.has(field.name) && !(asked.select?.only && asked.select.names.has(field.name)))
      continue;
    put(field.name, () => fieldValue(m, field, asked, site, referred));
  }
  for (const name of stamps(m, schema)) put(name, () => dateValue(m, site));
  if (!off('versionKey')) put('__v', () => shaped(numberShape(undefined, { integer: true })));
  return fields;
}

/** The names of `timestamps`: true, or an object that renames or leaves out. */
function stamps(m: Machine, schema: SchemaData): string[] {
  const setting = option(m, schema.options, 'timestamps');
  if (!setting || truth(setting) === false) return [];
  return ['createdAt', 'updatedAt'].flatMap((name) => {
    const given = option(m, optionsOf(setting), name);
    if (given && truth(given) === false) return [];
    return [textOf(given) ?? name];
  });
}

function wanted(asked: Asked, name: string): boolean {
  const { select } = asked;
  if (!select) return true;
  if (!select.only) return !select.names.has(name);
  if (name === '_id') return !select.names.has('-_id');
  // `author.name` selects a part of a field.
  return [...select.names].some((one) => one === name || one.startsWith(`${name}.`));
}

function fieldValue(m: Machine, field: SchemaField, asked: Asked, site: CallSite, referred: Referred): Value {
  const populated = asked.populated.has(field.name);
  const ref = populated ? referred(field.ref ?? (field.type.kind === 'list' ? field.type.ref : undefined)) : undefined;
  const one = populated
    ? populatedValue(m, field, ref, asked.populated.get(field.name), site, referred)
    : typeValue(m, field.type, site, referred);
  // What a reference names may be gone; then populating gives null.
  const nullable = field.nullable || (populated && field.type.kind !== 'list');
  const value = nullable ? join([one, { ...nullValue, place: field.place }]) : one;
  return field.present ? value : perhaps(shapeOfValue(m, value));
}

function populatedValue(
  m: Machine,
  field: SchemaField,
  ref: SchemaData | undefined,
  select: Value | undefined,
  site: CallSite,
  referred: Referred,
): Value {
  const asked = asking();
  if (select) addSelection(m, asked, select);
  const one = ref ? documentFor(m, ref, asked, site, referred) : someRow(site.place);
  return field.type.kind === 'list' ? listOf(one) : one;
}

function typeValue(m: Machine, type: FieldType, site: CallSite, referred: Referred): Value {
  switch (type.kind) {
    case 'scalar':
      return shaped(type.shape);
    case 'date':
      return dateValue(m, site);
    case 'list':
      return listOf(itemValue(m, type.items, site, referred));
    case 'nested':
      return nestedValue(m, type.fields, site, referred);
    case 'schema':
      // Only documents of a collection of their own have a version.
      return documentFor(
        m,
        type.schema,
        { ...asking(), select: { only: false, names: new Set(['__v']) } },
        site,
        referred,
      );
    case 'unknown':
      return something();
  }
}

/** Objects in a list are documents of their own, with an id. */
function itemValue(m: Machine, type: FieldType, site: CallSite, referred: Referred): Value {
  const value = typeValue(m, type, site, referred);
  if (type.kind === 'nested' && value.kind === 'object' && !value.props.has('_id'))
    value.props.set('_id', { value: someString() });
  return value;
}

function nestedValue(m: Machine, fields: readonly SchemaField[], site: CallSite, referred: Referred): ObjectValue {
  const object = objectOf({}, site.place);
  for (const field of fields) {
    object.props.set(field.name, { value: fieldValue(m, field, asking(), site, referred) });
  }
  return object;
}

/** Reads a projection: `'-password name'`, `{ password: 0 }`, a list of names. */
export function addSelection(m: Machine, asked: Asked, value: Value): void {
  const names: string[] = [];
  const text = textOf(value);
  if (text !== undefined) names.push(...text.split(/\s+/).filter((name) => name !== ''));
  else if (value.kind === 'array' && !value.rest && value.items.every((item) => textOf(item) !== undefined))
    names.push(...value.items.map((item) => textOf(item)!));
  else {
    const options = optionsOf(value);
    if (options === 'none') return;
    if (options === 'lost') {
      asked.lost = true;
      return;
    }
    for (const [name, cell] of options.props) {
      const on = truth(m.force(cell));
      if (on === undefined) asked.lost = true;
      names.push(on === false ? `-${name}` : name);
    }
  }
  for (const name of names.filter((one) => one.startsWith('+'))) asked.shown.add(name.slice(1));
  const plain = names.filter((one) => !one.startsWith('+'));
  if (plain.length === 0) return;
  const only = plain.some((one) => !one.startsWith('-'));
  const wantedNames = plain.map((one) => (only && one !== '-_id' ? one.replace(/^-/, '') : one));
  asked.select = { only, names: new Set(only ? wantedNames : plain.map((one) => one.slice(1))) };
}

function kindFor(schema: SchemaData, site: CallSite): DocumentKind {
  return {
    member(m, self, key) {
      if (key === 'id') return someString();
      if (key === '_doc') return plainObject(m, self);
      const virtual = schema.virtuals.get(key);
      if (virtual) return m.call(virtual, { ...site, args: [self], argPlaces: [site.place], node: undefined }, self);
      const method = schema.methods.props.get(key);
      if (method) return bound(m.force(method), self);
      return schema.lost || schema.virtuals.has(key) ? something() : undefined;
    },
    method(m, self, key, inner) {
      const method = schema.methods.props.get(key);
      if (method) return m.call(bound(m.force(method), self), inner, self);
      switch (key) {
        case 'save':
        case 'populate':
        case 'set':
        case 'remove':
        case 'deleteOne':
        case 'execPopulate':
        case 'overwrite':
        case 'depopulate':
          if (key === 'populate') loosen(m, self, inner);
          return self;
        case 'toObject':
          return inner.args.length > 0
            ? shaped(shapeOfValue(m, jsonOf(m, schema, self, inner, inner.args[0])), true)
            : plainObject(m, self);
        case 'toJSON':
          return jsonOf(m, schema, self, inner);
        case 'get':
          return textOf(inner.args[0]) === undefined ? something() : m.get(self, textOf(inner.args[0])!, inner.place);
        case 'isModified':
        case 'equals':
        case 'isNew':
          return someBoolean();
        default:
          return undefined;
      }
    },
    json: (m, self) => jsonOf(m, schema, self, site),
  };
}

const bound = (fn: Value, self: Value): Value => (fn.kind === 'function' ? { ...fn, self } : fn);

/** Populating a document that is there already: what the paths hold now is not followed. */
function loosen(m: Machine, self: NativeValue, site: CallSite): void {
  const [given] = site.args;
  const text = textOf(given);
  const names = text === undefined ? [...self.props.keys()] : text.split(/\s+/);
  for (const name of names) {
    const cell = self.props.get(name.split('.')[0] ?? name);
    if (cell) m.write(cell, something());
  }
}

/** `toJSON`: the fields, the virtuals when they are asked for, and then the transformation that the schema names. */
function jsonOf(m: Machine, schema: SchemaData, self: NativeValue, site: CallSite, given?: Value): Value {
  if (schema.lost) return someRow(site.place);
  const setting = given ?? option(m, schema.options, 'toJSON');
  const options = optionsOf(setting);
  if (options === 'lost') return someRow(site.place);
  const plain = plainObject(m, self) as ObjectValue;
  const on = (name: string) => {
    const value = option(m, options, name);
    return !!value && truth(value) === true;
  };
  if (on('virtuals')) addVirtuals(m, schema, self, plain);
  const version = option(m, options, 'versionKey');
  if (version && truth(version) === false) plain.props.delete('__v');
  const transform = option(m, options, 'transform');
  if (!transform) return plain;
  if (transform.kind !== 'function') return someRow(site.place);
  const made = m.call(transform, {
    ...site,
    args: [self, plain, setting ?? undefinedValue],
    argPlaces: [site.place, site.place, site.place],
    node: undefined,
  });
  return isEmpty(made) || isDocument(made) ? plain : made;
}

function addVirtuals(m: Machine, schema: SchemaData, self: NativeValue, plain: ObjectValue): void {
  const id = option(m, schema.options, 'id');
  if (!id || truth(id) !== false) plain.props.set('id', { value: someString() });
  for (const name of schema.virtuals.keys()) {
    const value = m.get(self, name, self.place ?? { file: '', start: 0, end: 0 });
    plain.props.set(name, { value });
  }
}
