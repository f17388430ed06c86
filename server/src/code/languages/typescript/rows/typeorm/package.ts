// Owns the package model of TypeORM: data sources, managers, decorators and what entity and repository classes inherit.
// It must not know how rows are loaded.

import ts from 'typescript';
import type { Machine } from '../../machine.ts';
import { entityOf as entityName } from '../../type-names.ts';
import {
  type CallSite,
  type ClassValue,
  type Model,
  native,
  nativeFunction,
  objectOf,
  type PackageModel,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { decorationValue } from '../decorations.ts';
import { escapeArguments } from '../row.ts';
import { entityOf, typeormPackage } from './entity.ts';
import { classOf } from './loading.ts';
import { queryBuilder } from './query-builder.ts';
import { callRepository, repositoryOf } from './repository.ts';

/** A data source, an entity manager or a query runner: they answer the same questions as far as rows go. */
const manager: Model = {
  name: 'typeorm-manager',
  stable: true,
  get: (_m, self, key) => (['manager', 'connection', 'dataSource'].includes(key) ? self : undefined),
  method(m, self, key, site) {
    const [first, ...rest] = site.args;
    switch (key) {
      case '[escape]':
        return undefinedValue;
      case 'getRepository':
      case 'getTreeRepository':
      case 'getMongoRepository':
        return repositoryOf(m, first ?? undefinedValue, site.place);
      case 'getCustomRepository':
        return first?.kind === 'class' ? m.construct(first, { ...site, args: [], argPlaces: [] }) : undefined;
      case 'withRepository':
        return first;
      case 'initialize':
      case 'connect':
      case 'createQueryRunner':
      case 'createEntityManager':
        return self;
      case 'transaction': {
        const work = site.args.findLast((argument) => argument.kind === 'function');
        return work ? m.call(work, { ...site, args: [self], argPlaces: [site.place], node: undefined }) : undefined;
      }
      case 'createQueryBuilder':
        return queryBuilder(m, first && entityOf(m, first), site);
      case 'query':
        escapeArguments(m, site);
        return unknown('spread-or-any', site.place);
      default: {
        // `manager.find(User, options)`; `manager.save(user)` finds the class by the instance.
        const target =
          first?.kind === 'class' ? first : first?.kind === 'object' && first.cls ? first.cls : undefinedValue;
        const args = first?.kind === 'class' ? rest : site.args;
        return callRepository(m, target, key, { ...site, args, argPlaces: args.map(() => site.place) }, self);
      }
    }
  },
};

const managerTypes = new Set(['DataSource', 'Connection', 'EntityManager', 'QueryRunner', 'MongoEntityManager']);
const repositoryTypes = new Set(['Repository', 'TreeRepository', 'MongoRepository', 'AbstractRepository']);

const openManager = (site: CallSite): Value => native(manager, undefined, site.place);

/** The entity class that a class names when it extends `Repository<User>`. */
function repositoryTarget(m: Machine, heir: Value): Value | undefined {
  let cls: Value | undefined = heir.kind === 'object' ? heir.cls : heir;
  for (let hops = 0; cls?.kind === 'class' && hops < 8; hops++) {
    const current: ClassValue = cls;
    const clause = current.node.heritageClauses?.find((one) => one.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const node = clause?.typeArguments?.[0];
    if (node && clause && entityName(clause.expression)) return classOf(m, { node, frame: current.frame });
    cls = current.parent;
  }
  return undefined;
}

export const typeormModel: PackageModel = {
  packages: [typeormPackage],
  call(m, external, site) {
    const last = external.path.at(-1) ?? '';
    switch (last) {
      case 'getRepository':
      case 'getTreeRepository':
      case 'getMongoRepository':
        return repositoryOf(m, site.args[0] ?? undefinedValue, site.place);
      case 'getConnection':
      case 'getManager':
      case 'createConnection':
      case 'createConnections':
        return openManager(site);
      case 'getCustomRepository':
        return site.args[0]?.kind === 'class'
          ? m.construct(site.args[0], { ...site, args: [], argPlaces: [] })
          : undefined;
      case 'createQueryBuilder':
        return queryBuilder(m, undefined, site);
      default:
        // Decorators begin with a capital letter, and so do the operators of conditions.
        return /^[A-Z]/.test(last) ? decorationValue(last, typeormPackage, site.args) : undefined;
    }
  },
  construct(_m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (last === 'DataSource') return openManager(site);
    return last === 'BaseEntity' || repositoryTypes.has(last) ? objectOf({}, site.place) : undefined;
  },
  inherited(_m, parent, key, heir) {
    if (parent.path.at(-1) !== 'BaseEntity' || heir.kind !== 'class') return undefined;
    return key === 'getRepository'
      ? nativeFunction(key, (inner, site) => repositoryOf(inner, heir, site.place))
      : nativeFunction(key, (inner, site) => callRepository(inner, heir, key, site, heir));
  },
  instanceMember(m, parent, key, self) {
    const last = parent.path.at(-1) ?? '';
    const cls = self.kind === 'object' ? self.cls : undefined;
    if (last === 'BaseEntity' && cls) {
      if (key === 'reload') return nativeFunction(key, () => undefinedValue);
      if (!/^(save|remove|softRemove|recover)$/.test(key)) return undefined;
      return nativeFunction(key, (inner, site) =>
        callRepository(inner, cls, key, { ...site, args: [self], argPlaces: [site.place] }, self),
      );
    }
    if (!repositoryTypes.has(last) || /^[[#]/.test(key) || key === 'toJSON') return undefined;
    const target = repositoryTarget(m, self) ?? undefinedValue;
    return nativeFunction(key, (inner, site) => callRepository(inner, target, key, site, self));
  },
  instance(m, path, args, place) {
    const last = path.at(-1) ?? '';
    if (managerTypes.has(last)) return native(manager, undefined, place);
    if (repositoryTypes.has(last)) return repositoryOf(m, classOf(m, args[0]) ?? undefinedValue, place);
    return undefined;
  },
};
