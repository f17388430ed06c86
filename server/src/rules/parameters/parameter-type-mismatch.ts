// Owns the rule parameter-type-mismatch: the code reads a parameter as another type than the contract declares.

import type { ParameterRead } from '../../code/model.ts';
import type { Parameter } from '../../contract/model.ts';
import { compareShapes } from '../../shape/compare.ts';
import { alternatives, type Shape } from '../../shape/shape.ts';
import { parameterMeetings, parameterSubject } from '../evidence/parameters.ts';
import { nearestPlace } from '../evidence/places.ts';
import { typeOffer } from '../evidence/schema-offers.ts';
import { code, describeShape, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

interface Conflict {
  readonly read: ParameterRead;
  readonly confidence: Draft['confidence'];
  readonly breaking: boolean;
  readonly cap?: Draft['cap'];
}

export const parameterTypeMismatch: BindingRule = {
  id: 'parameter-type-mismatch',
  family: 'parameters',
  polarity: 'mismatch',
  summary: 'The code reads a parameter as another type than the contract declares.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const { parameter, reads } of parameterMeetings(operation, route)) {
      const conflict = findConflict(parameter, reads);
      if (!conflict) continue;
      const { read } = conflict;
      yield {
        operation,
        subject: parameterSubject(parameter.in, parameter.name),
        values: [describeShape(read.shape), describeShape(parameter.shape)],
        message: `Reads the ${parameter.in} parameter ${code(parameter.name)} as ${describeShape(read.shape)} here ${whereInCode(read.via)}, but ${operationName(operation)} declares ${describeShape(parameter.shape)}.`,
        contract: parameter.schemaPlace,
        code: nearestPlace(read.place, read.via, route),
        related: [
          ...relatedSteps(read.via),
          { place: parameter.schemaPlace, message: `Declared as ${describeShape(parameter.shape)}` },
        ],
        confidence: conflict.confidence,
        breaking: conflict.breaking,
        cap: conflict.cap,
        fixes: typeOffer(contract, parameter.schemaPlace, read.shape, parameter.shape),
      };
    }
  },
};

function findConflict(parameter: Parameter, reads: readonly ParameterRead[]): Conflict | undefined {
  const validated = reads.find((read) => read.source === 'validator');
  const converted = reads.filter((read) => read.source === 'conversion');
  if (validated) return judgeValidator(parameter, validated, converted.length > 0);
  return converted.map((read) => judgeConversion(parameter, read)).find((conflict) => conflict !== undefined);
}

function judgeValidator(parameter: Parameter, read: ParameterRead, converts: boolean): Conflict | undefined {
  const { differences } = compareShapes(read.shape, parameter.shape, 'request', { asText: true });
  if (differences.some((difference) => difference.kind === 'type' && difference.path === '')) {
    return { read, confidence: read.confidence, breaking: true };
  }
  if (isListForScalar(read.shape, parameter.shape)) return { read, confidence: 'likely', breaking: true };
  // All texts pass a plain text check, so the client is not hurt: both sides merely disagree, unless code converts later.
  if (isPlainText(read.shape) && isNumeric(parameter.shape) && !converts) {
    return { read, confidence: 'likely', breaking: false, cap: 'information' };
  }
  return undefined;
}

/**
 * A conversion to a number of what is declared as any text at all: every text that is no number becomes NaN. Some code
 * converts to find out whether it is one, so that this is no more than a hint at the fault.
 */
function judgeConversion(parameter: Parameter, read: ParameterRead): Conflict | undefined {
  if (!isPlainText(parameter.shape) || !isNumeric(read.shape)) return undefined;
  return { read, confidence: 'likely', breaking: true, cap: 'information' };
}

/** A list where one value is declared. The other way round depends on how the contract has lists written. */
function isListForScalar(code: Shape, declared: Shape): boolean {
  const lists = alternatives(code);
  const scalars = alternatives(declared);
  return (
    lists.every((member) => member.kind === 'array') &&
    scalars.every((member) => member.kind === 'string' || member.kind === 'number' || member.kind === 'boolean')
  );
}

/** A text without anything that could make it a number in writing. */
function isPlainText(shape: Shape): boolean {
  return alternatives(shape).every(
    (member) =>
      member.kind === 'string' &&
      member.pattern === undefined &&
      member.values === undefined &&
      !/^(u?int|float|double|decimal|number|big)/i.test(member.format ?? ''),
  );
}

function isNumeric(shape: Shape): boolean {
  return alternatives(shape).every((member) => member.kind === 'number');
}
