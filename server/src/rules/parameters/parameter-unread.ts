// Owns the rule parameter-unread: a declared parameter is never read.

import type { Route } from '../../code/model.ts';
import type { Operation, Parameter } from '../../contract/model.ts';
import { displacedParameters } from '../evidence/displaced.ts';
import { removeOwnOffer } from '../evidence/offers.ts';
import { isCarried, parameterSubject, sameInAnyStyle, sameName } from '../evidence/parameters.ts';
import { contractPlace } from '../evidence/places.ts';
import { code, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterUnread: BindingRule = {
  id: 'parameter-unread',
  family: 'parameters',
  polarity: 'absence',
  summary: 'A declared parameter is never read.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const { reads } = route.facts();
    // A handler that is seen to do nothing but fail was not followed to where it reads.
    if (!route.facts().exits.some((exit) => exit.status < 400)) return;
    const { misplaced } = displacedParameters(operation, contract, route);
    for (const parameter of operation.parameters) {
      if (misplaced.some((found) => found.parameter === parameter)) continue;
      const location = parameter.in;
      // A path parameter does its work by being in the path; a whole query string is read as a whole.
      if (location === 'path' || location === 'querystring') continue;
      if (!reads.completeness[location].closed || isCarried(location, parameter.name, contract, route)) continue;
      if (isRead(parameter, route) || isReadElsewhere(operation, parameter, route)) continue;
      yield {
        operation,
        subject: parameterSubject(location, parameter.name),
        message: `${operationName(operation)} declares the ${location} parameter ${code(parameter.name)}, but its handler never reads it.`,
        contract: contractPlace(parameter.namePlace, parameter.place),
        code: route.pathPlace,
        related: [
          ...(parameter.via ? [{ place: parameter.via, message: `Used by ${operation.key} here` }] : []),
          { place: route.pathPlace, message: `The handler of ${operation.key}` },
        ],
        confidence: 'proved',
        breaking: false,
        // Headers and cookies may be meant for what stands before the service.
        cap: location !== 'query' || parameter.deprecated ? 'information' : undefined,
        fixes: removeOwnOffer(
          `Remove the parameter ${parameter.name}`,
          contract,
          operation,
          parameter.via ?? parameter.place,
        ),
      };
    }
  },
};

function isRead(parameter: Parameter, route: Route): boolean {
  return route
    .facts()
    .reads.parameters.some(
      (read) =>
        read.in === parameter.in &&
        (sameName(read.in, read.name, parameter.name) || sameInAnyStyle(read.name, parameter.name)),
    );
}

/** Reading it from another place is told by the rule parameter-undeclared; saying it twice helps nobody. */
function isReadElsewhere(operation: Operation, parameter: Parameter, route: Route): boolean {
  return route
    .facts()
    .reads.parameters.some(
      (read) =>
        read.in !== parameter.in &&
        sameName('header', read.name, parameter.name) &&
        !operation.parameters.some((other) => other.in === read.in && sameName(read.in, other.name, read.name)),
    );
}
