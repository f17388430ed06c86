// Owns Sequelize's instances: which fields a query gives them, and what they do. It must not know the methods of models.

import { everyItem, join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import {
  type CallSite,
  type Cell,
  type NativeValue,
  nullValue,
  type ObjectValue,
  someBoolean,
  textOf,
  truth,
  undefinedValue,
  type Value,
} from '../../value.ts';
import { type DocumentKind, documentOf, plainObject } from '../document.ts';
import { dateValue, listOf, option, optionsOf, perhaps, someRow, something } from '../row.ts';
import { type Attribute, attributeValue } from './attributes.ts';
import { type Definition, definitionOf, scopeOf, stampNames } from './definitions.ts';

export interface Fetch {
  readonly m: Machine;
  readonly definition: Definition;
  readonly site: CallSite;
  /** The options of the query. */
  readonly options: Value | undefined;
  /** A scope that stands in for the default one. */
  readonly scope?: Value | 'none' | 'lost';
  /** The row was just made: columns that nobody filled are missing. */
  readonly fresh?: boolean;
}

const depthLimit = 5;

/** A row as a query gives it: an instance, or a plain object with `raw`. */
export function fetched(fetch: Fetch, depth = 0): Value {
  const { m, definition, site } = fetch;
  const options = optionsOf(fetch.options);
  if (options === 'lost' || !definition.known || fetch.scope === 'lost' || depth > depthLimit)
    return someRow(site.place);
  const scope =
    fetch.scope === undefined
      ? scopeOf(m, definition, undefined)
      : fetch.scope === 'none'
        ? undefinedValue
        : fetch.scope;
  if (!scope) return someRow(site.place);
  const row: ObjectValue = { kind: 'object', props: new Map(), places: new Map(), place: site.place, born: m.arm };
  const asked = option(m, options, 'attributes') ?? option(m, optionsOf(scope), 'attributes');
  const listed = asked?.kind === 'array';
  if (!addColumns(fetch, row, asked)) return someRow(site.place);
  // Associations made elsewhere add foreign keys; a list of attributes leaves them out.
  if (!listed) row.open = { reason: 'spread-or-any', place: site.place };
  for (const include of [option(m, optionsOf(scope), 'include'), option(m, options, 'include')])
    if (include) addIncluded(fetch, row, include, depth);
  const raw = option(m, options, 'raw');
  if (raw && truth(raw) === true) return row;
  return documentOf(kindFor(fetch, row), row.props, site);
}

function addColumns(fetch: Fetch, row: ObjectValue, asked: Value | undefined): boolean {
  const { m, definition, site, fresh } = fetch;
  const put = (attribute: Attribute) => {
    const cell: Cell = { value: undefined };
    cell.lazy = () => {
      const value =
        attribute.getter || attribute.virtual
          ? something('spread-or-any', attribute.place)
          : attributeValue(m, attribute, site);
      const sure = !attribute.virtual && (!fresh || attribute.generated);
      return sure ? value : perhaps(shapeOfValue(m, value));
    };
    row.props.set(attribute.name, cell);
    if (attribute.place) row.places!.set(attribute.name, attribute.place);
  };
  if (asked?.kind === 'array') return addListed(fetch, row, asked, put);
  for (const attribute of definition.attributes) put(attribute);
  if (!definition.attributes.some((one) => one.name === 'id') && !definition.attributes.some((one) => one.generated))
    row.props.set('id', { value: perhaps({ kind: 'number', integer: true }) });
  for (const stamp of stampNames(m, definition)) {
    if (row.props.has(stamp.name)) continue;
    const date = dateValue(m, site);
    const value = stamp.nullable ? join([date, nullValue]) : date;
    row.props.set(stamp.name, { value: stamp.sure ? value : perhaps(shapeOfValue(m, value)) });
  }
  if (!asked) return true;
  const options = optionsOf(asked);
  if (typeof options === 'string') return options === 'none';
  const excluded = option(m, options, 'exclude');
  if (excluded && (excluded.kind !== 'array' || excluded.rest)) return false;
  for (const item of excluded?.kind === 'array' ? excluded.items : []) row.props.delete(textOf(item) ?? '');
  const included = option(m, options, 'include');
  return !included || (included.kind === 'array' && addListed(fetch, row, included, put));
}

/** `['id', ['column', 'name'], [fn(…), 'total']]`. */
function addListed(
  fetch: Fetch,
  row: ObjectValue,
  list: Value & { kind: 'array' },
  put: (attribute: Attribute) => void,
): boolean {
  if (list.rest) return false;
  for (const item of list.items) {
    const name = item.kind === 'array' ? textOf(item.items[1]) : textOf(item);
    if (name === undefined) return false;
    const attribute = item.kind === 'array' ? undefined : fetch.definition.attributes.find((one) => one.name === name);
    if (attribute) put(attribute);
    else if (/^(createdAt|updatedAt)$/.test(name)) row.props.set(name, { value: dateValue(fetch.m, fetch.site) });
    else row.props.set(name, { value: something() });
  }
  return true;
}

function addIncluded(fetch: Fetch, row: ObjectValue, include: Value, depth: number): void {
  const { m, definition, site } = fetch;
  const items = include.kind === 'array' ? everyItem(include) : [include];
  for (const item of items) {
    const options = optionsOf(item);
    const settings = typeof options === 'string' ? undefined : options;
    const model = settings ? (option(m, options, 'model') ?? option(m, options, 'association')) : item;
    const alias = textOf(option(m, options, 'as')) ?? textOf(model);
    const target = model && textOf(model) === undefined ? model : undefined;
    const association = definition.associations.find(
      (one) => (alias === undefined || one.name === alias) && (!target || sameModel(one.target, target)),
    );
    const name = association?.name ?? alias;
    // Which name it has is decided by an association that nobody has seen.
    if (name === undefined) continue;
    const inner = definitionFor(m, association?.target ?? target);
    row.props.set(name, {
      value: undefined,
      lazy: () => {
        const one = inner ? fetched({ m, definition: inner, site, options: settings }, depth + 1) : something();
        if (!association) return something();
        return association.list ? listOf(one) : join([one, nullValue]);
      },
    });
  }
}

function sameModel(a: Value, b: Value): boolean {
  return a === b || (a.kind === 'class' && b.kind === 'class' && a.node === b.node);
}

/** The definition of a model, however it was made. */
export function definitionFor(m: Machine, model: Value | undefined): Definition | undefined {
  if (model?.kind === 'class') return definitionOf(m, model);
  return model?.kind === 'native' && model.model.name === 'sequelize-model' ? (model.data as Definition) : undefined;
}

function kindFor(fetch: Fetch, row: ObjectValue): DocumentKind {
  const plain = (m: Machine, self: NativeValue): Value => {
    const made = plainObject(m, self);
    return made.kind === 'object' ? { ...made, places: row.places, ...(row.open ? { open: row.open } : {}) } : made;
  };
  return {
    cls: fetch.definition.cls,
    member(m, self, key) {
      if (key === 'dataValues') return plain(m, self);
      const own = fetch.definition.prototype.props.get(key);
      const method = own && m.force(own);
      if (method) return method.kind === 'function' ? { ...method, self } : method;
      return row.open && !/^[[$_]/.test(key) && !isMethod(key) ? something() : undefined;
    },
    method(m, self, key, site) {
      const own = fetch.definition.prototype.props.get(key);
      if (own) return m.call(m.force(own), site, self);
      switch (key) {
        case 'toJSON':
          return plain(m, self);
        case 'get':
          return textOf(site.args[0]) === undefined ? plain(m, self) : m.get(self, textOf(site.args[0])!, site.place);
        case 'update':
        case 'save':
        case 'reload':
        case 'set':
        case 'increment':
        case 'decrement':
        case 'restore':
          return self;
        case 'destroy':
          return undefinedValue;
        case 'changed':
        case 'equals':
          return someBoolean();
        default:
          return undefined;
      }
    },
    json: plain,
  };
}

const isMethod = (key: string) =>
  /^(toJSON|get|set|update|save|reload|destroy|changed|equals|increment|decrement|restore|(get|set|add|remove|has|count|create)[A-Z]\w*)$/.test(
    key,
  );
