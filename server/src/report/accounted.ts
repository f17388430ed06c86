// Owns the question whether everything that a contract declares on one axis was met in the code, when only libraries may do more there.
// It must not know findings: what was met and differs is accounted for too.

import type { HandlerFacts, ReadLocation } from '../code/model.ts';
import type { Operation } from '../contract/model.ts';
import { resolveShape } from '../shape/shape.ts';

/**
 * Whether each declared name of a location is read. A library that gets the whole request cannot know this operation's own names, so
 * nothing undeclared is hidden there; a declared name that nobody reads may still be read by it.
 */
export function readsAccounted(location: ReadLocation, operation: Operation, facts: HandlerFacts): boolean {
  if (location === 'body' || location === 'form') return bodyAccounted(operation, facts);
  return operation.parameters.every((parameter) => {
    if (parameter.in !== location) return true;
    const name = location === 'header' ? parameter.name.toLowerCase() : parameter.name;
    return location === 'path' || facts.reads.parameters.some((read) => read.in === location && read.name === name);
  });
}

/** Whether a body is declared as bytes or text alone: there is no part of it that somebody could ask for. */
export function isWithoutParts({ body }: Operation): boolean {
  return (
    body !== undefined &&
    body.content.length > 0 &&
    body.content.every(({ base, shape }) => {
      const kind = shape === undefined ? undefined : resolveShape(shape).kind;
      return (
        kind === 'string' || (kind === undefined && /^(image|audio|video)\/|^application\/octet-stream$/.test(base))
      );
    })
  );
}

/** A body is met when a validator, a type or a read takes it. */
function bodyAccounted(operation: Operation, facts: HandlerFacts): boolean {
  if (!operation.body) return true;
  return (
    facts.reads.bodies.length > 0 || facts.reads.parameters.some((read) => read.in === 'body' || read.in === 'form')
  );
}

/**
 * Whether each declared status is answered by code that was read. What a library adds for every route alike is like a gateway's word; so
 * are server errors, which nobody is asked to declare or to produce.
 */
export function statusesAccounted(operation: Operation, facts: HandlerFacts): boolean {
  return operation.responses.every((response) => {
    const status = Number(response.status);
    if (!Number.isInteger(status) || status >= 500) return true;
    return [...facts.exits, ...(facts.suspected ?? [])].some((one) => one.status === status);
  });
}

/** Whether a declared security requirement meets a guard that was read. */
export function securityAccounted(operation: Operation, facts: HandlerFacts): boolean {
  const demanded = operation.security?.some((requirement) => requirement.length > 0) ?? false;
  return !demanded || facts.guards.length > 0;
}
