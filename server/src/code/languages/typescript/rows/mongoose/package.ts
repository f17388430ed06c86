// Owns the package model of Mongoose. It must not know schemas or documents.

import { type PackageModel, someBoolean, someString, undefinedValue } from '../../value.ts';
import { modelFor, modelsByName, mongoosePackage } from './models.ts';
import { constructSchema } from './schema.ts';

export const mongooseModel: PackageModel = {
  packages: [mongoosePackage],
  member(_m, external) {
    return external.path.at(-1) === 'models' ? modelsByName() : undefined;
  },
  call(m, external, site) {
    switch (external.path.at(-1)) {
      case 'model':
        return modelFor(m, site);
      case 'Schema':
        return constructSchema(m, site);
      case 'isValidObjectId':
      case 'isValid':
        return someBoolean();
      case 'connect':
      case 'set':
      case 'plugin':
        return undefinedValue;
      case 'ObjectId':
        return someString();
      default:
        return undefined;
    }
  },
  construct(m, external, site) {
    const last = external.path.at(-1);
    if (last === 'Schema') return constructSchema(m, site);
    return last === 'ObjectId' ? someString() : undefined;
  },
};
