// Owns the list of the package models that belong to Nest. It must not hold behaviour.

import { dtoPackages } from '../packages/class-validator/package.ts';
import type { PackageModel } from '../value.ts';
import { corePackage } from './application.ts';
import { decoratingPackages } from './decorating-packages.ts';
import { passportPackage, throttlerPackage } from './guards.ts';
import { platformPackage } from './interceptors.ts';
import { observablePackage } from './observables.ts';

export const nestPackages: readonly PackageModel[] = [
  ...decoratingPackages,
  corePackage,
  platformPackage,
  passportPackage,
  throttlerPackage,
  observablePackage,
  ...dtoPackages,
];
