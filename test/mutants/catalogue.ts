// Owns the list of the agreeing services and of the mutations that are applied to them.
// It must not know how the engine is run.

import { type Node, type Target, targets } from './document.ts';
import type { Mutant, Mutation } from './mutation.ts';
import * as operations from './operation-mutations.ts';
import * as requests from './request-mutations.ts';
import * as responses from './response-mutations.ts';
import * as wider from './wider-mutations.ts';

export interface AgreeingService {
  readonly framework: string;
  /** Relative to the repository. */
  readonly folder: string;
  readonly contract: string;
  /** Mutants that change nothing for a client, by their text, each with the reason. */
  readonly equivalent: ReadonlyMap<string, string>;
}

export const services: readonly AgreeingService[] = [
  {
    framework: 'Express',
    folder: 'examples/checkout-fixed',
    contract: 'openapi.yaml',
    equivalent: new Map([
      ['POST /payments/{paymentId}/capture: 400', 'only the JSON parser of the framework answers it'],
      ['POST /webhook-endpoints: 400', 'only the JSON parser of the framework answers it'],
    ]),
  },
  { framework: 'Fastify', folder: 'test/workspaces/ledger', contract: 'openapi.json', equivalent: new Map() },
  { framework: 'NestJS', folder: 'test/workspaces/bookings', contract: 'openapi.yaml', equivalent: new Map() },
  {
    framework: 'Express',
    folder: 'test/workspaces/billing',
    contract: 'api/swagger.yaml',
    equivalent: new Map(
      ['GET /subscriptions/{subscriptionId}', 'GET /invoices', 'GET /invoices/{id}', 'GET /invoices/{id}/pdf'].flatMap(
        (key) =>
          ['another scope', 'no scope', 'one scope more'].map((about) => [
            `${key}: ${about}`,
            'every token that is accepted here may read, and no guard asks for a scope',
          ]),
      ),
    ),
  },
  { framework: 'Express', folder: 'test/workspaces/storefront', contract: 'openapi.yaml', equivalent: new Map() },
  { framework: 'Koa', folder: 'test/workspaces/refunds', contract: 'openapi.yaml', equivalent: new Map() },
  { framework: 'Hono', folder: 'test/workspaces/wallets', contract: 'openapi.yaml', equivalent: new Map() },
  { framework: 'Next.js', folder: 'test/workspaces/appointments', contract: 'openapi.yaml', equivalent: new Map() },
  { framework: 'hapi', folder: 'test/workspaces/terminals', contract: 'openapi.yaml', equivalent: new Map() },
  { framework: 'restify', folder: 'test/workspaces/payouts', contract: 'openapi.yaml', equivalent: new Map() },
];

const perOperation: readonly Mutation[] = [
  operations.dropOperation,
  operations.addOperation,
  operations.changeMethod,
  operations.renamePath,
  operations.renamePathParameter,
  operations.dropStatus,
  operations.addStatus,
  operations.changeSuccess,
  operations.changeMediaType,
  operations.dropSecurity,
  requests.dropParameter,
  requests.renameParameter,
  requests.addParameter,
  requests.flipParameterRequired,
  requests.retypeParameter,
  requests.constrainParameter,
  requests.dropBody,
  requests.changeBodyFields,
  responses.changeResponseFields,
  responses.addResponseField,
  responses.breakExample,
  wider.moveParameter,
  wider.respellParameter,
  wider.changeDefault,
  wider.addBody,
  wider.addAndKeepBodyFields,
  wider.changeRequestMediaType,
  wider.wrapResponse,
  wider.keepResponseFields,
  wider.promiseBody,
  wider.changeHeaders,
  wider.misspellPath,
  wider.changeScheme,
  wider.changeScopes,
  wider.dropDeprecation,
];

/** All mutants of a contract that a client would notice, in a stable order. */
export function mutantsOf(document: Node, service: AgreeingService): Mutant[] {
  const all = targets(document);
  const list = all.flatMap((target: Target) => perOperation.flatMap((mutation) => [...mutation(document, target)]));
  if (all[0]) list.push(...operations.changeBasePath(document, all[0]), ...wider.addErrorCode(document, all[0]));
  list.push(...wider.changeVersion(document, all));
  const seen = new Set<string>();
  return list.filter((mutant) => {
    if (service.equivalent.has(mutant.about)) return false;
    if (mutant.once === undefined) return true;
    return !seen.has(mutant.once) && seen.add(mutant.once);
  });
}
