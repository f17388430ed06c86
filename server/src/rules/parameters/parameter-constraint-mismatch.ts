// Owns the rule parameter-constraint-mismatch: values, bounds, lengths, formats or patterns of validator and contract differ.

import { compareShapes } from '../../shape/compare.ts';
import { constraintSentence, isFormality } from '../evidence/constraints.ts';
import { parameterMeetings, parameterSubject } from '../evidence/parameters.ts';
import { nearestPlace } from '../evidence/places.ts';
import { constraintOffer } from '../evidence/schema-offers.ts';
import { wishOf } from '../evidence/wishes.ts';
import { code, operationName, relatedSteps } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterConstraintMismatch: BindingRule = {
  id: 'parameter-constraint-mismatch',
  family: 'parameters',
  polarity: 'mismatch',
  summary: 'The validator accepts other values of a parameter than the contract declares.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const { parameter, reads } of parameterMeetings(operation, route)) {
      const read = reads.find((one) => one.source === 'validator');
      if (!read) continue;
      const { differences } = compareShapes(read.shape, parameter.shape, 'request', { asText: true });
      if (differences.some((difference) => difference.kind === 'type')) continue;
      for (const difference of differences) {
        const { detail } = difference;
        if (!detail) continue;
        yield {
          operation,
          subject: parameterSubject(parameter.in, parameter.name),
          values: [detail.name, detail.code ?? '', detail.contract ?? ''],
          message: constraintSentence(
            `the ${parameter.in} parameter ${code(parameter.name)}`,
            operationName(operation),
            detail,
            read.via,
          ),
          contract: parameter.schemaPlace,
          code: nearestPlace(difference.codeOrigin ?? read.place, read.via, route),
          related: [...relatedSteps(read.via), { place: parameter.schemaPlace, message: 'Declared here' }],
          confidence: difference.certain ? read.confidence : 'likely',
          breaking: !difference.lax,
          wish: difference.path === '' ? wishOf(difference) : undefined,
          fixes:
            difference.path === '' ? constraintOffer(contract, parameter.schemaPlace, difference, detail.name) : [],
          cap: isFormality(difference) ? 'information' : detail.contract === undefined ? 'warning' : undefined,
        };
      }
    }
  },
};
