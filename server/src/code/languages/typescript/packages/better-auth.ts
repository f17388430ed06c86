// Owns `better-auth` as far as services ask it who is calling: what it reads of the headers is its own session, and no parameter of
// an operation. It must not know frameworks; what becomes of a request without a session is the service's own code.

import { type PackageModel, resultOf } from '../value.ts';

/** Questions about the caller that take the request's headers (`auth.api.getSession({ headers })`). */
const questions = new Set([
  'getSession',
  'listSessions',
  'hasPermission',
  'userHasPermission',
  'verifyApiKey',
  'getFullOrganization',
]);

export const betterAuthPackage: PackageModel = {
  packages: ['better-auth'],
  call(_m, external, site) {
    const { path } = external;
    if (path.at(-2) !== 'api' || !questions.has(path.at(-1) ?? '')) return undefined;
    return { kind: 'external', package: external.package, path: [...path, resultOf], place: site.place };
  },
};
