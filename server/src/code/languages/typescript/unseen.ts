// Owns exceptions that nobody saw: what a `catch` clause is given for the errors that calls may throw out of sight.
// It must not know frameworks, nor who catches.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { isInstance } from './classes.ts';
import type { Machine, Thrown } from './machine.ts';
import { boundNames } from './module.ts';
import { numberOf, resultOf, type UnknownValue, type Value } from './value.ts';

/** An exception of unknown origin, caught at a place where these others were seen; `foreign` where nobody but packages can have thrown it. */
export function unseenException(place: Place, beside: readonly Thrown[], foreign = false): Value {
  return {
    kind: 'unknown',
    reason: 'unreadable-exit',
    caught: true,
    truthy: true,
    place,
    beside: beside.map((one) => one.value),
    ...(foreign ? { foreign } : {}),
  };
}

/** Handles an exception that nobody saw being thrown. */
export function suspecting<T>(m: Machine, work: () => T): T {
  const before = m.suspicion;
  m.suspicion ??= { steps: m.steps.length, conditional: m.conditional };
  try {
    return work();
  } finally {
    m.suspicion = before;
  }
}

/** Whether an exception that nobody saw is a package's own: nothing else was called that was not followed, since a count of such calls. */
export function isForeign(m: Machine, strangers: number, thrown: readonly Thrown[]): boolean {
  return m.strangers === strangers && thrown.every(({ value }) => value.kind !== 'unknown' || value.foreign === true);
}

/**
 * Whether it is known not to be an instance. A class of the workspace whose instances were seen to be thrown is thrown by code that was
 * followed, and what was not followed throws errors of its own. A package throws no class of the workspace either; a handler that asks for
 * one all the same is believed, while what many handlers share asks for whatever any of them may meet.
 */
export function isOther(m: Machine, value: UnknownValue, target: Value): boolean {
  if (target.kind !== 'class') return false;
  if (value.foreign && m.suspicion && m.steps.length > m.suspicion.steps) return true;
  return !!value.beside?.some((one) => isInstance(m, one, target) === true);
}

/**
 * Whether it is taken to have no status of its own: the errors of the workspace that carry one in this field were seen beside it, and what
 * else is thrown is answered as any failure is.
 */
export function lacksStatus(m: Machine, value: UnknownValue, key: string, place: Place): boolean {
  if (key !== 'status' && key !== 'statusCode') return false;
  return !!value.beside?.some((one) => {
    const status = one.kind === 'object' ? numberOf(m.get(one, key, place)) : undefined;
    return status !== undefined && status >= 400 && status < 600;
  });
}

/**
 * Whether a call of this method fails on it: the errors that were seen beside it have the method of their own class, and what else is thrown
 * has none of that name.
 */
export function lacksMethod(m: Machine, value: UnknownValue, name: string, place: Place): boolean {
  if (!value.caught || value.instanceOf || name in Error.prototype) return false;
  return !!value.beside?.some((one) => {
    const member = one.kind === 'object' && one.cls ? m.get(one, name, place) : undefined;
    return member?.kind === 'function' || member?.kind === 'native';
  });
}

/**
 * What a `throw` throws. An error that was taken out of what a package gave (`const { data, error } = await query()`), or that a package
 * gave to a callback, is the package's own, as if the package had thrown it itself.
 */
export function thrownBy(expression: ts.Expression, value: Value, place: Place): Value {
  if (value.kind === 'unknown' && value.given && !value.shape && !value.caught) return unseenException(place, [], true);
  const ofPackage =
    (value.kind === 'unknown' && value.reason === 'unresolved-import' && !value.shape && !value.caught) ||
    (value.kind === 'external' && value.path.includes(resultOf) && value.path.at(-1) !== resultOf);
  return ofPackage && isTakenOut(expression) ? unseenException(place, [], true) : value;
}

/** Whether an expression names a part of a value: `result.error`, or a variable that a pattern bound. */
function isTakenOut(expression: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(expression)) return true;
  if (!ts.isIdentifier(expression)) return false;
  for (let scope: ts.Node | undefined = expression.parent; scope; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name)) {
          if (name.text === expression.text) return false;
        } else if (boundNames(name).includes(expression.text)) return true;
      }
    }
  }
  return false;
}
