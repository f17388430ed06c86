// Owns the rule parameter-name-case: both sides have a parameter and spell it in different styles.

import { displacedParameters } from '../evidence/displaced.ts';
import { contractOffer } from '../evidence/offers.ts';
import { parameterSubject } from '../evidence/parameters.ts';
import { contractPlace, nearestPlace } from '../evidence/places.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterNameCase: BindingRule = {
  id: 'parameter-name-case',
  family: 'parameters',
  polarity: 'mismatch',
  summary: 'A parameter is spelled in different styles by the contract and by the code.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const { parameter, read, certain } of displacedParameters(operation, contract, route).respelled) {
      const place = contractPlace(parameter.namePlace, parameter.place);
      yield {
        operation,
        subject: parameterSubject(read.in, parameter.name),
        values: [read.name],
        message: `Reads the ${read.in} parameter as ${code(read.name)} here ${whereInCode(read.via)}, but ${operationName(operation)} spells it ${code(parameter.name)}.`,
        contract: place,
        code: nearestPlace(read.place, read.via, route),
        related: [...relatedSteps(read.via), { place, message: `Declared as ${code(parameter.name)}` }],
        // What maps names to another style takes the whole query, which opens it.
        confidence: certain ? read.confidence : 'likely',
        breaking: read.required === true || parameter.required,
        fixes: [
          contractOffer('rename-parameter', `Call the parameter ${read.name}`, contract, parameter.place, {
            from: parameter.name,
            to: read.name,
          }),
        ],
      };
    }
  },
};
