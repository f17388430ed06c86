// Owns the package model of Drizzle: tables, columns, databases and the types of rows. It must not know queries.

import ts from 'typescript';
import type { Machine } from '../../machine.ts';
import { shapeOfValue } from '../../serialise.ts';
import { evaluateName } from '../../type-names.ts';
import {
  type CallSite,
  type ExternalValue,
  native,
  nativeFunction,
  type PackageModel,
  type TypeReference,
  type Value,
} from '../../value.ts';
import { option, optionsOf } from '../row.ts';
import { databaseModel } from './queries.ts';
import { columnOf, isTable, relate, rowOf, tableOf } from './tables.ts';

const cores = /^\/(pg|mysql|sqlite|singlestore|cockroach|mssql)-core$/;

function call(m: Machine, external: ExternalValue, site: CallSite): Value | undefined {
  const last = external.path.at(-1) ?? '';
  if (last === 'drizzle') {
    const options = site.args.findLast((argument) => argument.kind === 'object');
    return native(databaseModel, option(m, optionsOf(options), 'schema'), site.place);
  }
  if (last === 'relations') return relate(m, site);
  if (!cores.test(external.path[0] ?? '')) return undefined;
  if (/Table$/.test(last)) return tableOf(m, external, site);
  // The maker of tables with a prefix of their own.
  if (/TableCreator$/.test(last)) return nativeFunction('table', (inner, next) => tableOf(inner, external, next));
  if (/Enum$/.test(last)) {
    const values = site.args[1];
    return native(
      {
        name: 'drizzle-enum',
        call: (_m, _self, inner) =>
          columnOf('enum', { ...inner, args: [inner.args[0] ?? site.args[0]!, ...(values ? [values] : [])] }),
        get: (_m, _self, key) => (key === 'enumValues' ? values : undefined),
      },
      undefined,
      site.place,
    );
  }
  return /^(index|uniqueIndex|unique|primaryKey|foreignKey|check|alias|pg\w*|customType)$/.test(last)
    ? undefined
    : columnOf(last, site);
}

/** The row that `InferSelectModel<typeof users>` names. */
function inferred(m: Machine, path: readonly string[], args: readonly TypeReference[]): Value | undefined {
  const node = args[0]?.node;
  if (!/^Infer(Select)?Model$/.test(path.at(-1) ?? '') || !node || !ts.isTypeQueryNode(node)) return undefined;
  const table = evaluateName(m, node.exprName, args[0]!.frame);
  return isTable(table) ? rowOf(m, table) : undefined;
}

export const drizzleModel: PackageModel = {
  packages: ['drizzle-orm'],
  call,
  type(m, path, args) {
    const row = inferred(m, path, args);
    return row && shapeOfValue(m, row);
  },
  instance(m, path, args, place) {
    if (/Database$/.test(path.at(-1) ?? '')) return native(databaseModel, undefined, place);
    return inferred(m, path, args);
  },
};
