// Owns the error that tsoa makes of a request that does not fit.
// It must not know what is checked.

import type { Place } from '../../../../base/place.ts';
import { type ExternalValue, literal, objectOf, unknown, type Value } from '../value.ts';

const cls: ExternalValue = { kind: 'external', package: 'tsoa', path: ['ValidateError'] };

/** `ValidateError`, with its status of 400 and the fields that did not fit. */
export function validateError(place: Place): Value {
  const fields = {
    name: literal('ValidateError'),
    message: literal(''),
    status: literal(400),
    fields: unknown('spread-or-any', place),
  };
  return { ...objectOf(fields, place, cls), place };
}
