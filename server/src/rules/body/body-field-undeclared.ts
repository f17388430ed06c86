// Owns the rule body-field-undeclared: the code reads a field of the body that the schema does not name.

import type { ParameterRead, Route } from '../../code/model.ts';
import type { ContractPlace, Operation } from '../../contract/model.ts';
import { bodyDifferences, bodySubject, fieldReads } from '../evidence/bodies.ts';
import { displacedParameters } from '../evidence/displaced.ts';
import { bodyFieldAt } from '../evidence/fields.ts';
import { isInfrastructureField } from '../evidence/infrastructure.ts';
import { contractPlace, nearestPlace } from '../evidence/places.ts';
import { propertyOffer } from '../evidence/property-offer.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

export const bodyFieldUndeclared: BindingRule = {
  id: 'body-field-undeclared',
  family: 'body',
  polarity: 'witness',
  summary: 'The code reads a field of the body that the schema does not name.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    // A field that the contract has as a parameter is told as that.
    const { misplaced } = displacedParameters(operation, contract, route);
    const told = new Set(misplaced.map(({ name }) => name));
    for (const found of bodyDifferences(operation, route)) {
      const { difference, body } = found;
      if (difference.kind !== 'field-undeclared' || told.has(found.path) || isDeclaredSomewhere(operation, found.path))
        continue;
      told.add(found.path);
      const enforced = body.source === 'validator';
      const demanded = enforced && difference.demanded === true;
      yield {
        operation,
        subject: found.subject,
        message: `${enforced ? (demanded ? 'Requires' : 'Accepts') : 'The type names'} the body field ${code(found.path)} here ${whereInCode(body.via)}, but the body of ${operationName(operation)} does not declare it.`,
        contract: found.contract,
        code: found.code,
        related: [...relatedSteps(body.via), { place: found.contract, message: 'The schema without this field' }],
        confidence: found.confidence,
        breaking: demanded,
        cap: !enforced || (difference.open && !demanded) ? 'information' : undefined,
        fixes: propertyOffer(contract, found.contract, difference),
      };
    }
    yield* fromReads(operation, route, told);
  },
};

function* fromReads(operation: Operation, route: Route, told: Set<string>): Iterable<Draft> {
  const media = operation.body?.content[0];
  if (!media) return;
  // A validator hands on what it knows: what is read past it may never be there.
  const validated = route.facts().reads.bodies.some((body) => body.source === 'validator');
  const reads = [...fieldReads(route)].sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length);
  for (const read of reads) {
    if (isInfrastructureField(read.name)) continue;
    const answer = bodyFieldAt(operation, read.name);
    if (answer.known !== 'undeclared' || isTold(told, answer.path)) continue;
    told.add(answer.path);
    const place: ContractPlace = contractPlace(answer.owner.origin, media.place);
    const demanded = read.required === true && read.name === answer.path;
    yield {
      operation,
      subject: bodySubject(answer.path),
      message: `${demanded ? 'Requires' : 'Reads'} the body field ${code(answer.path)} here ${whereInCode(read.via)}, but the body of ${operationName(operation)} does not declare it.`,
      contract: place,
      code: nearestPlace(read.place, read.via, route),
      related: [...relatedSteps(read.via), { place, message: 'The schema without this field' }],
      confidence: read.confidence,
      breaking: demanded,
      cap: (answer.open || validated) && !demanded ? 'information' : undefined,
    };
  }
}

/** What rejects absence is told first, then what happens for certain. */
function rank(read: ParameterRead): number {
  return (read.required === true ? 0 : 2) + (read.confidence === 'proved' ? 0 : 1);
}

/** Another media type or another alternative may have the field. */
function isDeclaredSomewhere(operation: Operation, path: string): boolean {
  return bodyFieldAt(operation, path).known !== 'undeclared';
}

/** A field inside of a field that is missing itself is no news. */
function isTold(told: ReadonlySet<string>, path: string): boolean {
  return told.has(path) || [...told].some((known) => path.startsWith(`${known}.`) || path.startsWith(`${known}[`));
}
