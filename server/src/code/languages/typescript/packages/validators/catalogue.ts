// Owns the list of validator packages.
// It must not hold behaviour; each library has a file or folder of its own.

import type { PackageModel } from '../../value.ts';
import { ajvPackage, ajvPluginPackage } from '../ajv.ts';
import { expressValidatorPackage } from '../express-validator/package.ts';
import { fluentPackage } from '../fluent-json-schema.ts';
import { celebratePackage, expressJoiValidationPackage, expressValidationPackage, joiPackage } from '../joi/package.ts';
import { schemaMiddlewarePackages } from '../schema-middlewares.ts';
import { typeboxPackage } from '../typebox.ts';
import { valibotPackage } from '../valibot.ts';
import { yupPackage } from '../yup.ts';
import { zodPackage } from '../zod/package.ts';

export const validatorPackages: readonly PackageModel[] = [
  zodPackage,
  joiPackage,
  celebratePackage,
  expressValidationPackage,
  expressJoiValidationPackage,
  yupPackage,
  valibotPackage,
  typeboxPackage,
  fluentPackage,
  ajvPackage,
  ajvPluginPackage,
  expressValidatorPackage,
  ...schemaMiddlewarePackages,
];
