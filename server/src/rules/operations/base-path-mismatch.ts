// Owns the rule base-path-mismatch: the contract's servers and the mount prefix of the app disagree.

import type { Contract, Server } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { contractOffer } from '../evidence/offers.ts';
import { code, codeLine, counted, relatedSteps } from '../evidence/wording.ts';
import type { GovernedRule } from '../rule.ts';

export const basePathMismatch: GovernedRule = {
  id: 'base-path-mismatch',
  family: 'operations',
  polarity: 'mismatch',
  summary: 'The contract names another base path than the one under which the app serves it.',
  scope: 'governed',
  *check(governed) {
    const conflict = governed.basePathConflict;
    if (!conflict) return;
    const { declared, served, route } = conflict;
    const server = governed.contract.servers.find((candidate) => candidate.basePath === declared);
    const place = server?.place ?? governed.contract.versionPlace;
    const bound = governed.bindings.filter((binding) => binding.routes.length > 0).length;
    const where = served === '' ? 'without a prefix' : `under ${code(served)}`;
    const mount = route.mounts[0];
    yield {
      operation: null,
      subject: declared,
      values: [served],
      message: `${counted(bound, 'operation')} of this contract ${bound === 1 ? 'is' : 'are'} served ${where} (${codeLine}), but the contract names the base path ${code(declared)}.`,
      contract: place,
      code: mount?.place ?? route.pathPlace,
      related: [...relatedSteps(route.mounts), { place, message: `Named here as ${code(declared)}` }],
      // A gateway may rewrite paths on the way, which neither side shows.
      confidence: 'likely',
      breaking: true,
      fixes: server ? renamed(governed.contract, server, served) : [],
    };
  },
};

/** The offer to name the path that is served, where it stands at the end of the server's URL as it is. */
function renamed(contract: Contract, { url, basePath, place }: Server, served: string): readonly FixOffer[] {
  const bare = url.replace(/\/$/, '');
  if (!bare.endsWith(basePath)) return [];
  const next = bare.slice(0, bare.length - basePath.length) + served;
  const data = { url: next === '' ? '/' : next, basePath: served === '' ? '/' : served };
  return [
    contractOffer(
      'set-base-path',
      `Name ${served === '' ? 'no base path' : `the base path ${served}`}`,
      contract,
      place,
      data,
    ),
  ];
}
