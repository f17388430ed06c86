// Owns what routers with schemas beside their handlers have in common: which parts of the request are checked, and what a failure throws.
// It must not know any one package.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { setMember } from '../members.ts';
import { check, errorObject } from '../packages/validators/check.ts';
import { resultOf } from '../packages/validators/results.ts';
import type { Schema } from '../packages/validators/schema.ts';
import { literal, native, numberOf, undefinedValue, type Value } from '../value.ts';
import { passOn } from './compose.ts';
import { chainOf } from './context.ts';

/** One checked part of the request. */
export interface CheckedPart {
  /** As a member of `ctx.request`, or `params`. */
  readonly part: string;
  readonly schema: Schema;
}

/** A middleware that checks parts of the request and puts what passed in their place. */
export function checking(parts: readonly CheckedPart[], failure: Value, place: Place, goesOn: boolean): Value {
  return native(
    {
      name: 'koa validator',
      call(m, _self, site) {
        const [context] = site.args;
        if (!context || !chainOf(context)) return undefinedValue;
        for (const { part, schema } of parts) checkPart(m, context, part, schema, place);
        // Otherwise the handler finds what failed in `ctx.invalid`.
        if (parts.length > 0 && !goesOn) fail(m, failure, place);
        return passOn(m, site);
      },
    },
    undefined,
    place,
  );
}

function checkPart(m: Machine, context: Value, part: string, schema: Schema, place: Place): void {
  const request = m.get(context, 'request', place);
  check(m, schema, m.get(part === 'params' ? context : request, part, place), place);
  const result = resultOf(m, schema);
  for (const owner of part === 'body' ? [request] : [request, context]) setMember(m, owner, part, result, place);
}

function fail(m: Machine, failure: Value, place: Place): void {
  const status = numberOf(failure);
  const error = errorObject('joi', 'ValidationError', { status: failure, statusCode: failure }, place);
  const value: Value = status === undefined ? { kind: 'unknown', reason: 'unreadable-exit', place } : error;
  m.thrown.push({ value, place, via: [...m.steps], absent: [], cause: m.chain?.handled });
}

export const badRequest = literal(400);
