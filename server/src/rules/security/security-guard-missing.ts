// Owns the rule security-guard-missing: the operation is secured and no guard stands before its route.

import type { Route } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Governed } from '../../workspace/model.ts';
import { contractOffer } from '../evidence/offers.ts';
import { sameName } from '../evidence/parameters.ts';
import { code, inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const securityGuardMissing: BindingRule = {
  id: 'security-guard-missing',
  family: 'security',
  polarity: 'absence',
  summary: 'The operation is secured, and no guard stands before its route.',
  scope: 'binding',
  *check({ operation, contract }, route, governed) {
    const { security } = operation;
    if (!security || security.length === 0 || security.some((requirement) => requirement.length === 0)) return;
    const facts = route.facts();
    if (!facts.guardCompleteness.closed || facts.guards.some((guard) => guard.kind !== 'optional-authentication'))
      return;
    if (checksByHand(contract, operation, route)) return;
    const schemes = [...new Set(security.flatMap((requirement) => requirement.map(({ scheme }) => code(scheme))))];
    yield {
      operation,
      subject: [...new Set(security.flatMap((requirement) => requirement.map(({ scheme }) => scheme)))].join(','),
      message: `${operationName(operation)} asks for ${inWords(schemes, 'or')}, but no guard stands before its route.`,
      contract: operation.securityPlace,
      code: route.pathPlace,
      related: [
        ...route.mounts.map((mount) => ({ place: mount.place, message: 'No guard here either' })),
        { place: operation.securityPlace, message: `Secured by ${inWords(schemes, 'or')}` },
      ],
      // A gateway may do it; where this service guards nothing itself, it probably does.
      confidence: 'likely',
      breaking: true,
      cap: guardsAnything(governed) ? undefined : 'information',
      fixes: [
        contractOffer('declare-open', `Declare ${operation.key} as open to everybody`, contract, operation.place, {}),
      ],
    };
  },
};

/** Secrets that the handler reads itself, and answers that only a check can give. */
function checksByHand(contract: Contract, operation: Operation, route: Route): boolean {
  const facts = route.facts();
  if (facts.exits.some((exit) => exit.status === 401 || exit.status === 403)) return true;
  const carriers = (operation.security ?? []).flat().flatMap(({ scheme }) => {
    const declared = contract.securitySchemes.get(scheme);
    return declared?.parameterName && declared.in ? [{ in: declared.in, name: declared.parameterName }] : [];
  });
  return facts.reads.parameters.some(
    (read) =>
      (read.in === 'header' && ['authorization', 'cookie'].includes(read.name.toLowerCase())) ||
      carriers.some((carrier) => carrier.in === read.in && sameName(read.in, carrier.name, read.name)),
  );
}

const remembered = new WeakMap<Governed, boolean>();

function guardsAnything(governed: Governed): boolean {
  const known = remembered.get(governed);
  if (known !== undefined) return known;
  const guards = governed.bindings.some((binding) =>
    binding.routes.some((route) => route.facts().guards.some((guard) => guard.kind !== 'optional-authentication')),
  );
  remembered.set(governed, guards);
  return guards;
}
