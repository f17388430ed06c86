// Owns what the static methods of Sequelize's models give. It must not know how an instance is filled.

import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type Model,
  nativeFunction,
  nullValue,
  objectOf,
  someBoolean,
  someNumber,
  textOf,
  truth,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { escapeArguments, libraryError, listOf, mayThrow, option, optionsOf, someCount } from '../row.ts';
import { associate, type Definition, initialise, scopeOf } from './definitions.ts';
import { type Fetch, fetched } from './instances.ts';

export const sequelizePackage = 'sequelize';

const pair = (first: Value, second: Value): Value => ({ kind: 'array', items: [first, second] });

/** `Model.method(…)`; undefined for what is not modelled. `model` is the class or object that the method is called on. */
export function callModel(
  m: Machine,
  definition: Definition,
  method: string,
  site: CallSite,
  model: Value,
  scope?: Fetch['scope'],
): Value | undefined {
  const [first, second] = site.args;
  const row = (options: Value | undefined, fresh = false) => fetched({ m, definition, site, options, scope, fresh });
  switch (method) {
    case '[escape]':
      return undefinedValue;
    case 'init':
      initialise(m, definition, first, second);
      return model;
    case 'hasMany':
    case 'hasOne':
    case 'belongsTo':
    case 'belongsToMany':
      return associate(m, definition, method, first, second);
    case 'scope':
    case 'unscoped':
    case 'schema':
      return scoped(
        m,
        definition,
        model,
        method === 'scope' ? scopeNamed(m, definition, first) : method === 'schema' ? scope : 'none',
      );
    default:
      break;
  }
  escapeArguments(m, site);
  switch (method) {
    case 'findAll':
      return listOf(row(first), site.place);
    case 'findOne':
    case 'findByPk':
    case 'findById':
      return demanded(m, method === 'findOne' ? first : second, row(method === 'findOne' ? first : second), site);
    case 'findAndCountAll':
      return objectOf({ count: someCount(), rows: listOf(row(first), site.place) }, site.place);
    case 'create':
    case 'build':
      return row(optionsWithoutColumns(m, second), true);
    case 'bulkCreate':
    case 'bulkBuild':
      return listOf(row(optionsWithoutColumns(m, second), true), site.place);
    case 'findOrCreate':
    case 'findOrBuild':
    case 'findCreateFind':
      return pair(row(undefined, true), someBoolean());
    case 'upsert':
      return pair(row(undefined, true), join([someBoolean(), nullValue]));
    case 'count':
      return option(m, optionsOf(first), 'group') ? unknown('spread-or-any', site.place) : someCount();
    case 'sum':
    case 'max':
    case 'min':
    case 'aggregate':
      return method === 'sum' ? someNumber() : unknown('spread-or-any', site.place);
    case 'destroy':
      return someCount();
    case 'update':
    case 'increment':
    case 'decrement':
    case 'restore':
      return { ...unknown('spread-or-any', site.place), truthy: true };
    case 'addHook':
    case 'sync':
    case 'truncate':
    case 'addScope':
      return undefinedValue;
    default:
      return undefined;
  }
}

/** `raw` is about reading only. */
function optionsWithoutColumns(m: Machine, options: Value | undefined): Value | undefined {
  const include = option(m, optionsOf(options), 'include');
  return include ? objectOf({ include }) : undefined;
}

/** `rejectOnEmpty`: an absent row throws, whatever is given there or Sequelize's own error. */
function demanded(m: Machine, options: Value | undefined, row: Value, site: CallSite): Value {
  const rejects = option(m, optionsOf(options), 'rejectOnEmpty');
  if (!rejects || truth(rejects) === false) return join([row, { ...nullValue, place: site.place }]);
  const own = rejects.kind === 'object' ? rejects : undefined;
  mayThrow(
    m,
    own ??
      libraryError(
        sequelizePackage,
        ['EmptyResultError'],
        { name: { kind: 'literal', value: 'SequelizeEmptyResultError' } },
        site.place,
      ),
    site.place,
  );
  return row;
}

function scopeNamed(m: Machine, definition: Definition, name: Value | undefined): Fetch['scope'] {
  if (!name || (name.kind === 'literal' && name.value === null)) return 'none';
  const text = textOf(name);
  return (text === undefined ? undefined : scopeOf(m, definition, text)) ?? 'lost';
}

/** The same model with another scope. */
function scoped(_m: Machine, definition: Definition, model: Value, scope: Fetch['scope']): Value {
  return {
    kind: 'native',
    model: {
      ...definedModel,
      method: (inner, _self, key, site) => callModel(inner, definition, key, site, model, scope),
    },
    data: definition,
    props: new Map(),
  };
}

/** What `define` gives. */
export const definedModel: Model = {
  name: 'sequelize-model',
  stable: true,
  get: (_m, self, key) => (key === 'prototype' ? (self.data as Definition).prototype : undefined),
  method: (m, self, key, site) => callModel(m, self.data as Definition, key, site, self),
  construct: (m, self, site) => callModel(m, self.data as Definition, 'build', site, self),
};

/** A static method that a class inherits. */
export const inheritedMethod = (definition: () => Definition, key: string, cls: Value): Value =>
  nativeFunction(key, (m, site) => callModel(m, definition(), key, site, cls));
