// Owns `oidc-provider` as far as handlers of interactions ask it: what it knows of the session that a request belongs to.
// It must not know frameworks; what becomes of a refusal is theirs.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import {
  type ExternalValue,
  literal,
  type ObjectValue,
  objectOf,
  type PackageModel,
  someString,
  type Value,
} from '../value.ts';

const packageName = 'oidc-provider';
const baseError: ExternalValue = { kind: 'external', package: packageName, path: ['errors', 'OIDCProviderError'] };

/** `errors.SessionNotFound`: the cookie of the interaction is missing, or nothing is kept under it. */
function sessionNotFound(place: Place): ObjectValue {
  const cls: ExternalValue = { ...baseError, path: ['errors', 'SessionNotFound'] };
  const fields = {
    status: literal(400),
    statusCode: literal(400),
    expose: literal(true),
    name: literal('SessionNotFound'),
    message: literal('invalid_request'),
    error: literal('invalid_request'),
    error_description: someString(),
  };
  return { ...objectOf(fields, place, cls), places: new Map() };
}

function details(m: Machine, place: Place): Value {
  m.thrown.push({
    value: sessionNotFound(place),
    place,
    via: [...m.steps],
    absent: [],
    cause: m.chain?.handled,
  });
  return { kind: 'unknown', reason: 'dependency-injection', truthy: true, place };
}

/** A provider finds the interaction by a cookie of its own and touches nothing else of the request. */
export const oidcProviderPackage: PackageModel = {
  packages: [packageName],
  call(m, external, site) {
    const last = external.path.at(-1);
    return last === 'interactionDetails' || last === 'interactionResult' ? details(m, site.place) : undefined;
  },
  extended: (cls) => (cls.path[0] === 'errors' && cls.path.at(-1) !== 'OIDCProviderError' ? baseError : undefined),
};
