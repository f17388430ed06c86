// Owns the meeting of guards with declared security schemes: whether both mean one way to prove who calls.
// It must not know what any rule decides.

import type { Guard, Route } from '../../code/model.ts';
import type { Contract, Operation, SecurityScheme } from '../../contract/model.ts';
import { sameName } from './parameters.ts';
import { code } from './wording.ts';

/** The schemes that an operation names, as far as the contract defines them. */
function declaredSchemes(contract: Contract, operation: Operation): readonly SecurityScheme[] {
  const names = new Set((operation.security ?? []).flat().map(({ scheme }) => scheme));
  return [...names].flatMap((name) => contract.securitySchemes.get(name) ?? []);
}

/** Whether a guard may be what a scheme describes; a guard that does not say how it works may be anything. */
function meets(guard: Guard, scheme: SecurityScheme): boolean {
  switch (guard.scheme) {
    case undefined:
      return true;
    case 'bearer':
      return isBearer(scheme) || isHeader(scheme, 'authorization');
    case 'basic':
      return isBasic(scheme) || isHeader(scheme, 'authorization');
    case 'cookie':
    case 'session':
      // A session is kept in a cookie, and OpenID's providers begin one.
      return (
        (scheme.type === 'apiKey' && scheme.in === 'cookie') ||
        scheme.type === 'openIdConnect' ||
        scheme.type === 'oauth2'
      );
    case 'apiKey':
      if (scheme.type === 'apiKey')
        return (
          guard.carrier === undefined || sameName(scheme.in ?? 'header', scheme.parameterName ?? '', guard.carrier)
        );
      return guard.carrier?.toLowerCase() === 'authorization';
  }
}

function isBearer({ type, scheme }: SecurityScheme): boolean {
  return (
    type === 'oauth2' || type === 'openIdConnect' || (type === 'http' && scheme !== 'basic' && scheme !== 'digest')
  );
}

function isBasic({ type, scheme }: SecurityScheme): boolean {
  return type === 'basic' || (type === 'http' && scheme === 'basic');
}

function isHeader({ type, in: location, parameterName }: SecurityScheme, name: string): boolean {
  return type === 'apiKey' && location === 'header' && parameterName?.toLowerCase() === name;
}

/** The schemes of a contract that a guard may be; a guard that does not say how it works is none in particular. */
export function schemesFor(guard: Guard, contract: Contract): readonly SecurityScheme[] {
  const schemes = [...contract.securitySchemes.values()];
  return guard.scheme === undefined && schemes.length > 1 ? [] : schemes.filter((scheme) => meets(guard, scheme));
}

/** A guard that asks for something that no declared scheme can be, with the schemes. */
export interface SchemeConflict {
  readonly guard: Guard;
  readonly schemes: readonly SecurityScheme[];
}

/** The conflict between the guards before a route and the schemes of an operation; undefined when none is known for certain. */
export function schemeConflict(operation: Operation, contract: Contract, route: Route): SchemeConflict | undefined {
  const schemes = declaredSchemes(contract, operation);
  const names = new Set((operation.security ?? []).flat().map(({ scheme }) => scheme));
  // What stands before the service checks certificates; what is not defined says nothing.
  const unjudged = schemes.some(({ type }) => type === 'mutualTLS' || type === 'unknown');
  if (schemes.length === 0 || schemes.length < names.size || unjudged) return undefined;
  const facts = route.facts();
  if (!facts.guardCompleteness.closed) return undefined;
  const guards = facts.guards.filter((guard) => guard.kind !== 'authorization');
  const guard = guards.find((one) => one.scheme !== undefined);
  if (!guard || guards.some((one) => schemes.some((scheme) => meets(one, scheme)))) return undefined;
  return schemes.some((scheme) => looksFor(scheme, route)) ? undefined : { guard, schemes };
}

/** Whether the handler, or what stands before it, looks at the place in which a scheme travels. */
function looksFor(scheme: SecurityScheme, route: Route): boolean {
  const carrier =
    scheme.type === 'apiKey'
      ? { in: scheme.in ?? 'header', name: scheme.parameterName ?? '' }
      : { in: 'header', name: 'authorization' };
  return route.facts().reads.parameters.some((read) => {
    return read.in === carrier.in && sameName(read.in, read.name, carrier.name);
  });
}

/** How callers prove themselves to a guard, in words. */
export function guardWords(guard: Guard): string {
  switch (guard.scheme) {
    case 'bearer':
      return 'a bearer token';
    case 'basic':
      return 'a user name and a password';
    case 'apiKey':
      return guard.carrier === undefined ? 'an API key' : `an API key in ${code(guard.carrier)}`;
    case 'cookie':
    case 'session':
      return guard.carrier === undefined ? 'a session' : `the cookie ${code(guard.carrier)}`;
    default:
      return 'authentication';
  }
}

/** The same of a declared scheme. */
export function schemeWords({ type, scheme, in: location, parameterName }: SecurityScheme): string {
  if (type === 'apiKey') return `an API key in the ${location ?? 'header'} ${code(parameterName ?? '')}`;
  if (type === 'basic' || scheme === 'basic') return 'a user name and a password';
  if (type === 'http') return scheme === 'bearer' ? 'a bearer token' : `the scheme ${code(scheme ?? '')}`;
  return type === 'mutualTLS' ? 'a client certificate' : 'a bearer token';
}
