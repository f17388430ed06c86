// Owns the rule parameter-required-undeclared: the code rejects the absence of a parameter that the contract calls optional.

import { demanded, parameterMeetings, parameterSubject } from '../evidence/parameters.ts';
import { nearestPlace } from '../evidence/places.ts';
import { requiredOffer } from '../evidence/required-offer.ts';
import { demandOf } from '../evidence/wishes.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterRequiredUndeclared: BindingRule = {
  id: 'parameter-required-undeclared',
  family: 'parameters',
  polarity: 'witness',
  summary: 'The code rejects the absence of a parameter that the contract calls optional.',
  scope: 'binding',
  *check({ operation }, route) {
    for (const { parameter, reads } of parameterMeetings(operation, route)) {
      if (parameter.required || parameter.in === 'path' || demanded(reads) !== true) continue;
      const read = reads.find((one) => one.required === true)!;
      const allowed = reads.some((one) => one.required === false || one.default !== undefined);
      const declared = parameter.requiredPlace ?? parameter.namePlace;
      yield {
        operation,
        subject: parameterSubject(parameter.in, parameter.name),
        message: `Rejects requests without the ${parameter.in} parameter ${code(parameter.name)} here ${whereInCode(read.via)}, but ${operationName(operation)} declares it as optional.`,
        contract: declared,
        code: nearestPlace(read.requiredPlace ?? read.place, read.via, route),
        related: [...relatedSteps(read.via), { place: declared, message: 'Declared as optional' }],
        // Two statements that differ may belong to two branches of the handler.
        confidence: allowed ? 'likely' : read.confidence,
        breaking: true,
        wish: demandOf(read, false),
        fixes: requiredOffer(parameter.place, {
          title: `Make ${parameter.name} required in the contract`,
          value: true,
        }),
      };
    }
  },
};
