// Owns the rule parameter-required-unenforced: the contract requires a parameter that the code treats as optional.

import { demanded, parameterMeetings, parameterSubject } from '../evidence/parameters.ts';
import { nearestPlace } from '../evidence/places.ts';
import { requiredOffer } from '../evidence/required-offer.ts';
import { demandOf } from '../evidence/wishes.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterRequiredUnenforced: BindingRule = {
  id: 'parameter-required-unenforced',
  family: 'parameters',
  polarity: 'mismatch',
  summary: 'The contract requires a parameter that the code treats as optional.',
  scope: 'binding',
  *check({ operation }, route) {
    for (const { parameter, reads } of parameterMeetings(operation, route)) {
      if (!parameter.required || parameter.in === 'path' || demanded(reads) !== false) continue;
      const read = reads.find((one) => one.required === false || one.default !== undefined)!;
      const declared = parameter.requiredPlace ?? parameter.namePlace;
      const how = read.default === undefined ? 'as optional' : 'with a default';
      yield {
        operation,
        subject: parameterSubject(parameter.in, parameter.name),
        message: `Reads the ${parameter.in} parameter ${code(parameter.name)} ${how} here ${whereInCode(read.via)}, but ${operationName(operation)} declares it as required.`,
        contract: declared,
        code: nearestPlace(read.place, read.via, route),
        related: [...relatedSteps(read.via), { place: declared, message: 'Declared as required' }],
        confidence: read.confidence,
        breaking: false,
        wish: demandOf(read, true),
        fixes: requiredOffer(parameter.place, {
          title: `Make ${parameter.name} optional in the contract`,
          value: false,
        }),
      };
    }
  },
};
