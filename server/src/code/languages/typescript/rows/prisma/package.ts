// Owns the package model of Prisma: what is imported from the generated client.
// It must not know how schemas are read, nor what queries give.

import type { Machine } from '../../machine.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  nativeFunction,
  objectOf,
  type PackageModel,
  undefinedValue,
  type Value,
} from '../../value.ts';
import { decimalValue } from '../row.ts';
import { clientFor, constructClient, delegateOf, modelNamed } from './client.ts';
import { prismaPackage } from './delegate.ts';
import type { PrismaSchema } from './schema.ts';
import { schemaFor, schemaNamed, schemasOf } from './schema-files.ts';
import { typedRow, typedShape } from './types.ts';

/** The way into the package without the parts that name a folder or a file of it. */
const namesOf = (path: readonly string[]) => path.filter((part) => !part.startsWith('/') && part !== 'default');

function schemaOf(m: Machine, path: readonly string[], from: string): PrismaSchema | undefined {
  return schemaNamed(m.files, path) ?? schemaFor(m.files, from);
}

/** The values of an enum by its name: of the named schema, or of all schemas when they agree. */
function enumValues(m: Machine, path: readonly string[], name: string): readonly string[] | undefined {
  const named = schemaNamed(m.files, path);
  const schemas = named ? [named] : schemasOf(m.files).map((one) => one.schema);
  const found = schemas.flatMap((schema) => schema.enums.get(name) ?? []);
  const [first, ...others] = found.map((one) => one.values);
  return others.every((values) => values.join() === first?.join()) ? first : undefined;
}

function memberOf(m: Machine, external: ExternalValue): Value | undefined {
  const names = namesOf(external.path);
  const [head, second] = names[0] === '$Enums' ? names.slice(1) : names;
  if (head === undefined) return undefined;
  if (head === 'Prisma') {
    const listed = second === undefined ? undefined : /^(\w+)ScalarFieldEnum$/.exec(second);
    const model =
      listed &&
      schemasOf(m.files)
        .map((one) => one.schema.models.get(listed[1]!))
        .find(Boolean);
    if (second === 'validator')
      return nativeFunction(second, () => nativeFunction('validated', (_m, site) => site.args[0]));
    if (second === 'defineExtension') return nativeFunction(second, (_m, site) => site.args[0]);
    return model
      ? objectOf(Object.fromEntries(model.fields.map((field) => [field.name, literal(field.name)])))
      : undefined;
  }
  const values = enumValues(m, external.path, head);
  if (!values) return undefined;
  if (second === undefined) return objectOf(Object.fromEntries(values.map((value) => [value, literal(value)])));
  return values.includes(second) ? literal(second) : undefinedValue;
}

function construct(m: Machine, external: ExternalValue, site: CallSite): Value | undefined {
  const last = namesOf(external.path).at(-1);
  if (last === 'Decimal') return decimalValue(site.place);
  const schema = last === 'PrismaClient' ? schemaOf(m, external.path, site.place.file) : undefined;
  return schema && constructClient(m, schema, site);
}

const clientTypes = new Set(['PrismaClient', 'TransactionClient', 'DefaultPrismaClient', 'ExtendedPrismaClient']);

export const prismaModel: PackageModel = {
  packages: [prismaPackage, '.prisma'],
  member: memberOf,
  exports: (m, external) => {
    const name = namesOf(external.path)[0] ?? '';
    return (
      name === 'PrismaClient' ||
      name === 'Prisma' ||
      schemasOf(m.files).some((one) => one.schema.models.has(name) || one.schema.enums.has(name))
    );
  },
  construct,
  type(m, path, args, reference) {
    const schema = schemaOf(m, path, reference.node.getSourceFile().fileName);
    return schema && typedShape(m, schema, path, args, reference);
  },
  instance(m, path, args, place, node) {
    const schema = schemaOf(m, path, place.file);
    const name = path.at(-1) ?? '';
    if (!schema) return undefined;
    if (clientTypes.has(name)) return clientFor(m, schema);
    const asked = /^(\w+)Delegate$/.exec(name);
    const model = asked ? modelNamed(schema, asked[1]!) : undefined;
    if (model) return delegateOf(m, { schema, extensions: [] }, model, place);
    return node && typedRow(m, schema, path, args, node);
  },
};
