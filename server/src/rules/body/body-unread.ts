// Owns the rule body-unread: the operation declares a body, and its handler never looks at it.

import type { Contract, ContractPlace, Operation } from '../../contract/model.ts';
import { isBodyClosed, looksAtBody, succeeds } from '../evidence/body-readings.ts';
import { displacedParameters } from '../evidence/displaced.ts';
import { bodyObjects } from '../evidence/fields.ts';
import { removeOwnOffer } from '../evidence/offers.ts';
import { operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const bodyUnread: BindingRule = {
  id: 'body-unread',
  family: 'body',
  polarity: 'absence',
  summary: 'The operation declares a body, and its handler never looks at it.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const { body } = operation;
    if (!body || body.content.length === 0) return;
    const facts = route.facts();
    if (!isBodyClosed(facts) || looksAtBody(facts) || !succeeds(facts)) return;
    // An object without fields, as some write where there is nothing to send, promises nothing.
    if (bodyObjects(operation)?.every((object) => object.fields.size === 0 && !object.values)) return;
    // Fields that are read from elsewhere are told as that.
    if (displacedParameters(operation, contract, route).misplaced.some((found) => found.declaredIn === 'body')) return;
    yield {
      operation,
      subject: 'body',
      message: `${operationName(operation)} declares a request body, but its handler never looks at it.`,
      contract: body.place,
      code: route.pathPlace,
      related: [{ place: route.handlerPlace ?? route.place, message: `The handler of ${operation.key}` }],
      confidence: 'proved',
      breaking: false,
      fixes: removeOwnOffer('Remove the request body', contract, operation, placeOfBody(contract, operation)),
    };
  },
};

/** The operation's own word for its body, which may be a reference; in Swagger 2.0 a parameter. */
function placeOfBody({ specification }: Contract, { place, body }: Operation): Pick<ContractPlace, 'file' | 'pointer'> {
  return specification === '2.0' ? body!.place : { file: place.file, pointer: `${place.pointer}/requestBody` };
}
