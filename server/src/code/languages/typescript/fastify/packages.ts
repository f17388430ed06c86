import type { PackageModel } from '../value.ts';
export const fastifyPackages: readonly PackageModel[] = [];
