// Owns the rule status-body-forbidden: a body is given to a status that is sent without one.

import type { Exit } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { alternatives } from '../../shape/shape.ts';
import { nearestPlace } from '../evidence/places.ts';
import { bodilessStatuses, exitsByStatus, isOwnExit } from '../evidence/statuses.ts';
import { describeShape, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const statusBodyForbidden: BindingRule = {
  id: 'status-body-forbidden',
  family: 'statuses',
  polarity: 'witness',
  summary: 'A body is given to a status that HTTP sends without one.',
  scope: 'binding',
  *check({ operation }, route) {
    for (const [status, exits] of exitsByStatus(route.facts().exits.filter(hasForbiddenBody))) {
      const exit = exits[0];
      const declared = operation.responses.find((response) => response.status === String(status));
      // What is not declared at all is told by the rules of statuses; nobody declares 304.
      if (!exit?.body || (!declared && status !== 304)) continue;
      const place = declared?.place ?? operation.responsesPlace;
      yield {
        operation,
        subject: `${status}.body`,
        message: `Gives ${describeShape(exit.body)} to the status ${status} here ${whereInCode(exit.via)}, which is sent without a body; ${operationName(operation)} ${declared ? `declares ${status}` : 'is answered so'}.`,
        contract: place,
        code: nearestPlace(exit.bodyPlace ?? exit.place, exit.via, route),
        related: [
          ...relatedSteps(exit.via),
          { place, message: declared ? `${status} is declared here` : 'Its responses' },
        ],
        confidence: exit.confidence,
        // The body never arrives; who wrote it thinks that it does.
        breaking: isPromised(operation, status),
      };
    }
  },
};

function hasForbiddenBody(exit: Exit): boolean {
  if (!bodilessStatuses.has(exit.status) || !exit.body || !isOwnExit(exit)) return false;
  // Who keeps answers apart from those who make them says 304 of a body that it never meant to send again.
  if (exit.status === 304 && exit.bodyPlace && exit.bodyPlace.file !== exit.place.file) return false;
  return alternatives(exit.body).every((member) => {
    if (member.kind === 'unknown' || member.kind === 'never' || member.kind === 'null') return false;
    // An empty text, `{}` and `[]` are ways to write that nothing is sent.
    if (member.kind === 'string' && member.values?.every((value) => value === '')) return false;
    // So is what a wrapper makes of nothing: fields of which none is there for certain.
    return !(member.kind === 'object' && [...member.fields.values()].every((field) => field.required !== true));
  });
}

/** Whether the contract promises that body as well. */
function isPromised(operation: Operation, status: number): boolean {
  return operation.responses.some((response) => response.status === String(status) && response.content.length > 0);
}
