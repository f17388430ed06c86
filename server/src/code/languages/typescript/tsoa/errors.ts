// Owns the error that tsoa makes of a request that does not fit.
// It must not know what is checked.

import type { Place } from '../../../../base/place.ts';
import { type ExternalValue, literal, objectOf, unknown, type Value } from '../value.ts';

const cls: ExternalValue = { kind: 'external', package: 'tsoa', path: ['ValidateError'] };

/** `ValidateError`, with its status of 400, the fields that did not fit and a message, which is empty where tsoa makes it itself. */
export function validateError(place: Place, told?: Value, message?: Value): Value {
  const fields = {
    name: literal('ValidateError'),
    message: message ?? literal(''),
    status: literal(400),
    fields: told ?? unknown('spread-or-any', place),
  };
  return { ...objectOf(fields, place, cls), place };
}
