// Owns what the methods of a Prisma delegate give and throw. It must not know how a row is selected.

import { join } from '../../join.ts';
import { type CallSite, literal, nullValue, objectOf, someString, type Value } from '../../value.ts';
import { libraryError, listOf, mayThrow, someCount, something } from '../row.ts';
import { aggregateOf, countOf, groupsOf } from './aggregates.ts';
import type { PrismaModel } from './schema.ts';
import { type Selecting, selectedRow } from './selection.ts';

/** The package under which Prisma's error classes are known. */
export const prismaPackage = '@prisma/client';

/** The result of `prisma.model.method(args)`; undefined for a method that the client does not have. */
export function callDelegate(by: Selecting, model: PrismaModel, method: string, site: CallSite): Value | undefined {
  const [args] = site.args;
  const row = () => selectedRow(by, model, args);
  switch (method) {
    case 'findMany':
    case 'createManyAndReturn':
    case 'updateManyAndReturn':
      return listOf(row(), site.place);
    case 'findUnique':
    case 'findFirst':
      return join([row(), { ...nullValue, place: site.place }]);
    case 'findUniqueOrThrow':
    case 'findFirstOrThrow':
    case 'update':
    case 'delete':
      mayThrow(by.m, recordMissing(site), site.place);
      return row();
    case 'create':
    case 'upsert':
      return row();
    case 'createMany':
    case 'updateMany':
    case 'deleteMany':
      return objectOf({ count: someCount() }, site.place);
    case 'count':
      return countOf(by, args);
    case 'aggregate':
      return aggregateOf(by, model, args);
    case 'groupBy':
      return groupsOf(by, model, args);
    default:
      return undefined;
  }
}

/** The error of a query that needs a row which is not there: its code tells it apart. */
function recordMissing(site: CallSite): Value {
  const fields = { code: literal('P2025'), meta: something(), clientVersion: someString() };
  return libraryError(prismaPackage, ['Prisma', 'PrismaClientKnownRequestError'], fields, site.place);
}
