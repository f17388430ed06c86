// Owns the rule documentation-mismatch: what decorators and schemas say of a route's statuses is not what the route does.

import type { Place } from '../../base/place.ts';
import { declaredResponse } from '../../contract/model.ts';
import { exitPlace } from '../evidence/places.ts';
import { exitsByStatus, isDeclarable, isOwnExit, isSuspected } from '../evidence/statuses.ts';
import { codeLine, inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const documentationMismatch: BindingRule = {
  id: 'documentation-mismatch',
  family: 'statuses',
  polarity: 'mismatch',
  summary: "What the code's own documentation says of a route's statuses is not what the route does.",
  scope: 'binding',
  *check({ operation }, route) {
    const documented = route.documentation?.statuses ?? [];
    if (documented.length === 0) return;
    const facts = route.facts();
    const list = inWords(documented.map(({ status }) => String(status)));
    const draft = (status: number, place: Place, message: string, related: Place) => ({
      operation,
      subject: `documented:${status}`,
      message,
      contract: declaredResponse(operation, status)?.place ?? operation.responsesPlace,
      code: place,
      related: [{ place: related, message: `Documented: ${list}` }],
      confidence: 'likely' as const,
      breaking: false,
      cap: 'information' as const,
    });
    for (const [status, exits] of exitsByStatus(facts.exits.filter((exit) => isDeclarable(exit) && isOwnExit(exit)))) {
      if (documented.some((one) => one.status === status)) continue;
      // What the contract lacks as well is told by its own rule.
      if (!declaredResponse(operation, status)) continue;
      const message = `Returns ${status} here (${codeLine}), as ${operationName(operation)} declares, but the route is documented with ${list}.`;
      yield draft(status, exitPlace(exits[0]!, route), message, documented[0]!.place);
    }
    if (!facts.exitCompleteness.closed || !facts.exits.some((exit) => exit.status < 400)) return;
    for (const { status, place } of documented) {
      if (status >= 500 || isSuspected(facts, status) || facts.exits.some((exit) => exit.status === status)) continue;
      // What the contract promises as well is told by its own rule; so is what guards and parsers answer.
      if (declaredResponse(operation, status) || [400, 401, 403, 405, 406, 413, 415, 429].includes(status)) continue;
      const message = `The route is documented with ${status} here (${codeLine}), which it never returns and ${operationName(operation)} does not declare.`;
      yield draft(status, place, message, place);
    }
  },
};
