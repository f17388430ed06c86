// Owns Mongoose schemas: the fields of their definitions, their options, and what is added to them later.
// It must not know queries or documents.

import type { Place } from '../../../../../base/place.ts';
import { numberShape, objectShape, type Shape, stringShape, unknownShape } from '../../../../../shape/shape.ts';
import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type Cell,
  type Model,
  native,
  type ObjectValue,
  objectOf,
  textOf,
  truth,
  undefinedValue,
  type Value,
} from '../../value.ts';
import { option, optionsOf } from '../row.ts';

/** What the text of a schema says of one path. */
export interface SchemaField {
  readonly name: string;
  readonly type: FieldType;
  /** The field is there in every document: it is demanded, or has a default. */
  readonly present: boolean;
  readonly nullable: boolean;
  /** `select: false`. */
  readonly hidden: boolean;
  readonly ref?: Value;
  readonly place?: Place;
}

export type FieldType =
  | { readonly kind: 'scalar'; readonly shape: Shape }
  | { readonly kind: 'date' }
  | { readonly kind: 'list'; readonly items: FieldType; readonly ref?: Value }
  | { readonly kind: 'nested'; readonly fields: readonly SchemaField[] }
  | { readonly kind: 'schema'; readonly schema: SchemaData }
  | { readonly kind: 'unknown' };

export interface SchemaData {
  readonly fields: SchemaField[];
  /** The definition as written, for code that looks into `schema.paths`. */
  readonly paths: ObjectValue;
  readonly options: ObjectValue;
  readonly methods: ObjectValue;
  readonly statics: ObjectValue;
  readonly virtuals: Map<string, Value | undefined>;
  /** Something was done to it that cannot be seen. */
  lost: boolean;
}

/** `new Schema(definition, options)`. */
export function constructSchema(m: Machine, site: CallSite): Value {
  const [definition, options] = site.args;
  const data: SchemaData = {
    fields: [],
    paths: objectOf({}),
    options: options?.kind === 'object' ? options : objectOf({}, site.place),
    methods: objectOf({}),
    statics: objectOf({}),
    virtuals: new Map(),
    lost: !!options && optionsOf(options) === 'lost',
  };
  addDefinition(m, data, definition);
  for (const part of ['methods', 'statics'] as const) {
    const given = option(m, data.options, part);
    if (given?.kind === 'object') for (const [key, cell] of given.props) data[part].props.set(key, cell);
  }
  return native(schemaModel, data, site.place);
}

export const schemaOf = (value: Value | undefined): SchemaData | undefined =>
  value?.kind === 'native' && value.model === schemaModel ? (value.data as SchemaData) : undefined;

const schemaModel: Model = {
  name: 'mongoose-schema',
  get(_m, self, key) {
    const data = self.data as SchemaData;
    if (key === 'methods' || key === 'statics' || key === 'options' || key === 'paths') return data[key];
    return key === 'obj' ? data.paths : undefined;
  },
  method(m, self, key, site) {
    const data = self.data as SchemaData;
    const [first, second] = site.args;
    switch (key) {
      case '[escape]':
      case 'pre':
      case 'post':
      case 'index':
      case 'loadClass':
      case 'path':
      case 'queue':
      case 'searchIndex':
      case 'clearIndexes':
        if (key === 'loadClass' || key === 'path') data.lost = true;
        return key === '[escape]' ? undefinedValue : self;
      case 'add':
        if (schemaOf(first)) for (const field of schemaOf(first)!.fields) addField(data, field);
        else addDefinition(m, data, first);
        return self;
      case 'set':
        if (textOf(first) !== undefined && second) data.options.props.set(textOf(first)!, { value: second });
        return self;
      case 'method':
      case 'static':
        addFunctions(m, key === 'method' ? data.methods : data.statics, first, second);
        return self;
      case 'virtual':
        return virtual(data, textOf(first), second);
      case 'plugin':
        plugIn(m, data, self, site);
        return self;
      case 'clone':
        return native(schemaModel, { ...data, fields: [...data.fields] }, site.place);
      default:
        return undefined;
    }
  },
};

function addFunctions(m: Machine, target: ObjectValue, first: Value | undefined, second: Value | undefined): void {
  if (textOf(first) !== undefined && second) target.props.set(textOf(first)!, { value: second });
  else if (first?.kind === 'object')
    for (const [key, cell] of first.props) target.props.set(key, { value: m.force(cell) });
}

/** `schema.virtual('name').get(fn)`; a virtual with `ref` is filled by `populate` only. */
function virtual(data: SchemaData, name: string | undefined, options: Value | undefined): Value {
  if (name !== undefined && !options) data.virtuals.set(name, undefined);
  const chain: Value = native(
    {
      name: 'mongoose-virtual',
      method: (_m, self, key, site) => {
        if (key === 'get' && name !== undefined) data.virtuals.set(name, site.args[0]);
        return key === '[escape]' ? undefinedValue : self;
      },
    },
    undefined,
  );
  return chain;
}

/** A plugin of the workspace runs; one of a package changes documents only when its name says so. */
function plugIn(m: Machine, data: SchemaData, self: Value, site: CallSite): void {
  const [plugin, options] = site.args;
  if (plugin?.kind === 'function') {
    m.call(plugin, {
      ...site,
      args: [self, options ?? objectOf({})],
      argPlaces: [site.place, site.place],
      node: undefined,
    });
    return;
  }
  const name = plugin?.kind === 'external' ? `${plugin.package}/${plugin.path.join('/')}` : '';
  if (name === '' || /json|hid|priva|serial|omit|mask|encrypt|i18n|delete|lean|field|id$/i.test(name)) data.lost = true;
}

