// Owns the rule parameter-undeclared: the code reads a parameter that the operation does not declare.

import type { ParameterRead, Route } from '../../code/model.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { displacedParameters } from '../evidence/displaced.ts';
import { declaresField } from '../evidence/fields.ts';
import { isSharedCheck } from '../evidence/habits.ts';
import {
  demanded,
  isCarried,
  type NamedReads,
  namedReads,
  parameterSubject,
  sameInAnyStyle,
  sameName,
  strongest,
} from '../evidence/parameters.ts';
import { isShared, nearestPlace } from '../evidence/places.ts';
import { schemaOf } from '../evidence/schema.ts';
import { code, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const parameterUndeclared: BindingRule = {
  id: 'parameter-undeclared',
  family: 'parameters',
  polarity: 'witness',
  summary: 'The code reads a parameter that the operation does not declare.',
  scope: 'binding',
  *check({ operation, contract }, route, governed) {
    const { misplaced, respelled } = displacedParameters(operation, contract, route);
    const displaced = new Set([...misplaced, ...respelled].map(({ read }) => read));
    for (const group of namedReads(route)) {
      // A parameter that the contract has elsewhere or in another spelling is told as that.
      if (group.reads.some((read) => displaced.has(read))) continue;
      if (isDeclared(operation, group) || isCarried(group.in, group.name, contract, route)) continue;
      const read = best(group.reads, route);
      // What only a shared middleware reads is said of a service, not of this operation.
      if (isShared(read, route) && demanded(group.reads) !== true) continue;
      const required = demanded(group.reads) === true;
      const other = elsewhere(operation, group);
      yield {
        operation,
        subject: parameterSubject(group.in, group.name),
        message: `Reads the ${group.in} parameter ${code(group.name)} here ${whereInCode(read.via)}, but ${operationName(operation)} does not declare it${other}.`,
        contract: operation.place,
        code: nearestPlace(read.place, read.via, route),
        related: [
          ...relatedSteps(read.via),
          ...group.reads
            .filter((one) => one !== read)
            .slice(0, 5)
            .map((one) => ({ place: one.place, message: 'Also read here' })),
          { place: operation.place, message: `${operation.key} declares ${declaredNames(operation, group.in)}` },
        ],
        confidence: other === '' ? read.confidence : 'likely',
        breaking: required,
        // Cookies are set by the service itself more often than they are asked of a client.
        cap: !required && (group.in === 'cookie' || isSharedCheck(governed, read)) ? 'information' : undefined,
        fixes: [addParameter(operation, contract, group, required)],
      };
    }
  },
};

/** The read that shows the fact best: the surest one in the handler itself. */
function best(reads: readonly ParameterRead[], route: Route): ParameterRead {
  const proved = reads.filter((read) => read.confidence === 'proved' && !isShared(read, route));
  return proved[0] ?? strongest(reads) ?? reads[0]!;
}

function isDeclared(operation: Operation, group: NamedReads): boolean {
  return operation.parameters.some(
    (parameter) =>
      (parameter.in === group.in && sameName(group.in, parameter.name, group.name)) ||
      // A parameter that is the whole query string declares every name in it.
      (parameter.in === 'querystring' && group.in === 'query'),
  );
}

/** Where the contract has the same name, when it has it in another place or another style. */
function elsewhere(operation: Operation, group: NamedReads): string {
  const moved = operation.parameters.find(
    (parameter) => parameter.in !== group.in && sameName('header', parameter.name, group.name),
  );
  if (moved) return ` there: it declares it in the ${moved.in}`;
  const styled = operation.parameters.find(
    (parameter) => parameter.in === group.in && sameInAnyStyle(parameter.name, group.name),
  );
  if (styled) return `: it declares ${code(styled.name)}`;
  return declaresField(operation, group.name) ? ' there: it declares it in the body' : '';
}

function declaredNames(operation: Operation, location: string): string {
  const names = operation.parameters
    .filter((parameter) => parameter.in === location)
    .map((parameter) => parameter.name);
  return names.length === 0
    ? `no ${location} parameter`
    : `the ${location} parameters ${names.slice(0, 12).join(', ')}`;
}

function addParameter(operation: Operation, contract: Contract, group: NamedReads, required: boolean): FixOffer {
  return {
    id: 'add-parameter',
    title: `Add the ${group.in} parameter ${group.name} to ${operation.key}`,
    side: 'contract',
    safety: 'suggestion',
    data: {
      file: operation.place.file,
      pointer: operation.place.pointer,
      name: group.name,
      in: group.in,
      required,
      schema: schemaOf(strongest(group.reads)?.shape) ?? { type: 'string' },
      specification: contract.specification,
      root: contract.file,
    },
  };
}
