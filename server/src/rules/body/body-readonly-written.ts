// Owns the rule body-readonly-written: the code takes a field from the body that the contract keeps to answers.

import type { Place } from '../../base/place.ts';
import type { Confidence, Step } from '../../code/model.ts';
import type { Contract, ContractPlace, Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { alternatives } from '../../shape/shape.ts';
import { bodySubject, fieldReads } from '../evidence/bodies.ts';
import { topField } from '../evidence/fields.ts';
import { isOwn, removeOffer } from '../evidence/offers.ts';
import { contractPlace, nearestPlace } from '../evidence/places.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

interface Taken {
  readonly place: Place;
  readonly via: readonly Step[];
  readonly demanded: boolean;
  readonly confidence: Confidence;
}

export const bodyReadonlyWritten: BindingRule = {
  id: 'body-readonly-written',
  family: 'body',
  polarity: 'witness',
  summary: 'The code takes a field from the body that the contract keeps to answers.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const media = operation.body?.content[0];
    if (!media) return;
    const taken = new Map<string, Taken>();
    for (const read of fieldReads(route)) {
      if (!taken.has(read.name)) taken.set(read.name, { ...read, demanded: read.required === true });
    }
    for (const body of route.facts().reads.bodies) {
      if (body.source !== 'validator') continue;
      for (const member of alternatives(body.shape)) {
        if (member.kind !== 'object') continue;
        for (const field of member.fields.values()) {
          const demanded = field.required === true && field.default === undefined;
          if (!taken.has(field.name)) taken.set(field.name, { ...body, place: field.origin ?? body.place, demanded });
        }
      }
    }
    for (const [name, { place, via, demanded, confidence }] of taken) {
      const field = topField(operation, name);
      if (!field?.readOnly) continue;
      const declared = contractPlace(field.origin ?? field.shape.origin, media.place);
      yield {
        operation,
        subject: bodySubject(name),
        message: `${demanded ? 'Requires' : 'Takes'} the body field ${code(name)} here ${whereInCode(via)}, but ${operationName(operation)} declares it as readOnly.`,
        contract: declared,
        code: nearestPlace(place, via, route),
        related: [...relatedSteps(via), { place: declared, message: 'Declared as readOnly' }],
        // It may be taken only to be compared or refused.
        confidence: demanded ? confidence : 'likely',
        breaking: demanded,
        fixes: keywordOffer(contract, operation, declared),
      };
    }
  },
};

/** The offer to drop the word, where it speaks of this operation's field alone. */
function keywordOffer(contract: Contract, operation: Operation, field: ContractPlace): readonly FixOffer[] {
  const [, schema] = /^(.*)\/properties\/[^/]+$/.exec(field.pointer) ?? [];
  const written = contract.section?.(field.file, `${field.pointer}/readOnly`)?.place;
  const own = schema !== undefined && isOwn(contract, operation, { file: field.file, pointer: schema });
  if (!own || !written?.pointer.startsWith(`${schema}/`)) return [];
  return removeOffer('Drop readOnly', contract, written);
}
