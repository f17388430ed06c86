// Owns the errors that Koa's context throws, and what becomes of one that nobody catches.
// It must not know registrations.

import { provenAbsent } from '../absences.ts';
import { members } from '../join.ts';
import type { Machine, Thrown } from '../machine.ts';
import { tellFrom } from '../onion/scene.ts';
import {
  type CallSite,
  type ExternalValue,
  literal,
  numberOf,
  someString,
  truth,
  unknown,
  type Value,
} from '../value.ts';
import type { KoaChain } from './answer.ts';

const maker: ExternalValue = { kind: 'external', package: 'http-errors', path: ['createError'] };

/** The error that `ctx.throw(…)` makes of its arguments (http-errors): a status, a message, an error to be changed, properties. */
function errorOf(m: Machine, site: CallSite): Value {
  const given = site.args.find((argument) => argument.kind === 'object' && argument.cls !== undefined);
  const status = site.args.find((argument) => numberOf(argument) !== undefined);
  if (given?.kind === 'object') {
    const props = new Map(given.props);
    if (status) for (const key of ['status', 'statusCode']) props.set(key, { value: status });
    return { ...given, props };
  }
  const [first] = site.args;
  const opaque = first && first.kind !== 'literal' && first.kind !== 'template' && first.kind !== 'object';
  // A status that cannot be read makes an error that cannot be told.
  if (opaque && status === undefined) {
    const known = first.kind === 'unknown' && first.shape?.kind === 'string';
    if (!known) return unknown('unreadable-exit', site.place);
  }
  return m.model(maker.package)?.call?.(m, maker, site) ?? unknown('unreadable-exit', site.place);
}

/** `ctx.throw(…)`. */
export function throwError(m: Machine, site: CallSite): void {
  const [first] = site.args;
  const place = site.argPlaces[0] ?? site.place;
  // `ctx.throw(exists ? 409 : 404)` throws one of two errors.
  const statuses = first?.kind === 'union' ? members(first) : [first];
  for (const status of statuses) {
    const args = status ? [status, ...site.args.slice(1)] : [];
    m.throwValue(errorOf(m, { ...site, args }), place);
  }
}

/** `ctx.assert(value, status, message)`: throws where the value is false. */
export function assertValue(m: Machine, site: CallSite): void {
  const [value, ...rest] = site.args;
  const state = value ? truth(value) : false;
  if (state === true) return;
  const error = errorOf(m, { ...site, args: rest, argPlaces: site.argPlaces.slice(1) });
  const place = site.argPlaces[1] ?? site.place;
  if (state === false) {
    m.throwValue(error, place);
    return;
  }
  const inputs = value?.kind === 'input' && m.conditional === 0 ? [value] : provenAbsent(m);
  m.thrown.push({ value: error, place, via: [...m.steps], absent: inputs, cause: m.chain?.handled });
}

/** The status that Koa's own handler reads from an error; 500 without one. */
function statusOf(m: Machine, thrown: Thrown): Value {
  for (const key of ['status', 'statusCode']) {
    const status = m.get(thrown.value, key, thrown.place);
    if (truth(status) === false) continue;
    const number = numberOf(status);
    return number === undefined ? status : literal(number);
  }
  return literal(500);
}

/** Answers what nobody caught: a text with the error's status. An app may have a formatter of its own. */
export function answerUncaught(m: Machine, chain: KoaChain, thrown: Thrown, formatted: boolean): void {
  const { collector } = chain;
  const { value } = thrown;
  // An exception that nobody saw being thrown is the framework's 500 and says nothing of this route.
  if (value.kind === 'unknown' && value.caught) return;
  if (value.kind === 'unknown' || value.kind === 'external' || value.kind === 'typed') {
    collector.openExits('custom-error-mapper', thrown.place);
    return;
  }
  const origin = chain.originOf(thrown);
  const scene = { ...chain.scene(), conditional: 0, ...(origin ? { origin, stage: origin.stage } : {}) };
  tellFrom(m, collector, scene, () =>
    collector.exit({
      status: statusOf(m, thrown),
      place: thrown.place,
      headers: [],
      ...(formatted
        ? { body: unknown('custom-serializer', thrown.place) }
        : { body: someString(), mediaType: 'text/plain' }),
    }),
  );
}
