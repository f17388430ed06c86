// Owns what becomes of an error in hapi: every one is a Boom when it is answered, and leaves with that one's status and payload.
// It must not know what threw it.

import type { Place } from '../../../../base/place.ts';
import { provenAbsent } from '../absences.ts';
import type { CurrentSink } from '../current-sink.ts';
import type { Machine } from '../machine.ts';
import { boomError } from '../packages/errors.ts';
import { isEmpty, literal, numberOf, truth, type Value } from '../value.ts';

/** An error as an extension sees it: one that is no Boom has become a 500. */
export function boomified(m: Machine, error: Value, place: Place): Value {
  if (isBoom(m, error, place)) return error;
  const made = boomError('@hapi/boom', 500, undefined, place);
  if (made.kind !== 'object' || error.kind !== 'object') return made;
  const props = new Map([
    ...error.props,
    ...[...made.props].filter(([key]) => !error.props.has(key) || key === 'output'),
  ]);
  return { ...error, props };
}

/** Whether a value is an error that knows its own answer. */
export function isBoom(m: Machine, value: Value, place: Place): boolean {
  return value.kind === 'object' && truth(m.get(value, 'isBoom', place)) === true;
}

/** Tells the answer to an error. */
export function tellError(m: Machine, sink: CurrentSink, error: Value, place: Place): void {
  const output = m.get(error, 'output', place);
  const status = isEmpty(output) ? literal(500) : m.get(output, 'statusCode', place);
  if (numberOf(status) === undefined) {
    sink.target.openExits('custom-error-mapper', place);
    return;
  }
  const body = isEmpty(output) ? undefined : m.get(output, 'payload', place);
  sink.target.exit({ status: literal(numberOf(status)!), place, mediaType: 'application/json', body, headers: [] });
}

/** The error that hapi itself makes. */
export function frameworkError(status: number, place: Place, message?: Value): Value {
  return boomError('@hapi/boom', status, message, place);
}

/** Records that an error may be thrown here, while the present path goes on. */
export function mayThrow(m: Machine, value: Value, place: Place): void {
  m.thrown.push({ value, place, via: [...m.steps], absent: provenAbsent(m) });
}
