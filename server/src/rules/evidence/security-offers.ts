// Owns the offers that declare what a guard asks for. It must not know what any rule decides.

import type { Guard } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { contractOffer } from './offers.ts';
import { schemesFor } from './schemes.ts';

/** The offer to require the scheme that a guard is, where the contract has exactly one for it, or has none and the guard says which. */
export function securityOffer(operation: Operation, contract: Contract, guard: Guard): readonly FixOffer[] {
  const [scheme, ...others] = schemesFor(guard, contract);
  if (others.length > 0) return [];
  // Only these two kinds have scopes that mean something before 3.1.
  const scoped = scheme?.type === 'oauth2' || scheme?.type === 'openIdConnect';
  const scopes = Object.fromEntries((scoped && !guard.tested ? guard.scopes : []).map((scope) => [scope, '']));
  if (scheme) {
    const title = `Require ${scheme.name} for ${operation.key}`;
    return [contractOffer('add-security', title, contract, operation.place, { scheme: scheme.name, scopes })];
  }
  const defined = definitionOf(guard, contract);
  if (!defined || contract.securitySchemes.has(defined.name)) return [];
  const title = `Require ${defined.name} for ${operation.key}`;
  const data = { scheme: defined.name, scopes: {}, definition: defined.definition };
  return [contractOffer('add-security', title, contract, operation.place, data)];
}

/** The offer to require what a guard asks for in the place of the one scheme that is declared: of the operation, or of the whole contract. */
export function schemeOffer(operation: Operation, contract: Contract, guard: Guard): readonly FixOffer[] {
  const [requirement, ...others] = operation.security ?? [];
  const [declared, ...more] = requirement ?? [];
  if (!declared || others.length > 0 || more.length > 0 || declared.scopes.length > 0) return [];
  const own = operation.securityPlace.pointer.startsWith(`${operation.place.pointer}/`);
  return securityOffer(operation, contract, guard).map((offer) =>
    own ? { ...offer, data: { ...offer.data, insteadOf: declared.scheme } } : offer,
  );
}

/** The offer to name the one scope that a guard asks for in the operation's one requirement, instead of one that nobody asks for. */
export function scopeOffer(
  operation: Operation,
  contract: Contract,
  scopes: readonly string[],
  unasked: string | undefined,
): readonly FixOffer[] {
  const [requirement, ...others] = operation.security ?? [];
  const [scheme, ...more] = requirement ?? [];
  const [scope, ...rest] = scopes;
  const own = operation.securityPlace.pointer.startsWith(`${operation.place.pointer}/`);
  if (!scheme || scope === undefined || others.length > 0 || more.length > 0 || rest.length > 0 || !own) return [];
  const data = {
    scheme: scheme.scheme,
    scopes: { [scope]: '' },
    ...(unasked === undefined ? {} : { instead: unasked }),
  };
  return [contractOffer('add-security', `Require the scope ${scope}`, contract, operation.place, data)];
}

function definitionOf(guard: Guard, { specification }: Contract) {
  const swagger = specification === '2.0';
  if (guard.scheme === 'basic') {
    return { name: 'basicAuth', definition: swagger ? { type: 'basic' } : { type: 'http', scheme: 'basic' } };
  }
  if (guard.scheme === 'bearer') {
    const header = { type: 'apiKey', in: 'header', name: 'Authorization' };
    return { name: 'bearerAuth', definition: swagger ? header : { type: 'http', scheme: 'bearer' } };
  }
  if (guard.scheme !== 'apiKey' || guard.carrier === undefined) return undefined;
  return { name: 'apiKey', definition: { type: 'apiKey', in: 'header', name: guard.carrier } };
}
