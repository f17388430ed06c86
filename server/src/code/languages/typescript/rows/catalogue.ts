// Owns the list of the package models of rows, and of the libraries that rows pass through on their way out. It must not hold behaviour.

import type { PackageModel } from '../value.ts';
import { drizzleModel } from './drizzle/package.ts';
import { collectionPackages } from './libraries/collections.ts';
import { textPackages } from './libraries/texts.ts';
import { decoratedMongoose } from './mongoose/decorated.ts';
import { mongooseModel } from './mongoose/package.ts';
import { prismaModel } from './prisma/package.ts';
import { sequelizeModel } from './sequelize/package.ts';
import { typeormModel } from './typeorm/package.ts';

export const rowPackages: readonly PackageModel[] = [
  prismaModel,
  mongooseModel,
  decoratedMongoose,
  sequelizeModel,
  typeormModel,
  drizzleModel,
  ...collectionPackages,
  ...textPackages,
];
