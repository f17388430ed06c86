// Owns the package models of Sequelize and sequelize-typescript. It must not know how rows are filled.

import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type Model,
  native,
  objectOf,
  type PackageModel,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { decorationValue } from '../decorations.ts';
import { escapeArguments, something } from '../row.ts';
import { calledType } from './attributes.ts';
import { definitionOf, emptyDefinition, initialise } from './definitions.ts';
import { definedModel, inheritedMethod, sequelizePackage } from './models.ts';

/** The connection: it makes models, runs transactions and sends queries that nobody can follow. */
const connection: Model = {
  name: 'sequelize',
  stable: true,
  get(_m, self, key) {
    if (key === 'models') return self;
    return undefined;
  },
  method(m, _self, key, site) {
    switch (key) {
      case '[escape]':
        return undefinedValue;
      case 'define':
        return define(m, site);
      case 'transaction': {
        const work = site.args.findLast((argument) => argument.kind === 'function');
        return work
          ? m.call(work, { ...site, args: [something()], argPlaces: [site.place], node: undefined })
          : something();
      }
      case 'query':
        escapeArguments(m, site);
        return unknown('spread-or-any', site.place);
      default:
        return undefined;
    }
  },
};

function define(m: Machine, site: CallSite): Value {
  const [name, attributes, options] = site.args;
  const definition = emptyDefinition(textOf(name) ?? '');
  initialise(m, definition, attributes, options);
  return native(definedModel, definition, site.place);
}

const typeName = /^[A-Z][A-Z0-9]*$/;

export const sequelizeModel: PackageModel = {
  packages: [sequelizePackage, 'sequelize-typescript'],
  call(_m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (typeName.test(last)) return calledType(last, site.args);
    // The functions of SQL: `literal`, `fn`, `col`, `where`.
    if (/^[a-z]/.test(last)) return undefined;
    return decorationValue(last, external.package, site.args);
  },
  construct(_m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (typeName.test(last)) return calledType(last, site.args);
    if (last === 'Sequelize' || last === '=' || external.path.length === 0 || last === 'default')
      return native(connection, undefined, site.place);
    return last === 'Model' ? objectOf({}, site.place) : undefined;
  },
  inherited(m, parent, key, heir) {
    if (parent.path.at(-1) !== 'Model' || heir.kind !== 'class' || key === 'prototype') return undefined;
    return inheritedMethod(() => definitionOf(m, heir), key, heir);
  },
  instance: (_m, path, _args, place) =>
    path.at(-1) === 'Sequelize' ? native(connection, undefined, place) : undefined,
};
