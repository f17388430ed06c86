// Owns the list of package models.
// It must not hold behaviour; each package or family has a file of its own.

import { contractDrivenPackages } from '../contract-driven/packages.ts';
import { expressPackage } from '../express/routers.ts';
import { fastifyPackages } from '../fastify/packages.ts';
import { hapiPackages } from '../hapi/packages.ts';
import { honoPackages } from '../hono/packages.ts';
import { koaPackages } from '../koa/packages.ts';
import { nestPackages } from '../nest/packages.ts';
import { nextPackages } from '../next/packages.ts';
import { restifyPackages } from '../restify/packages.ts';
import { rowPackages } from '../rows/catalogue.ts';
import { tsoaPackages } from '../tsoa/packages.ts';
import type { PackageModel } from '../value.ts';
import { assertionPackages } from './assertions.ts';
import { asyncContext } from './async-context.ts';
import { betterAuthPackage } from './better-auth.ts';
import { compiledPackage } from './compiled.ts';
import { cookiesPackage } from './cookies.ts';
import { yamlPackages } from './data-files.ts';
import { effectPackage } from './effect.ts';
import { errorPackages } from './errors.ts';
import { essentialsPackage } from './essentials.ts';
import { fileGlobPackage } from './file-globs.ts';
import { globPackage } from './globs.ts';
import { middlewarePackages } from './middlewares.ts';
import { nodePackages } from './node.ts';
import { oidcProviderPackage } from './oidc-provider.ts';
import { passportPackage } from './passport.ts';
import { problemClassesPackage } from './problem-classes.ts';
import { problemPackage } from './problems.ts';
import { validatorPackages } from './validators/catalogue.ts';

/** Models by package name. */
export function packageModels(): ReadonlyMap<string, PackageModel> {
  const models = new Map<string, PackageModel>();
  for (const model of [
    expressPackage,
    ...fastifyPackages,
    ...nextPackages,
    ...contractDrivenPackages,
    ...nestPackages,
    globPackage,
    fileGlobPackage,
    ...koaPackages,
    ...hapiPackages,
    ...restifyPackages,
    ...tsoaPackages,
    ...middlewarePackages,
    passportPackage,
    ...errorPackages,
    ...assertionPackages,
    asyncContext,
    betterAuthPackage,
    compiledPackage,
    cookiesPackage,
    yamlPackages,
    effectPackage,
    essentialsPackage,
    problemPackage,
    problemClassesPackage,
    oidcProviderPackage,
    ...nodePackages,
    ...validatorPackages,
    // Behind zod's, because one of its packages is also zod under another name.
    ...honoPackages,
    ...rowPackages,
  ]) {
    for (const name of model.packages) models.set(name, model);
  }
  return models;
}
