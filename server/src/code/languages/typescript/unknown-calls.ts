// Owns calls that nobody can follow: what they may do with their arguments, and what is left to say of their result.
// It must not know frameworks; requests and responses are told through their models and sinks.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { assertByName } from './assertions.ts';
import { Flow } from './flow.ts';
import { callFunction } from './functions.ts';
import { join } from './join.ts';
import { isLeftForLater } from './listeners.ts';
import type { Machine } from './machine.ts';
import { testByName } from './predicates.ts';
import { calledName, isStranger } from './strangers.ts';
import { unseenException } from './unseen.ts';
import { type CallSite, type FunctionNode, nullValue, resultOf, undefinedValue, type Value } from './value.ts';

/**
 * A call that nobody can follow. Its callbacks may run, so they are tried; requests and responses among the arguments
 * escape; its result is unknown.
 */
export function callUnknown(m: Machine, site: CallSite, callee?: Value): Value {
  if (callee?.kind === 'external') {
    const tested = testByName(callee, site);
    if (tested) return tested;
    if (assertByName(m, callee, site)) return undefinedValue;
  }
  if (callee && isStranger(callee, site)) m.strangers++;
  if (m.taught && site.node && m.taught.take(m, calledName(site.node), undefined, site)) return undefinedValue;
  const piped = site.node && calledName(site.node) === 'pipe' ? pipedInto(m, site) : undefined;
  if (piped) return piped;
  for (const [index, argument] of site.args.entries())
    escapeValue(m, argument, site.argPlaces[index] ?? site.place, 0, callee);
  const results: Value[] = [];
  for (const argument of site.args) {
    if (argument.kind !== 'function') continue;
    if ((m.active.get(argument.node) ?? 0) > 0 || isLeftForLater(site, argument)) continue;
    m.fork([
      () => {
        m.conditional--;
        const parameters = argument.node.parameters.map((_, at) => givenTo(site, argument.node, at, callee));
        results.push(
          callFunction(m, argument, undefined, {
            ...site,
            args: parameters,
            argPlaces: parameters.map(() => site.place),
          }),
        );
        m.conditional++;
        return Flow.Next;
      },
      () => Flow.Next,
    ]);
  }
  m.dead = false;
  if (callee?.kind === 'external')
    return {
      kind: 'external',
      package: callee.package,
      path: [...callee.path, resultOf],
      place: site.place,
      asks: callee.asks,
      installed: callee.installed?.result(site),
    };
  const asks = callee?.kind === 'unknown' || callee?.kind === 'typed' ? callee.asks : undefined;
  const given = callee?.kind === 'unknown' && callee.given;
  return { kind: 'unknown', reason: reasonOf(callee), place: site.place, asks, ...(given ? { given } : {}) };
}

/** `stream.pipe(response)`: what comes out of a stream is the body of an answer, and the destination is given back. */
function pipedInto(m: Machine, site: CallSite): Value | undefined {
  const [into] = site.args;
  return into?.kind === 'native' ? into.model.piped?.(m, into, site) : undefined;
}

/**
 * What a callback is given by who cannot be seen: an error that nobody saw, or none, where its first parameter is called so, as callbacks
 * in Node's manner have it, and such an error where it listens for one.
 */
function givenTo(site: CallSite, node: FunctionNode, at: number, callee: Value | undefined): Value {
  const foreign = callee !== undefined && !isStranger(callee, site);
  const given: Value = {
    kind: 'unknown',
    reason: 'spread-or-any',
    place: site.place,
    ...(foreign ? { given: true } : {}),
  };
  if (at > 0) return given;
  const [event] = site.args;
  if (event?.kind === 'literal' && event.value === 'error') return unseenException(site.place, [], foreign);
  const { name } = node.parameters[0]!;
  const isError = node.parameters.length > 1 && ts.isIdentifier(name) && /^(err|error)$/i.test(name.text);
  return isError ? join([nullValue, unseenException(site.place, [], foreign)]) : given;
}

function reasonOf(callee: Value | undefined) {
  if (callee?.kind === 'unknown') return callee.reason;
  return callee?.kind === 'external' ? 'unresolved-import' : 'spread-or-any';
}

/**
 * Tells a request or response that it goes where it cannot be followed; a router learns who takes it. With `parts`, only parts of the
 * request are told.
 */
export function escapeValue(
  m: Machine,
  value: Value,
  place: Place,
  depth: number,
  callee?: Value,
  parts = false,
): void {
  if (depth > 3) return;
  switch (value.kind) {
    case 'native':
      if (parts) return;
      value.model.method?.(m, value, '[escape]', {
        args: callee ? [callee] : [],
        open: true,
        place,
        argPlaces: [],
        namePlace: place,
        frame: m.globals,
      });
      return;
    case 'input':
      if (!parts || value.name !== '') value.sink.escape(value, 'request-escapes', place, callee?.kind === 'external');
      return;
    case 'object':
      for (const part of value.base ?? []) escapeValue(m, part, place, depth + 1, callee, parts);
      for (const cell of value.props.values())
        if (cell.value) escapeValue(m, cell.value, place, depth + 1, callee, parts);
      return;
    case 'array':
      for (const item of value.items) escapeValue(m, item, place, depth + 1, callee, parts);
      return;
    case 'union':
      for (const member of value.members) escapeValue(m, member, place, depth + 1, callee, parts);
      return;
    default:
      return;
  }
}
