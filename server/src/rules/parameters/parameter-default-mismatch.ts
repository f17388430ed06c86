// Owns the rule parameter-default-mismatch: both sides have a constant default for a parameter, and they differ.

import type { ParameterRead } from '../../code/model.ts';
import type { Parameter } from '../../contract/model.ts';
import { contractOffer } from '../evidence/offers.ts';
import { parameterMeetings, parameterSubject } from '../evidence/parameters.ts';
import { nearestPlace } from '../evidence/places.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterDefaultMismatch: BindingRule = {
  id: 'parameter-default-mismatch',
  family: 'parameters',
  polarity: 'mismatch',
  summary: 'Contract and code have different defaults for a parameter.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    for (const { parameter, reads } of parameterMeetings(operation, route)) {
      const read = applied(parameter, reads);
      if (!read?.default) continue;
      const [taken, declared] = [JSON.stringify(read.default.value), JSON.stringify(parameter.default)];
      yield {
        operation,
        subject: parameterSubject(parameter.in, parameter.name),
        values: [taken, declared],
        message: `Takes ${code(taken)} where the ${parameter.in} parameter ${code(parameter.name)} is absent here ${whereInCode(read.via.filter((step) => step.what !== 'falls back on a default'))}, but ${operationName(operation)} declares the default ${code(declared)}.`,
        contract: parameter.schemaPlace,
        code: nearestPlace(read.place, read.via, route),
        related: [
          ...relatedSteps(read.via),
          { place: parameter.schemaPlace, message: `The default is ${code(declared)}` },
        ],
        // A validator's default is what comes to bear; a fallback may belong to one branch.
        confidence: read.source === 'validator' ? read.confidence : 'likely',
        breaking: true,
        fixes: [
          contractOffer('set-default', `Declare the default ${taken}`, contract, parameter.schemaPlace, {
            value: typeof parameter.default === 'number' ? Number(read.default.value) : read.default.value,
          }),
        ],
      };
    }
  },
};

/** The read whose default differs, when there is one default only and it is a plain value on both sides. */
function applied(parameter: Parameter, reads: readonly ParameterRead[]): ParameterRead | undefined {
  if (parameter.default === undefined || !isPlain(parameter.default)) return undefined;
  const withDefault = reads.filter((read) => read.default !== undefined);
  const [first] = withDefault;
  if (!first?.default || !withDefault.every((read) => read.default && same(read.default.value, first.default!.value)))
    return undefined;
  // Nothing, an empty text and NaN stand for "not given"; what is done then is written elsewhere.
  if (!isPlain(first.default.value) || first.default.value === '') return undefined;
  return same(first.default.value, parameter.default) ? undefined : first;
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' || typeof value === 'boolean';
}

/** Parameters travel as text: `10` and `"10"` are one default. */
function same(a: unknown, b: unknown): boolean {
  return String(a) === String(b);
}
