// Owns what a Prisma schema says: its models, enums and generators, as data.
// It must not know how the text is read, nor what queries make of a model.

import type { Place } from '../../../../../base/place.ts';

/** A field of a model, a view or a composite type. */
export interface PrismaField {
  readonly name: string;
  /** A scalar (`String`), or the name of a model, an enum or a composite type. */
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  /** The client does not have the field: `@ignore`, or a type that Prisma does not support. */
  readonly hidden: boolean;
  /** The database or Prisma fills it when a row is created without it. */
  readonly defaulted: boolean;
  /** The native type, e.g. `Uuid` of `@db.Uuid`. */
  readonly native?: string;
  readonly place: Place;
}

export interface PrismaModel {
  readonly name: string;
  readonly kind: 'model' | 'view' | 'type';
  readonly fields: readonly PrismaField[];
  /** The client does not have the model: `@@ignore`. */
  readonly hidden: boolean;
  readonly place: Place;
}

export interface PrismaEnum {
  readonly name: string;
  readonly values: readonly string[];
  readonly place: Place;
}

export interface PrismaGenerator {
  readonly provider: string;
  /** As written: relative to the schema. */
  readonly output?: string;
}

/** One schema: a file, or all files of a schema folder together. */
export interface PrismaSchema {
  readonly files: readonly string[];
  readonly models: ReadonlyMap<string, PrismaModel>;
  readonly enums: ReadonlyMap<string, PrismaEnum>;
  readonly generators: readonly PrismaGenerator[];
}
