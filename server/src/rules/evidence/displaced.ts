// Owns parameters that both sides have, in different places or spellings: one disagreement, which is told once.
// It must not know what any rule decides; six rules read it, so that no pair is told as two faults.

import type { ParameterRead, Route } from '../../code/model.ts';
import type { Contract, Operation, Parameter } from '../../contract/model.ts';
import { fieldReads } from './bodies.ts';
import { bodyFieldAt, declaresField } from './fields.ts';
import { isCarried, namedReads, parameterSubject, sameInAnyStyle, sameName } from './parameters.ts';
import { isShared } from './places.ts';

/** A parameter that the contract declares in one place and the code reads in another. */
export interface Misplaced {
  /** `query:limit`, `body.limit`: where the code reads it. */
  readonly subject: string;
  readonly name: string;
  /** In words: `query`, `body`. */
  readonly readIn: string;
  readonly declaredIn: string;
  /** Absent when the contract has it as a field of the body. */
  readonly parameter?: Parameter;
  readonly read: ParameterRead;
  /** Whether the code is known not to read it where it is declared as well. */
  readonly certain: boolean;
}

/** A parameter that is spelled in another style on each side. */
export interface Respelled {
  readonly parameter: Parameter;
  readonly read: ParameterRead;
  readonly certain: boolean;
}

export interface Displaced {
  readonly misplaced: readonly Misplaced[];
  readonly respelled: readonly Respelled[];
}

const remembered = new WeakMap<Route, WeakMap<Operation, Displaced>>();

/** The displaced parameters of one operation and one of its routes. */
export function displacedParameters(operation: Operation, contract: Contract, route: Route): Displaced {
  const ofRoute = remembered.get(route) ?? new WeakMap<Operation, Displaced>();
  remembered.set(route, ofRoute);
  const known = ofRoute.get(operation) ?? findDisplaced(operation, contract, route);
  ofRoute.set(operation, known);
  return known;
}

function findDisplaced(operation: Operation, contract: Contract, route: Route): Displaced {
  const { parameters, completeness } = route.facts().reads;
  const misplaced: Misplaced[] = [];
  const respelled: Respelled[] = [];
  const readAt = (location: string, name: string): boolean =>
    parameters.some((read) => read.in === location && sameName(location, read.name, name));
  for (const group of namedReads(route)) {
    const read = group.reads.find((one) => !isShared(one, route));
    if (!read || isCarried(group.in, group.name, contract, route)) continue;
    if (operation.parameters.some((one) => declares(one, group.in, group.name))) continue;
    const styled = operation.parameters.find(
      (one) => one.in === group.in && sameInAnyStyle(one.name, group.name) && !readAt(one.in, one.name),
    );
    if (styled) {
      respelled.push({ parameter: styled, read, certain: completeness[group.in].closed });
      continue;
    }
    const moved = operation.parameters.find(
      (one) =>
        one.in !== group.in &&
        one.in !== 'querystring' &&
        one.in !== 'path' &&
        one.name.toLowerCase() === group.name.toLowerCase(),
    );
    const subject = parameterSubject(group.in, group.name);
    if (moved && !readAt(moved.in, moved.name)) {
      const certain = moved.in !== 'querystring' && completeness[moved.in].closed;
      misplaced.push({
        subject,
        name: group.name,
        readIn: group.in,
        declaredIn: moved.in,
        parameter: moved,
        read,
        certain,
      });
    } else if (!moved && declaresField(operation, group.name) && !readsField(route, group.name)) {
      const certain = completeness.body.closed && completeness.form.closed;
      misplaced.push({ subject, name: group.name, readIn: group.in, declaredIn: 'body', read, certain });
    }
  }
  misplaced.push(...fromBody(operation, route, readAt));
  return { misplaced, respelled };
}

/** Fields that the code takes from the body and the contract has as parameters. */
function fromBody(
  operation: Operation,
  route: Route,
  readAt: (location: string, name: string) => boolean,
): Misplaced[] {
  const { completeness } = route.facts().reads;
  const found = new Map<string, Misplaced>();
  for (const read of fieldReads(route)) {
    const parameter = operation.parameters.find((one) => one.in !== 'path' && one.name === read.name);
    if (!parameter || found.has(read.name) || readAt(parameter.in, parameter.name)) continue;
    if (operation.body && bodyFieldAt(operation, read.name).known !== 'undeclared') continue;
    const certain = parameter.in !== 'querystring' && completeness[parameter.in].closed;
    found.set(read.name, {
      subject: `body.${read.name}`,
      name: read.name,
      readIn: 'body',
      declaredIn: parameter.in,
      parameter,
      read,
      certain,
    });
  }
  return [...found.values()];
}

function declares(parameter: Parameter, location: string, name: string): boolean {
  if (parameter.in === 'querystring') return location === 'query';
  return parameter.in === location && sameName(location, parameter.name, name);
}

function readsField(route: Route, name: string): boolean {
  const { parameters, bodies } = route.facts().reads;
  const read = parameters.some((one) => (one.in === 'body' || one.in === 'form') && one.name.split(/[.[]/)[0] === name);
  return read || bodies.some((body) => body.shape.kind === 'object' && body.shape.fields.has(name));
}
