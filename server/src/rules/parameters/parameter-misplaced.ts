// Owns the rule parameter-misplaced: a parameter is read from another place than the contract declares.

import { displacedParameters } from '../evidence/displaced.ts';
import { contractOffer } from '../evidence/offers.ts';
import { contractPlace, nearestPlace } from '../evidence/places.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterMisplaced: BindingRule = {
  id: 'parameter-misplaced',
  family: 'parameters',
  polarity: 'mismatch',
  summary: 'A parameter is read from another place than the contract declares.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const found of displacedParameters(operation, contract, route).misplaced) {
      const { parameter, read } = found;
      const place = parameter
        ? contractPlace(parameter.namePlace, parameter.place)
        : (operation.body?.place ?? operation.place);
      yield {
        operation,
        subject: found.subject,
        values: [found.declaredIn],
        message: `Reads ${code(found.name)} from the ${words(found.readIn)} here ${whereInCode(read.via)}, but ${operationName(operation)} declares it in the ${words(found.declaredIn)}.`,
        contract: place,
        code: nearestPlace(read.place, read.via, route),
        related: [...relatedSteps(read.via), { place, message: `Declared in the ${words(found.declaredIn)}` }],
        // Where the declared place may be read in ways that are not followed, the other read may be a second chance.
        confidence: found.certain ? read.confidence : 'likely',
        breaking: read.required === true || parameter?.required === true,
        fixes:
          parameter && ['query', 'header', 'cookie'].includes(found.readIn)
            ? [
                contractOffer(
                  'move-parameter',
                  `Declare ${found.name} in the ${words(found.readIn)}`,
                  contract,
                  parameter.place,
                  { in: found.readIn },
                ),
              ]
            : [],
      };
    }
  },
};

const locations: Readonly<Record<string, string>> = { header: 'headers', cookie: 'cookies' };

function words(location: string): string {
  return locations[location] ?? location;
}
