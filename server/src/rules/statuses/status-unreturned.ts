// Owns the rule status-unreturned: a declared status is never produced.

import type { HandlerFacts, Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { removeOffer } from '../evidence/offers.ts';
import { isSuccess, isSuspected, successConflict } from '../evidence/statuses.ts';
import { inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const statusUnreturned: BindingRule = {
  id: 'status-unreturned',
  family: 'statuses',
  polarity: 'absence',
  summary: 'A declared status is never produced.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const facts = route.facts();
    if (!facts.exitCompleteness.closed) return;
    const returned = new Set(facts.exits.map((exit) => exit.status));
    // A handler that is seen to do nothing but fail is one that was not understood to its end, whatever it claims.
    if (![...returned].some((status) => status < 400)) return;
    const conflict = successConflict(operation, route);
    for (const response of operation.responses) {
      const status = Number(response.status);
      if (
        !Number.isInteger(status) ||
        returned.has(status) ||
        isSuspected(facts, status) ||
        conflict?.declared === status
      )
        continue;
      if (mayComeFromElsewhere(status, operation, facts, route)) continue;
      yield {
        operation,
        subject: response.status,
        message: `${operationName(operation)} declares ${status}, but its handler only returns ${inWords([...returned].sort((a, b) => a - b).map(String))}.`,
        contract: response.place,
        code: route.pathPlace,
        related: facts.exits.slice(0, 8).map((exit) => ({ place: exit.place, message: `Returns ${exit.status}` })),
        confidence: 'proved',
        breaking: false,
        fixes:
          operation.responses.length > 1
            ? removeOffer(`Remove the response ${response.status}`, contract, response.place)
            : [],
        // A client that is prepared for an error which never comes loses nothing.
        cap: isSuccess(status) ? undefined : 'information',
      };
    }
  },
};

/** Statuses that a framework, a body parser or a gateway gives although no line of the service names them. */
function mayComeFromElsewhere(status: number, operation: Operation, facts: HandlerFacts, route: Route): boolean {
  if (status < 200 || status >= 500 || [304, 405, 406, 408, 413, 414, 415, 429, 431].includes(status)) return true;
  if (status === 401 || status === 403) {
    return operation.security === undefined || operation.security.length > 0 || !facts.guardCompleteness.closed;
  }
  if (status === 400) return operation.body !== undefined || readsBody(facts) || route.framework === 'fastify';
  return status === 422 && operation.body !== undefined && facts.exits.some((exit) => exit.origin === 'framework');
}

/** Whoever reads a body has a parser before it, which answers 400 to a body that it cannot read. */
function readsBody({ reads }: HandlerFacts): boolean {
  return reads.bodies.length > 0 || reads.parameters.some((read) => read.in === 'body' || read.in === 'form');
}
