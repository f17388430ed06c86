// Owns the list of validator packages.
// It must not hold behaviour; each library has a file or folder of its own.

import type { PackageModel } from '../../value.ts';
import { zodPackage } from '../zod/package.ts';

export const validatorPackages: readonly PackageModel[] = [zodPackage];
