// Owns what a contract-driven router adds to the facts of its handlers: it checks requests against the contract before they run.
// It must not know how a handler is run.

import type { HandlerFacts, Route } from '../../../model.ts';

/** The route with facts that know of the router's own checks: what a handler tolerates may still be demanded, and refused. */
export function checked(route: Route, filters: boolean): Route {
  let facts: HandlerFacts | undefined;
  return { ...route, facts: () => (facts ??= withChecks(route.facts(), route, filters)) };
}

function withChecks(facts: HandlerFacts, route: Route, filters: boolean): HandlerFacts {
  const parameters = facts.reads.parameters.map((read) =>
    read.required === false ? { ...read, required: undefined } : read,
  );
  return {
    ...facts,
    reads: { ...facts.reads, parameters },
    exitCompleteness: facts.exitCompleteness.closed
      ? {
          closed: false,
          reason: 'custom-error-mapper',
          place: route.place,
          detail: 'the router refuses requests itself',
          generic: 'request',
        }
      : facts.exitCompleteness,
    filtersResponses: facts.filtersResponses || filters,
  };
}