function addDefinition(m: Machine, data: SchemaData, definition: Value | undefined): void {
  if (definition?.kind !== 'object' || definition.open || definition.base?.some((part) => part.kind !== 'object')) {
    if (definition && !(definition.kind === 'literal')) data.lost = true;
    if (definition?.kind !== 'object') return;
  }
  for (const field of fieldsOf(m, definition)) addField(data, field);
  for (const [name, cell] of definition.props)
    data.paths.props.set(name, { value: objectOf({ options: m.force(cell) }) });
}

function addField(data: SchemaData, field: SchemaField): void {
  const at = data.fields.findIndex((one) => one.name === field.name);
  if (at < 0) data.fields.push(field);
  else data.fields[at] = field;
}

/** The fields of a definition's object. */
export function fieldsOf(m: Machine, definition: ObjectValue): SchemaField[] {
  return [...definition.props].map(([name, cell]) => fieldOf(m, name, cell, definition.places?.get(name)));
}

function fieldOf(m: Machine, name: string, cell: Cell, place: Place | undefined): SchemaField {
  const value = m.force(cell);
  const options = value.kind === 'object' && isTyped(m, value) ? value : undefined;
  const given = options ? (option(m, options, 'type') ?? value) : value;
  const required = options && option(m, options, 'required');
  const standard = options && option(m, options, 'default');
  const hides = options && option(m, options, 'select');
  const ref = options && option(m, options, 'ref');
  const values = options && option(m, options, 'enum');
  const type = typeOf(m, given, values, place);
  const demanded = required?.kind === 'array' ? required.items[0] : required;
  const isNull = standard?.kind === 'literal' && standard.value === null;
  return {
    name,
    type: type.kind === 'list' && ref && !type.ref ? { ...type, ref } : type,
    present:
      (!!demanded && demanded.kind !== 'function' && truth(demanded) === true) ||
      !!standard ||
      type.kind === 'list' ||
      type.kind === 'nested',
    nullable: isNull,
    hidden: !!hides && truth(hides) === false,
    ref,
    place,
  };
}

/** `{ type: String }` types a path, whereas `{ type: { type: String } }` has a field of that name. */
function isTyped(m: Machine, value: ObjectValue): boolean {
  const type = value.props.get('type');
  if (!type) return false;
  const held = m.force(type);
  return !(held.kind === 'object' && held.props.has('type'));
}

function typeOf(m: Machine, value: Value, values: Value | undefined, place: Place | undefined, depth = 0): FieldType {
  if (depth > 6) return { kind: 'unknown' };
  const schema = schemaOf(value);
  if (schema) return { kind: 'schema', schema };
  if (value.kind === 'array') {
    const [item] = value.items;
    if (!item) return { kind: 'list', items: { kind: 'unknown' } };
    const field = fieldOf(m, '[]', { value: item }, place);
    return { kind: 'list', items: field.type, ref: field.ref };
  }
  if (value.kind === 'object') return { kind: 'nested', fields: fieldsOf(m, value) };
  return scalarType(typeName(value), constants(m, values), place);
}

/** The name of a type: `String` of the language, `Schema.Types.ObjectId`, or a text. */
function typeName(value: Value): string {
  if (value.kind === 'native') return value.model.name;
  if (value.kind === 'external') return value.path.at(-1) ?? '';
  return textOf(value) ?? '';
}

function scalarType(name: string, values: readonly string[] | undefined, place: Place | undefined): FieldType {
  switch (name.toLowerCase()) {
    case 'string':
      return { kind: 'scalar', shape: stringShape(place, values ? { values } : {}) };
    case 'objectid':
    case 'uuid':
      return { kind: 'scalar', shape: stringShape(place, name.toLowerCase() === 'uuid' ? { format: 'uuid' } : {}) };
    case 'number':
    case 'double':
      return { kind: 'scalar', shape: numberShape(place) };
    case 'int32':
      return { kind: 'scalar', shape: numberShape(place, { integer: true }) };
    case 'boolean':
      return { kind: 'scalar', shape: { kind: 'boolean', origin: place } };
    case 'date':
      return { kind: 'date' };
    case 'decimal128':
      return {
        kind: 'scalar',
        shape: objectShape([{ name: '$numberDecimal', shape: stringShape(), required: true }], 'none', place),
      };
    case 'bigint':
    case 'buffer':
      return { kind: 'scalar', shape: unknownShape('custom-serializer', place) };
    default:
      return { kind: 'unknown' };
  }
}

/** The texts of an `enum`: a list, an object's values, or `{ values: […] }`. A null in it only allows null. */
function constants(m: Machine, values: Value | undefined): readonly string[] | undefined {
  if (!values) return undefined;
  const inner = values.kind === 'object' && values.props.has('values') ? option(m, values, 'values') : values;
  const items =
    inner?.kind === 'array' && !inner.rest
      ? inner.items
      : inner?.kind === 'object' && !inner.open
        ? [...inner.props.values()].map((cell) => m.force(cell))
        : [];
  const texts = items.map(textOf);
  return texts.length > 0 && texts.every((text) => text !== undefined) ? (texts as string[]) : undefined;
}
