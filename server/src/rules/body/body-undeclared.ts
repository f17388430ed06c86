// Owns the rule body-undeclared: the code reads a body that the operation does not declare.

import type { BodyAcceptance, ParameterRead, Route } from '../../code/model.ts';
import { fieldReads } from '../evidence/bodies.ts';
import { displacedParameters } from '../evidence/displaced.ts';
import { isSharedRead } from '../evidence/habits.ts';
import { isInfrastructureField } from '../evidence/infrastructure.ts';
import { contractOffer } from '../evidence/offers.ts';
import { nearestPlace } from '../evidence/places.ts';
import { type PlainSchema, schemaOf } from '../evidence/schema.ts';
import { code, inWords, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const bodyUndeclared: BindingRule = {
  id: 'body-undeclared',
  family: 'body',
  polarity: 'witness',
  summary: 'The code reads a body that the operation does not declare.',
  scope: 'binding',
  *check({ operation, contract }, route, governed) {
    if (operation.body) return;
    const bodied = hasBodyByMethod(operation.method, route);
    // Fields that the contract has as parameters are told as that.
    const { misplaced } = displacedParameters(operation, contract, route);
    const accepted = route.facts().reads.bodies.find((body) => body.source === 'validator');
    const fields = fieldReads(route).filter(
      (read) =>
        !isInfrastructureField(read.name) &&
        !misplaced.some((found) => found.subject === `body.${read.name}`) &&
        // Code that many operations share looks into bodies for the sake of those that have one.
        (bodied || !isSharedRead(governed, read)),
    );
    const shown = accepted ?? fields.find((read) => read.confidence === 'proved') ?? fields[0];
    if (!shown || (accepted && fields.length === 0 && misplaced.length > 0)) return;
    const names = [...new Set(fields.map((read) => code(read.name)))];
    const what = names.length > 0 ? `${inWords(names)} from the body` : 'a body';
    const demanded = accepted?.required === true || fields.some((read) => read.required === true);
    yield {
      operation,
      subject: 'body',
      message: `Reads ${what} here ${whereInCode(shown.via)}, but ${operationName(operation)} declares no request body.`,
      contract: operation.place,
      code: nearestPlace(shown.place, shown.via, route),
      related: [
        ...relatedSteps(shown.via),
        ...fields
          .filter((read) => read !== shown)
          .slice(0, 5)
          .map((read) => ({ place: read.place, message: `Reads ${code(read.name)}` })),
        { place: operation.place, message: `${operation.key} declares no request body` },
      ],
      confidence: bodied && !('in' in shown && isSharedRead(governed, shown)) ? shown.confidence : 'likely',
      breaking: demanded,
      fixes: [
        contractOffer('add-request-body', `Add a request body to ${operation.key}`, contract, operation.place, {
          mediaType: mediaTypeOf(accepted, fields),
          schema: schemaOf(accepted?.shape) ?? fieldsSchema(fields),
          required: demanded,
        }),
      ],
    };
  },
};

function mediaTypeOf(accepted: BodyAcceptance | undefined, fields: readonly ParameterRead[]): string {
  const named = accepted?.mediaTypes[0];
  if (named !== undefined && !named.includes('*')) return named;
  const isForm = !accepted && fields.length > 0 && fields.every((read) => read.in === 'form');
  return isForm ? 'application/x-www-form-urlencoded' : 'application/json';
}

/** An object with the fields that are read by name; what they hold below that is not known. */
function fieldsSchema(fields: readonly ParameterRead[]): PlainSchema {
  const named = new Map(
    fields.filter((read) => !/[.[\]]/.test(read.name)).map((read) => [read.name, schemaOf(read.shape) ?? {}] as const),
  );
  const required = [...named.keys()].filter((name) =>
    fields.some((read) => read.name === name && read.required === true),
  );
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    ...(named.size > 0 ? { properties: Object.fromEntries(named) } : {}),
  };
}

/** GET, HEAD and DELETE seldom carry a body, so that a read there is often left over from code shared with others. */
function hasBodyByMethod(method: string, route: Route): boolean {
  return !['get', 'head', 'delete', 'options'].includes(method) && route.method !== 'all';
}
