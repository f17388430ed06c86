// Owns the rule status-undeclared: a status leaves the handler that the operation does not declare.

import type { Exit, Route } from '../../code/model.ts';
import { type Contract, declaredResponse, type Operation } from '../../contract/model.ts';
import type { FixOffer, RelatedPlace } from '../../findings/finding.ts';
import type { Governed } from '../../workspace/model.ts';
import { isSharedExit, isStatusHabit } from '../evidence/habits.ts';
import { exitPlace, samePlace } from '../evidence/places.ts';
import { schemaOf } from '../evidence/schema.ts';
import {
  exitConfidence,
  exitsByStatus,
  isDeclarable,
  isOwnExit,
  phraseOf,
  successConflict,
} from '../evidence/statuses.ts';
import { declaredStatuses, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

export const statusUndeclared: BindingRule = {
  id: 'status-undeclared',
  family: 'statuses',
  polarity: 'witness',
  summary: 'A status leaves the handler that the operation does not declare.',
  scope: 'binding',
  *check({ operation, contract }, route, governed) {
    const conflict = successConflict(operation, route);
    for (const [status, exits] of exitsByStatus(route.facts().exits.filter(isDeclarable))) {
      if (declaredResponse(operation, status) || conflict?.returned === status) continue;
      // What stands before the handler may be switched on and off without touching the operation.
      yield { ...finding(operation, contract, route, status, exits), cap: capOf(exits[0]!, governed) };
    }
  },
};

function capOf(exit: Exit, governed: Governed): Draft['cap'] {
  if (isOwnExit(exit)) return undefined;
  return isStatusHabit(governed, exit.status) || isSharedExit(governed, exit) ? 'information' : 'warning';
}

function finding(
  operation: Operation,
  contract: Contract,
  route: Route,
  status: number,
  exits: readonly Exit[],
): Draft {
  const exit = exits[0]!;
  const where = whereInCode(exit.via);
  return {
    operation,
    subject: String(status),
    message: `${verb(exit)} ${status} here ${where}, but ${operationName(operation)} ${declaredStatuses(operation)}.`,
    contract: operation.responsesPlace,
    code: exitPlace(exit, route),
    related: [
      ...relatedSteps(exit.via),
      ...elsewhere(exits, route),
      { place: operation.responsesPlace, message: `${operation.key} ${declaredStatuses(operation)}` },
    ],
    confidence: exitConfidence(exit),
    breaking: true,
    fixes: [addResponse(operation, contract, status, exits)],
  };
}

function verb(exit: Exit): string {
  switch (exit.origin) {
    case 'guard':
      return 'A guard answers';
    case 'validator':
      return 'The validator answers';
    case 'middleware':
      return 'A middleware answers';
    default:
      return 'Returns';
  }
}

function elsewhere(exits: readonly Exit[], route: Route): RelatedPlace[] {
  const first = exitPlace(exits[0]!, route);
  return exits
    .slice(1, 9)
    .map((exit) => exitPlace(exit, route))
    .filter((place) => !samePlace(place, first))
    .map((place) => ({ place, message: `Also returns ${exits[0]!.status}` }));
}

function addResponse(operation: Operation, contract: Contract, status: number, exits: readonly Exit[]): FixOffer {
  const exit = exits.find((candidate) => candidate.body !== undefined);
  const schema = schemaOf(exit?.body);
  const mediaType = exit?.body ? (exit.mediaType ?? (schema ? 'application/json' : undefined)) : undefined;
  return {
    id: 'add-response',
    title: `Add the response ${status} to ${operation.key}`,
    side: 'contract',
    safety: 'suggestion',
    data: {
      file: operation.place.file,
      pointer: operation.place.pointer,
      status: String(status),
      description: phraseOf(status),
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(schema === undefined ? {} : { schema }),
      specification: contract.specification,
      root: contract.file,
    },
  };
}
