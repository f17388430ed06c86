// Owns the making of inputs: a whole location of the request, or a named part of it, as values.
// It must not know any one framework, nor what becomes of an input.

import type { Place } from '../../../base/place.ts';
import type { ReadLocation } from '../../model.ts';
import type { InputSink } from './input-sink.ts';
import { type InputValue, undefinedValue, type Value } from './value.ts';

/** A whole location of the request as a value; nothing of it is read yet. */
export function wholeInput(sink: InputSink, location: ReadLocation, place: Place): InputValue {
  return { kind: 'input', in: location, name: '', sink, place };
}

/** One named part, which is read by that. Names of headers are taken in lower case (RFC 9110, section 5.1). */
export function namedInput(sink: InputSink, location: ReadLocation, name: string, place: Place): InputValue {
  const key = location === 'header' ? name.toLowerCase() : name;
  const input: InputValue = { kind: 'input', in: location, name: key, sink, place };
  sink.read(input, place);
  return input;
}

/** One named part, as far as the request that runs has it. */
export function sentInput(sink: InputSink, location: ReadLocation, name: string, place: Place): Value {
  const input = namedInput(sink, location, name, place);
  return sink.lacks?.(input) ? undefinedValue : input;
}

/**
 * Whether a cookie's name is a constant with something computed beside it (`session-${digest}`): a contract names constants, so that none
 * of its names is hidden there, although one of them may be met.
 */
export function isPartlyConstant(name: Value | undefined): boolean {
  if (name?.kind === 'union') return name.members.every(isPartlyConstant);
  if (name?.kind === 'literal') return true;
  return name?.kind === 'template' && name.parts.some((part) => typeof part === 'string' && part.length > 2);
}
